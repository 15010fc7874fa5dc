"""How sources overlap, as stored in a release."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader


class Cell(NamedTuple):
    """The number of items that all of these sources have, and no other source."""

    sources: list[str]
    things: int


class Overlap(NamedTuple):
    """How far the sources of a group overlap, and what can be estimated from the overlap."""

    unit: str
    cut: str
    """The criterion of the group: `all`, `kind`, `region` or `period`."""
    part: str
    """The kind, region or period of the group."""
    things: int
    sources: list[Any]
    """Each source with its number of items, the number of items that no other source has, and its list."""
    lists: list[Any]
    """The lists that the sources form (`overt.release.overlaps.estimation_lists`). The sources of a list count as one source.
    """
    verdict: str
    reasons: list[Any]
    notes: list[Any]
    low: int | None
    high: int | None
    estimates: list[Any]
    cells: Sequence[Cell] = ()
    """Cells of the group, largest first."""


_DECODE = dict.fromkeys(("sources", "lists", "reasons", "notes", "estimates"), orjson.loads)


def all_overlaps(reader: Reader) -> list[Overlap]:
    """Return the overlaps of all groups."""
    cells: dict[tuple[str, str, str], list[Cell]] = {}
    for row in reader.rows("overlaps.all"):
        cells.setdefault((row["unit"], row["cut"], row["part"]), []).append(Cell(orjson.loads(row["sources"]), row["things"]))
    return [
        overlap._replace(cells=cells.get((overlap.unit, overlap.cut, overlap.part), []))
        for overlap in reader.query(Overlap, "overlaps.answers", decode=_DECODE)
    ]
