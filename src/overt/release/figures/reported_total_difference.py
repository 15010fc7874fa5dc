"""The parts of the difference between a figure and a reported total: computed from rows, taken from a document, or unknown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.values.dates import EARLIEST, date_bounds
from overt.release.figures.figure_definition import Comparator, Figure
from overt.release.figures.figure_rows import Units, measure_units
from overt.release.figures.figure_serialization import plain_number
from overt.release.figures.figure_sources_and_gaps import FigureSources
from overt.release.figures.gap_and_difference_labels import PART_KINDS, PART_REASONS, PartKind
from overt.release.figures.sensitivity import Sensitivity, TooManyClaimsError
from overt.release.release_sql import release_query

_ORDER = tuple(PART_KINDS)


@dataclass(frozen=True)
class CountedFigure:
    """The counted rows of a figure, the release's sources, and how the figure changes without some of these sources."""

    rows: Sequence[Mapping[str, Any]]
    sources: FigureSources
    sensitivity: Sensitivity


def difference_parts(
    connection: duckdb.DuckDBPyConnection,
    figure: Figure,
    comparator: Comparator,
    reported: Mapping[str, Any],
    difference: Decimal,
    counted: CountedFigure,
) -> list[dict[str, Any]]:
    """Split `difference`, our value minus the reported total, into parts whose amounts add up to it exactly.

    `reported` has the reported total (`value`) and its date (`as_of`, None if unknown). Each part has kind (one of
    `PART_KINDS`), amount (None if unknown), how (computed, sourced, not known), reason (a key of `PART_REASONS`; None if the
    amount is None), title, why, and units (the ids of the units that it consists of). Each of our units counts in the first
    part that it belongs to, in this order: other sources, disagreement, scope, period.
    """
    parts = _Parts(figure, {row["unit_id"]: row["amount"] for row in counted.rows})
    sources_compared = True
    if comparator.reported_from:
        if not counted.sources.loaded.keys() & set(comparator.reported_from):
            parts.add("sources", "not-loaded", -Decimal(str(reported["value"])))
        sources_compared = parts.add_sources(connection, comparator, counted)
    for outside in comparator.outside:
        test = f"{comparator.measure} {outside.name}"
        units = {row["unit_id"] for row in counted.rows if test in row["tests"]}
        parts.assign("scope", "outside", units, outside.title)
    if figure.begun and reported["as_of"]:
        parts.assign_periods(str(reported["as_of"]), {row["unit_id"]: (row["begun"], row["begun_to"]) for row in counted.rows})
    if comparator.in_unit:
        rows = [row for row in counted.rows if row["unit_id"] in parts.unassigned]
        theirs = {str(unit) for row in rows for unit in _as_list(row["in_unit"][comparator.measure])}
        parts.add("unit", "unit", measure_units(figure, parts.unassigned) - len(theirs))
    elif comparator.each_record and sources_compared and figure.measure == "count":
        sources = comparator.reported_from or figure.any_of or figure.requires
        records = _count_records(connection, parts.unassigned, sources, comparator.kind)
        parts.add("duplicates", "records", Decimal(len(records) - sum(records.values())))
    for known in comparator.known:
        parts.add(known.part, "sourced", known.amount, why=known.why)
    return parts.complete(difference)


def _as_list(units: Any) -> Sequence[Any]:
    return units if isinstance(units, list) else [] if units is None else [units]


class _Parts:
    """The parts of one difference."""

    def __init__(self, figure: Figure, units: Units) -> None:
        self._figure = figure
        self.unassigned = units
        """Our units that are not in any part yet, and so may be included in the reported total."""
        self._parts: list[dict[str, Any]] = []

    def add(
        self,
        kind: PartKind,
        reason: str,
        amount: Decimal | int,
        *,
        units: Collection[str] = (),
        title: str | None = None,
        why: str | None = None,
    ) -> None:
        how = "sourced" if reason == "sourced" else "computed"
        part = {"kind": kind, "amount": Decimal(amount), "how": how, "reason": reason, "title": title}
        self._parts.append({**part, "why": why or title or PART_REASONS[reason], "units": sorted(units)})

    def assign(self, kind: PartKind, reason: str, units: Collection[str], title: str | None = None) -> None:
        """Add a part made of the given units, leaving out any that already belong to another part."""
        assigned = {unit: amount for unit, amount in self.unassigned.items() if unit in units}
        self.unassigned = {unit: amount for unit, amount in self.unassigned.items() if unit not in units}
        self.add(kind, reason, measure_units(self._figure, assigned), units=assigned, title=title)

    def add_sources(self, connection: duckdb.DuckDBPyConnection, comparator: Comparator, counted: CountedFigure) -> bool:
        """Add units that only other sources have, and units on which the reporters' sources and other sources disagree.

        Return False if this could not be computed.
        """
        try:
            theirs_only = counted.sensitivity.units_from(self._figure, comparator.reported_from)
        except TooManyClaimsError:
            return False
        with_records = _count_records(connection, self.unassigned, comparator.reported_from)
        denied = {unit: amount for unit, amount in theirs_only.items() if unit not in self.unassigned}
        self.assign("scope", "other-sources", self.unassigned.keys() - theirs_only.keys() - with_records.keys())
        self.assign("disagreement", "our-word", self.unassigned.keys() - theirs_only.keys())
        self.add("disagreement", "their-word", -measure_units(self._figure, denied), units=denied)
        return True

    def assign_periods(self, as_of: str, begun: Mapping[str, tuple[date | None, date | None]]) -> None:
        """Assign units that certainly began outside the period of the reported total.

        A day, month or year includes everything up to its end. An interval also excludes everything that began before it.
        """
        first, last = date_bounds(as_of)
        self.assign("period", "later", {unit for unit, (day, _) in begun.items() if day is not None and day > last})
        if "/" in as_of and first != EARLIEST:
            self.assign("period", "earlier", {unit for unit, (_, day) in begun.items() if day is not None and day < first})

    def complete(self, difference: Decimal) -> list[dict[str, Any]]:
        """Return all parts in the order of their kinds, the unexplained remainder last. Kinds without a part have no amount."""
        rest = difference - sum((part["amount"] for part in self._parts), Decimal(0))
        kinds = {part["kind"] for part in self._parts}
        unknown: dict[str, Any] = {"amount": None, "how": "not known", "reason": None, "title": None, "why": None, "units": []}
        missing = [{"kind": kind, **unknown} for kind in _ORDER[:-1] if kind not in kinds]
        last = {"kind": "not known", **unknown, "amount": rest, "reason": "rest", "why": PART_REASONS["rest"]}
        parts = sorted([*self._parts, *missing], key=lambda part: _ORDER.index(part["kind"]))
        return [{**part, "amount": plain_number(part["amount"])} for part in [*parts, last]]


def _count_records(
    connection: duckdb.DuckDBPyConnection, units: Collection[str], sources: Sequence[str], kind: str | None = None
) -> dict[str, int]:
    """Count the records of each unit from these sources, leaving out units without any.

    With `kind`, only records of this kind of project, or of a narrower one, count.
    """
    literals = "(" + ", ".join(quote_literal(source) for source in sources) + ")"
    kind_literal = "NULL::VARCHAR" if kind is None else quote_literal(kind)
    query = release_query("reported_totals_and_unit_records.records_of_units", sources=literals, kind=kind_literal)
    return dict(connection.execute(query, [sorted(units)]).fetchall()) if sources else {}
