"""How many projects each choice of a filter would find, with all other choices as they are."""

from collections.abc import Iterable, Mapping

import orjson

from overt.queries.database import Reader, Row
from overt.queries.filters import MANY, ProjectFilter
from overt.queries.matching import found

Counts = Mapping[str, Mapping[str, int]]
"""Facet → value → projects; values that none has are not there."""


def counts(reader: Reader, wanted: ProjectFilter) -> Counts:
    """The counts of every facet. What is chosen in a facet does not narrow its own counts: its values are alternatives."""
    facets = reader.vectors.facets
    return {name: facets[name].counts(found(reader, wanted.without(name) if getattr(wanted, name) else wanted)) for name in MANY}


def named(reader: Reader, ids: Iterable[str]) -> dict[str, Row]:
    """What these records are called."""
    return {row["id"]: row for row in reader.rows("facets.named", [orjson.dumps(sorted(ids)).decode()])}
