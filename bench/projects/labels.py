"""Which records are one project, as people say: the labels that `bench.projects.matching` measures against.

`labels/project_groups.yml` says which records of AidData (and a few of others) are one; `labels/projects_elsewhere.csv` describes
cables, cities, networks and satellites as press, lenders and suppliers do, and names the records that they are, the look-alikes
that they are not, and those that cannot be told. Facts and ids only. Each described project is a source of its own, as each is
from a document of its own. A pair counts for `dev` or `test` by a hash of its project, so that no project is in both.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from overt.model.claim import Claim
from overt.model.yaml import read_mapping

LABELS = Path(__file__).parents[1] / "labels"
PLAIN = ("agreed", "construction-start", "operational", "length")
ROLES = ("owner", "supplier", "financier")
DESCRIBED = "elsewhere/"
Pair = tuple[str, str]


class Truth(NamedTuple):
    """What people say of pairs of records."""

    same: frozenset[Pair]
    unsure: frozenset[Pair]
    alike: frozenset[Pair]
    """Pairs that look like one and are two."""
    unit: dict[str, str]
    """Record → the project by which its part is chosen."""

    def part(self, pair: Pair) -> str:
        """`dev` or `test`."""
        return "dev" if hashlib.sha256(self.of(pair).encode()).digest()[0] % 2 else "test"

    def of(self, pair: Pair) -> str:
        """The project that decides where a pair counts."""
        return min(self.unit.get(record, record) for record in pair)

    def is_tied(self, record: str) -> bool:
        """Whether a described project is one with a record of the atlas."""
        return self.unit.get(record, record) != record or not record.startswith(DESCRIBED)

    def counts(self, pair: Pair) -> bool:
        """Whether people can say of a pair that it is one or two: not of two descriptions of which one is tied to no record."""
        both = all(record.startswith(DESCRIBED) for record in pair)
        return pair not in self.unsure and not (both and not all(map(self.is_tied, pair)))


def elsewhere() -> list[dict[str, str]]:
    """The described projects, a row each."""
    with (LABELS / "projects_elsewhere.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def described(key: str) -> str:
    """The record of a described project."""
    return f"{DESCRIBED}{key}:it"


def is_across(pair: Pair) -> bool:
    """Whether the records of a pair are of two sources."""
    return pair[0].partition(":")[0] != pair[1].partition(":")[0]


def _pairs(left: list[str], right: list[str]) -> Iterator[Pair]:
    yield from ((min(one, other), max(one, other)) for one in left for other in right if one != other)


def _listed(row: dict[str, str], column: str) -> list[str]:
    return [one for one in row[column].split(";") if one]


def truth() -> Truth:
    """All labels as pairs of records."""
    groups = read_mapping(LABELS / "project_groups.yml")
    named = {
        kind: [[one if ":" in str(one) else f"aiddata_gcdf:{one}" for one in held] for held in groups[kind]] for kind in groups
    }
    same = {pair for held in named["same"] for pair in _pairs(held, held)}
    unsure = {pair for held in named["unsure"] for pair in _pairs(held, held)} - same
    unit = {record: min(held) for held in named["same"] for record in held}
    alike: set[Pair] = set()
    tells: dict[str, list[str]] = defaultdict(list)
    for row in elsewhere():
        record, targets = described(row["id"]), _listed(row, "same_as")
        same |= set(_pairs([record], targets))
        unsure |= set(_pairs([record], _listed(row, "unsure_as")))
        alike |= set(_pairs([record], _listed(row, "not_same_as")))
        unit[record] = min((unit.get(one, one) for one in targets), default=record)
        for target in targets:
            tells[target].append(record)
    for held in tells.values():
        same |= set(_pairs(held, held))
    unsure |= set(_pairs(["aiddata_gcdf:53292"], ["telegeography:avassa", "telegeography:fly-lion3"]))  # a loan for two cables
    return Truth(frozenset(same), frozenset(unsure), frozenset(alike), unit)


def elsewhere_claims(*, sparse: bool = False) -> Iterator[Claim]:
    """The described projects as claims; `sparse`: name, kind and the country that is named first, as a short list has them."""
    for row in elsewhere():
        record, countries = described(row["id"]), _listed(row, "country")
        source = record.partition(":")[0]
        said = [("name", row["name"]), *(("kind", value) for value in _listed(row, "kind"))]
        said += [("country", value) for value in (countries[:1] if sparse else countries)]
        said += [(one, row[one]) for one in PLAIN if row[one] and not sparse]
        yield from (Claim(source, record, "project", held, value) for held, value in said)
        for role in () if sparse else ROLES:
            for name in _listed(row, role):
                organization, part = f"{source}:organization/{name}", f"{record}/{role}/{name}"
                yield Claim(source, organization, "organization", "name", name)
                held_part = (("project", record), ("organization", organization), ("role", role))
                yield from (Claim(source, part, "role", held, value) for held, value in held_part)
