"""Servers of copies that fail: a full disk, a broken index, and a clock set back."""

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from overt.model.errors import OvertError
from overt.replica import copy_check, copy_updates, served_copy
from overt.replica.copy_updates import CopyUpdates
from tests.replica.published_copies_and_test_servers import Copies, TestServer, release_of, transfer

pytestmark = pytest.mark.usefixtures("small_application")


def test_a_full_disk_keeps_the_last_good_release(server: TestServer, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    transfer(copies.second, server.copy)
    tries: list[Path] = []

    def full(source: Path, target: Path, size: int, sha256: str) -> bool:
        tries.append(target)
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(copy_check, "copy_content", full)
    for _ in range(3):
        readiness = server.check()
        assert readiness.status == "behind" and "can't open" in readiness.reason
    assert server.release == release_of(copies.first) and len(tries) == 1, "it waits before it copies everything again"
    [line] = server.lines
    assert line.endswith("(No space left on device)")
    assert len(list(server.machine.cache.glob(".serving-*"))) == 1, "what was copied is removed"
    monkeypatch.undo()
    monkeypatch.setattr(copy_updates, "RETRY_SECONDS", 0)
    monkeypatch.setattr(served_copy, "create_app", lambda *arguments: FastAPI())
    monkeypatch.setattr(served_copy, "_GRACE_SECONDS", 0)
    assert server.check().status == "ok" and server.release == release_of(copies.second)


def test_each_failure_to_open_a_copy_doubles_the_wait(
    server: TestServer, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each attempt writes and hashes all files, so attempts must become rarer."""
    transfer(copies.second, server.copy)
    now, attempts = 0.0, list[float]()

    def fail(*arguments: object) -> FastAPI:
        attempts.append(now)
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(served_copy, "create_app", fail)
    monkeypatch.setattr(copy_updates, "MAX_RETRY_SECONDS", 240)
    monkeypatch.setattr("overt.replica.copy_updates.monotonic", lambda: now)
    for now in range(0, 720, 30):  # noqa: B007
        assert server.check().status == "behind"
    assert attempts == [0, 60, 180, 420, 660]


def test_an_index_that_cannot_be_read_is_one_line(server: TestServer, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> FastAPI:
        raise sqlite3.DatabaseError("database disk image is malformed")

    transfer(copies.second, server.copy)
    monkeypatch.setattr(served_copy, "create_app", broken)
    assert server.check().status == "behind"
    assert server.lines[0].endswith("although it is what the publisher signed; publish the copy again")
    with pytest.raises(OvertError, match="publish the copy again"):
        CopyUpdates(server.source, server.machine, server.lines.append, datetime.now(UTC))


def test_a_clock_that_is_set_back_makes_nothing_valid_again(
    copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = TestServer(tmp_path, copies, copies.first)
    server.updates.close()
    late = datetime.now(UTC) + timedelta(days=31)  # The metadata are valid for 30 days.
    for path in server.source.state.glob("*.json"):
        os.utime(path, (late.timestamp(), late.timestamp()))
    with pytest.raises(OvertError, match="expired"):
        CopyUpdates(server.source, server.machine, server.lines.append, datetime.now(UTC))
    [line] = server.lines
    assert "so this server uses the later time; set the clock, or `touch` the files there" in line
    server = TestServer(tmp_path / "running", copies, copies.first)
    monkeypatch.setattr("overt.replica.steady_clock.monotonic", lambda: late.timestamp())
    assert server.check(datetime.now(UTC) - timedelta(days=400)).status == "expired"
    server.updates.close()
