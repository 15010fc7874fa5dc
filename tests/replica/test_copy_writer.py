"""What a copy contains, and how it is updated, completed and renewed."""

import json
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from overt.edition.update_metadata import renew_update_metadata
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.replica.copy_writer import publish_copy
from tests.replica.copies import Copies, description, description_digest
from tests.support.small_atlas import SmallAtlas
from tests.support.source_rows import SECRETS


def test_a_copy_contains_no_private_source(copies: Copies) -> None:
    files = description(copies.second)["files"]
    assert {path.partition("/")[0] for path in files} == {"content", "indexes", "tables"}
    for path, file in files.items():
        stored = copies.second / "files" / file["sha256"]
        data = stored.read_bytes()
        texts = str(pq.read_table(stored).to_pylist()) if path.endswith(".parquet") else data.decode(errors="replace")
        assert not [mark for mark in SECRETS if mark in texts or mark.encode() in data], path
    assert "content/sources/open_projects/source.yml" in files and "content/sources/secret_map/source.yml" not in files


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
    old = description_digest(copies.first)
    assert (copy / "files" / old).is_file()
    (copy / "files" / "stray").touch()
    publish_copy(atlas, two_releases.release, copy, force=True)
    assert not (copy / "files" / old).exists() and not (copy / "files" / "stray").exists()


def test_a_copy_replaces_nothing_else(copies: Copies, publisher: Workspace, two_releases: SmallAtlas, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "text").touch()
    for target, reason in ((tmp_path / "notes", "has other files"), (copies.second, "already has a copy; --force updates it")):
        with pytest.raises(UsageError, match=reason):
            publish_copy(publisher, two_releases.release, target)


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
