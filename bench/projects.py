"""Which records of several sources are one project: precision and recall against labels, with counts.

    python -m bench.projects               on the real data in `$OVERT_DATA` (default `../shared/data`), else on AidData's edition
    python -m bench.projects --errors dev  every pair of a part that is judged otherwise than its label
    python -m bench.projects --fit         weights from the part `dev` alone, as lines for content/models/projects.yml

Labels: `labels/project_groups.yml` (which of AidData's records are one project) and `labels/projects_elsewhere.csv` (cables,
cities, networks and satellites as press reports, lenders and AidData's web pages describe them, and the records that are the
same). Both hold facts and ids. A pair is counted for `dev` or `test` by a hash of its project, so that no project is in both. A
pair that is one project and that no block brings together is a miss. There is no peer to compare with.
"""

import csv
import hashlib
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.common import DATA, OVERT, Target, machine, parser, report, run_child
from overt.importing.golden import run_folder
from overt.model.claim import CLAIMS, Claim
from overt.model.content import Catalogue
from overt.model.engine import connect
from overt.model.yaml import read_mapping
from overt.resolve.names import NameForms
from overt.resolve.projects.model import BASELINE, ProjectModel, load_model
from overt.resolve.projects.score import Levels, compare
from overt.resolve.resolver import ClaimsFile, Inputs, resolve

LABELS = Path(__file__).parent / "labels"
SOURCES = ("aiddata_gcdf", "telegeography", "organizations")
PLAIN = ("agreed", "construction-start", "operational", "length")
ROLES = ("owner", "supplier", "financier")
Pair = tuple[str, str]


class Truth(NamedTuple):
    """What people say of pairs of records."""

    same: frozenset[Pair]
    unsure: frozenset[Pair]
    unit: dict[str, str]
    """Record → the project by which its part is chosen."""

    def part(self, pair: Pair) -> str:
        """`dev` or `test`."""
        unit = min(self.unit.get(record, record) for record in pair)
        return "dev" if hashlib.sha256(unit.encode()).digest()[0] % 2 else "test"


def elsewhere() -> list[dict[str, str]]:
    """The described projects, a row each."""
    with (LABELS / "projects_elsewhere.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _pairs(left: list[str], right: list[str]) -> Iterator[Pair]:
    yield from ((min(one, other), max(one, other)) for one in left for other in right if one != other)


def truth() -> Truth:
    """All labels as pairs of records."""
    groups = read_mapping(LABELS / "project_groups.yml")
    named = {kind: [[f"aiddata_gcdf:{key}" for key in held] for held in groups[kind]] for kind in ("same", "unsure")}
    same = {pair for held in named["same"] for pair in _pairs(held, held)}
    unsure = {pair for held in named["unsure"] for pair in _pairs(held, held)} - same
    unit = {record: min(held) for held in named["same"] for record in held}
    tells: dict[str, list[str]] = defaultdict(list)
    for row in elsewhere():
        record = f"elsewhere:{row['id']}"
        targets = [one for one in row["same_as"].split(";") if one]
        same |= set(_pairs([record], targets))
        unsure |= set(_pairs([record], [one for one in row["unsure_as"].split(";") if one]))
        unit[record] = min((unit.get(one, one) for one in targets), default=record)
        for target in targets:
            tells[target].append(record)
    for held in tells.values():
        same |= set(_pairs(held, held))
    unsure |= set(_pairs(["aiddata_gcdf:53292"], ["telegeography:avassa", "telegeography:fly-lion3"]))  # a loan for two cables
    return Truth(frozenset(same), frozenset(unsure), unit)


def elsewhere_claims() -> Iterator[Claim]:
    """The described projects as claims of a source of their own."""
    for row in elsewhere():
        record = f"elsewhere:{row['id']}"
        said = [("name", row["name"]), *((one, row[one]) for one in PLAIN if row[one])]
        said += [(one, value) for one in ("kind", "country") for value in row[one].split(";") if value]
        yield from (Claim("elsewhere", record, "project", held, value) for held, value in said)
        for role in ROLES:
            for name in filter(None, row[role].split(";")):
                organization, part = f"elsewhere:organization/{name}", f"{record}/{role}/{name}"
                yield Claim("elsewhere", organization, "organization", "name", name)
                held_part = (("project", record), ("organization", organization), ("role", role))
                yield from (Claim("elsewhere", part, "role", held, value) for held, value in held_part)


def imported(folder: Path) -> list[Path]:
    """Claims of the sources, made by the commands that users type: the real files where they are, else what Overt ships."""
    if DATA.is_dir():
        run_child([*OVERT, "init", folder])
        run_child([*OVERT, "fetch", *SOURCES, "--from", DATA, "--retrieved", "2026-11-24", "--workspace", folder])
        run_child([*OVERT, "import", "--workspace", folder])
        return sorted(folder.glob("claims/*/*/claims.parquet"))
    folder.mkdir()
    return [shipped(slug, folder / f"{slug}.parquet") for slug in ("aiddata_gcdf", "organizations")]


def shipped(slug: str, path: Path) -> Path:
    """The claims of a source's edition, written to a file."""
    content = Catalogue()
    return write_claims(run_folder(content, slug, Path(str(content.source_folders[slug])) / "edition").claims, path)


def write_claims(claims: Iterable[Claim], path: Path) -> Path:
    """Claims as a Parquet file."""
    rows = [{"claim_id": claim.id, **claim._asdict()} for claim in dict.fromkeys(claims)]
    pq.write_table(pa.Table.from_pylist(rows, schema=CLAIMS), path)
    return path


def pairs_with_levels(paths: list[Path], folder: Path, content: Catalogue, model: ProjectModel) -> tuple[Levels, float]:
    """Every pair of the blocks and how it compares, organisations resolved first; and the seconds that it took."""
    path = write_claims(elsewhere_claims(), folder / "elsewhere.parquet")
    files = [ClaimsFile(str(one), at) for at, one in enumerate([*paths, path])]
    with connect() as connection:
        joined = resolve(Inputs(files, one_to_one=frozenset({("organizations", "organization")})), NameForms(), connection)
        things = {record: identity for record, kind, identity, *_ in joined.members if kind == "organization"}
        _view(connection, files)
        begin = monotonic()
        return compare(connection, "told", content, things=things, alone=["telegeography"], model=model), monotonic() - begin


def _view(connection: duckdb.DuckDBPyConnection, files: list[ClaimsFile]) -> None:
    listed = ", ".join(f"'{held.path}'" for held in files)
    connection.execute(f"CREATE VIEW told AS SELECT *, 0 AS turn FROM read_parquet([{listed}])")


def probabilities(levels: Levels, model: ProjectModel) -> Any:
    """The probability of each pair."""
    bits = [[model.weight(name, str(level)) for level in levels[name]] for name in model.comparisons]
    return 1 / (1 + np.exp2(-(model.prior + np.sum(bits, axis=0))))


def judged(levels: Levels, labels: Truth) -> dict[Pair, tuple[int, bool]]:
    """Each labelled pair of the blocks: its row and whether it is one project. Two described projects that no record ties
    are left out.
    """
    found = {}
    for at, pair in enumerate(zip(levels["left"], levels["right"], strict=True)):
        described = all(record.startswith("elsewhere:") for record in pair)
        if pair in labels.unsure or (described and any(labels.unit[record] == record for record in pair)):
            continue
        found[pair] = at, pair in labels.same
    return found


def score(
    chance: Any, held: dict[Pair, tuple[int, bool]], labels: Truth, part: str, bound: float, *, across: bool
) -> dict[str, Any]:
    """Counts of one part at a threshold; `across`: pairs of two sources alone."""

    def counts(pair: Pair) -> bool:
        two = pair[0].partition(":")[0] != pair[1].partition(":")[0]
        return labels.part(pair) == part and (two or not across)

    said = {pair for pair, (at, _) in held.items() if chance[at] >= bound and counts(pair)}
    wanted = {pair for pair in labels.same if counts(pair)}
    right = len(said & wanted)
    return {
        "pairs": sum(counts(pair) for pair in held),
        "one_project": len(wanted),
        "found": right,
        "wrong": len(said) - right,
        "not_in_blocks": len(wanted - held.keys()),
        "precision": round(right / len(said), 3) if said else None,
        "recall": round(right / len(wanted), 3) if wanted else None,
    }


def calibration(chance: Any, held: dict[Pair, tuple[int, bool]], labels: Truth, part: str) -> list[dict[str, Any]]:
    """By tenth of probability: how many pairs, the mean probability, the share that is one project."""
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for pair, (at, same) in held.items():
        if labels.part(pair) == part:
            tenths[min(int(chance[at] * 10), 9)].append((float(chance[at]), same))
    return [
        {
            "from": tenth / 10,
            "pairs": len(rows),
            "mean_probability": round(sum(one for one, _ in rows) / len(rows), 3),
            "share_same": round(sum(same for _, same in rows) / len(rows), 3),
        }
        for tenth, rows in sorted(tenths.items())
    ]


def fit(
    levels: Levels, held: dict[Pair, tuple[int, bool]], labels: Truth, model: ProjectModel, penalty: float = 0.2
) -> list[str]:
    """Weights by logistic regression with a quadratic penalty (Newton steps), from the part `dev`; told in bits."""
    rows = [(at, same) for pair, (at, same) in sorted(held.items()) if labels.part(pair) == "dev"]
    names = [(name, level) for name in model.comparisons for level in sorted(set(map(str, levels[name]))) if level != BASELINE]
    wanted = np.array([same for _, same in rows], float)
    shape = np.ones((len(rows), len(names) + 1))
    for column, (name, level) in enumerate(names, start=1):
        shape[:, column] = [str(levels[name][at]) == level for at, _ in rows]
    weights = np.zeros(shape.shape[1])
    ridge = np.diag([0.0, *[penalty] * len(names)])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(shape @ weights, -30, 30)))
        slope = shape.T @ (wanted - chance) - ridge @ weights
        weights += np.linalg.solve(shape.T @ (shape * (chance * (1 - chance))[:, None]) + ridge, slope)
    bits = weights / np.log(2)
    lines = [f"fitted_on: {len(rows)} pairs, of which {int(wanted.sum())} are one project", f"prior: {bits[0]:.1f}", "weights:"]
    for name in model.comparisons:
        held_levels = ", ".join(
            f'"{level}": {value:.1f}' for (one, level), value in zip(names, bits[1:], strict=True) if one == name
        )
        lines.append(f"  {name}: {{{held_levels}}}")
    return lines


def errors(
    levels: Levels, chance: Any, held: dict[Pair, tuple[int, bool]], labels: Truth, part: str, model: ProjectModel
) -> None:
    """Print every pair of a part that the model takes for what it is not, and the pairs that no block holds."""
    for pair, (at, same) in sorted(held.items(), key=lambda one: -chance[one[1][0]]):
        if labels.part(pair) == part and (chance[at] >= model.same) != same:
            told = {name: str(levels[name][at]) for name in model.comparisons if str(levels[name][at]) != BASELINE}
            print(f"{chance[at]:.3f} {'missed' if same else 'wrong'} {pair[0]} ~ {pair[1]} {told}")
    for pair in sorted(labels.same - held.keys()):
        if labels.part(pair) == part:
            print("in no block", *pair)


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    options = parser(__doc__)
    options.add_argument("--errors", choices=["dev", "test"], help="print the pairs that are judged otherwise than their label")
    options.add_argument("--fit", action="store_true", help="print weights from the part dev")
    options.add_argument("--workspace", type=Path, help="an atlas whose imported claims are used, instead of importing anew")
    given = options.parse_args(arguments)
    before = machine()
    content, model, labels = Catalogue(), load_model(), truth()
    with tempfile.TemporaryDirectory() as folder:
        atlas = given.workspace or Path(folder) / "atlas"
        paths = sorted(atlas.glob("claims/*/*/claims.parquet")) if given.workspace else imported(atlas)
        levels, seconds = pairs_with_levels(paths, Path(folder), content, model)
    if not any(record.startswith("telegeography:") for record in {*levels["left"], *levels["right"]}):
        print("the map of cables is not there (OVERT_DATA): its pairs are left out", file=sys.stderr)
        kept = frozenset(pair for pair in labels.same if not any(record.startswith("telegeography:") for record in pair))
        labels = labels._replace(same=kept)
    held, chance = judged(levels, labels), probabilities(levels, model)
    if given.fit:
        print(*fit(levels, held, labels, model), sep="\n")
        return 0
    if given.errors:
        errors(levels, chance, held, labels, given.errors, model)
        return 0
    parts = {part: score(chance, held, labels, part, model.same, across=False) for part in ("dev", "test")}
    result = {
        "machine": {**before, "seconds_for_all_pairs": round(seconds, 2)},
        "pairs_in_blocks": len(levels["left"]),
        "threshold": model.same,
        **parts,
        "dev_across_sources": score(chance, held, labels, "dev", model.same, across=True),
        "test_across_sources": score(chance, held, labels, "test", model.same, across=True),
        "calibration_test": calibration(chance, held, labels, "test"),
        "sources": dict(Counter(one.partition(":")[0] for one in {*levels["left"], *levels["right"]})),
    }
    targets = [Target("precision on test", parts["test"]["precision"] or 0, 0.95, "", at_least=True)]
    return report(result, targets, given)


if __name__ == "__main__":
    sys.exit(main())
