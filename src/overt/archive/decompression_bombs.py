"""Limits against decompression bombs: small files that unpack to huge ones."""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from overt.archive.errors import ArchiveError
from overt.archive.fetch_limits import FetchLimits

ENCODINGS = {"gzip", "x-gzip"}
"""Content encodings that can be decoded. Overt requests none, but some servers send them anyway."""
MIN_BOMB_BYTES = 1024 * 1024
"""Unpacked size in bytes up to which any ratio is allowed: a short file of one repeated character is harmless."""
_OUTPUT_BYTES = 64 * 1024
_GZIP_WINDOW_BITS = 31  # This value makes zlib expect a gzip header.
_DIRECTORY_BYTES_PER_ENTRY = 1024  # A larger directory has names or comments that are meant to fill memory.


def gunzip_limited(chunks: Iterable[bytes], limits: FetchLimits) -> Iterator[bytes]:
    """Decompress gzip in pieces, so that a bomb is never unpacked beyond the limits.

    Raises ArchiveError when the data exceed a limit, are broken or are cut short.
    """
    decoder = zlib.decompressobj(_GZIP_WINDOW_BITS)
    read = written = 0
    for chunk in chunks:
        rest = chunk
        read += len(rest)
        while rest:
            if decoder.eof:
                decoder = zlib.decompressobj(_GZIP_WINDOW_BITS)  # A gzip file may have several members.
            try:
                piece = decoder.decompress(rest, _OUTPUT_BYTES)
            except zlib.error:
                raise ArchiveError("the compressed response is broken; try again later") from None
            written += len(piece)
            if written > limits.max_bytes or (written > MIN_BOMB_BYTES and written > read * limits.max_ratio):
                raise ArchiveError(
                    f"the compressed response unpacks to more than {limits.max_bytes:,} bytes or"
                    f" {limits.max_ratio:g} times its size; fetch it another way and give it with --from"
                )
            yield piece
            # Output may remain in the decoder after it has read all input. The next chunk or, at the latest, the checksum
            # releases that output.
            rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    if not decoder.eof:
        raise ArchiveError("the compressed response is cut short; try again later")


def check_zip_bomb(path: Path, max_total: int = 2 * 1024**3, max_ratio: float = 200.0, max_entries: int = 10_000) -> None:
    """Refuse a zip file (such as XLSX) that would unpack to too much. Nothing is unpacked for this check.

    `max_total`: unpacked bytes of all entries. `max_ratio`: unpacked bytes per packed byte, for the file and for each entry, if
    more than `MIN_BOMB_BYTES` are unpacked. `max_entries` also limits the size of the file's directory. Entries that share
    bytes all count in full. The declared sizes are reliable, because Python's zipfile never unpacks more than they state.
    Raises ArchiveError for a bomb, and for a file that can't be read or is not a zip file.
    """
    try:
        with path.open("rb") as handle:
            if _directory_bytes(handle) > max_entries * _DIRECTORY_BYTES_PER_ENTRY:
                raise ArchiveError(f"{path}: its directory is too large for {max_entries:,} entries; refused as a zip bomb")
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, struct.error, UnicodeDecodeError, NotImplementedError):
        raise ArchiveError(f"{path}: not a zip or XLSX file, or a broken one; get it again from its publisher") from None
    except OSError as error:
        raise ArchiveError(f"{path}: cannot read the file: {error.strerror or error}") from error
    total = sum(entry.file_size for entry in entries)
    packed = path.stat().st_size
    if len(entries) > max_entries:
        raise ArchiveError(f"{path}: has {len(entries):,} entries, more than {max_entries:,}; refused as a zip bomb")
    if total > max_total:
        raise ArchiveError(f"{path}: unpacks to {total:,} bytes, more than {max_total:,}; refused as a zip bomb")
    if total > MIN_BOMB_BYTES and total > packed * max_ratio:
        raise ArchiveError(f"{path}: unpacks to over {max_ratio:g} times its size; refused as a zip bomb")
    for entry in entries:
        if entry.file_size > MIN_BOMB_BYTES and entry.file_size > entry.compress_size * max_ratio:
            raise ArchiveError(f"{path}: {entry.filename!r} unpacks to over {max_ratio:g} times its size; refused as a zip bomb")


def _directory_bytes(handle: BinaryIO) -> int:
    """Return the size in bytes that the zip file declares for its directory. zipfile would read that much into memory."""
    size = handle.seek(0, 2)
    start = max(0, size - 65_557)  # The end record has 22 bytes, plus a comment of at most 65,535.
    handle.seek(start)
    tail = handle.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22:
        raise zipfile.BadZipFile
    directory = int(struct.unpack_from("<L", tail, end + 12)[0])
    locator = start + end - 20
    if locator >= 0:
        handle.seek(locator)
        signature, _, record, _ = struct.unpack("<4sLQL", handle.read(20))
        if signature == b"PK\x06\x07":  # ZIP64, the format for large files, has its own size field.
            handle.seek(min(record, size))
            fields = struct.unpack("<4sQ2H2L4Q", handle.read(56))
            directory = max(directory if directory != 0xFFFFFFFF else 0, int(fields[8]))
    return directory
