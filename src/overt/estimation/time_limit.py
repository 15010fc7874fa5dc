"""A limit on the time that methods take. It can leave methods out, but never changes a number."""

from collections.abc import Callable
from time import monotonic

Checkpoint = Callable[[str], None]
"""Function that long computations call regularly with a description of their progress. It may raise TimeLimitReached."""
_PROGRESS_SECONDS = 5.0
"""Minimum number of seconds between two progress messages of a method."""


class TimeLimitReached(Exception):
    """Raised in a method that is still running when the time is up."""


def no_checkpoint(done: str) -> None:
    """Do nothing. For computations without a limit."""


class TimeLimit:
    """The time that remains for all methods together."""

    def __init__(self, seconds: float | None, progress: Callable[[str], None]) -> None:
        """Start the time limit.

        `seconds`: None means no limit. `progress`: receives a description of the current method's progress from time to time.
        """
        self._end = None if seconds is None else monotonic() + seconds
        self._progress = progress

    def reached(self) -> bool:
        """Return whether the time is up."""
        return self._end is not None and monotonic() >= self._end

    def checkpoint(self, method: str) -> Checkpoint:
        """Return the function that `method` calls while it computes.

        It raises TimeLimitReached when the time is up, and otherwise reports progress every few seconds.
        """
        last = monotonic()

        def check(done: str) -> None:
            nonlocal last
            if self.reached():
                raise TimeLimitReached
            if monotonic() - last >= _PROGRESS_SECONDS:
                last = monotonic()
                self._progress(f"{method}, {done}")

        return check
