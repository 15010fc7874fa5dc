"""Publishing that is killed in front of its n-th change to files.

`python -m tests.publish.edition.killed WORKSPACE RELEASE TARGET CHANGE …` forks a child for each number, begun with Overt
imported and no thread running, and prints how each ended: how many changes it made, or 0 where it was killed.
"""

import json
import os
import signal
import sys
from pathlib import Path

from overt.model.workspace import Workspace
from overt.publish.edition import making, publish
from overt.publish.edition.plan import Part

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}
PAGES = ("/method", "/sources", "/figures")


def few(sites: object, whole: object = making.parts) -> list[Part]:
    """The parts of a small edition."""
    return [part for part in whole(sites) if part.way == "page" and part.address in PAGES]  # type: ignore[operator]


def main(root: str, release: str, target: str, *changes: str) -> None:
    """Publish over what is there, once for each number; 0: never killed."""
    making.parts = few  # type: ignore[assignment]
    ended = []
    for change in map(int, changes):
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            _run(Path(root), release, Path(target), change, theirs)
        os.close(theirs)
        with os.fdopen(ours) as answer:
            said = int(answer.read() or 0)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == (0 if said else -signal.SIGKILL)
        ended.append(said)
    print(json.dumps(ended))


def _run(root: Path, release: str, target: Path, change: int, answer: int) -> None:
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        opened = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)
        if (opened or event in _CHANGES) and isinstance(arguments[0], str | bytes | os.PathLike):
            seen += os.fsdecode(arguments[0]).startswith(str(target.parent))
            if seen == change != 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    publish.publish(Workspace.open(root), release, target, force=True, workers=1)
    os.write(answer, str(seen).encode())
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
