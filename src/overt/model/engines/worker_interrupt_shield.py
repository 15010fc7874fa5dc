"""Protects worker processes from Ctrl-C. A terminal sends it to all processes, but only the main process handles it and ends the
others.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker

_WARNINGS = "PYTHONWARNINGS"


@contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Keep Ctrl-C away from this thread during the block, and from processes and threads started in it.

    This has no effect on Windows.
    """
    if not hasattr(signal, "pthread_sigmask"):  # On Windows, signals cannot be blocked.
        yield
        return
    _start_resource_tracker()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_resource_tracker() -> None:
    """Start the process that removes semaphores. If Python started it later, it would print a warning on an early exit."""
    before = os.environ.get(_WARNINGS)
    os.environ[_WARNINGS] = "ignore"
    try:
        resource_tracker.ensure_running()
    finally:
        del os.environ[_WARNINGS]
        if before is not None:
            os.environ[_WARNINGS] = before
