"""Caches that will never be read again are removed, but caches in use are not."""

import multiprocessing
import os
import shutil
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from overt.index.cache_locks_and_cleanup import remove_lost, remove_older, remove_partial_caches
from overt.index.verification.index_verification import has_index
from overt.model.files.file_digests import CHECKED_ENDING, DIGEST_ENDING
from overt.model.workspace import Workspace
from overt.queries.database import Database
from overt.server.app import ServeSettings, prepare
from tests.support.small_atlas import make_atlas


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix not in (DIGEST_ENDING, CHECKED_ENDING)}


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("beyond", [False, True])
def test_indexes_made_by_other_content_are_removed(tmp_path: Path, beyond: bool) -> None:
    workspace, _ = make_atlas(tmp_path / "atlas")
    other = prepare(ServeSettings(workspace, public=not beyond))
    first = prepare(ServeSettings(workspace, public=beyond))
    source = workspace.root / "sources" / "open_register" / "source.yml"
    source.write_text(source.read_text(encoding="utf-8").replace("names the kind", "tells the kind"), encoding="utf-8")
    workspace = type(workspace).open(workspace.root)
    database = Database(first.database)
    second = prepare(ServeSettings(workspace, public=beyond))
    assert second.database != first.database
    with database.lease() as reader:
        assert reader.rows("labels.meta"), "whoever serves it goes on"
    database.close()
    assert prepare(ServeSettings(workspace, public=beyond)) == second
    assert not first.database.exists()
    assert other.database.is_file(), "the edition for other readers is another matter"
    beside = {f"{second.database.name}{ending}" for ending in ("", DIGEST_ENDING)}
    assert {path.name for path in second.database.parent.glob("serve-*")} == beside


def test_caches_of_deleted_releases_are_deleted(tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    prepared = prepare(ServeSettings(workspace))
    lost, served = (workspace.cache / f"2020-01-0{day}-0123abcd{part}" for day, part in ((1, ""), (2, "-open-0123456789ab")))
    for folder in (lost, served):
        folder.mkdir()
        shutil.copy(prepared.database, folder / "serve-1.sqlite")
    (workspace.cache / "refused").mkdir(exist_ok=True)
    database = Database(served / "serve-1.sqlite")
    remove_lost(workspace.cache, workspace.releases)
    assert names(workspace.cache) >= {release, served.name, "refused"}
    assert lost.name not in names(workspace.cache)
    database.close()
    remove_lost(workspace.cache, workspace.releases)
    assert served.name not in names(workspace.cache)
    assert {release, "refused"} <= names(workspace.cache)


def _hold(path: str, connection: Connection) -> None:
    database = Database(Path(path))
    connection.send("open")
    connection.recv()
    with database.lease() as reader:
        connection.send(len(reader.rows("labels.meta")))
    connection.recv()


@pytest.mark.slow
def test_files_that_another_process_reads_remain_until_it_exits(tmp_path: Path) -> None:
    workspace, _ = make_atlas(tmp_path / "atlas")
    now = prepare(ServeSettings(workspace))
    old = now.database.with_name("serve-0123456789ab.sqlite")
    shutil.copy(now.database, old)
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_hold, args=(str(old), theirs))
    server.start()
    assert ours.recv() == "open"
    remove_older(now.database)
    ours.send("read")
    assert ours.recv() > 0, "it opens its connections when they are needed"
    server.kill()
    server.join()
    remove_older(now.database)
    assert names(now.database.parent) == {now.database.name}


def test_what_killed_runs_left_is_removed_and_a_running_export_keeps_its_files(tmp_path: Path) -> None:
    release = "2026-02-03-0123abcd"
    index = tmp_path / release
    index.mkdir()
    left = [index / ".tmp-824-serve-0123456789ab.sqlite", index / ".tmp-824-serve-0123456789ab.sqlite-journal"]
    for path in left:
        path.write_bytes(b"half")
    process = multiprocessing.get_context("spawn").Process(target=int)
    process.start()
    process.join()
    dead = tmp_path / f".tmp-{process.pid}-{release}-open-0123456789ab"
    running = tmp_path / f".tmp-{os.getppid()}-{release}-open-0123456789ab"
    of_another_release = tmp_path / f".tmp-{process.pid}-2026-02-02-0123abcd-open-0123456789ab"
    for folder in (dead, running, of_another_release):
        folder.mkdir()
    finished = index / "serve-0123456789ab.sqlite"
    finished.write_bytes(b"whole")
    remove_partial_caches(tmp_path, release)
    assert sorted(path for path in tmp_path.rglob("*")) == sorted([index, finished, running, of_another_release])


@pytest.mark.parametrize(
    ("edition", "is_public"),
    [
        ("open-0123456789ab", True),
        ("open+share-alike+non-commercial-0123456789ab", True),
        ("none-0123456789ab", True),
        ("as-of-2020-0123456789ab", False),
        ("open+as-of-2020-0123456789ab", False),
    ],
)
def test_public_editions_are_told_from_others_by_name(tmp_path: Path, edition: str, is_public: bool) -> None:
    workspace = Workspace.create(tmp_path / "atlas")
    folder = workspace.cache / f"2026-11-28-2a3780c4-{edition}"
    folder.mkdir(parents=True)
    (folder / "edition.json").touch()
    assert has_index(workspace, "2026-11-28-2a3780c4") is is_public
