"""How a figure moves when something that it rests on is taken out: a source, a rule, a reading, a merge."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.release.counterfactual import Otherwise, Tables, tables_read, without_rule, without_sources
from overt.release.figures.figure_definition import Figure
from overt.release.figures.figure_data import ALL, HELD, OTHERS
from overt.release.figures.figure_sources import Sources
from overt.release.figures.figure_rows import Units, counted, total
from overt.release.score_merges import Merges

MOST_MERGES = 100
"""Uncertain merges that are taken out one by one, the least sure first; all of them are taken out together too."""
EVERY_ROW = "every row"
NEEDED = "no value without it"
TOO_MANY = "not tried: too many records rest on it"
BOTH_HELD = "changes nothing: other likely pairs hold the two together"
TOO_MANY_MERGES = f"not tried alone: only the {MOST_MERGES} least sure merges are"
_TEXT = pa.string()
_FIELDS: list[tuple[str, pa.DataType]] = [
        ("name", _TEXT), ("kind", _TEXT), ("item", _TEXT), ("title", _TEXT), ("left", _TEXT), ("right", _TEXT),
        ("probability", pa.float64()), ("value", pa.decimal128(38, 4)), ("difference", pa.decimal128(38, 4)), ("note", _TEXT),
        ("gone", pa.list_(_TEXT)), ("come", pa.list_(_TEXT)),
]  # fmt: skip
SENSITIVITY = pa.schema(_FIELDS)
"""One row a figure and thing taken out. `kind`: source, filter, reading or merge; `gone` and `come`: units that are counted no
more, or then only; of a sum also those whose amount is another."""
Row = dict[str, Any]


class Sensitivity:
    """The figures of a release with things taken out. `rows`: those that each figure looks at, by name."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        content: Catalogue,
        sources: Sources,
        figures: Sequence[Figure],
        rows: Mapping[str, Sequence[Row]],
    ) -> None:
        self._connection = connection
        self._content = content
        self._sources = sources
        self._figures = [figure for figure in figures if sources.loaded and not sources.lacking(figure)]
        self._rows = rows
        self._units = {figure.name: _units(rows[figure.name]) for figure in self._figures}
        self._reads = {figure.name: tables_read(content, figure.query) for figure in self._figures}
        self._wanted = frozenset().union(*self._reads.values())
        asked = any("independent_sources" in f"{figure.query} {figure.where}" for figure in self._figures)
        self._tables = Tables(connection, content, self._wanted, independent=asked) if self._figures else None
        self._lost: dict[tuple[str, ...], dict[str, Units] | None] = {}

    def close(self) -> None:
        """Give back the memory."""
        if self._tables:
            self._tables.close()

    def rows(self) -> Iterator[Row]:
        """The rows of the table `figure_sensitivity`."""
        if not self._figures:
            return
        for figure in self._figures:
            yield from self._filters(figure)
        titles = {source: held.get("title") for source, held in self._sources.loaded.items()}
        for source in self._column("SELECT DISTINCT source FROM claims WHERE standing = 'current' ORDER BY 1"):
            yield from self._moved(self._without((source,)), {"kind": "source", "item": source, "title": titles.get(source)})
        for rule in self._column("SELECT DISTINCT rule FROM claims WHERE standing = 'current' AND rule IS NOT NULL ORDER BY 1"):
            yield from self._moved(self._counts(without_rule(rule)), {"kind": "reading", "item": rule})
        merges = Merges(self._connection, self._content, self._wanted)
        if len(merges.found) > 1:
            yield from self._moved(self._counts(merges.all_apart()), {"kind": "merge", "item": ALL})
        for merge in merges.found[:MOST_MERGES]:
            about = {"kind": "merge", "item": f"{merge.left} {merge.right}", **merge._asdict()}
            yield from self._moved(self._counts(merges.apart(merge)), about)
        not_tried = {OTHERS: (len(merges.found) - MOST_MERGES, TOO_MANY_MERGES), HELD: (merges.held, BOTH_HELD)}
        for item, (number, note) in not_tried.items():
            if number > 0:
                for figure in self._figures:
                    yield self._row(figure, {"kind": "merge", "item": item, "title": str(number)}, None, note)

    def told_by(self, figure: Figure, sources: Sequence[str]) -> Units:
        """What a figure counts where these alone of the sources of which any will do are there; those that it requires stay."""
        others = tuple(sorted(set(figure.any_of) & self._sources.loaded.keys() - set(sources)))
        if not self._sources.loaded.keys() & set(sources):
            return {}
        if not others:
            return self._units[figure.name]
        counts = self._without(others)
        if counts is None:
            raise TooManyError
        return counts[figure.name]

    def _column(self, query: str) -> list[str]:
        return [held for (held,) in self._connection.execute(query).fetchall()]

    def _without(self, sources: tuple[str, ...]) -> dict[str, Units] | None:
        """What the figures count without these sources; nothing where too much would have to be looked at. Parts of differences
        ask for the same as the rows do.
        """
        if sources not in self._lost:
            self._lost[sources] = self._counts(without_sources(sources))
        return self._lost[sources]

    def _counts(self, otherwise: Otherwise) -> dict[str, Units] | None:
        assert self._tables is not None
        with self._tables.changed(otherwise) as differ:
            if differ is None:
                return None
            return {
                figure.name: counted(self._connection, figure) if self._reads[figure.name] & differ else self._units[figure.name]
                for figure in self._figures
            }

    def _moved(self, counts: Mapping[str, Units] | None, about: Row) -> Iterator[Row]:
        for figure in self._figures:
            if about["kind"] == "source" and self._sources.needs(figure, about["item"]):
                yield self._row(figure, about, None, NEEDED)
            elif counts is None:
                yield self._row(figure, about, None, TOO_MANY)
            else:
                yield self._row(figure, about, counts[figure.name])

    def _filters(self, figure: Figure) -> Iterator[Row]:
        """The rows that are looked at, counted by each other rule, and by none."""
        rows = self._rows[figure.name]
        for variant in figure.variants:
            if self._sources.loaded.keys() >= set(variant.requires) and (
                not rows or any(variant.name in row["told"] for row in rows)
            ):
                taken = _units([{**row, "counted": variant.name in row["variants"]} for row in rows])
                yield self._row(figure, {"kind": "filter", "item": variant.name, "title": variant.title}, taken)
        if len({row["unit_id"] for row in rows}) > len(self._units[figure.name]):
            everything = _units([{**row, "counted": True} for row in rows])
            yield self._row(figure, {"kind": "filter", "item": EVERY_ROW}, everything)

    def _row(self, figure: Figure, about: Row, units: Units | None, note: str | None = None) -> Row:
        ours = self._units[figure.name]
        value = None if units is None else total(figure, units)
        difference = None if value is None else value - total(figure, ours)
        found: Row = {"name": figure.name, "value": value, "difference": difference, "note": note, "gone": [], "come": []}
        if units is not None:
            found |= {"gone": _other(ours, units), "come": _other(units, ours)}
        return {**dict.fromkeys(SENSITIVITY.names), **{name: about[name] for name in about if name in SENSITIVITY.names}, **found}


class TooManyError(Exception):
    """More claims would have to be looked at again than are taken into memory."""


def _units(rows: Sequence[Row]) -> Units:
    return {row["unit_id"]: row["amount"] for row in rows if row["counted"]}


def _other(ours: Units, theirs: Units) -> list[str]:
    """Units of the first that the second lacks, or has with another amount."""
    return sorted(unit for unit, amount in ours.items() if unit not in theirs or theirs[unit] != amount)
