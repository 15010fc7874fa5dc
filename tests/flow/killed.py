"""A command that is killed in front of its n-th change to the files of a workspace."""

import multiprocessing
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from overt.cli.app import run

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "os.link", "os.symlink", "os.truncate"}

_context = multiprocessing.get_context("forkserver")  # each child begins with Overt imported and no thread running
_context.set_forkserver_preload(["overt.cli.app", "overt.release.step"])


def run_until(words: list[str], root: Path, change: int) -> tuple[bool, int]:
    """Run a command in a process of its own; whether it was killed, and how many changes it made or was about to make."""
    ours, theirs = _context.Pipe(duplex=False)
    process = _context.Process(target=_child, args=(words, str(root), change, theirs))
    process.start()
    theirs.close()
    try:
        changes = ours.recv()
    except EOFError:
        changes = change
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), (words, change, process.exitcode)
    return process.exitcode != 0, changes


def _child(words: list[str], root: str, change: int, answer: Connection) -> None:
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        opened = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)
        if (
            (opened or event in _CHANGES)
            and isinstance(arguments[0], str | bytes | os.PathLike)
            and os.fsdecode(arguments[0]).startswith(root)
        ):
            seen += 1
            if seen == change:
                os.kill(os.getpid(), signal.SIGKILL)

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        sys.addaudithook(hook)
        code = run([*words, "--workspace", root])
        answer.send(seen)
    os._exit(code)
