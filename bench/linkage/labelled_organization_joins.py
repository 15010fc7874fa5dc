"""Count the true and false joins of organisations in the atlas of the real data.

    python -m bench.linkage.labelled_organization_joins [--workspace ATLAS] [--json]

`labels/organization_clusters.csv` has clusters of several records in the real data, read one by one, and clusters that earlier
versions made wrongly. `same`: the members are one body; `different`: no two of them are. `labels/merged_records.csv` has the
clusters that two other readers read. The benchmark uses the atlas of `--workspace`, or makes one from `OVERT_DATA`. Targets: no
false joins, no missed joins, and no unread clusters. A cluster counts as read if one label `same` has all its members. There is
no peer, because the labels are about this data.
"""

import csv
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from bench.harness import DATA, Target, argument_parser, report, run_child

LABELS = Path(__file__).parents[1] / "labels" / "organization_clusters.csv"
READ_TWICE = LABELS.with_name("merged_records.csv")
SEPARATORS = {"same": " = ", "different": " ≠ "}


class ClusterLabel(NamedTuple):
    """Records that a person read together, and the verdict: `same`, or `different` if no two of them are one body."""

    members: tuple[str, ...]
    verdict: str
    why: str


def labels(path: Path = LABELS) -> list[ClusterLabel]:
    """Return the labels in `organization_clusters.csv`."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            ClusterLabel(tuple(row["members"].split(SEPARATORS[row["verdict"]])), row["verdict"], row["why"])
            for row in csv.DictReader(handle)
        ]


def labels_read_twice(path: Path = READ_TWICE) -> list[ClusterLabel]:
    """Return the clusters of organisations that the second reader labelled `same`.

    Clusters that the first reader labelled `different` or `part` are left out.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            ClusterLabel(tuple(row["records"].split("; ")), "same", row["second_why"])
            for row in csv.DictReader(handle)
            if row["type"] == "organization" and row["second"] == "same" and row["verdict"] not in ("different", "part")
        ]


def read_clusters(resolved: Path) -> dict[str, str]:
    """Return the id of each organisation's cluster, by record. `resolved`: the folder of that name in an atlas."""
    rows = pq.read_table(resolved / "members.parquet", columns=["record", "type", "id"]).to_pylist()
    return {row["record"]: row["id"] for row in rows if row["type"] == "organization"}


def count_joins(clusters: Mapping[str, str], labelled: Iterable[ClusterLabel]) -> dict[str, Any]:
    """Count true joins: n − 1 for a label `same` whose n members are all in one cluster.

    List the labels with a false or a missed join, the clusters that nobody has read, and the labelled records that are missing.
    """
    true = 0
    false, missed, absent = [], [], []
    read: set[frozenset[str]] = set()
    bodies: dict[str, set[str]] = defaultdict(set)
    for label in labelled:
        present = [record for record in label.members if record in clusters]
        absent += [record for record in label.members if record not in clusters]
        ids = {clusters[record] for record in present}
        if label.verdict == "same":
            read.add(frozenset(present))
            true += len(present) - len(ids)
            if len(ids) > 1:
                missed.append(label.members)
        elif len(ids) < len(present):
            false.append(label.members)
    for record, identity in clusters.items():
        bodies[identity].add(record)
    unread = [sorted(members) for members in bodies.values() if len(members) > 1 and not any(members <= known for known in read)]
    return {"true": true, "false": false, "missed": missed, "unread": sorted(unread), "absent": sorted(set(absent))}


def measure(resolved: Path) -> dict[str, Any]:
    """Count the joins of an atlas against all labels. Return the counts, and the lists of errors."""
    labelled = [*labels(), *labels_read_twice()]
    counts = count_joins(read_clusters(resolved), labelled)
    return {
        "clusters_read": len(labelled),
        "true_joins": counts["true"],
        "false_joins": len(counts["false"]),
        "missed_joins": len(counts["missed"]),
        "unread_clusters": len(counts["unread"]),
        "lists": {name: counts[name] for name in ("false", "missed", "unread", "absent")},
    }


def main(arguments: list[str] | None = None) -> int:
    """Print the counts. Return 1 if a target is missed."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        atlas = options.workspace or _make_atlas(Path(folder) / "atlas")
        result = measure(atlas / "resolved")
    targets = [Target(name.replace("_", " "), result[name], 1, "") for name in ("false_joins", "missed_joins", "unread_clusters")]
    return report(result, targets, options)


def _make_atlas(atlas: Path) -> Path:
    overt = [sys.executable, "-m", "overt"]
    run_child([*overt, "init", str(atlas)])
    run_child([*overt, "-w", str(atlas), "build", "--from", str(DATA)])
    return atlas


if __name__ == "__main__":
    sys.exit(main())
