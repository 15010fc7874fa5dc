"""Copies of files that another program can change at any moment."""

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from overt.model.files.regular_file_reading import copy_content

SIZE = 3_000_000
DATA = bytes(range(256)) * (SIZE // 256 + 1)
Copy = Callable[[int, int, int], int]


def _refuse(source: int, target: int, count: int) -> int:
    raise OSError(errno.EXDEV, "Invalid cross-device link")


def _stop_early(source: int, target: int, count: int) -> int:
    """Copy a part and then fail, as a network file system can."""
    if count < SIZE:
        raise OSError(errno.EIO, "Input/output error")
    return os.sendfile(target, source, None, 1_000_000)


@pytest.mark.parametrize("in_system", [None, _refuse, _stop_early, lambda source, target, count: 0])
def test_a_copy_is_complete_and_right_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_system: Copy | None) -> None:
    source = tmp_path / "source"
    if in_system:
        monkeypatch.setattr(os, "copy_file_range", in_system)
    expected = hashlib.sha256(DATA[:SIZE]).hexdigest()
    for number, (data, is_right) in enumerate(
        [(DATA[:SIZE], True), (DATA[: SIZE - 1], False), (DATA[: SIZE + 1], False), (DATA[1 : SIZE + 1], False), (b"", False)]
    ):
        source.write_bytes(data)
        target = tmp_path / f"target-{number}"
        assert copy_content(source, target, SIZE, expected) == is_right
        assert target.stat().st_size <= SIZE and (not is_right or target.read_bytes() == data)


def test_the_file_system_may_share_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `copy_file_range`, a file system such as Btrfs or XFS shares blocks and copies no bytes."""
    counts: list[int] = []

    def count(source: int, target: int, size: int) -> int:
        counts.append(copy(source, target, size))
        return counts[-1]

    copy = os.copy_file_range
    monkeypatch.setattr(os, "copy_file_range", count)
    (tmp_path / "source").write_bytes(DATA[:SIZE])
    assert copy_content(tmp_path / "source", tmp_path / "target", SIZE, hashlib.sha256(DATA[:SIZE]).hexdigest())
    assert sum(counts) == SIZE
