"""Progress of long work, reported to any function that displays it."""

from collections.abc import Callable, Mapping
from typing import Protocol


class Progress(Protocol):
    """Callback that receives the progress of a long task."""

    def __call__(self, step: str, share: float | None = None) -> None:
        """Report the current step, and the completed share of all work, from 0 to 1 (None if unknown)."""


def no_progress(step: str, share: float | None = None) -> None:
    """Do nothing: the default for callers that don't display progress."""


def within_step(progress: Progress, step: str, begin: float, end: float) -> Callable[[float], None]:
    """Return a function that takes the completed share of one step, and reports the share of all work.

    The step covers the shares of all work from `begin` to `end`.
    """
    return lambda share: progress(step, begin + share * (end - begin))


def with_shares(progress: Progress, shares: Mapping[str, float]) -> Progress:
    """Return a function that reports progress, taking the share of a step from `shares` unless the step gives its own."""

    def add_share(step: str, share: float | None = None) -> None:
        progress(step, shares.get(step) if share is None else share)

    return add_share
