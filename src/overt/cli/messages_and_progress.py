"""Messages and progress on standard error. Only results go to standard output."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from overt.model.progress import Progress

_CONTROL_CODES = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Table for `str.translate` that removes characters that control the terminal or the direction of text, except tab and new line.

Such characters can come from the cells of files.
"""
_SECONDS_BETWEEN_LINES = 60
"""Minimum time between two lines about the progress of a command whose messages don't go to a terminal."""


class ProgressBar(Protocol):
    """Interface to the part of a progress bar that commands use: add a task, update it, and remove it."""

    def add_task(self, description: str, *, total: float | None) -> Any:
        """Add a task and return its id."""

    def update(self, task_id: Any, **changes: Any) -> None:
        """Change `description`, `completed`, `total` or `advance` of a task."""

    def remove_task(self, task_id: Any) -> None:
        """Remove a task."""


class Messages:
    """Lines on standard error."""

    def __init__(self) -> None:
        self.quiet = False
        """Whether only errors are printed (`--quiet`)."""

    @property
    def is_terminal(self) -> bool:
        """Whether standard error is a terminal."""
        return sys.stderr is not None and sys.stderr.isatty()

    def print(self, message: object) -> None:
        """Print a message, unless the command is quiet."""
        if not self.quiet:
            self.error(message)

    def error(self, message: object) -> None:
        """Print an error message, even if the command is quiet."""
        print(str(message).translate(_CONTROL_CODES), file=sys.stderr)


messages = Messages()


@contextmanager
def progress_bar() -> Iterator[ProgressBar]:
    """Show a progress bar on standard error, and remove it at the end.

    Nothing is shown if standard error is not a terminal or the command is quiet.
    """
    if messages.quiet or not messages.is_terminal:
        yield _NoBar()
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.TaskProgressColumn(text_format_no_percentage=""),  # No percentage is shown if the amount of work is unknown.
        progress.TimeElapsedColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar


@contextmanager
def step_bar(work: str) -> Iterator[Progress]:
    """Show a progress bar for one task, and yield a function that receives its progress. See `progress_bar`.

    If messages don't go to a terminal, but to a file or another program, at most one line a minute says how far the task is.
    """
    if not messages.is_terminal:
        yield _progress_lines(work)
        return
    with progress_bar() as bar:
        task = bar.add_task(work, total=None)

        def progress(step: str, share: float | None = None) -> None:
            changes = {} if share is None else {"completed": share, "total": 1.0}
            bar.update(task, description=f"{work}: {step}", **changes)

        yield progress


def _progress_lines(work: str) -> Progress:
    last = time.monotonic()

    def progress(step: str, share: float | None = None) -> None:
        nonlocal last
        if time.monotonic() - last < _SECONDS_BETWEEN_LINES:
            return
        last = time.monotonic()
        messages.print(f"{work}: {step}" if share is None else f"{work}: {step} ({share:.0%})")

    return progress


@contextmanager
def status(text: str) -> Iterator[Callable[[str], None]]:
    """Show a status line on standard error until the block ends, and yield a function that changes its text.

    Nothing is shown if standard error is not a terminal or the command is quiet.
    """
    if messages.quiet or not messages.is_terminal:
        yield lambda text: None
        return
    from rich.console import Console

    with Console(stderr=True, markup=False).status(text, spinner="dots") as line:
        yield lambda text: line.update(text)


class _NoBar:
    def add_task(self, description: str, *, total: float | None) -> None:
        pass

    def update(self, task_id: Any, **changes: Any) -> None:
        pass

    def remove_task(self, task_id: Any) -> None:
        pass
