"""Commands that are killed in front of their n-th change to the files in a folder.

`python -m tests.flow.killed FUNCTION …` calls these functions (module:name), reads requests, and forks a child for each: it
begins with all imported that commands import when they need it, and nothing done yet.
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

from overt.cli.app import run

_NEEDED = (
    "overt.importing.step",
    "overt.resolve.step",
    "overt.resolve.linkage.splink_duckdb",
    "overt.release.step",
    "overt.edition.publish",
    "overt.export.run",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "os.link", "os.symlink", "os.truncate"}


class Forks:
    """Runs commands, each in a process of its own; use it in a `with` block. `before`: what all these processes call first."""

    def __init__(self, *before: Callable[[], object]) -> None:
        self._before = [f"{called.__module__}:{called.__name__}" for called in before]

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.flow.killed", *self._before]
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=60)

    def run_until(self, words: list[str], root: Path, change: int, *, within: Path | None = None) -> tuple[bool, int]:
        """Run a command on a workspace; whether it was killed, and how many changes it made or was about to make within a folder
        (else the workspace). It is never killed for 0.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([words, str(root), change, str(within or root)]) + "\n")
        self._process.stdin.flush()
        code, changes = json.loads(self._process.stdout.readline())
        assert code in (0, -signal.SIGKILL), (words, change, code)
        return code != 0, changes


def main(*before: str) -> None:
    """Answer requests until there are no more."""
    for module in _NEEDED:
        importlib.import_module(module)
    for called in before:
        module, _, name = called.partition(":")
        getattr(importlib.import_module(module), name)()
    for line in sys.stdin:
        words, root, change, within = json.loads(line)
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            _run(words, root, change, within, theirs)
        os.close(theirs)
        with os.fdopen(ours) as answer:
            changes = int(answer.read() or change)
        _, status = os.waitpid(child, 0)
        print(json.dumps([os.waitstatus_to_exitcode(status), changes]), flush=True)


def _run(words: list[str], root: str, change: int, within: str, answer: int) -> None:
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        opened = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)
        if (opened or event in _CHANGES) and isinstance(arguments[0], str | bytes | os.PathLike):
            seen += os.fsdecode(arguments[0]).startswith(within)
            if seen == change != 0:
                os.kill(os.getpid(), signal.SIGKILL)

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        sys.addaudithook(hook)
        code = run([*words, "--workspace", root])
        os.write(answer, str(seen).encode())
    os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
