"""A ledger that can't be written to, on a read-only file system or for lack of permission, is read like any other."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from overt.ledger import Ledger, LedgerError
from overt.ledger.sqlite_connection import read_only_options
from tests.ledger.conftest import BY

MOUNT = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" "$1" && shift && exec "$@"'
READ = """
import sys
from overt.ledger import Ledger, LedgerError
ledger = Ledger("sqlite:///" + sys.argv[1])
print(len(ledger.judgements()), list(ledger.verify()))
try:
    ledger.judge("alpha:3", "beta:4", "same", who="Ada", why="read both")
except LedgerError as error:
    print(error)
"""


def can_mount() -> bool:
    return shutil.which("unshare") is not None and subprocess.run(["unshare", "-m", "true"], check=False).returncode == 0


def refuse_writing(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """Make `os.access` say that these paths can't be written to."""
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) not in paths and access(path, mode))


@pytest.mark.skipif(not can_mount(), reason="needs the right to mount")
def test_on_a_read_only_file_system_it_is_read_and_not_written(ledger: Ledger, tmp_path: Path) -> None:
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    ledger.close()
    command = ["unshare", "-m", "sh", "-c", MOUNT, "sh", str(tmp_path), sys.executable, "-c", READ, str(tmp_path / "ledger.db")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    first, error = run.stdout.splitlines()
    assert (run.returncode, first) == (0, "1 []"), run
    assert error.endswith("cannot write to the ledger: attempt to write a readonly database")
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_without_write_permission_it_is_read_and_not_written(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    refuse_writing(monkeypatch, tmp_path, tmp_path / "ledger.db")
    assert (len(ledger.judgements()), list(ledger.verify())) == (1, [])
    with pytest.raises(LedgerError, match="cannot write to the ledger"):
        ledger.judge("alpha:3", "beta:4", "same", **BY)
    monkeypatch.undo()
    ledger.judge("alpha:3", "beta:4", "same", **BY)  # The same object writes again once it can.
    assert len(ledger.judgements()) == 2


def test_changes_that_are_not_in_the_database_yet_are_not_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, wal = tmp_path / "ledger.db", tmp_path / "ledger.db-wal"
    assert read_only_options(str(path)) is None  # There is no such file, and opening it read-only would not create it.
    path.touch()
    assert read_only_options(str(path)) is None

    refuse_writing(monkeypatch, tmp_path)
    assert read_only_options(str(path)) == "mode=ro&immutable=1"
    wal.touch()
    assert read_only_options(str(path)) == "mode=ro&immutable=1"
    wal.write_bytes(b"frames")
    assert read_only_options(str(path)) is None  # SQLite can write, because its write-ahead log is there already.
    monkeypatch.undo()

    refuse_writing(monkeypatch, path)
    assert read_only_options(str(path)) == "mode=ro"
    wal.unlink()
    assert read_only_options(str(path)) == "mode=ro"


def test_another_process_can_remove_the_write_ahead_log_at_any_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, log = tmp_path / "ledger.db", tmp_path / "ledger.db-wal"
    path.touch()
    log.write_text("changes")
    is_file, stat = Path.is_file, Path.stat

    def removed_after(answer: object, file: Path) -> Any:
        if file == log:
            log.unlink()
        return answer

    monkeypatch.setattr(Path, "is_file", lambda file: removed_after(is_file(file), file))
    monkeypatch.setattr(Path, "stat", lambda file, **options: removed_after(stat(file, **options), file))
    assert read_only_options(str(path)) is None
