"""What a copy contains, and how it is updated, completed and renewed."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
import pytest

from overt.edition.tuf_metadata import renew_update_metadata
from overt.index.prepared_release import PreparedRelease
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.replica import copy_writer
from overt.replica.copy_writer import publish_copy
from overt.replica.publisher_store_of_copy_files import store_file
from tests.replica.published_copies_and_test_servers import Copies, description, description_digest
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas


def test_a_copy_contains_no_private_source(copies: Copies) -> None:
    files = description(copies.second)["files"]
    assert {path.partition("/")[0] for path in files} == {"content", "indexes", "tables"}
    for path, file in files.items():
        stored = copies.second / "files" / file["sha256"]
        data = stored.read_bytes()
        texts = str(pq.read_table(stored).to_pylist()) if path.endswith(".parquet") else data.decode(errors="replace")
        assert not [mark for mark in SECRETS if mark in texts or mark.encode() in data], path
    assert "content/sources/open_projects/source.yml" in files and "content/sources/secret_map/source.yml" not in files


class Unprepared(NamedTuple):
    """An atlas that publishes releases prepared by another atlas. Preparing them for each test would take too long."""

    workspace: Workspace
    prepared: list[PreparedRelease]
    """The releases to publish, the newest last."""


@pytest.fixture
def unprepared(publisher: Workspace, two_releases: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Unprepared:
    root = Path(shutil.copytree(publisher.root, tmp_path / "atlas", ignore=shutil.ignore_patterns("cache")))
    prepared = [
        prepare(ServeSettings(publisher, release, public=True))
        for release in sorted(
            (path.name for path in publisher.releases.iterdir() if path.is_dir()), key=two_releases.release.__eq__
        )
    ]
    monkeypatch.setattr(copy_writer, "_prepare_all", lambda *arguments: prepared)
    return Unprepared(Workspace.open(root), prepared)


def test_a_copy_contains_no_source_that_no_release_shows(
    unprepared: Unprepared, two_releases: SmallAtlas, tmp_path: Path
) -> None:
    sources = unprepared.workspace.root / "sources"
    for name in ("secret_tip", "open_register"):
        (sources / name).mkdir(exist_ok=True)
        (sources / name / "words_zh.yml").write_text("{}", encoding="utf-8")
    shutil.copyfile(sources / "secret_map" / "source.yml", sources / "secret_tip" / "source.yml")
    publish_copy(unprepared.workspace, two_releases.release, tmp_path / "copy")
    paths = description(tmp_path / "copy")["files"].keys()
    assert "content/sources/open_register/words_zh.yml" in paths
    assert not [path for path in paths if path.startswith("content/sources/secret_")]


@pytest.mark.parametrize("change", ["nothing", "a table", "the newest release"])
def test_a_copy_keeps_the_one_before_unless_that_may_show_what_is_withheld_now(
    unprepared: Unprepared, copies: Copies, two_releases: SmallAtlas, tmp_path: Path, change: str
) -> None:
    copy = Path(shutil.copytree(copies.second, tmp_path / "copy"))
    before = copy / "files" / description_digest(copy)
    newest = unprepared.prepared[-1]
    if change == "a table":
        tables = Path(shutil.copytree(newest.tables, tmp_path / "edition" / "tables"))
        pq.write_table(pq.read_table(tables / "claims.parquet").slice(1), tables / "claims.parquet")
        unprepared.prepared[-1] = replace(newest, tables=tables)
    elif change == "the newest release":
        unprepared.prepared.pop()
    (unprepared.workspace.root / "vocab").mkdir(exist_ok=True)
    (unprepared.workspace.root / "vocab" / "notes.txt").write_text("new", encoding="utf-8")
    claims = copy / "files" / str(description(copy)["files"][f"tables/{newest.release}/claims.parquet"]["sha256"])
    publish_copy(unprepared.workspace, two_releases.release, copy, force=True)
    assert description_digest(copy) != before.name
    assert before.exists() == claims.exists() == (change == "nothing")


def test_files_are_named_by_their_hash_and_shared_by_releases(copies: Copies) -> None:
    for path in (copies.second / "files").iterdir():
        assert sha256(path.read_bytes()).hexdigest() == path.name
    first, second = ({file["sha256"] for file in description(copy)["files"].values()} for copy in (copies.first, copies.second))
    assert first & second, "the history of the second release contains the first"
    names = {path.name for path in (copies.second / "files").iterdir()}
    assert first | second < names, "servers of the first release may still need its files"


def test_files_that_no_server_needs_are_removed(copies: Copies, tmp_path: Path, two_releases: SmallAtlas) -> None:
    atlas = Workspace.open(Path(shutil.copytree(copies.atlas, tmp_path / "atlas")))
    copy = Path(shutil.copytree(copies.second, tmp_path / "copy"))
    old, stray = (copy / "files" / name for name in (description_digest(copies.first), "0" * 64))
    assert old.is_file()
    stray.touch()
    publish_copy(atlas, two_releases.release, copy, force=True)
    assert not old.exists() and not stray.exists() and (copy / "files" / description_digest(copies.second)).is_file()


def test_a_copy_replaces_nothing_else(copies: Copies, publisher: Workspace, two_releases: SmallAtlas, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "text").touch()
    for target, reason in ((tmp_path / "notes", "has other files"), (copies.second, "already has a copy; --force updates it")):
        with pytest.raises(UsageError, match=reason):
            publish_copy(publisher, two_releases.release, target)


@pytest.mark.parametrize("name", ["thesis.docx", ".tmp-notes", "a" * 65, "folder", "link", ""])
def test_no_file_is_removed_that_no_copy_has(publisher: Workspace, two_releases: SmallAtlas, tmp_path: Path, name: str) -> None:
    files = tmp_path / "copy" / "files"
    path = files / name
    files.mkdir(parents=True)
    if name == "folder":
        path = files / ("b" * 64)
        path.mkdir()
    elif name == "link":
        path = files / ("c" * 64)
        path.symlink_to(tmp_path)
    elif name:
        path.touch()
    else:
        files.rmdir()
        files.symlink_to(tmp_path)
    for force in (False, True):
        with pytest.raises(UsageError, match="belongs to no copy for servers; move it elsewhere") as error:
            publish_copy(publisher, two_releases.release, tmp_path / "copy", force=force)
        assert str(error.value).startswith(f"{path}: ") and path.exists()


def test_files_of_another_program_need_force(publisher: Workspace, two_releases: SmallAtlas, tmp_path: Path) -> None:
    """Other programs also name files by their hash. Only a copy begun by a killed run has a lock beside the files."""
    (tmp_path / "copy" / "files").mkdir(parents=True)
    (tmp_path / "copy" / "files" / ("d" * 64)).touch()
    with pytest.raises(UsageError, match="--force updates it"):
        publish_copy(publisher, two_releases.release, tmp_path / "copy")


def test_a_file_that_changes_while_it_is_stored_gets_the_name_of_what_was_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "states.yml"
    source.write_text("before", encoding="utf-8")

    def edit_then_copy(original: Path, copy: Path) -> None:
        original.write_text("after an editor saved it", encoding="utf-8")
        copyfile(original, copy)

    copyfile = shutil.copyfile
    monkeypatch.setattr(shutil, "copyfile", edit_then_copy)
    stored = store_file(source, tmp_path / "files", link=False)
    [path] = (tmp_path / "files").iterdir()
    assert path.name == stored.sha256 == sha256(path.read_bytes()).hexdigest() and stored.bytes == path.stat().st_size


def test_a_copy_that_a_killed_run_began_is_completed(copies: Copies, tmp_path: Path, two_releases: SmallAtlas) -> None:
    atlas = Workspace.open(Path(shutil.copytree(copies.atlas, tmp_path / "atlas")))
    copy = Path(shutil.copytree(copies.second, tmp_path / "copy"))
    shutil.rmtree(copy / "metadata")
    damaged = next((copy / "files").iterdir())
    damaged.write_bytes(b"half")
    publish_copy(atlas, two_releases.release, copy)
    assert all(sha256(path.read_bytes()).hexdigest() == path.name for path in (copy / "files").iterdir())


def test_a_copy_needs_a_root_of_trust(two_releases: SmallAtlas, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="run `overt key root`"):
        publish_copy(two_releases.workspace, two_releases.release, tmp_path / "copy")


def test_renewing_confirms_the_newest_copy_only(copies: Copies, tmp_path: Path) -> None:
    atlas = Workspace.open(Path(shutil.copytree(copies.atlas, tmp_path / "atlas")))
    copy = Path(shutil.copytree(copies.second, tmp_path / "copy"))
    before = json.loads((copy / "metadata" / "timestamp.json").read_text())["signed"]["version"]
    assert renew_update_metadata(atlas, copy, datetime.now(UTC)).version == before + 1
    old = Path(shutil.copytree(copies.first, tmp_path / "old"))
    with pytest.raises(UsageError, match="not the edition that was published last"):
        renew_update_metadata(atlas, old, datetime.now(UTC))
