"""Figures as of a date or by year: which of the units that a figure counts were in place then."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from overt.model.errors import UsageError
from overt.model.values.span import InPlace, Span, date_limits, in_place, make_span
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.figures import Figure

NOT_LASTING = "it counts nothing that begins and ends, so it has no state as of a date"
MAX_YEARS = 60
"""Maximum number of years of a history."""
_ONE_DAY = timedelta(days=1)


class Unit(NamedTuple):
    """A unit that a figure counts, its span, and the year of its first date on record."""

    id: str
    span: Span
    first_year: int | None = None


class YearCount(NamedTuple):
    """How many of a figure's units were in place on some day of a year."""

    year: int
    certain: int
    possible: int
    """Units that were possibly in place, and whose earliest possible beginning is known."""
    undated: int
    """Units that were possibly in place, and for which no source says when they can first have begun."""


class DocumentedYear(NamedTuple):
    """How many of a figure's units were in place in a year that lies between two dates in sources."""

    year: int
    certain: int
    possible: int


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
    """Count units by year, from the first year in which any can have begun until `last_year`, but only for the last `MAX_YEARS`.

    Units that have not begun are left out. The list is empty if no source says when any unit can first have begun.
    """
    units = [unit for unit in units if unit.span.begun]
    begins = [unit.span.begin_earliest.year for unit in units if unit.span.begin_earliest]
    if not begins:
        return []
    counts = []
    for year in range(max(min(begins), last_year - MAX_YEARS + 1), last_year + 1):
        answers = [(unit, in_place(unit.span, date(year, 1, 1), date(year, 12, 31))) for unit in units]
        certain = sum(answer is InPlace.CERTAINLY for _, answer in answers)
        undated = sum(answer is InPlace.POSSIBLY and unit.span.begin_earliest is None for unit, answer in answers)
        possible = sum(answer is InPlace.POSSIBLY for _, answer in answers) - undated
        counts.append(YearCount(year, certain, possible, undated))
    return counts


def documented_history(units: Iterable[Unit], last_year: int) -> list[DocumentedYear]:
    """Count units by year, each only from the first to the last day that a source gives for it.

    Unlike `history`, a unit whose beginning is unknown is in no year before the first source that has it in place, and one whose
    end is unknown in no year after the last. Units without any such date are left out. The years are those from the first with a
    unit until `last_year`, but at most the last `MAX_YEARS`.
    """
    spans = [span for unit in units if (span := documented_span(unit.span))]
    begins = [span.begin_earliest.year for span in spans if span.begin_earliest]
    if not begins:
        return []
    counts = []
    for year in range(max(min(begins), last_year - MAX_YEARS + 1), last_year + 1):
        answers = [in_place(span, date(year, 1, 1), date(year, 12, 31)) for span in spans]
        counts.append(DocumentedYear(year, answers.count(InPlace.CERTAINLY), answers.count(InPlace.POSSIBLY)))
    return counts


def documented_span(span: Span) -> Span | None:
    """Return a span without its open sides: it begins and ends with the first and last day that sources give.

    None if it has not begun, or if no source gives a day.
    """
    first = span.begin_earliest or span.begin_latest or (span.end_earliest and span.end_earliest - _ONE_DAY)
    if not span.begun or first is None:
        return None
    last = span.end_latest or max(
        day for day in (span.end_earliest, span.begin_latest and span.begin_latest + _ONE_DAY, first + _ONE_DAY) if day
    )
    return span._replace(begin_earliest=first, end_latest=max(last, first + _ONE_DAY))


def figures_as_of(reader: Reader, release: str, as_of: str, name: str = "") -> list[dict[str, Any]]:
    """Return every figure, or only the figure `name`, with the counted units that were in place on a date.

    `value` is the number of units that were possibly or certainly in place, and `certain` the number that certainly were. Both
    are null, and `status` says why, if `lasting_units` returns None. Raises UsageError if there is no figure of this name, and
    ValueProblem for an invalid date.
    """
    selected = [figure for figure in figures.all_figures(reader) if name in ("", figure.name)]
    if not selected:
        known = ", ".join(figure.name for figure in figures.all_figures(reader))
        raise UsageError(f"{name}: there is no such figure (there are {known})")
    return [_as_of(reader, release, as_of, figure) for figure in selected]


def _as_of(reader: Reader, release: str, as_of: str, figure: Figure) -> dict[str, Any]:
    units = lasting_units(reader, figure)
    first, last = date_limits(as_of)
    answers = [(unit.id, in_place(unit.span, first or date.min, last or date.max)) for unit in units or ()]
    there = [(identity, answer) for identity, answer in answers if answer is not InPlace.NOT]
    has_value = units is not None
    return {
        "name": figure.name,
        "title": figure.title,
        "question": figure.question,
        "as_of": as_of,
        "value": len(there) if has_value else None,
        "certain": sum(answer is InPlace.CERTAINLY for _, answer in there) if has_value else None,
        "today": int(float(figure.value)) if has_value and figure.value is not None else None,
        "unit": figure.unit,
        "counting_unit": figure.counting_unit,
        "status": "ok" if has_value else figure.status if figure.value is None else NOT_LASTING,
        "release": release,
        "rows": [{"unit_id": identity, "in_place": str(answer)} for identity, answer in there],
    }


def _span(row: dict[str, Any]) -> Span:
    names = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")
    return make_span((date.fromisoformat(row[name]) if row[name] else None for name in names), begun=bool(row["begun"]))
