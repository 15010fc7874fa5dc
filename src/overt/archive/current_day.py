"""The current day by the machine's clock, and a check for days in the future."""

from datetime import UTC, date, datetime, timedelta


def today() -> str:
    """Return the current day, UTC, as YYYY-MM-DD."""
    return datetime.now(UTC).date().isoformat()


def is_future(day: str) -> bool:
    """Return whether a day (YYYY-MM-DD) is more than one day ahead of the machine's clock.

    A date can be one day ahead, because the next day begins earlier east of Greenwich, and clocks differ a little.
    """
    return date.fromisoformat(day) > datetime.now(UTC).date() + timedelta(days=1)
