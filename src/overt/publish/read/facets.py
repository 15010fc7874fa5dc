"""How many projects each choice of a filter would find, with all other choices as they are."""

from collections.abc import Iterable, Mapping

import orjson

from overt.publish.read.database import Reader, Row
from overt.publish.read.filters import MANY, ProjectFilter

Counts = Mapping[str, Mapping[str, int]]
"""Facet → value → projects; values that none has are not there."""


def counts(reader: Reader, wanted: ProjectFilter) -> Counts:
    """The counts of every facet. What is chosen in a facet does not narrow its own counts: its values are alternatives."""
    found: dict[str, dict[str, int]] = {name: {} for name in MANY}
    narrowed = [name for name in MANY if getattr(wanted, name)]
    _count(reader, wanted, [name for name in MANY if name not in narrowed], found)
    for name in narrowed:
        _count(reader, wanted.without(name), [name], found)
    return found


def _count(reader: Reader, wanted: ProjectFilter, facets: Iterable[str], found: dict[str, dict[str, int]]) -> None:
    where, values = wanted.where()
    asked = {name: "true" if name in facets else "false" for name in MANY}
    for row in reader.rows("facets", values, where=where, **asked):
        found[row["facet"]][row["value"]] = row["projects"]


def named(reader: Reader, ids: Iterable[str]) -> dict[str, Row]:
    """What these records are called."""
    return {row["id"]: row for row in reader.rows("named", [orjson.dumps(sorted(ids)).decode()])}
