"""Labels that say which records are one project, assigned by people and used by `bench.projects.project_matching_quality`.

`labels/project_groups.yml` groups the records of AidData (and a few of other sources) that are one project.
`labels/projects_elsewhere.csv` describes cables, cities, networks and satellites as press, lenders and suppliers do, and names
the records that match, the look-alikes that don't, and the doubtful ones. It has facts and ids only. Each described project
counts as a separate source, because each comes from a different document. A hash of the project puts a pair into `dev` or `test`,
so that no project is in both.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from overt.model.claim import Claim
from overt.model.yaml_reading_and_validation import read_mapping

LABELS = Path(__file__).parents[1] / "labels"
PLAIN = ("agreed", "construction-start", "operational", "length")
ROLES = ("owner", "supplier", "financier")
DESCRIBED = "elsewhere/"
Pair = tuple[str, str]


class Truth(NamedTuple):
    """Labels of pairs of records, assigned by people."""

    same: frozenset[Pair]
    unsure: frozenset[Pair]
    alike: frozenset[Pair]
    """Look-alikes: pairs that look like one project but are two."""
    unit: dict[str, str]
    """The id of a record's project, by record: the smallest id of its records in the atlas, or the record's own id if it is a
    described project without a match there. Records that are left out are projects of their own.
    """

    def part(self, pair: Pair) -> str:
        """Return the part of a pair, `dev` or `test`."""
        return "dev" if hashlib.sha256(self.project(pair).encode()).digest()[0] % 2 else "test"

    def project(self, pair: Pair) -> str:
        """Return the id whose hash decides the part of a pair: the smaller of the ids of its two projects."""
        return min(self.unit.get(record, record) for record in pair)

    def is_tied(self, record: str) -> bool:
        """Return whether a record is in the atlas, or is a described project that matches one there."""
        return self.unit.get(record, record) != record or not record.startswith(DESCRIBED)

    def counts(self, pair: Pair) -> bool:
        """Return whether a pair counts, as a match or as a non-match.

        Doubtful pairs don't count. Neither do pairs of two described projects, unless both have a match in the atlas.
        """
        both = all(record.startswith(DESCRIBED) for record in pair)
        return pair not in self.unsure and not (both and not all(map(self.is_tied, pair)))


def elsewhere() -> list[dict[str, str]]:
    """Read the described projects: a row for each, by column."""
    with (LABELS / "projects_elsewhere.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def described(key: str) -> str:
    """Return the record id of a described project."""
    return f"{DESCRIBED}{key}:it"


def is_across(pair: Pair) -> bool:
    """Return whether the two records of a pair come from different sources."""
    return pair[0].partition(":")[0] != pair[1].partition(":")[0]


def _pairs(left: list[str], right: list[str]) -> Iterator[Pair]:
    yield from ((min(first, second), max(first, second)) for first in left for second in right if first != second)


def _listed(row: dict[str, str], column: str) -> list[str]:
    return [value for value in row[column].split(";") if value]


def truth() -> Truth:
    """Read all labels as pairs of records."""
    groups = read_mapping(LABELS / "project_groups.yml")
    named = {
        label: [[key if ":" in str(key) else f"aiddata_gcdf:{key}" for key in keys] for keys in groups[label]] for label in groups
    }
    same = {pair for records in named["same"] for pair in _pairs(records, records)}
    unsure = {pair for records in named["unsure"] for pair in _pairs(records, records)} - same
    unit = {record: min(records) for records in named["same"] for record in records}
    alike: set[Pair] = set()
    descriptions: dict[str, list[str]] = defaultdict(list)
    for row in elsewhere():
        record, targets = described(row["id"]), _listed(row, "same_as")
        same |= set(_pairs([record], targets))
        unsure |= set(_pairs([record], _listed(row, "unsure_as")))
        alike |= set(_pairs([record], _listed(row, "not_same_as")))
        unit[record] = min((unit.get(target, target) for target in targets), default=record)
        for target in targets:
            descriptions[target].append(record)
    for records in descriptions.values():
        same |= set(_pairs(records, records))
    # This record is a loan for two cables, so its pairs with them are doubtful.
    unsure |= set(_pairs(["aiddata_gcdf:53292"], ["telegeography:avassa", "telegeography:fly-lion3"]))
    return Truth(frozenset(same), frozenset(unsure), frozenset(alike), unit)


def elsewhere_claims(*, sparse: bool = False) -> Iterator[Claim]:
    """Yield claims about the described projects. If `sparse`, only name, kind and first country, as in a short list."""
    for row in elsewhere():
        record, countries = described(row["id"]), _listed(row, "country")
        source = record.partition(":")[0]
        values = [("name", row["name"]), *(("kind", value) for value in _listed(row, "kind"))]
        values += [("country", value) for value in (countries[:1] if sparse else countries)]
        values += [(name, row[name]) for name in PLAIN if row[name] and not sparse]
        yield from (Claim(source, record, "project", name, value) for name, value in values)
        for role in () if sparse else ROLES:
            for name in _listed(row, role):
                organization, part = f"{source}:organization/{name}", f"{record}/{role}/{name}"
                yield Claim(source, organization, "organization", "name", name)
                parts = (("project", record), ("organization", organization), ("role", role))
                yield from (Claim(source, part, "role", property_name, value) for property_name, value in parts)
