"""Count what `overt resolve` joins, offers for review and keeps separate, with all models, for organisations with known matches.

    python -m bench.linkage.resolution_quality [--records 100000] [--quick] [--json]

- `labelled`: the organisations of `labels/relations.csv` as records with names and countries, all in one atlas, with the register
  of organisations that Overt ships and without it. Resolution joins a labelled pair, offers it for review, or keeps it separate.
- `bilingual`: the English and the Chinese names of `er/bilingual_en_zh_dev.csv` as records of two sources, by name alone (needs
  the real data, `$OVERT_DATA`, default `../shared/data`).
- `generated`: records of `generated_organizations`, seed 1: seconds, memory, and precision and recall of the clusters.

Peers: `organization_relation_quality` runs nomenklatura's algorithms on the labelled pairs, `name_pair_quality` on names.
Targets: at most one wrong join in fifty, for labelled pairs with and without the register, and across scripts.
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

from bench.harness import DATA, Target, argument_parser, machine, report, run_child
from bench.linkage.generated_organizations import SEED, write
from bench.linkage.organization_relation_quality import Case, cases
from bench.projects.project_matching_quality import shipped, write_claims
from overt.model.claim import Claim
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.resolve.names import NameKeys
from overt.resolve.pair_scorer import Scorer
from overt.resolve.relations import Organization
from overt.resolve.resolution_inputs import ClaimsFile, ResolutionInputs
from overt.resolve.resolver import Resolution, resolve

MATCHING = ("same", "renamed")
"""Labels of two records that belong to the same organisation."""
BILINGUAL = DATA / "er" / "bilingual_en_zh_dev.csv"
Pair = tuple[str, str]


def claims_of(record: str, names: Iterable[str], aliases: Iterable[str] = (), countries: Iterable[str] = ()) -> Iterator[Claim]:
    """Yield claims that give an organisation record its names, aliases and countries."""
    for name, values in [("name", names), ("alias", aliases), ("country", countries)]:
        yield from (Claim(record.partition(":")[0], record, "organization", name, value) for value in values)


def resolved(paths: Sequence[Path], memory: str = "2GB", spill: Path | None = None) -> Resolution:
    """Resolve files of claims, without editors' entries.

    `memory`: DuckDB's limit. `spill`: its folder for data beyond the limit.
    """
    register = frozenset({("organizations", "organization")})
    inputs = ResolutionInputs([ClaimsFile(str(path), at) for at, path in enumerate(paths)], one_to_one=register)
    with connect(memory=memory, spill=spill) as connection:
        connection.execute("CREATE TEMP TABLE editorial AS SELECT * FROM (SELECT 1) WHERE false")
        return resolve(inputs, NameKeys(), connection, Scorer(Catalogue()))


def labelled_pairs(folder: Path, *, register: bool) -> dict[str, Any]:
    """Count labelled pairs by what resolution does with them: joined, offered or apart. List the wrongly joined names.

    `register`: resolve them together with the register of organisations that Overt ships.
    """
    pairs = cases()
    records: dict[Organization, str] = {}
    for case in pairs:
        for side in (case.left, case.right):
            records.setdefault(side, f"labelled:{len(records)}")
    claims = [claim for side, key in records.items() for claim in claims_of(key, side.names, side.aliases, side.countries)]
    paths = [shipped("organizations", folder / "register.parquet")] if register else []
    resolution = resolved([*paths, write_claims(claims, folder / "labelled.parquet")])
    ids = {record: identity for record, _, identity, *_ in resolution.members}
    offered = {pair[:2] for pair in resolution.scored}

    def outcome(case: Case) -> str:
        left, right = records[case.left], records[case.right]
        if ids[left] == ids[right]:
            return "joined"
        return "offered" if tuple(sorted((left, right))) in offered else "apart"

    outcomes = [(case, outcome(case)) for case in pairs]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case, name in outcomes:
        counts[case.row][name] += 1
    joined = [case for case, name in outcomes if name == "joined"]
    right = sum(case.label in MATCHING for case in joined)
    return {
        "pairs": len(pairs),
        **{row: dict(sorted(counts[row].items())) for row in sorted(counts)},
        "joined": len(joined),
        "joined_rightly": right,
        "precision": round(right / len(joined), 3) if joined else None,
        "recall": round(right / sum(case.label in MATCHING for case in pairs), 3),
        "wrong": sorted(
            f"{case.left.names[0]} ~ {case.right.names[0]} ({case.row})" for case in joined if case.label not in MATCHING
        ),
    }


def bilingual(folder: Path) -> dict[str, Any]:
    """Resolve an English and a Chinese source whose names share only meaning and sound.

    Count the pairs that are joined, and those that are joined or offered for review.
    """
    with BILINGUAL.open(encoding="utf-8-sig", newline="") as handle:
        pairs = sorted({(row["name_en"].strip(), row["name_zh"].strip()) for row in csv.DictReader(handle)})
    sides = [sorted({pair[at] for pair in pairs}) for at in (0, 1)]
    keys = [{name: f"{source}:{at}" for at, name in enumerate(side)} for source, side in zip(("en", "zh"), sides, strict=True)]
    begin = monotonic()
    claims = [claim for side in keys for name, key in side.items() for claim in claims_of(key, [name])]
    resolution = resolved([write_claims(claims, folder / "bilingual.parquet")])
    seconds = monotonic() - begin
    ids = {record: identity for record, _, identity, *_ in resolution.members}
    truth = {(keys[0][english], keys[1][chinese]) for english, chinese in pairs}
    # Two English names with the same Chinese name belong to the same organisation, so they are joined through that name.
    joined = {(english, chinese) for english in keys[0].values() for chinese in keys[1].values() if ids[english] == ids[chinese]}
    offered = joined | {pair[:2] for pair in resolution.scored if pair.left.startswith("en:") and pair.right.startswith("zh:")}
    return {
        "pairs": len(truth),
        "seconds": round(seconds, 1),
        "joined": _share(joined, truth),
        "offered_too": _share(offered, truth),
    }


def _share(pairs: set[Pair], truth: set[Pair]) -> dict[str, Any]:
    right = len(pairs & truth)
    return {
        "pairs": len(pairs),
        "right": right,
        "precision": round(right / len(pairs), 3) if pairs else None,
        "recall": round(right / len(truth), 3),
    }


def generated(records: Path, out: Path) -> dict[str, Any]:
    """Resolve generated records and compare the clusters with the truth. This runs in a process whose memory is measured."""
    table = pq.read_table(records).to_pylist()
    entity = {row["record"]: row["entity"] for row in table}
    claims = (claim for row in table for claim in claims_of(row["record"], row["names"], (), row["countries"]))
    identifiers = (
        Claim(row["source"], row["record"], "organization", "identifier", value) for row in table for value in row["identifiers"]
    )
    path = write_claims([*claims, *identifiers], out / "claims.parquet")
    del table
    begin = monotonic()
    resolution = resolved([path], spill=out / "spill")
    seconds = monotonic() - begin
    clusters: Counter[str] = Counter()
    overlaps: Counter[tuple[str, int]] = Counter()
    for record, _, identity, *_ in resolution.members:
        clusters[identity] += 1
        overlaps[identity, entity[record]] += 1
    joined, right, true_pairs = (
        sum(count * (count - 1) // 2 for count in counted.values()) for counted in (clusters, overlaps, Counter(entity.values()))
    )
    return {
        "records": len(entity),
        "seconds": round(seconds, 1),
        "pairs_scored": len(resolution.scored),
        "true_pairs": true_pairs,
        "pairs_in_one_cluster": joined,
        "right": right,
        "precision": round(right / joined, 4) if joined else None,
        "recall": round(right / true_pairs, 4) if true_pairs else None,
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="number of generated records")
    parser.add_argument("--child", type=Path, help="resolve this file of generated records and print the result")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        if options.child:
            return report(generated(options.child, folder), [], options)
        result: dict[str, Any] = {"benchmark": "resolution_quality", **machine()}
        targets = []
        for name, register in (("labelled", False), ("labelled_with_register", True)):
            result[name] = labelled_pairs(folder, register=register)
            targets.append(Target(f"precision of joins, {name}", result[name]["precision"] or 0.0, 0.98, "", at_least=True))
        if BILINGUAL.is_file() and not options.quick:
            result["bilingual"] = bilingual(folder)
            precision = result["bilingual"]["joined"]["precision"] or 0.0
            targets.append(Target("precision of joins across scripts", precision, 0.98, "", at_least=True))
        else:
            result["bilingual"] = "skipped: a quick run, or the real data is not there"
        write(500 if options.quick else options.records, folder / "records.parquet", SEED)
        child = run_child(
            [sys.executable, "-m", "bench.linkage.resolution_quality", "--json", "--child", folder / "records.parquet"]
        )
        result["generated"] = {**_json(child.output), "peak_gigabytes": round(child.peak_gigabytes, 2)}
    return report(result, targets, options)


def _json(text: str) -> dict[str, Any]:
    import orjson

    result: dict[str, Any] = orjson.loads(text)
    result.pop("verdict", None)
    return result


if __name__ == "__main__":
    sys.exit(main())
