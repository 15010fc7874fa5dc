"""Whether a record with a beginning and an end is current on a day. Pages, tables and exports all use this rule."""

from datetime import date
from enum import StrEnum

from overt.model.values.dates import date_bounds


class Phase(StrEnum):
    """The position of a day relative to a beginning and an end, which may be known only to a month or a year."""

    PLANNED = "planned"
    """The beginning is after the day."""
    POSSIBLY_BEGUN = "possibly-begun"
    """The beginning may be after the day."""
    CURRENT = "current"
    """The beginning is on or before the day, and no source gives an end that may be on or before the day."""
    POSSIBLY_ENDED = "possibly-ended"
    """The end may be on or before the day."""
    ENDED = "ended"
    """The end is on or before the day."""

    @property
    def current(self) -> bool | None:
        """Whether the phase is current; None if the dates allow both answers."""
        return None if self in (Phase.POSSIBLY_BEGUN, Phase.POSSIBLY_ENDED) else self is Phase.CURRENT


def phase_on(day: date, start: str | None, end: str | None) -> Phase:
    """Return the phase on `day` for this beginning and end (EDTF).

    A record without a beginning counts as begun, and a record without an end as ongoing. On the day of its end, a record has
    already ended. Raises ValueProblem for text that is not a date.
    """
    first_start, last_start = date_bounds(start) if start else (date.min, date.min)
    first_end, last_end = date_bounds(end) if end else (date.max, date.max)
    if end and last_end <= day:
        return Phase.ENDED
    if first_start > day:
        return Phase.PLANNED
    if end and first_end <= day:
        return Phase.POSSIBLY_ENDED
    return Phase.POSSIBLY_BEGUN if last_start > day else Phase.CURRENT
