"""A time limit for the work on one request. It interrupts queries of SQLite and DuckDB."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from overt.model.errors import OvertError


class OutOfTime(OvertError):
    """Raised when the work on a request takes longer than its time limit."""

    def __init__(self) -> None:
        super().__init__("this takes longer than the server allows; ask for less, or download the files of the release")


class TimeLimit:
    """A limit in seconds. It can be restarted, because time in which the server waits for a slow reader doesn't count."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.restart()

    def restart(self) -> None:
        """Allow the full time again, from now on."""
        self._end = monotonic() + self._seconds

    def seconds_left(self) -> float:
        """Return the remaining seconds; 0 or less if the time is over."""
        return self._end - monotonic()

    def has_passed(self) -> bool:
        """Return whether the time is over. SQLite calls this function while it works."""
        return monotonic() > self._end


_current: ContextVar[TimeLimit | None] = ContextVar("time_limit", default=None)


def current_limit() -> TimeLimit | None:
    """Return the time limit of the current request; None for no limit."""
    return _current.get()


@contextmanager
def time_limit(limit: TimeLimit | None) -> Iterator[None]:
    """Apply a limit to the work in the block, also in threads that copy its context; None lifts the limit."""
    token = _current.set(limit)
    try:
        yield
    finally:
        _current.reset(token)
