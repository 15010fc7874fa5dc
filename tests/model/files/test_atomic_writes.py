from pathlib import Path

import pytest

from overt.model.files.atomic_writes import TEMPORARY_PREFIX, atomic_path, atomic_write, remove_leftovers


def test_a_file_is_replaced_entirely(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    atomic_write(path, b"old")
    atomic_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert [child.name for child in path.parent.iterdir()] == ["file"]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    atomic_write(path, b"old")
    with pytest.raises(RuntimeError), atomic_path(path) as temporary:
        temporary.write_bytes(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert [child.name for child in tmp_path.iterdir()] == ["file"]


def test_a_directory_appears_at_once(tmp_path: Path) -> None:
    with atomic_path(tmp_path / "folder") as temporary:
        (temporary / "deep").mkdir(parents=True)
        (temporary / "deep" / "file").write_bytes(b"x")
        assert not (tmp_path / "folder").exists()
    assert (tmp_path / "folder" / "deep" / "file").read_bytes() == b"x"


def test_leftovers_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    (tmp_path / f"{TEMPORARY_PREFIX}1-file").write_bytes(b"half")
    (tmp_path / f"{TEMPORARY_PREFIX}2-folder").mkdir()
    (tmp_path / "file").write_bytes(b"complete")
    remove_leftovers(tmp_path)
    remove_leftovers(tmp_path / "none")
    assert [child.name for child in tmp_path.iterdir()] == ["file"]
