"""Which release shows what an atlas knew on a day."""

from collections.abc import Iterable
from datetime import date

from overt.model.errors import ValueProblem
from overt.model.values.span import date_limits

_DAY_LENGTH = len("2026-11-24")


def release_known_on(releases: Iterable[str], day: date) -> str | None:
    """Return the newest release that was made of data as of `day` or earlier; None if there is none.

    `releases`: ids in the order in which the releases were made. A release whose data seem older than those of a release before
    it, because its editors chose older files, counts from the day of that release, so that it never becomes the earlier state.
    """
    newest, latest = None, date.min
    for release in releases:
        try:
            latest = max(latest, date.fromisoformat(release[:_DAY_LENGTH]))
        except ValueError:  # Another folder that somebody has put beside the releases.
            continue
        if latest > day:
            break
        newest = release
    return newest


def last_day(text: str) -> date | None:
    """Return the last day of a day, month or year (EDTF); None if the text is none of these."""
    try:
        return date_limits(text)[1]
    except ValueProblem:
        return None
