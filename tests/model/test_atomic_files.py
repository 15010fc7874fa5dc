from pathlib import Path

import pytest

from overt.model.atomic_files import TEMPORARY_PREFIX, atomic_path, atomic_write, remove_leftovers, sha256_file


def test_a_file_is_replaced_entirely(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    atomic_write(path, b"one")
    atomic_write(path, b"two")
    assert path.read_bytes() == b"two"
    assert [found.name for found in path.parent.iterdir()] == ["file"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    atomic_write(path, b"one")
    with pytest.raises(RuntimeError), atomic_path(path) as temporary:
        temporary.write_bytes(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"one"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_a_directory_appears_at_once(tmp_path: Path) -> None:
    with atomic_path(tmp_path / "folder") as temporary:
        (temporary / "deep").mkdir(parents=True)
        (temporary / "deep" / "file").write_bytes(b"x")
        assert not (tmp_path / "folder").exists()
    assert (tmp_path / "folder" / "deep" / "file").read_bytes() == b"x"


def test_leftovers_of_a_killed_run_go(tmp_path: Path) -> None:
    (tmp_path / f"{TEMPORARY_PREFIX}1-file").write_bytes(b"half")
    (tmp_path / f"{TEMPORARY_PREFIX}2-folder").mkdir()
    (tmp_path / "file").write_bytes(b"whole")
    remove_leftovers(tmp_path)
    remove_leftovers(tmp_path / "none")
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_sha256(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    assert sha256_file(path) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
