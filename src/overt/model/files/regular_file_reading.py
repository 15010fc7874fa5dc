"""Reads files that another program can replace at any moment. Only regular files are read, and no link is followed.

The checks are made on the open file, because the file at a path could be replaced between a check of the path and its use.
Opening never waits, as it would for a named pipe.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from overt.model.files.file_digests import FileState, is_settled

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_CHUNK_BYTES = 1 << 20
_checked: dict[Path, tuple[FileState, str]] = {}
"""For each path, the state of the file when its SHA-256 was computed, and the SHA-256."""


def regular_size(path: Path) -> int:
    """Return the size of a regular file in bytes. Raises OSError, also for links, folders, devices, pipes and sockets."""
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode):
        raise _not_regular(path)
    return status.st_size


@contextmanager
def open_regular(path: Path) -> Iterator[FileIO]:
    """Open a regular file for reading. Raises OSError as `regular_size` does."""
    regular_size(path)  # Checked before the file is opened, because opening a device can have side effects.
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # It has become a link or a socket.
            raise _not_regular(path) from None
        raise
    with FileIO(descriptor) as handle:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _not_regular(path)
        yield handle


def _not_regular(path: Path) -> OSError:
    return OSError(errno.EINVAL, "not a regular file", str(path))


def read_chunks(handle: FileIO) -> Iterator[bytes]:
    """Yield the bytes of an open file in parts, so that the caller can stop before the end."""
    while chunk := handle.read(_CHUNK_BYTES):
        yield chunk


def read_at_most(path: Path, maximum: int) -> bytes:
    """Return the bytes of a regular file, or the first `maximum` + 1 of a larger one. Raises OSError as `regular_size` does."""
    with open_regular(path) as handle:
        data = bytearray()
        while len(data) <= maximum and (chunk := handle.read(min(_CHUNK_BYTES, maximum + 1 - len(data)))):
            data += chunk
        return bytes(data)


def has_content(path: Path, size: int, sha256: str) -> bool:
    """Return whether a file has this size and SHA-256 (in hex). Raises OSError as `regular_size` does.

    The SHA-256 is computed once per process for each settled state of the file (`is_settled`), and only if the size is right.
    """
    with open_regular(path) as handle:
        status = os.fstat(handle.fileno())
        state = FileState(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        if state.size != size:
            return False
        if path in _checked and _checked[path][0] == state:
            return _checked[path][1] == sha256
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
        if is_settled(state):
            _checked[path] = (state, digest)
        return digest == sha256


def copy_content(source: Path, target: Path, size: int, sha256: str) -> bool:
    """Copy a file to a new path, and return whether the copy has this size and SHA-256 (in hex).

    If the file system allows it, the two files share their blocks until one of them is written to. The hash is that of the
    copy, which nobody else changes. No more than `size` bytes are written. Raises OSError as `regular_size` does, and if the
    copy can't be written.
    """
    with open_regular(source) as handle, target.open("x+b", buffering=0) as copy:
        left = size - _copy_in_system(handle, copy, size)
        while left and (chunk := handle.read(min(_CHUNK_BYTES, left))):
            left -= _write(copy, chunk)
        if left or handle.read(1):
            return False
        copy.seek(0)
        return hashlib.file_digest(copy, "sha256").hexdigest() == sha256


def _copy_in_system(source: FileIO, target: FileIO, size: int) -> int:
    """Copy up to `size` bytes inside the kernel. Return the number copied: 0 if the system or the file system can't do that."""
    copied = 0
    # An error of reading or writing is ignored here, because it occurs again when the rest is copied.
    with suppress(OSError, AttributeError):
        while copied < size and (count := os.copy_file_range(source.fileno(), target.fileno(), size - copied)):
            copied += count
    return copied


def _write(target: FileIO, data: bytes) -> int:
    """Write all bytes, and return their number. A single write may write only a part."""
    view = memoryview(data)
    while view:
        view = view[target.write(view) :]
    return len(data)
