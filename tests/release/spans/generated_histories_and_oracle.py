"""Generated histories of projects, and an oracle that tries every day on which they can have begun and ended.

A history is a true beginning and end, with statements about them. Each statement is a status or a date, and has the date on
which its source speaks. Dates are days, months or years. The oracle doesn't use Overt's rules: it defines which beginnings and
ends each statement allows, and drops all pairs of days that a statement excludes. It shares no code with Overt, not even the
parser for dates.
"""

import calendar
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NEVER = date(9000, 1, 1)
WINDOW = [date(2018, 12, 1) + timedelta(days) for days in range(62)]
"""The days on which sources speak and nearly everything happens: two whole months around the turn of a year."""
_OUTSIDE = [date(2005, 1, 1), date(2010, 1, 1), date(2018, 1, 1), date(2018, 1, 2), date(2018, 3, 1), date(2018, 6, 30)]
_LATER = [date(2019, 6, 1), date(2019, 9, 1), date(2020, 1, 1), date(2028, 1, 1), date(2030, 1, 1)]
"""A few days before the window (`_OUTSIDE`) and after it (`_LATER`), among them first days of years."""
DAYS = [*_OUTSIDE, *WINDOW, *_LATER]
QUESTIONS = [*(day.isoformat() for day in WINDOW[::3]), "2018-12", "2019-01", "2018", "2019"]
WRONG = WINDOW[-1].isoformat()
"""The day on which a second source states a wrong day of first use."""
_BEFORE_USE = ("agreed", "construction-start", "started")
_USED = ("operational", "completed")
_PLANNED = ("announced", "agreed", "under-construction")


class Statement(NamedTuple):
    """What a source states, and the day, month or year in which it states this."""

    property: str
    value: str
    spoken: str


class History(NamedTuple):
    """A beginning and an end, which may be `NEVER`, and what sources state about them."""

    begin: date
    end: date
    statements: list[Statement]


def limits(text: str) -> tuple[date, date]:
    """Return the first and last day of a year, a month or a day."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1])
    return date(*parts), date(*parts)


def _written(chance: random.Random, day: date) -> str:
    return day.isoformat()[: chance.choice((10, 10, 7, 7, 4))]


def generate(seed: int) -> History:
    """Make a history with true statements. Some have a second source that gives another day of first use."""
    chance = random.Random(seed)
    begin = chance.choice([*WINDOW, *WINDOW, NEVER, date(2018, 3, 1)])
    later = [day for day in WINDOW if day > begin]
    end = chance.choice(later) if later and chance.random() < 0.5 else NEVER
    steps = {name: chance.choice([day for day in WINDOW if day <= begin] or [date(2018, 3, 1)]) for name in _BEFORE_USE}
    statements: list[Statement] = []
    for _ in range(chance.randint(1, 8)):
        spoken = chance.choice(WINDOW[:-1])
        published = _written(chance, spoken)
        statements += [Statement(prop, value, published) for prop, value in _true_statement(chance, steps, begin, end, spoken)]
    if begin in WINDOW and chance.random() < 0.17:
        other = begin + timedelta(chance.choice((-25, -8, 8, 25)))
        if other in WINDOW:
            statements.append(Statement("operational", _written(chance, other), WRONG))
    return History(begin, end, statements or [Statement("status", "unknown", "2019-01")])


def _true_statement(
    chance: random.Random, steps: dict[str, date], begin: date, end: date, spoken: date
) -> Iterator[tuple[str, str]]:
    """Yield properties and values that a source can truthfully state on the day `spoken`. Anything later is only a plan."""
    step = chance.choice(_BEFORE_USE)
    match chance.randrange(6):
        case 0 if steps[step] <= spoken:
            yield step, _written(chance, steps[step])
        case 1 if begin <= spoken:
            yield "operational", _written(chance, begin)
        case 2 if begin <= spoken < end:
            yield "status", "operational"
        case 3 if begin <= spoken:
            yield "status", "completed"
        case 4 if end <= spoken:
            yield chance.choice((("ended", _written(chance, end)), ("status", "suspended")))
        case _ if spoken < begin:
            yield "status", chance.choice(_PLANNED)
            if chance.random() < 0.5:  # a planned date, which never comes true here
                yield "operational", chance.choice(("2020-03", "2020-04-02", "2021"))


class Worlds:
    """All pairs of a beginning and an end that the statements allow."""

    def __init__(self, statements: list[Statement]) -> None:
        days = np.array([day.toordinal() for day in [*DAYS, NEVER]])
        begins, ends = np.meshgrid(days[:-1], days, indexing="ij")
        allowed = begins < ends
        real = [s for s in statements if s.property == "status" or not _is_plan(s, statements)]
        used = [s for s in real if s.property == "operational"]
        for statement in real:
            if statement.property != "operational":
                allowed &= _agrees(statement, begins, ends)
        allowed &= _agrees_on_use(used, begins)
        positive = used or [s for s in real if s.property == "ended" or s.value in ("operational", "completed", "suspended")]
        self._may_never_have_begun = not positive
        self._only_planned = not positive and (len(real) < len(statements) or any(s.value in _PLANNED for s in statements))
        self._begins, self._ends = begins[allowed], ends[allowed]

    def answer(self, question: str) -> str:
        """Return `certainly`, `possibly` or `not` for a year, a month or a day."""
        first, last = (day.toordinal() for day in limits(question))
        inside = (self._begins <= last) & (self._ends > first)
        if self._only_planned or not inside.any():
            return "not"
        return "certainly" if inside.all() and not self._may_never_have_begun else "possibly"

    @property
    def impossible(self) -> bool:
        """Whether the statements exclude one another."""
        return not len(self._begins)


def _is_plan(statement: Statement, statements: list[Statement]) -> bool:
    """Return whether a statement's date is a plan: later than the day on which its source speaks.

    A date of first use is also a plan if it may be later, and the source states on the same day that use has not begun.
    """
    (first, last), spoken = limits(statement.value), limits(statement.spoken)[1]
    unfinished = {s.spoken for s in statements if s.property == "status" and s.value in _PLANNED}
    may_be_ahead = last > spoken and statement.property in _USED
    return first > spoken or (may_be_ahead and statement.spoken in unfinished)


def _agrees(statement: Statement, begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    first_spoken, last_spoken = (day.toordinal() for day in limits(statement.spoken))
    if statement.property == "status":
        match statement.value:
            case "operational":  # in place on at least one of the days on which the source may have spoken
                return (begins <= last_spoken) & (ends > first_spoken)
            case "completed":
                return begins <= last_spoken
            case "suspended":
                return ends <= last_spoken
        return np.ones_like(begins, bool)
    first, last = (day.toordinal() for day in limits(statement.value))
    if statement.property == "ended":
        return (ends >= first) & (ends <= min(last, last_spoken))
    return begins >= first


def _agrees_on_use(used: list[Statement], begins: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which beginnings agree with the stated dates of first use.

    If all dates can be right at once, the beginning must agree with all. Otherwise it is between the first and last stated day.
    """
    if not used:
        return np.ones_like(begins, bool)
    spans = [(limits(s.value)[0], min(limits(s.value)[1], limits(s.spoken)[1])) for s in used]
    first, last = max(low for low, _ in spans), min(high for _, high in spans)
    if first > last:
        first, last = min(low for low, _ in spans), max(high for _, high in spans)
    return (begins >= first.toordinal()) & (begins <= last.toordinal())
