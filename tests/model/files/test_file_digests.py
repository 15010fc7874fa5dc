"""Digests of files: beside a file, and of all files in a folder."""

import os
from pathlib import Path

import pytest

from overt.model.files import file_digests
from overt.model.files.file_digests import (
    cached_sha256,
    changed_file,
    file_state,
    folder_digests,
    matched_digest,
    matches_digest,
    read_digest,
    remove_digest,
    write_digest,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with its digest beside it."""
    path = tmp_path / "table.bin"
    path.write_bytes(b"abc")
    write_digest(path, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    return path


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_digests, "SETTLING_NANOSECONDS", -1)


def test_a_digest_is_read_by_other_tools_too(file: Path) -> None:
    assert matches_digest(file) and matched_digest(file)
    assert file.with_name("table.bin.sha256").read_text() == f"{read_digest(file)}  table.bin\n"


@pytest.mark.parametrize("data", [b"abd", b"", b"abcd"])
def test_other_bytes_do_not_match(file: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    assert matched_digest(file)
    times = file.stat()
    file.write_bytes(data)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert not matched_digest(file), "although its time is what it was"
    assert not matches_digest(file)


def test_a_file_in_a_known_state_is_not_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    read: list[Path] = []
    sha256_file = file_digests.sha256_file
    monkeypatch.setattr(file_digests, "sha256_file", lambda path: read.append(path) or sha256_file(path))
    assert [matched_digest(file) for _ in range(3)] == [True] * 3
    assert len(read) == 1
    assert matches_digest(file)
    assert len(read) == 2
    file.chmod(0o600)
    assert matched_digest(file)
    assert len(read) == 3, "its state is another one"


def test_a_file_that_was_just_written_is_read_each_time(file: Path) -> None:
    assert matched_digest(file)
    assert not file.with_name("table.bin.checked").exists()
    state = file_state(file)
    assert cached_sha256(file) == read_digest(file)
    file.write_bytes(b"abd")
    assert file_state(file).size == state.size
    assert cached_sha256(file) != read_digest(file)


def test_without_a_digest_nothing_matches(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    assert matched_digest(file)
    remove_digest(file)
    assert [path.name for path in file.parent.iterdir()] == ["table.bin"]
    assert not matched_digest(file) and not matches_digest(file)
    write_digest(file, "0" * 64)
    assert not matched_digest(file) and not matches_digest(file)
    file.with_name("table.bin.sha256").write_bytes(b"\xff")
    assert read_digest(file) == ""
    file.unlink()
    assert not matched_digest(file) and not matches_digest(file)


def test_a_changed_missing_or_added_file_of_a_folder_is_named(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    digests = folder_digests(tmp_path)
    assert changed_file(tmp_path, digests) is None
    (tmp_path / "c").write_text("c")
    assert changed_file(tmp_path, digests) == "c"
    (tmp_path / "b").write_text("B")
    assert changed_file(tmp_path, digests) == "b"
    (tmp_path / "a").unlink()
    assert changed_file(tmp_path, digests) == "a"
    assert changed_file(tmp_path / "nowhere", digests) == "a"
