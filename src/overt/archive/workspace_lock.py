"""One writer at a time in a workspace."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from overt.archive.errors import LockError

LOCK = ".lock"
OWNER = ".lock-owner"


@dataclass
class _Held:
    lock: FileLock
    process: int
    depth: int


_held: dict[Path, _Held] = {}
_guard = threading.Lock()


class WorkspaceLock:
    """Context manager: this process alone writes to the workspace at `root`.

    The operating system releases the lock when its owner dies, however it dies. Taking it again in the process that has it
    is allowed (a command holds it over several steps that each take it). Raises LockError, naming the owner's process id,
    when another process still has it after `wait` seconds.
    """

    def __init__(self, root: Path, wait: float = 0.0) -> None:
        self.root = root
        self._wait = wait
        self._key = root.absolute() / LOCK

    def __enter__(self) -> Self:
        with _guard:
            held = _held.get(self._key)
            if held is not None and held.process == os.getpid():
                held.depth += 1
                return self
            _held[self._key] = _Held(self._acquire(), os.getpid(), 1)
        return self

    def _acquire(self) -> FileLock:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._key, timeout=self._wait, thread_local=False)
            lock.acquire()
            # In a file beside the lock: some systems let nobody read a locked file, and some versions of the lock empty it.
            (self.root / OWNER).write_text(f"{os.getpid()}\n", encoding="ascii")
        except Timeout:
            raise LockError(
                f"{self.root}: {self._owner()} is writing to this workspace; wait until it ends, then run this again"
            ) from None
        except OSError as error:
            raise LockError(f"{self.root}: cannot lock the workspace for writing: {error.strerror or error}") from error
        return lock

    def _owner(self) -> str:
        try:
            return f"the process with pid {int((self.root / OWNER).read_text(encoding='ascii'))}"
        except (OSError, ValueError):
            return "another process"

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with _guard:
            held = _held[self._key]
            held.depth -= 1
            if held.depth == 0:
                del _held[self._key]
                (self.root / OWNER).unlink(missing_ok=True)
                held.lock.release()
