"""The parts of the difference between a figure and a reported total: computed of the rows, told by a document, or not known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import duckdb

from overt.model.duckdb_connection import quote_literal, sql
from overt.model.values.dates import EARLIEST, date_bounds
from overt.release.figures.figure_definition import Comparator, Figure
from overt.release.figures.figure_data import plain_number
from overt.release.figures.figure_wording import KINDS, WORDS, Kind
from overt.release.figures.figure_sources import Sources
from overt.release.figures.figure_rows import Units, total
from overt.release.figures.sensitivity import Sensitivity, TooManyError

_SQL = files("overt") / "release" / "sql"
_ORDER = tuple(KINDS)


@dataclass(frozen=True)
class Ours:
    """The rows of a figure that are counted, the sources of the release, and what is counted without some of them."""

    rows: Sequence[Mapping[str, Any]]
    sources: Sources
    otherwise: Sensitivity


def parts_of(
    connection: duckdb.DuckDBPyConnection,
    figure: Figure,
    comparator: Comparator,
    said: Mapping[str, Any],
    difference: Decimal,
    ours: Ours,
) -> list[dict[str, Any]]:
    """The parts of `difference`, ours less the total that is reported in `said`; their amounts add up to it exactly.

    Each has kind (one of `KINDS`), amount (null where it is not known), how (computed, sourced, not known), reason (a key of
    `WORDS`), title, why, and the units of ours that it is made of. The units of ours are gone through in the order of the kinds
    scope, period, duplicates or unit; each counts in the first part that it belongs to.
    """
    made = _Parts(figure, {row["unit_id"]: row["amount"] for row in ours.rows})
    apart = True
    if comparator.reported_from:
        if not ours.sources.loaded.keys() & set(comparator.reported_from):
            made.add("sources", "not-loaded", -Decimal(str(said["value"])))
        apart = made.by_source(connection, comparator, ours)
    for one in comparator.outside:
        test = f"{comparator.measure} {one.name}"
        made.leave("scope", "outside", {row["unit_id"] for row in ours.rows if test in row["tests"]}, one.title)
    if figure.begun and said["as_of"]:
        made.by_time(str(said["as_of"]), {row["unit_id"]: (row["begun"], row["begun_to"]) for row in ours.rows})
    if comparator.in_unit:
        rows = [row for row in ours.rows if row["unit_id"] in made.left]
        theirs = {str(one) for row in rows for one in _each(row["in_unit"][comparator.measure])}
        made.add("unit", "unit", total(figure, made.left) - len(theirs))
    elif comparator.each_record and apart and figure.measure == "count":
        records = _records(connection, made.left, comparator.reported_from or figure.any_of or figure.requires, comparator.kind)
        made.add("duplicates", "records", Decimal(len(records) - sum(records.values())))
    for known in comparator.known:
        made.add(known.part, "sourced", known.amount, why=known.why)
    return made.whole(difference)


def _each(held: Any) -> Sequence[Any]:
    """One of their units, several or none."""
    return held if isinstance(held, list) else [] if held is None else [held]


class _Parts:
    def __init__(self, figure: Figure, units: Units) -> None:
        self._figure = figure
        self.left = units
        """Units of ours that no part has taken yet: the reported total can hold them."""
        self._found: list[dict[str, Any]] = []

    def add(
        self,
        kind: Kind,
        reason: str,
        amount: Decimal | int,
        *,
        units: Collection[str] = (),
        title: str | None = None,
        why: str | None = None,
    ) -> None:
        how = "sourced" if reason == "sourced" else "computed"
        held = {"kind": kind, "amount": Decimal(amount), "how": how, "reason": reason, "title": title}
        self._found.append({**held, "why": why or title or WORDS[reason], "units": sorted(units)})

    def leave(self, kind: Kind, reason: str, units: Collection[str], title: str | None = None) -> None:
        """A part of these units of ours, as far as none before has taken them."""
        taken = {unit: amount for unit, amount in self.left.items() if unit in units}
        self.left = {unit: amount for unit, amount in self.left.items() if unit not in units}
        self.add(kind, reason, total(self._figure, taken), units=taken, title=title)

    def by_source(self, connection: duckdb.DuckDBPyConnection, comparator: Comparator, ours: Ours) -> bool:
        """What other sources tell, and where they and the reporters' own do not say the same; false where it was not tried."""
        try:
            alone = ours.otherwise.told_by(self._figure, comparator.reported_from)
        except TooManyError:
            return False
        theirs = _records(connection, self.left, comparator.reported_from)
        denied = {unit: amount for unit, amount in alone.items() if unit not in self.left}
        self.leave("scope", "other-sources", self.left.keys() - alone.keys() - theirs.keys())
        self.leave("disagreement", "our-word", self.left.keys() - alone.keys())
        self.add("disagreement", "their-word", -total(self._figure, denied), units=denied)
        return True

    def by_time(self, as_of: str, begun: Mapping[str, tuple[date | None, date | None]]) -> None:
        """Units that began outside of the time of the reported total, whatever days their dates mean: a single day or month means
        all that there was by then.
        """
        first, last = date_bounds(as_of)
        self.leave("period", "later", {unit for unit, (day, _) in begun.items() if day is not None and day > last})
        if "/" in as_of and first != EARLIEST:
            self.leave("period", "earlier", {unit for unit, (_, day) in begun.items() if day is not None and day < first})

    def whole(self, difference: Decimal) -> list[dict[str, Any]]:
        """All parts in the order of their kinds: one without an amount of a kind that nothing tells of; last the rest."""
        rest = difference - sum((part["amount"] for part in self._found), Decimal(0))
        told = {part["kind"] for part in self._found}
        nothing: dict[str, Any] = {"amount": None, "how": "not known", "reason": None, "title": None, "why": None, "units": []}
        lacking = [{"kind": kind, **nothing} for kind in _ORDER[:-1] if kind not in told]
        last = {"kind": "not known", **nothing, "amount": rest, "reason": "rest", "why": WORDS["rest"]}
        parts = sorted([*self._found, *lacking], key=lambda part: _ORDER.index(part["kind"]))
        return [{**part, "amount": plain_number(part["amount"])} for part in [*parts, last]]


def _records(
    connection: duckdb.DuckDBPyConnection, units: Collection[str], sources: Sequence[str], kind: str | None = None
) -> dict[str, int]:
    """How many records of these sources that tell of this kind of project each unit is; units of none are left out."""
    listed = "(" + ", ".join(quote_literal(source) for source in sources) + ")"
    query = sql(_SQL, "units_told", {"sources": listed, "kind": "NULL::VARCHAR" if kind is None else quote_literal(kind)})
    return dict(connection.execute(query, [sorted(units)]).fetchall()) if sources else {}
