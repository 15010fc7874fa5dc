"""Sensitivity of figures: their values without a source, a filter, a reading (the claims of one rule) or a merge."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from queue import SimpleQueue
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import thread_count
from overt.release.counterfactual_release import (
    FEW_CLAIMS,
    Counterfactual,
    CounterfactualTables,
    changeable_tables,
    without_rule,
    without_sources,
)
from overt.release.figures.figure_definition import Figure
from overt.release.figures.figure_rows import Units, count_units, measure_units, variant_rows
from overt.release.figures.figure_serialization import ALL_MERGES, REDUNDANT_MERGES, UNTRIED_MERGES
from overt.release.figures.figure_sources_and_gaps import FigureSources
from overt.release.tables_derived_from_claims import LOOKUP_TABLES
from overt.release.unjudged_merges import UnjudgedMerges

MAX_MERGES = 100
"""Maximum number of merges that are left out one by one, least certain first. All merges are also left out together."""
EVERY_ROW = "every row"
NO_VALUE_WITHOUT = "no value without it"
TOO_MANY_RECORDS = "not tried: too many records depend on it"
CHANGES_NOTHING = "changes nothing: other likely pairs still join the two records"
TOO_MANY_MERGES = f"not tried on its own: only the {MAX_MERGES} least certain merges are"
_TEXT = pa.string()
_FIELDS: list[tuple[str, pa.DataType]] = [
        ("name", _TEXT), ("kind", _TEXT), ("item", _TEXT), ("title", _TEXT), ("left", _TEXT), ("right", _TEXT),
        ("probability", pa.float64()), ("value", pa.decimal128(38, 4)), ("difference", pa.decimal128(38, 4)), ("note", _TEXT),
        ("gone", pa.list_(_TEXT)), ("come", pa.list_(_TEXT)),
]  # fmt: skip
SENSITIVITY = pa.schema(_FIELDS)
"""One row per figure and item that is left out. `kind`: source, filter, reading or merge. A row for a filter has the figure's
value by a different rule, or by none. `gone`: units that are no longer counted. `come`: units that are counted only without the
item. For a sum, units with a different amount are in both. Up to two more rows per figure have a number of merges in `title`:
the merges that were not tried, and those that change nothing.
"""
Row = dict[str, Any]
_MAX_COPIES = 4


def _copies(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many changes to compute at once: one per thread, up to `_MAX_COPIES`; one if copies would need much memory."""
    [(claims,)] = connection.execute("SELECT count(*) FROM claims").fetchall()
    return min(thread_count(connection), _MAX_COPIES) if claims < FEW_CLAIMS else 1


def _cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return a cursor with copies of small temporary tables.

    The cursor shares the database, and has transactions of its own.
    """
    cursor = connection.cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    for name in (*LOOKUP_TABLES, "independent_records"):  # Connections don't share temporary tables.
        cursor.register("incoming", connection.execute(f"FROM {name}").to_arrow_table())
        cursor.execute(f"CREATE TEMP TABLE {name} AS FROM incoming")
        cursor.unregister("incoming")
    return cursor


class Sensitivity:
    """Recomputes a release's figures with items left out. Figures without a value are skipped.

    Until `close`, queries on the connection read copies of the release's tables.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        content: Catalogue,
        sources: FigureSources,
        figures: Sequence[Figure],
        rows: Mapping[str, Sequence[Row]],
        day: date,
    ) -> None:
        """`rows`: the rows of each figure's query, by name. `day`: the day of the release."""
        self._connection = connection
        self._content = content
        self._sources = sources
        self._figures = [figure for figure in figures if sources.loaded and not sources.missing(figure)]
        self._rows = rows
        self._units = {figure.name: _counted_units(rows[figure.name]) for figure in self._figures}
        self._tables_of = {figure.name: changeable_tables(content, figure.query) for figure in self._figures}
        self._needed = frozenset().union(*self._tables_of.values())
        independent = any("independent_sources" in f"{figure.query} {figure.where}" for figure in self._figures)
        self._copies: list[CounterfactualTables] = []
        if self._figures:
            for number in range(_copies(connection)):
                own = _cursor(connection) if number else connection
                schema = f"counterfactual_{number}"
                self._copies.append(CounterfactualTables(own, content, self._needed, day, independent=independent, schema=schema))
        self._without_sources: dict[tuple[str, ...], dict[str, Units] | None] = {}

    def close(self) -> None:
        """Drop the copies of the release's tables."""
        for copy in reversed(self._copies):
            copy.close()
            if copy.connection is not self._connection:
                copy.connection.close()

    def rows(self, progress: Callable[[float], None] = lambda share: None) -> Iterator[Row]:
        """Yield the rows of the table `figure_sensitivity`. `progress` is called with the share of the items that are done."""
        if not self._figures:
            return
        for figure in self._figures:
            yield from self._filter_rows(figure)
        titles = {source: row.get("title") for source, row in self._sources.loaded.items()}
        sources = self._column("SELECT DISTINCT source FROM claims WHERE standing = 'current' ORDER BY 1")
        rules = self._column("SELECT DISTINCT rule FROM claims WHERE standing = 'current' AND rule IS NOT NULL ORDER BY 1")
        merges = UnjudgedMerges(self._connection, self._content, self._needed)
        items: list[tuple[Row, Counterfactual]] = [
            ({"kind": "source", "item": source, "title": titles.get(source)}, without_sources((source,))) for source in sources
        ]
        items += [({"kind": "reading", "item": rule}, without_rule(rule)) for rule in rules]
        if len(merges.merges) > 1:
            items.append(({"kind": "merge", "item": ALL_MERGES}, merges.without_all()))
        items += [
            ({"kind": "merge", "item": f"{merge.left} {merge.right}", **merge._asdict()}, merges.without(merge))
            for merge in merges.merges[:MAX_MERGES]
        ]
        for done, ((item, _), units) in enumerate(zip(items, self._all_changed_units(items), strict=True), start=1):
            if item["kind"] == "source":
                self._without_sources[(item["item"],)] = units
            yield from self._item_rows(units, item)
            progress(done / len(items))
        not_tried = {
            UNTRIED_MERGES: (len(merges.merges) - MAX_MERGES, TOO_MANY_MERGES),
            REDUNDANT_MERGES: (merges.redundant, CHANGES_NOTHING),
        }
        for name, (number, note) in not_tried.items():
            if number > 0:
                for figure in self._figures:
                    yield self._row(figure, {"kind": "merge", "item": name, "title": str(number)}, None, note)

    def units_from(self, figure: Figure, sources: Sequence[str]) -> Units:
        """Return the units that a figure would count if, of the sources in its `any_of`, only these were loaded.

        Required sources stay. The result is empty if none of these sources is loaded. Raises TooManyClaimsError if too many
        claims would have to be aggregated again.
        """
        excluded = tuple(sorted(set(figure.any_of) & self._sources.loaded.keys() - set(sources)))
        if not self._sources.loaded.keys() & set(sources):
            return {}
        if not excluded:
            return self._units[figure.name]
        units = self._units_without(excluded)
        if units is None:
            raise TooManyClaimsError
        return units[figure.name]

    def _column(self, query: str) -> list[str]:
        return [value for (value,) in self._connection.execute(query).fetchall()]

    def _units_without(self, sources: tuple[str, ...]) -> dict[str, Units] | None:
        """Return each figure's units without these sources, or None if too many claims are affected.

        The result is cached, because the rows and the parts of differences both need it.
        """
        if sources not in self._without_sources:
            self._without_sources[sources] = self._changed_units(without_sources(sources))
        return self._without_sources[sources]

    def _all_changed_units(self, items: Sequence[tuple[Row, Counterfactual]]) -> Iterator[dict[str, Units] | None]:
        """Yield each figure's units after each change, in order; None for a change that is too large.

        Several changes are computed at once.
        """
        free: SimpleQueue[CounterfactualTables] = SimpleQueue()
        for copy in self._copies:
            free.put(copy)

        def count(item: Row, change: Counterfactual) -> dict[str, Units] | None:
            if item["kind"] == "source" and (item["item"],) in self._without_sources:
                return self._without_sources[(item["item"],)]
            copy = free.get()
            try:
                return self._changed_units(change, copy)
            finally:
                free.put(copy)

        with ThreadPoolExecutor(len(self._copies)) as pool:
            try:
                yield from pool.map(count, *zip(*items, strict=True)) if items else ()
            finally:
                pool.shutdown(cancel_futures=True)

    def _changed_units(self, change: Counterfactual, copy: CounterfactualTables | None = None) -> dict[str, Units] | None:
        copy = copy or self._copies[0]
        with copy.changed(change) as changed_tables:
            if changed_tables is None:
                return None
            return {
                figure.name: (
                    count_units(copy.connection, figure)
                    if self._tables_of[figure.name] & changed_tables
                    else self._units[figure.name]
                )
                for figure in self._figures
            }

    def _item_rows(self, units: Mapping[str, Units] | None, item: Row) -> Iterator[Row]:
        for figure in self._figures:
            if item["kind"] == "source" and self._sources.needs(figure, item["item"]):
                yield self._row(figure, item, None, NO_VALUE_WITHOUT)
            elif units is None:
                yield self._row(figure, item, None, TOO_MANY_RECORDS)
            else:
                yield self._row(figure, item, units[figure.name])

    def _filter_rows(self, figure: Figure) -> Iterator[Row]:
        """Yield a row for each variant that has a value and isn't a part of the figure.

        If more units count when no rule is applied, also yield a row for that count.
        """
        rows = self._rows[figure.name]
        for variant in figure.variants:
            if variant.name == figure.of_which:
                continue  # This is a part of what is counted, not another rule.
            if self._sources.loaded.keys() >= set(variant.requires) and (
                not rows or any(variant.name in row["answered_variants"] for row in rows)
            ):
                units = _counted_units([{**row, "counted": True} for row in variant_rows(figure, variant, rows)])
                yield self._row(figure, {"kind": "filter", "item": variant.name, "title": variant.title}, units)
        rows = [row for row in rows if row["currency"] in (None, figure.unit)]
        if len({row["unit_id"] for row in rows}) > len(self._units[figure.name]):
            units = _counted_units([{**row, "counted": True} for row in rows])
            yield self._row(figure, {"kind": "filter", "item": EVERY_ROW}, units)

    def _row(self, figure: Figure, item: Row, units: Units | None, note: str | None = None) -> Row:
        counted = self._units[figure.name]
        value = None if units is None else measure_units(figure, units)
        difference = None if value is None else value - measure_units(figure, counted)
        row: Row = {**dict.fromkeys(SENSITIVITY.names), **{name: item[name] for name in item if name in SENSITIVITY.names}}
        row |= {"name": figure.name, "value": value, "difference": difference, "note": note, "gone": [], "come": []}
        if units is not None:
            row |= {"gone": _different_units(counted, units), "come": _different_units(units, counted)}
        return row


class TooManyClaimsError(Exception):
    """Raised if more claims would have to be aggregated again than `counterfactual_release.MAX_CLAIMS`."""


def _counted_units(rows: Sequence[Row]) -> Units:
    return {row["unit_id"]: row["amount"] for row in rows if row["counted"]}


def _different_units(units: Units, compared: Units) -> list[str]:
    """Return the units that are missing from `compared` or have a different amount there."""
    return sorted(unit for unit, amount in units.items() if unit not in compared or compared[unit] != amount)
