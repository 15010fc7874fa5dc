"""Servers of copies reuse the files that two releases have in common, and can share what they remember."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from overt.model.workspace import Workspace
from overt.replica import copy_check
from overt.replica.copy_updates import CopyUpdates
from tests.replica.published_copies_and_test_servers import Copies, TestServer, description, release_of, transfer

pytestmark = pytest.mark.usefixtures("small_application")


def test_a_newer_release_copies_only_what_is_new(server: TestServer, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    transfer(copies.second, server.copy)
    copied: list[str] = []

    def count(source: Path, target: Path, size: int, sha256: str) -> bool:
        copied.append(sha256)
        return copy_content(source, target, size, sha256)

    copy_content = copy_check.copy_content
    monkeypatch.setattr(copy_check, "copy_content", count)
    assert server.check().release == release_of(copies.second)
    hashes = [{str(file["sha256"]) for file in description(copy)["files"].values()} for copy in (copies.first, copies.second)]
    assert set(copied) == hashes[1] - hashes[0] and hashes[0] & hashes[1]


def test_two_servers_can_share_what_they_remember(copies: Copies, tmp_path: Path) -> None:
    server = TestServer(tmp_path, copies, copies.first)
    second = CopyUpdates(server.source, Workspace.create(tmp_path / "other"), server.lines.append, datetime.now(UTC))
    assert second.readiness(datetime.now(UTC)).status == "ok" and server.lines == []
    second.close()
    server.updates.close()
