"""A temporary folder that is deleted at the end, even after SIGTERM. The next run deletes what a killed run left."""

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """Yield a new folder in the system's temporary directory (TMPDIR).

    Its name begins with `prefix`. Folders with this prefix that killed runs left are deleted first.
    """
    _remove_leftovers(prefix)
    with _interruptible(), tempfile.TemporaryDirectory(prefix=f"{prefix}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM interrupt like Ctrl-C, so that the folder is removed. By default it ends the process at once.

    Only the main thread can do this; in other threads, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def _remove_leftovers(prefix: str) -> None:
    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*-*"):
        number = path.name.removeprefix(prefix).partition("-")[0]
        if number.isdecimal() and not _is_running(int(number)):
            shutil.rmtree(path, ignore_errors=True)  # Folders of other users can't be removed.


def _is_running(process: int) -> bool:
    with suppress(PermissionError):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
    return True
