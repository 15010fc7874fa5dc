"""Pauses in the search for reference cycles, for work that creates many objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_garbage_collection() -> Iterator[None]:
    """Pause the search for reference cycles.

    Work that creates many tuples and no cycles, such as making a table, would spend most of its time on the search.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
