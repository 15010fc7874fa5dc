"""Commands that are killed right before their n-th change to the files in a folder.

`python -m tests.support.commands_killed_at_file_changes FUNCTION …` calls these functions (module:name), then reads requests
and forks a child for each. By then, only these functions have been called and `_LAZY_MODULES` loaded, so every child starts
from the same state.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

from overt.cli.runner import run

_LAZY_MODULES = (
    "overt.importing.snapshot_import",
    "overt.resolve.workspace_resolution",
    "overt.resolve.linkage.splink_duckdb",
    "overt.release.workspace_release",
    "overt.edition.edition_publication",
    "overt.export.atomic_export",
)
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGE_EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "os.link", "os.symlink", "os.truncate"}


class CommandForks:
    """Runs commands in separate processes, within a `with` block. `setup`: functions that these processes call first."""

    def __init__(self, *setup: Callable[[], object]) -> None:
        self._setup = [f"{function.__module__}:{function.__name__}" for function in setup]

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.support.commands_killed_at_file_changes", *self._setup]
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=60)

    def run_until(self, words: list[str], root: Path, change: int, *, within: Path | None = None) -> tuple[bool, int]:
        """Run a command on a workspace and kill it before change number `change` (0: never).

        Return whether it was killed, and how many changes it made or was about to make within a folder (default: the workspace).
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([words, str(root), change, str(within or root)]) + "\n")
        self._process.stdin.flush()
        code, changes = json.loads(self._process.stdout.readline())
        assert code in (0, -signal.SIGKILL), (words, change, code)
        return code != 0, changes


def main(*setup: str) -> None:
    """Serve requests until the end of standard input."""
    for module in _LAZY_MODULES:
        importlib.import_module(module)
    for function in setup:
        module, _, name = function.partition(":")
        getattr(importlib.import_module(module), name)()
    for line in sys.stdin:
        words, root, change, within = json.loads(line)
        reading_end, writing_end = os.pipe()
        child = os.fork()
        if child == 0:
            _run(words, root, change, within, writing_end)
        os.close(writing_end)
        with os.fdopen(reading_end) as pipe:
            changes = int(pipe.read() or change)
        _, status = os.waitpid(child, 0)
        print(json.dumps([os.waitstatus_to_exitcode(status), changes]), flush=True)


def _run(words: list[str], root: str, change: int, within: str, pipe: int) -> None:
    changes = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        opens_for_writing = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & WRITE_FLAGS)
        if (opens_for_writing or event in CHANGE_EVENTS) and isinstance(arguments[0], str | bytes | os.PathLike):
            changes += os.fsdecode(arguments[0]).startswith(within)
            if changes == change != 0:
                os.kill(os.getpid(), signal.SIGKILL)

    with Path(os.devnull).open("w", encoding="utf-8") as null:
        sys.stdout = sys.stderr = null
        sys.addaudithook(hook)
        code = run([*words, "--workspace", root])
        os.write(pipe, str(changes).encode())
    os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
