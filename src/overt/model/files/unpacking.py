"""Unpacks compressed files and archives as streams, with bounded memory and a limit against decompression bombs."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from overt.model.errors import OvertError

CHUNK_BYTES = 1 << 20
"""Number of bytes that a stream buffers."""
MAX_RATIO, MIN_BOMB_BYTES = 1_000, 64 << 20
"""Maximum number of unpacked bytes per packed byte. It applies after `MIN_BOMB_BYTES` have been unpacked.

Bytes that the reader reports as useful don't count, because a page that repeats itself also shrinks to less than a thousandth.
Memory is bounded even without this limit; the limit bounds the time.
"""
MAX_MEMBERS = 100_000
"""Maximum number of members of an archive in strict mode."""
_MAX_DEPTH = 4
"""Maximum nesting of archives and compression."""
_TAR_MAGIC_OFFSET, _TAR_MAGIC = 257, b"ustar"
_MAX_WINDOW = 128 << 20
_ZSTD_INPUT_BYTES = 1 << 10
"""Bytes of Zstandard input per step. A block of four bytes can unpack to 128 kB (RFC 8878, 3.1.1.2.2), all at once."""
_BROKEN_TAR = "the tar archive is broken or cut short"
_TAR_ERRORS = (tarfile.TarError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
"""Exceptions that tarfile raises for invalid headers, such as impossible numbers for sparse files and times out of range."""

Stream = io.BufferedReader


class UnpackingError(OvertError):
    """Raised if a file, or the rest of it from some point on, can't be unpacked."""


class ByteMeter:
    """Counts bytes. `packed`: bytes read from the file. `useful`: bytes that the reader of the streams adds."""

    def __init__(self) -> None:
        self.packed = 0
        self.useful = 0


class _CountingStream(io.RawIOBase):
    """A stream that counts the bytes read from it."""

    def __init__(self, inner: BinaryIO, meter: ByteMeter | None = None) -> None:
        self._inner, self._meter, self.count = inner, meter, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(min(len(buffer), CHUNK_BYTES))
        buffer[: len(data)] = data
        self.count += len(data)
        if self._meter is not None:
            self._meter.packed = self.count
        return len(data)


class _LimitedStream(_CountingStream):
    """A decoder's output, with the limit against bombs. Turns the errors of all decoders into UnpackingError."""

    def __init__(self, inner: BinaryIO, meter: ByteMeter, format_name: str, count: int = 0) -> None:
        super().__init__(inner)
        self._limit_meter, self._format_name, self.count = meter, format_name, count

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            size = super().readinto(buffer)
        except tarfile.TarError:
            raise UnpackingError(_BROKEN_TAR) from None
        except EOFError:
            raise UnpackingError(f"the {self._format_name} data are cut short") from None
        except (OSError, zlib.error, lzma.LZMAError, RuntimeError, ValueError):
            raise UnpackingError(f"the {self._format_name} data are broken") from None
        if self.count - self._limit_meter.useful > max(MIN_BOMB_BYTES, self._limit_meter.packed * MAX_RATIO):
            raise UnpackingError(f"unpacks to over {MAX_RATIO:,} times its size; refused as a decompression bomb")
        return size


def unpack_streams(name: str, raw: BinaryIO, meter: ByteMeter, strict: bool = False) -> Iterator[tuple[str, Stream]]:
    """Yield the plain streams in a file, each with the file's name and its path in archives.

    Read a stream before asking for the next one, and add the bytes worth reading to `meter.useful`. With `strict`, archives
    with links, devices or more than `MAX_MEMBERS` members are refused. Otherwise, links and devices are skipped, and the number
    of members has no limit. Raises UnpackingError, also for damage after the last stream.
    """
    yield from _unpack_layers(name, io.BufferedReader(_CountingStream(raw, meter), CHUNK_BYTES), meter, strict, 0)


def _unpack_layers(name: str, stream: Stream, meter: ByteMeter, strict: bool, depth: int) -> Iterator[tuple[str, Stream]]:
    head = stream.peek(512)[:512]
    format_name, inner = _decoder(head, stream)
    is_tar = head[_TAR_MAGIC_OFFSET : _TAR_MAGIC_OFFSET + len(_TAR_MAGIC)] == _TAR_MAGIC
    if depth >= _MAX_DEPTH and (inner is not None or is_tar):
        raise UnpackingError(f"packed more than {_MAX_DEPTH} times over; refused as a decompression bomb")
    if inner is not None:
        limited: Stream = io.BufferedReader(_LimitedStream(inner, meter, format_name), CHUNK_BYTES)
        yield from _unpack_layers(name, limited, meter, strict, depth + 1)
    elif is_tar:
        yield from _unpack_members(name, stream, meter, strict, depth)
    else:
        yield name, stream


def _decoder(head: bytes, stream: Stream) -> tuple[str, BinaryIO | None]:
    if head[:2] == b"\x1f\x8b":
        return "gzip", cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if head[:4] == b"\x28\xb5\x2f\xfd":
        return "zstd", _ZstandardStream(stream)
    if head[:4] == b"\x04\x22\x4d\x18":
        import lz4.frame  # Imported here, like zstandard below, because few files need it.

        return "lz4", cast(BinaryIO, lz4.frame.LZ4FrameFile(stream, mode="r"))
    if head[:6] == b"\xfd7zXZ\x00":
        return "xz", cast(BinaryIO, lzma.LZMAFile(stream))
    if head[:3] == b"BZh":
        return "bzip2", cast(BinaryIO, bz2.BZ2File(stream))
    return "", None


class _ZstandardStream(io.RawIOBase, BinaryIO):
    """Consecutive Zstandard frames. The library's own reader doesn't notice if a file is truncated."""

    def __init__(self, source: Stream) -> None:
        import zstandard

        self._source, self._error = source, zstandard.ZstdError
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW)
        self._frame = self._decompressor.decompressobj(read_across_frames=False)
        self._in_frame = False
        self._buffer = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self._buffer:
            data = self._source.read(_ZSTD_INPUT_BYTES)
            if not data:
                if self._in_frame:
                    raise EOFError
                return b""
            pieces = []
            while data:
                self._in_frame = True
                try:
                    pieces.append(self._frame.decompress(data))
                except self._error as error:
                    raise ValueError from error
                if not self._frame.eof:
                    break
                data = self._frame.unused_data
                self._frame, self._in_frame = self._decompressor.decompressobj(read_across_frames=False), False
            self._buffer = memoryview(b"".join(pieces))
        output, self._buffer = self._buffer[:size], self._buffer[size:]
        return bytes(output)


def _unpack_members(name: str, stream: Stream, meter: ByteMeter, strict: bool, depth: int) -> Iterator[tuple[str, Stream]]:
    count = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for number, member in enumerate(archive, start=1):
                archive.members = []  # type: ignore[attr-defined]  # tarfile remembers all members, which can be millions
                if strict and number > MAX_MEMBERS:
                    raise UnpackingError(f"has more than {MAX_MEMBERS:,} members")
                if strict and not (member.isfile() or member.isdir()):
                    raise UnpackingError(f"{member.name} in it is neither a file nor a folder")
                content = archive.extractfile(member) if member.isfile() else None
                if content is not None:
                    # The content is also limited, because a sparse file may have holes of any size, which the archive stores
                    # only as a number.
                    inner = _LimitedStream(cast(BinaryIO, content), meter, "tar", count)
                    yield from _unpack_layers(
                        f"{name}/{member.name}", io.BufferedReader(inner, CHUNK_BYTES), meter, strict, depth + 1
                    )
                    count = inner.count
        while stream.read1(CHUNK_BYTES):  # Read to the end, because the checksum of compressed data follows the archive.
            pass
    except _TAR_ERRORS:
        raise UnpackingError(_BROKEN_TAR) from None
