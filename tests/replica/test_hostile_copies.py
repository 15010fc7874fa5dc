"""Attacks on a replica by whoever can write to its copy but has no key."""

import os
import resource
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from overt.replica import copy_check, copy_updates, served_copy
from tests.replica.published_copies_and_test_servers import (
    Copies,
    TestServer,
    description,
    description_digest,
    release_of,
    stored_name,
    transfer,
)
from tests.support.command_runs import overt

pytestmark = pytest.mark.usefixtures("small_application")


NOT_REGULAR = "is not a regular file; copy it again from the publisher"
FORGED = "is not the file that the publisher signed; copy it again from the publisher"
GIGABYTES = 1_000_000_000


@pytest.fixture
def _little_memory() -> Iterator[None]:
    """Limit the process to two more gigabytes of memory, so that an attack on memory fails a test and not the machine."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 2 * GIGABYTES, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def put(path: Path, kind: str) -> None:
    """Replace a file with one of `KINDS`: a pipe, a link to /dev/zero or to another file, a folder, or other bytes."""
    size = path.stat().st_size
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "endless link":
        path.symlink_to("/dev/zero")
    elif kind == "link":
        path.symlink_to("/etc/passwd")
    elif kind == "folder":
        path.mkdir()
    else:
        with path.open("wb") as file:
            file.truncate(size if kind == "zeros" else 1 << 40)


KINDS = ("pipe", "endless link", "link", "folder", "zeros", "a terabyte")


@pytest.mark.slow(after=3)
@pytest.mark.usefixtures("_little_memory")
@pytest.mark.parametrize("name", ["timestamp.json", "targets.json"])
@pytest.mark.parametrize("kind", KINDS)
def test_odd_metadata_neither_stop_a_server_nor_fill_its_memory(server: TestServer, copies: Copies, kind: str, name: str) -> None:
    transfer(copies.second, server.copy)
    put(server.copy / "metadata" / name, kind)
    assert server.check().status == "ok" and server.release == release_of(copies.first)
    [line] = server.lines
    assert f"{server.copy / 'metadata'}" in line
    shutil.rmtree(server.copy / "metadata")
    transfer(copies.second, server.copy)
    assert server.check().status == "ok" and server.release == release_of(copies.second)


@pytest.mark.usefixtures("_little_memory")
@pytest.mark.parametrize("part", ["description", "indexes/{release}/"])
@pytest.mark.parametrize("kind", KINDS)
def test_odd_files_neither_stop_a_server_nor_fill_its_memory(server: TestServer, copies: Copies, kind: str, part: str) -> None:
    transfer(copies.second, server.copy)
    is_description = part == "description"
    name = description_digest(copies.second) if is_description else stored_name(copies.second, part)
    put(server.copy / "files" / name, kind)
    assert server.check().status == "behind" and server.release == release_of(copies.first)
    [line] = server.lines
    assert line.endswith(FORGED if kind in ("zeros", "a terabyte") else NOT_REGULAR)


def test_a_description_of_another_size_is_not_read(server: TestServer, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signed metadata state the size of the description."""
    transfer(copies.second, server.copy)
    path = server.copy / "files" / description_digest(copies.second)
    path.write_bytes(path.read_bytes() + b" ")

    def read(path: Path, maximum: int) -> bytes:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr(copy_check, "read_at_most", read)
    assert server.check().status == "behind" and server.lines[0].endswith(FORGED)


def test_a_device_is_not_read(server: TestServer, copies: Copies) -> None:
    transfer(copies.second, server.copy)
    path = server.copy / "metadata" / "timestamp.json"
    path.unlink()
    try:
        os.mknod(path, 0o20666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only the administrator can make devices")
    assert server.check().status == "ok" and "not a regular file" in server.lines[0]


def test_a_file_that_changes_after_the_check_changes_nothing(server: TestServer, copies: Copies) -> None:
    """A program that writes into existing files (`rsync --inplace`, older versions of rclone) must not reach what is served."""
    path = server.copy / "files" / stored_name(copies.first, "indexes/{release}/")
    served = server.updates.served.prepared.database
    before = served.read_bytes()
    with path.open("r+b") as file:
        file.write(b"forged" * 1000)
    assert served.read_bytes() == before and served.stat().st_nlink == 1


@pytest.mark.parametrize("kind", ["pipe", "link", "zeros", "a terabyte"])
def test_a_file_that_is_replaced_between_check_and_copy_is_refused(
    server: TestServer, copies: Copies, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    transfer(copies.second, server.copy)
    path = server.copy / "files" / stored_name(copies.second, "indexes/{release}/")

    def check_then_replace(*arguments: object) -> None:
        copy_check.check_files(*arguments)  # type: ignore[arg-type]
        put(path, kind)

    monkeypatch.setattr(copy_updates, "check_files", check_then_replace)
    assert server.check().status == "behind" and server.release == release_of(copies.first)
    assert server.lines[0].endswith(FORGED if kind in ("zeros", "a terabyte") else NOT_REGULAR)
    sizes = [path.stat().st_size for path in server.machine.cache.rglob("*") if path.is_file()]
    assert max(sizes) < GIGABYTES


@pytest.mark.parametrize("database", ["trigger", "view", "corrupt"])
def test_no_unsigned_byte_gets_to_the_engines(
    server: TestServer, copies: Copies, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    """An index that is corrupt or contains code of its own is refused before anything opens it."""
    transfer(copies.second, server.copy)
    path = server.copy / "files" / stored_name(copies.second, "indexes/{release}/")
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data if database != "corrupt" else data[:4096] + b"\xff" * 4096 + data[8192:])
    if database != "corrupt":
        with sqlite3.connect(path) as connection:
            connection.execute(
                "CREATE TRIGGER evil AFTER INSERT ON meta BEGIN SELECT load_extension('/tmp/x'); END"
                if database == "trigger"
                else "CREATE VIEW evil AS SELECT load_extension('/tmp/x')"
            )
        connection.close()
    opened: list[object] = []
    monkeypatch.setattr(sqlite3, "connect", lambda *arguments, **named: opened.append(arguments))
    monkeypatch.setattr(served_copy, "create_app", lambda *arguments: opened.append(arguments))
    assert server.check().status == "behind" and server.lines[0].endswith(FORGED) and opened == []


@pytest.mark.parametrize("kind", ["pipe", "endless link", "a terabyte"])
@pytest.mark.usefixtures("_little_memory")
def test_verify_reads_no_odd_file(copies: Copies, tmp_path: Path, kind: str) -> None:
    copy = Path(shutil.copytree(copies.second, tmp_path / "copy"))
    put(copy / "files" / description_digest(copies.second), kind)
    outcome = overt("verify", copy, "--root", copies.root, "--state", tmp_path / "seen")
    assert (outcome.code, outcome.out) == (1, "1 problem\n")
    put(copy / "metadata" / "timestamp.json", kind)
    outcome = overt("verify", copy, "--root", copies.root, "--state", tmp_path / "seen")
    assert (outcome.code, outcome.out) == (1, "1 problem\n")


def test_fields_of_another_version_are_no_forgery(server: TestServer, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says which version to install, even if that version's description of a copy has other fields."""
    fields = description(copies.second) | {"code": "other", "overt": "9.1", "new": True}
    data = orjson.dumps(fields)
    monkeypatch.setattr(copy_updates, "read_description", lambda *arguments: copy_check.parse_description(data, Path("files/x")))
    transfer(copies.second, server.copy)
    readiness = server.check()
    assert readiness.status == "behind" and "another version of Overt" in readiness.reason
    assert "files/x: Overt 9.1 made this copy, and this server is Overt " in server.lines[0]
    assert "install the publisher's version here and start the server again" in server.lines[0]
