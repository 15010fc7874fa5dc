"""What long work says while it runs, for whoever shows it."""

from collections.abc import Callable, Mapping
from typing import Protocol


class Progress(Protocol):
    """Called at each step of long work."""

    def __call__(self, step: str, share: float | None = None) -> None:
        """Take the name of the step that runs, and the share of all work that is done, from 0 to 1; None if it isn't known."""


def no_progress(step: str, share: float | None = None) -> None:
    """Say nothing."""


def within_step(progress: Progress, step: str, begin: float, end: float) -> Callable[[float], None]:
    """Return a function that takes the share of one step, which goes from `begin` to `end` of all work."""
    return lambda share: progress(step, begin + share * (end - begin))


def with_shares(progress: Progress, shares: Mapping[str, float]) -> Progress:
    """Return a function that adds to each step what is done when it begins, where `shares` has it."""

    def add_share(step: str, share: float | None = None) -> None:
        progress(step, shares.get(step) if share is None else share)

    return add_share
