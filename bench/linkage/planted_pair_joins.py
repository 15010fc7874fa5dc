"""Count the planted pairs that are joined: records of one organisation or project, and look-alikes of two different ones.

    python -m bench.linkage.planted_pair_joins              the planted sources alone
    python -m bench.linkage.planted_pair_joins --shipped    together with the sources that Overt ships
    python -m bench.linkage.planted_pair_joins --pairs      also print each pair that is missed or wrong, with its probability
    python -m bench.linkage.planted_pair_joins --set planted_second

A set is a folder of `labels/`: `planted_pairs.csv` has the pairs, `records.csv` the two records of each pair, and the remaining
files are the same records as sources with their `source.yml`. `--workspace`: the atlas to use; if it doesn't exist, it is made
and kept. Target: no look-alike is joined. There is no peer, because the labels are about this data.
"""

import csv
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from bench.harness import OVERT, Target, argument_parser, folder, report, run_child

LABELS = Path(__file__).parents[1] / "labels"
FIRST_SET = LABELS / "planted"
SETS = sorted(path.parent.name for path in LABELS.glob("*/planted_pairs.csv"))
RETRIEVED = "2026-11-29"


class PlantedPair(NamedTuple):
    """Two records, and whether they are one organisation or project."""

    id: str
    kind: str
    is_same: bool
    left: str
    right: str


def planted_pairs(planted: Path = FIRST_SET) -> list[PlantedPair]:
    """Return the pairs of a set with the ids of their records."""
    with (planted / "records.csv").open(encoding="utf-8", newline="") as handle:
        records = {row["pair"]: (row["left"], row["right"]) for row in csv.DictReader(handle)}
    with (planted / "planted_pairs.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return [PlantedPair(row["id"], row["type"], row["truth"] == "TRUE", *records[row["id"]]) for row in rows]


def import_planted(atlas: Path, *, shipped: bool, planted: Path = FIRST_SET) -> None:
    """Make an atlas of a set's planted sources with the commands that users run. `shipped`: add those that Overt ships."""
    run_child([*OVERT, "init", atlas])
    sources = sorted(planted.glob("*.yml"))
    for source in sources:
        target = atlas / "sources" / source.stem
        target.mkdir(parents=True)
        shutil.copy(source, target / "source.yml")
    slugs = [source.stem for source in sources]
    if shipped:
        run_child([*OVERT, "fetch", "--shipped", "--workspace", atlas])
    run_child([*OVERT, "fetch", *slugs, "--from", planted, "--retrieved", RETRIEVED, "--workspace", atlas])
    run_child([*OVERT, "import", "--workspace", atlas])


def clusters_of(atlas: Path) -> dict[str, str]:
    """Return the published id of each record of an atlas, which must be resolved."""
    rows = pq.read_table(atlas / "resolved" / "members.parquet", columns=["record", "id"]).to_pylist()
    return {row["record"]: row["id"] for row in rows}


def probabilities_of(atlas: Path) -> dict[tuple[str, str], float]:
    """Return the probability of each scored pair of an atlas."""
    rows = pq.read_table(atlas / "resolved" / "candidates.parquet", columns=["left", "right", "probability"]).to_pylist()
    return {(row["left"], row["right"]): row["probability"] for row in rows}


def count_joins(pairs: Iterable[PlantedPair], clusters: Mapping[str, str]) -> dict[str, Any]:
    """Count the pairs that are joined, by kind, and list those that are missed or wrong."""
    counts: dict[str, Any] = {}
    for pair in pairs:
        joined = clusters[pair.left] == clusters[pair.right]
        count = counts.setdefault(pair.kind, {"same": 0, "joined": 0, "different": 0, "wrong": 0, "errors": []})
        count["same" if pair.is_same else "different"] += 1
        if joined:
            count["joined" if pair.is_same else "wrong"] += 1
        if joined != pair.is_same:
            count["errors"].append(pair.id)
    return counts


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--shipped", action="store_true", help="together with the sources that Overt ships")
    parser.add_argument("--pairs", action="store_true", help="print each pair that is missed or wrong")
    parser.add_argument("--set", choices=SETS, default=FIRST_SET.name, help="the folder of labels")
    parser.add_argument("--workspace", type=Path, help="the atlas to use; it is made if it does not exist")
    options = parser.parse_args(arguments)
    planted = LABELS / options.set
    pairs = planted_pairs(planted)
    with folder(options.workspace) as place:
        atlas = place if options.workspace else place / "atlas"
        if not (atlas / "claims").is_dir():
            import_planted(atlas, shipped=options.shipped, planted=planted)
        run_child([*OVERT, "resolve", "--workspace", atlas])
        clusters, chances = clusters_of(atlas), probabilities_of(atlas)
    counts = count_joins(pairs, clusters)
    if options.pairs:
        for pair in pairs:
            if (clusters[pair.left] == clusters[pair.right]) != pair.is_same:
                chance = chances.get((min(pair.left, pair.right), max(pair.left, pair.right)))
                print(f"{pair.id} {'missed' if pair.is_same else 'wrong'} {chance} {pair.left} ~ {pair.right}")
    result = {
        "set": options.set,
        "beside": "the shipped edition" if options.shipped else "nothing",
        "joined": sum(count["joined"] for count in counts.values()),
        "wrong": sum(count["wrong"] for count in counts.values()),
        **counts,
    }
    return report(result, [Target("look-alikes joined", result["wrong"], 1, "")], options)


if __name__ == "__main__":
    sys.exit(main())
