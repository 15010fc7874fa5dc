"""Figures as of a date or by year: which of the units that a figure counts were in place then."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from overt.model.errors import UsageError
from overt.model.values.span import (
    InPlace,
    Span,
    date_limits,
    first_day,
    in_place_on_record,
    is_first_on_record_after,
    last_day,
    make_span,
)
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.figures import Figure

NOT_LASTING = "it counts nothing that begins and ends, so it has no state as of a date"
MAX_YEARS = 60
"""Maximum number of years of a history."""
_ANSWERS = {"certain": InPlace.CERTAINLY, "possible": InPlace.POSSIBLY}
"""The fields of `InPlaceNumbers` whose units count as in place, each with its value of `InPlace`."""


class Unit(NamedTuple):
    """A unit that a figure counts, its span, and the year of its first date on record."""

    id: str
    span: Span
    first_year: int | None = None


class InPlaceNumbers(NamedTuple):
    """Numbers of a figure's units, by whether they were in place in a period."""

    certain: int
    """Units that were certainly in place."""
    possible: int
    """Units that were possibly in place, because the period overlaps the time from their first to their last date on record."""
    earlier: int
    """Units whose last date on record is before the period, and for which no source gives an end."""
    later: int
    """Units for which no source gives a beginning, and whose first date on record is after the period or missing."""


class YearCount(NamedTuple):
    """A year with its `InPlaceNumbers`."""

    year: int
    certain: int
    possible: int
    earlier: int
    later: int


def lasting_units(reader: Reader, figure: Figure) -> list[Unit] | None:
    """Return the counted units of a figure with their spans.

    None if the figure has no value, is not a count, counts no units, or counts units of a type that doesn't begin and end.
    """
    if figure.measure != "count" or figure.value is None:
        return None
    rows = reader.rows("figure_unit_spans.units", {"name": figure.name})
    if not rows or not all(row["lasts"] for row in rows):
        return None
    return [Unit(row["id"], _span(row), row["first_year"]) for row in rows]


def history(units: Iterable[Unit], last_year: int) -> list[YearCount]:
    """Count units by year, from the first year on record of any unit until `last_year`, but only the last `MAX_YEARS`.

    Units that have not begun are left out. The list is empty if no unit has a date on record.
    """
    units = [unit for unit in units if unit.span.begun]
    begins = [day.year for unit in units if (day := first_day(unit.span))]
    if not begins:
        return []
    return [
        YearCount(year, *in_place_numbers(units, date(year, 1, 1), date(year, 12, 31)))
        for year in range(max(min(begins), last_year - MAX_YEARS + 1), last_year + 1)
    ]


def in_place_numbers(units: Iterable[Unit], first: date, last: date) -> InPlaceNumbers:
    """Return how many units were in place on some day from `first` to `last`. Units that have not begun are left out."""
    counts = Counter(_place(unit.span, first, last) for unit in units)
    return InPlaceNumbers(*(counts[name] for name in InPlaceNumbers._fields))


def _place(span: Span, first: date, last: date) -> str:
    """Return the field of `InPlaceNumbers` that counts a span; empty if none does."""
    if is_first_on_record_after(span, last):
        return "later"
    answer, end = in_place_on_record(span, first, last), last_day(span)
    if answer is InPlace.POSSIBLY:
        return "possible" if end and end >= first else "earlier"
    return "certain" if answer is InPlace.CERTAINLY else ""


def figures_as_of(reader: Reader, release: str, as_of: str, name: str = "") -> list[dict[str, Any]]:
    """Return every figure, or only the figure `name`, with the counted units that were in place on a date.

    `value` is the number of units that were certainly or possibly in place, from their first to their last date on record, as in
    the chart by year; `rows` lists them. `certain`, `earlier` and `later` are those of `InPlaceNumbers`. `today` is the figure's
    value in the release. The five numbers are null, and `status` says why, if `lasting_units` returns None. Raises UsageError if
    there is no figure of this name, and ValueProblem for an invalid date.
    """
    selected = [figure for figure in figures.all_figures(reader) if name in ("", figure.name)]
    if not selected:
        known = ", ".join(figure.name for figure in figures.all_figures(reader))
        raise UsageError(f"{name}: there is no such figure (there are {known})")
    return [_as_of(reader, release, as_of, figure) for figure in selected]


def _as_of(reader: Reader, release: str, as_of: str, figure: Figure) -> dict[str, Any]:
    units = lasting_units(reader, figure)
    first, last = (limit or end for limit, end in zip(date_limits(as_of), (date.min, date.max), strict=True))
    numbers = None if units is None else in_place_numbers(units, first, last)
    places = [(unit.id, _place(unit.span, first, last)) for unit in units or ()]
    there = [(identity, _ANSWERS[place]) for identity, place in places if place in _ANSWERS]
    return {
        "name": figure.name,
        "title": figure.title,
        "question": figure.question,
        "as_of": as_of,
        "value": numbers and numbers.certain + numbers.possible,
        "certain": numbers and numbers.certain,
        "earlier": numbers and numbers.earlier,
        "later": numbers and numbers.later,
        "today": int(float(figure.value)) if numbers and figure.value is not None else None,
        "unit": figure.unit,
        "counting_unit": figure.counting_unit,
        "status": "ok" if numbers else figure.status if figure.value is None else NOT_LASTING,
        "release": release,
        "rows": [{"unit_id": identity, "in_place": str(answer)} for identity, answer in there],
    }


def _span(row: dict[str, Any]) -> Span:
    names = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")
    return make_span((date.fromisoformat(row[name]) if row[name] else None for name in names), begun=bool(row["begun"]))
