"""The lock of a workspace: one writing process at a time."""

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
class _Ownership:
    lock: FileLock
    process: int
    depth: int


_owned_locks: dict[Path, _Ownership] = {}
_guard = threading.Lock()


class WorkspaceLock:
    """Context manager that makes this process the only writer in the workspace at `root`.

    The operating system releases the lock when its owner exits for any reason. The same process may acquire it several times, as
    commands with several steps do. Raises LockError if another process still has it after `wait` seconds, and if the
    workspace can't be locked.
    """

    def __init__(self, root: Path, wait: float = 0.0) -> None:
        self.root = root
        self._wait = wait
        self._key = root.absolute() / LOCK

    def __enter__(self) -> Self:
        with _guard:
            ownership = _owned_locks.get(self._key)
            if ownership is not None and ownership.process == os.getpid():
                ownership.depth += 1
                return self
            _owned_locks[self._key] = _Ownership(self._acquire(), os.getpid(), 1)
        return self

    def _acquire(self) -> FileLock:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._key, timeout=self._wait, thread_local=False)
            lock.acquire()
            # The process id is in a separate file, because some systems make a locked file unreadable, and some versions of
            # filelock empty it.
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
            ownership = _owned_locks[self._key]
            ownership.depth -= 1
            if ownership.depth == 0:
                del _owned_locks[self._key]
                (self.root / OWNER).unlink(missing_ok=True)
                ownership.lock.release()
