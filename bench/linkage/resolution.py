"""What `overt resolve` joins, offers for review and keeps apart, all models together, on organisations whose truth is known.

    python -m bench.linkage.resolution [--records 100000] [--quick] [--json]

- `labelled`: the organisations of `labels/relations.csv` as records with names and seats, all of them in one atlas with the
  register of organisations that Overt ships, and once without it. A labelled pair is one that resolution joins (one cluster),
  offers to a person, or leaves alone.
- `bilingual`: the English and the Chinese names of `er/bilingual_en_zh_dev.csv` as records of two sources, by their names alone
  (needs the real data, `$OVERT_DATA`, default `../shared/data`).
- `generated`: records of `generate_names`, seed 1, through the whole of it: seconds, memory and how right its clusters are.

Peer: nomenklatura's algorithms on the labelled pairs are in `relations`, on names in `name_pairs`. Targets: of the joins of
labelled pairs no more than one in fifty wrong, with and without the register; of the joins across scripts the same.
"""

import csv
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import pyarrow.parquet as pq

from bench.harness import DATA, Target, machine, parser, report, run_child
from bench.linkage.generated_names import SEED, write
from bench.linkage.relations import Case, cases
from bench.projects.matching import shipped, write_claims
from overt.model.claim import Claim
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect
from overt.resolve.names import NameForms
from overt.resolve.relations import Organization
from overt.resolve.resolver import ClaimsFile, Inputs, Resolution, resolve
from overt.resolve.scored import Scorer

ONE = ("same", "renamed")
BILINGUAL = DATA / "er" / "bilingual_en_zh_dev.csv"
Pair = tuple[str, str]


def claims_of(record: str, names: Iterable[str], aliases: Iterable[str] = (), countries: Iterable[str] = ()) -> Iterator[Claim]:
    """The claims of one organisation."""
    said = [("name", names), ("alias", aliases), ("country", countries)]
    for name, values in said:
        yield from (Claim(record.partition(":")[0], record, "organization", name, value) for value in values)


def resolved(paths: Sequence[Path], memory: str = "2GB", spill: Path | None = None) -> Resolution:
    """What resolution makes of these files of claims."""
    register = frozenset({("organizations", "organization")})
    inputs = Inputs([ClaimsFile(str(path), at) for at, path in enumerate(paths)], one_to_one=register)
    with connect(memory=memory, spill=spill) as connection:
        connection.execute("CREATE TEMP TABLE editorial AS SELECT * FROM (SELECT 1) WHERE false")
        return resolve(inputs, NameForms(), connection, Scorer(Catalogue()))


def labelled(folder: Path, *, register: bool) -> dict[str, Any]:
    """Labelled pairs by what became of them, and the wrong ones by name."""
    held = cases()
    records: dict[Organization, str] = {}
    for case in held:
        for side in (case.left, case.right):
            records.setdefault(side, f"labelled:{len(records)}")
    said = [claim for side, key in records.items() for claim in claims_of(key, side.names, side.aliases, side.countries)]
    paths = [shipped("organizations", folder / "register.parquet")] if register else []
    found = resolved([*paths, write_claims(said, folder / "labelled.parquet")])
    ids = {record: identity for record, _, identity, *_ in found.members}
    offered = {pair[:2] for pair in found.scored}

    def became(case: Case) -> str:
        left, right = records[case.left], records[case.right]
        if ids[left] == ids[right]:
            return "joined"
        return "offered" if tuple(sorted((left, right))) in offered else "apart"

    told = [(case, became(case)) for case in held]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case, what in told:
        counts[case.row][what] += 1
    joined = [case for case, what in told if what == "joined"]
    rightly = sum(case.label in ONE for case in joined)
    return {
        "pairs": len(held),
        **{row: dict(sorted(counts[row].items())) for row in sorted(counts)},
        "joined": len(joined),
        "joined_rightly": rightly,
        "precision": round(rightly / len(joined), 3) if joined else None,
        "recall": round(rightly / sum(case.label in ONE for case in held), 3),
        "wrong": sorted(f"{case.left.names[0]} ~ {case.right.names[0]} ({case.row})" for case in joined if case.label not in ONE),
    }


def bilingual(folder: Path) -> dict[str, Any]:
    """Pairs of two sources, one in English and one in Chinese, that share nothing but what their names mean and sound like."""
    with BILINGUAL.open(encoding="utf-8-sig", newline="") as handle:
        pairs = sorted({(row["name_en"].strip(), row["name_zh"].strip()) for row in csv.DictReader(handle)})
    sides = [sorted({pair[at] for pair in pairs}) for at in (0, 1)]
    keys = [{name: f"{source}:{at}" for at, name in enumerate(side)} for source, side in zip(("en", "zh"), sides, strict=True)]
    begin = monotonic()
    said = [claim for side in keys for name, key in side.items() for claim in claims_of(key, [name])]
    found = resolved([write_claims(said, folder / "bilingual.parquet")])
    seconds = monotonic() - begin
    ids = {record: identity for record, _, identity, *_ in found.members}
    truth = {(keys[0][one], keys[1][other]) for one, other in pairs}
    # Names of one Chinese name are one organisation, so that English names meet through it.
    joined = {(one, other) for one in keys[0].values() for other in keys[1].values() if ids[one] == ids[other]}
    offered = joined | {pair[:2] for pair in found.scored if pair.left.startswith("en:") and pair.right.startswith("zh:")}
    return {
        "pairs": len(truth),
        "seconds": round(seconds, 1),
        "joined": _share(joined, truth),
        "offered_too": _share(offered, truth),
    }


def _share(found: set[Pair], truth: set[Pair]) -> dict[str, Any]:
    right = len(found & truth)
    return {
        "pairs": len(found),
        "right": right,
        "precision": round(right / len(found), 3) if found else None,
        "recall": round(right / len(truth), 3),
    }


def generated(records: Path, out: Path) -> dict[str, Any]:
    """Made-up records through the whole of resolution; run in a process of its own."""
    table = pq.read_table(records).to_pylist()
    entity = {row["record"]: row["entity"] for row in table}
    said = (claim for row in table for claim in claims_of(row["record"], row["names"], (), row["countries"]))
    marked = (
        Claim(row["source"], row["record"], "organization", "identifier", held) for row in table for held in row["identifiers"]
    )
    path = write_claims([*said, *marked], out / "claims.parquet")
    del table
    begin = monotonic()
    found = resolved([path], spill=out / "spill")
    seconds = monotonic() - begin
    clusters: Counter[str] = Counter()
    right: Counter[tuple[str, int]] = Counter()
    for record, _, identity, *_ in found.members:
        clusters[identity] += 1
        right[identity, entity[record]] += 1
    made, rightly, true = (
        sum(count * (count - 1) // 2 for count in counted.values()) for counted in (clusters, right, Counter(entity.values()))
    )
    return {
        "records": len(entity),
        "seconds": round(seconds, 1),
        "pairs_scored": len(found.scored),
        "true_pairs": true,
        "pairs_in_one_cluster": made,
        "right": rightly,
        "precision": round(rightly / made, 4) if made else None,
        "recall": round(rightly / true, 4) if true else None,
    }


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    options = parser(__doc__)
    options.add_argument("--records", type=int, default=100_000, help="generated records")
    options.add_argument("--child", type=Path, help="resolve this file of generated records and print the result")
    given = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        if given.child:
            return report(generated(given.child, folder), [], given)
        result: dict[str, Any] = {"benchmark": "resolution", **machine()}
        targets = []
        for name, register in (("labelled", False), ("labelled_with_register", True)):
            result[name] = labelled(folder, register=register)
            targets.append(Target(f"precision of joins, {name}", result[name]["precision"] or 0.0, 0.98, "", at_least=True))
        if BILINGUAL.is_file() and not given.quick:
            result["bilingual"] = bilingual(folder)
            precision = result["bilingual"]["joined"]["precision"] or 0.0
            targets.append(Target("precision of joins across scripts", precision, 0.98, "", at_least=True))
        else:
            result["bilingual"] = "skipped: a quick run, or the real data is not there"
        write(500 if given.quick else given.records, folder / "records.parquet", SEED)
        child = run_child([sys.executable, "-m", "bench.linkage.resolution", "--json", "--child", folder / "records.parquet"])
        result["generated"] = {**_json(child.output), "peak_gigabytes": round(child.peak_gigabytes, 2)}
    return report(result, targets, given)


def _json(text: str) -> dict[str, Any]:
    import orjson

    told: dict[str, Any] = orjson.loads(text)
    told.pop("verdict", None)
    return told


if __name__ == "__main__":
    sys.exit(main())
