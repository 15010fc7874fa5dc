"""Commands that are killed in front of their n-th change to the files of a workspace.

`python -m tests.flow.killed` reads requests, and forks a child for each: it begins with Overt imported and no thread running.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

from overt.cli.app import run

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "os.link", "os.symlink", "os.truncate"}


class Forks:
    """Runs commands, each in a process of its own; use it in a `with` block."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.flow.killed"]
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=60)

    def run_until(self, words: list[str], root: Path, change: int) -> tuple[bool, int]:
        """Run a command; whether it was killed, and how many changes it made or was about to make. It is never killed for 0."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([words, str(root), change]) + "\n")
        self._process.stdin.flush()
        code, changes = json.loads(self._process.stdout.readline())
        assert code in (0, -signal.SIGKILL), (words, change, code)
        return code != 0, changes


def main() -> None:
    """Answer requests until there are no more."""
    for line in sys.stdin:
        words, root, change = json.loads(line)
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            _run(words, root, change, theirs)
        os.close(theirs)
        with os.fdopen(ours) as answer:
            changes = int(answer.read() or change)
        _, status = os.waitpid(child, 0)
        print(json.dumps([os.waitstatus_to_exitcode(status), changes]), flush=True)


def _run(words: list[str], root: str, change: int, answer: int) -> None:
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        opened = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)
        if (opened or event in _CHANGES) and isinstance(arguments[0], str | bytes | os.PathLike):
            seen += os.fsdecode(arguments[0]).startswith(root)
            if seen == change != 0:
                os.kill(os.getpid(), signal.SIGKILL)

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        sys.addaudithook(hook)
        code = run([*words, "--workspace", root])
        os.write(answer, str(seen).encode())
    os._exit(code)


if __name__ == "__main__":
    main()
