"""A replica that is killed at any step starts again, remembers what it has seen, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.replica import served_copy
from overt.replica.copy_check import CopySource
from overt.replica.copy_updates import CopyUpdates
from tests.replica.published_copies_and_test_servers import Copies, release_of, transfer
from tests.support.commands_killed_at_file_changes import CHANGE_EVENTS, WRITE_FLAGS

pytestmark = pytest.mark.usefixtures("small_application")


def run(folder: Path, copies: Copies) -> CopyUpdates:
    """Start a server of the first release, and let it change to the second."""
    shutil.rmtree(folder / "copy", ignore_errors=True)
    transfer(copies.first, folder / "copy")
    source = CopySource(folder / "copy", copies.root, folder / "own" / "seen")
    updates = CopyUpdates(source, Workspace.open(folder / "own" / "machine"), lambda line: None, datetime.now(UTC))
    transfer(copies.second, folder / "copy")
    updates.check(datetime.now(UTC))
    return updates


def run_in_child(folder: Path, copies: Copies, change: int) -> None:
    """Call `run` and print the number of changes to the server's own files. Kill this process before change number `change`."""
    served_copy.create_app = lambda *arguments: FastAPI()  # only the files matter here
    served_copy._GRACE_SECONDS = 0
    changes = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & WRITE_FLAGS)
        if (writes or event in CHANGE_EVENTS) and str(folder / "own") in str(arguments[:2]):
            changes += 1
            if changes == change:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    updates = run(folder, copies)
    updates.close()
    print(changes)


def run_killed(folder: Path, copies: Copies, change: int) -> int:
    """Run a server in a new process, killed before change number `change` (0: never). Return the number of changes."""
    code = (
        "import sys; from pathlib import Path; from tests.replica.published_copies_and_test_servers import Copies;"
        "from tests.replica.test_killed_replica import run_in_child;"
        "folder, first, second, root, atlas = map(Path, sys.argv[1:6]);"
        "run_in_child(folder, Copies(first, second, root, atlas), int(sys.argv[6]))"
    )
    command = [sys.executable, "-c", code, *map(str, (folder, *copies, change))]
    child = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert child.returncode == (-signal.SIGKILL if change else 0), child.stderr
    return change or int(child.stdout)


@pytest.mark.parametrize("share", [0.3, *(pytest.param(share, marks=pytest.mark.slow) for share in (0.01, 0.6, "all"))])
def test_a_server_killed_at_any_step_starts_again(copies: Copies, tmp_path: Path, share: float | str) -> None:
    Workspace.create(tmp_path / "own" / "machine")
    total = run_killed(tmp_path, copies, 0)
    assert total > 50
    seen = tmp_path / "own" / "seen"
    shutil.rmtree(seen)
    for change in range(1, total, 5) if share == "all" else [max(1, round(total * float(share)))]:
        run_killed(tmp_path, copies, change)
        knows_second = seen.joinpath("timestamp.json").is_file() and (
            seen.joinpath("timestamp.json").read_bytes() == (copies.second / "metadata" / "timestamp.json").read_bytes()
        )
        if knows_second:  # The server then refuses the first release.
            transfer(copies.first, tmp_path / "copy")
            with pytest.raises(OvertError, match="rollback"):
                run(tmp_path, copies)
            shutil.rmtree(seen)
        for left in (tmp_path / "own" / "machine" / "cache").glob(".unlocked-*"):
            os.utime(left, (0, 0))  # A recent folder could belong to a server that is starting.
        updates = run(tmp_path, copies)
        assert updates.served.prepared.release == release_of(copies.second)
        assert len(list(updates.served.prepared.database.parents[2].parent.glob(".serving-*"))) == 1
        updates.close()
        shutil.rmtree(seen)
        assert [path.name for path in (tmp_path / "own" / "machine" / "cache").glob(".*")] == [], change
