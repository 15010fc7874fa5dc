"""A server of a copy refuses what the publisher didn't sign, and goes on serving the last good release."""

import gc
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from fastapi import FastAPI

from overt.edition.tuf_metadata import renew_update_metadata
from overt.index.prepared_release import PreparedRelease
from overt.index.serve_settings import ServeSettings
from overt.model.errors import OvertError, UsageError
from overt.model.workspace import Workspace
from overt.replica import served_copy
from overt.replica.copy_check import newest_copy, read_description
from overt.replica.copy_description import parse_description
from overt.replica.copy_updates import CopyUpdates
from tests.replica.published_copies_and_test_servers import (
    Copies,
    CopyAtlas,
    TestServer,
    description,
    description_digest,
    release_of,
    stored_name,
    transfer,
)

FORGED = "is not the file that the publisher signed; copy it again from the publisher"


@pytest.fixture(autouse=True)
def _small_application(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve an empty application, because only the choice of the release matters here."""

    def empty(settings: ServeSettings, prepared: PreparedRelease) -> FastAPI:
        assert prepared.database.is_file() and prepared.tables.is_dir()
        return FastAPI()

    monkeypatch.setattr(served_copy, "create_app", empty)
    monkeypatch.setattr(served_copy, "_GRACE_SECONDS", 0)
    yield
    gc.unfreeze()


def test_a_newer_copy_is_served_as_soon_as_it_is_complete(server: TestServer, copies: Copies) -> None:
    first, second = release_of(copies.first), release_of(copies.second)
    assert server.release == first and server.check().status == "ok" and server.lines == []
    old = server.updates.served.prepared.database
    transfer(copies.second, server.copy, metadata=False)
    assert server.check().status == "ok" and server.release == first, "new files are no new release"
    transfer(copies.second, server.copy)
    readiness = server.check()
    assert (readiness.status, readiness.release, readiness.reason) == ("ok", second, "")
    assert server.lines == [f"serving release {second} instead of {first}"]
    assert not old.exists() and server.updates.served.prepared.database.is_file()


def test_nothing_is_written_while_nothing_changes(server: TestServer) -> None:
    before = {path: path.stat().st_mtime_ns for path in server.source.state.rglob("*")}
    assert before and server.check().status == "ok"
    assert {path: path.stat().st_mtime_ns for path in server.source.state.rglob("*")} == before


def test_files_may_be_removed_while_they_are_served(server: TestServer) -> None:
    shutil.rmtree(server.copy / "files")
    assert server.check().status == "ok" and server.updates.served.prepared.database.is_file()


def test_a_server_without_the_files_of_a_newer_release_is_behind(server: TestServer, copies: Copies) -> None:
    transfer(copies.second, server.copy, files=False)
    for _ in range(2):
        readiness = server.check()
        assert readiness.status == "behind" and "its files are missing here" in readiness.reason
    [line] = server.lines
    assert line.startswith(f"still serving release {release_of(copies.first)}: ")
    assert line.endswith(": is missing; copy files/ before metadata/")
    transfer(copies.second, server.copy)
    assert server.check().status == "ok" and server.release == release_of(copies.second)


@pytest.mark.parametrize("part", ["indexes/{release}/", "tables/{release}/claims", "content/sources/open_register"])
def test_a_forged_file_is_refused(server: TestServer, copies: Copies, part: str) -> None:
    transfer(copies.second, server.copy)
    path = server.copy / "files" / stored_name(copies.second, part)
    data = path.read_bytes()
    for forged in (data[:-1] + bytes([data[-1] ^ 1]), data + b" "):
        path.unlink()
        path.write_bytes(forged)
        assert server.check().status == "behind"
        assert server.release == release_of(copies.first)
        assert server.lines == [f"still serving release {release_of(copies.first)}: {path}: {FORGED}"]
        with pytest.raises(OvertError, match=FORGED):
            CopyUpdates(server.source, server.machine, server.lines.append, datetime.now(UTC))
    path.write_bytes(data)
    assert server.check().status == "ok" and server.release == release_of(copies.second)


def test_a_forged_description_is_refused(server: TestServer, copies: Copies) -> None:
    transfer(copies.second, server.copy)
    path = server.copy / "files" / description_digest(copies.second)
    fields = orjson.loads(path.read_bytes())
    fields["site"]["address"] = "https://evil.example"
    path.write_bytes(orjson.dumps(fields))
    assert server.check().status == "behind" and server.lines[0].endswith(f"{path.name}: {FORGED}")


def test_a_link_in_place_of_a_file_is_refused(server: TestServer, copies: Copies, tmp_path: Path) -> None:
    transfer(copies.second, server.copy)
    path = server.copy / "files" / stored_name(copies.second, "indexes/{release}/")
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert server.check().status == "behind" and "is not a regular file" in server.lines[0]


def test_an_older_copy_in_place_of_a_newer_one_is_refused(server: TestServer, copies: Copies) -> None:
    transfer(copies.second, server.copy)
    assert server.check().release == release_of(copies.second)
    transfer(copies.first, server.copy)
    readiness = server.check()
    assert (readiness.status, readiness.release) == ("ok", release_of(copies.second)), "it still serves the newest that it knows"
    assert "(rollback" in server.lines[-1]
    with pytest.raises(OvertError, match="rollback"):
        CopyUpdates(server.source, server.machine, server.lines.append, datetime.now(UTC))


@pytest.mark.parametrize("name", ["timestamp", "snapshot", "targets"])
def test_metadata_of_two_copies_are_refused(server: TestServer, copies: Copies, name: str) -> None:
    shutil.copyfile(copies.second / "metadata" / f"{name}.json", server.copy / "metadata" / f"{name}.json")
    readiness = server.check()
    assert (readiness.status, readiness.release) == ("ok", release_of(copies.first))
    assert server.lines or name != "timestamp", "a client reads no snapshot and no targets that the timestamp doesn't announce"
    transfer(copies.second, server.copy)
    assert server.check().release == release_of(copies.second)


def test_a_copy_that_nobody_confirms_expires(copies: Copies, tmp_path: Path) -> None:
    atlas = Path(shutil.copytree(copies.atlas, tmp_path / "atlas"))
    copy = Path(shutil.copytree(copies.second, tmp_path / "published"))
    server = TestServer(tmp_path, copies, copy)
    late = datetime.now(UTC) + timedelta(days=31)
    readiness = server.check(late)
    assert (readiness.status, readiness.release) == ("expired", release_of(copies.second))
    assert readiness.reason.startswith("Nobody has confirmed in time")
    assert "`overt publish --renew`" in server.lines[0]
    with pytest.raises(OvertError, match="expired"):
        CopyUpdates(server.source, server.machine, server.lines.append, late)
    renew_update_metadata(Workspace.open(atlas), copy, late)
    transfer(copy, server.copy)
    assert server.check(late).status == "ok"
    server.updates.close()


def test_a_copy_by_another_publisher_is_refused(server: TestServer, copies: Copies, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = CopyAtlas(tmp_path / "other", copies.atlas)
    copy = other.publish(tmp_path / "other" / "copy", release_of(copies.second).partition("+")[0], tmp_path / "published")
    shutil.rmtree(server.copy / "metadata")
    transfer(copy, server.copy)
    readiness = server.check()
    assert (readiness.status, readiness.release) == ("ok", release_of(copies.first))
    assert "too few keys that the root names have signed it" in server.lines[0]


def test_a_server_without_a_copy_does_not_start(copies: Copies, tmp_path: Path) -> None:
    server = TestServer(tmp_path, copies, copies.first)
    server.updates.close()
    shutil.rmtree(server.copy)
    with pytest.raises(UsageError, match="there is no such folder"):
        CopyUpdates(server.source, server.machine, server.lines.append, datetime.now(UTC))


def test_a_copy_by_other_code_is_refused(server: TestServer, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    transfer(copies.second, server.copy)
    monkeypatch.setattr("overt.replica.copy_description.made_by", lambda: "other")
    with pytest.raises(
        OvertError, match=r"made this copy, and this server is Overt .* with other code; install the publisher's version"
    ):
        read_description(server.source, newest_copy(server.source, datetime.now(UTC)))


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "tables/../../x", "tables//x", "tables\\x", ""])
def test_a_description_names_only_files_inside_the_copy(copies: Copies, path: str) -> None:
    fields = description(copies.second)
    fields["files"][path] = next(iter(fields["files"].values()))
    with pytest.raises(OvertError, match="is not the description of a copy"):
        parse_description(orjson.dumps(fields), Path("files/x"))


def test_a_copy_of_a_newer_format_is_refused(copies: Copies) -> None:
    with pytest.raises(OvertError, match="install a newer Overt"):
        parse_description(orjson.dumps({**description(copies.second), "format": 99}), Path("files/x"))
