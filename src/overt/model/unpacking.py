"""Compressed files and archives, undone as a stream: a piece in memory at a time, and no bomb unpacked beyond the limit."""

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
"""Bytes that a stream holds at a time."""
MAX_RATIO, MIN_BOMB_BYTES = 1_000, 64 << 20
"""So many bytes that nobody calls useful may come out of each byte of the file, once they are more than the second. What is
useful is not counted: one page over and over shrinks to less than a thousandth. Memory is bounded without it; it bounds the time.
"""
MAX_MEMBERS = 100_000
"""Of an archive that has to be whole."""
_DEEPEST = 4
"""Archives in archives in archives: so many layers are undone."""
_TAR_AT, _TAR = 257, b"ustar"
_MAX_WINDOW = 128 << 20
_ZSTD_PIECE = 1 << 10
"""Bytes of Zstandard that are undone at a time. Four of them can hold 128 kB of the same byte (RFC 8878, 3.1.1.2.2), and what
they hold comes out all at once.
"""
_BROKEN_TAR = "the tar archive is broken or cut short"
_BAD_HEADER = (tarfile.TarError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
"""What tarfile raises for headers that hold nonsense: numbers of sparse files that are none, times out of bounds."""

Stream = io.BufferedReader


class UnpackingError(OvertError):
    """A file, or the rest of one, that cannot be unpacked."""


class ByteMeter:
    """What went into the first decoder, and how much of what came out of the last was of use, both in bytes."""

    def __init__(self) -> None:
        self.packed = 0
        self.useful = 0


class _Read(io.RawIOBase):
    """A stream that counts what it gave."""

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


class _Limited(_Read):
    """What comes out of a decoder, measured against what went into the first one; failures of all decoders in one form."""

    def __init__(self, inner: BinaryIO, limits: ByteMeter, what: str, before: int = 0) -> None:
        super().__init__(inner)
        self._limits, self._what, self.count = limits, what, before

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            size = super().readinto(buffer)
        except tarfile.TarError:
            raise UnpackingError(_BROKEN_TAR) from None
        except EOFError:
            raise UnpackingError(f"the {self._what} data are cut short") from None
        except (OSError, zlib.error, lzma.LZMAError, RuntimeError, ValueError):
            raise UnpackingError(f"the {self._what} data are broken") from None
        if self.count - self._limits.useful > max(MIN_BOMB_BYTES, self._limits.packed * MAX_RATIO):
            raise UnpackingError(f"unpacks to over {MAX_RATIO:,} times its size; refused as a bomb")
        return size


def unpack_streams(name: str, raw: BinaryIO, meter: ByteMeter, whole: bool = False) -> Iterator[tuple[str, Stream]]:
    """The plain streams in a file, each to be read before the next is asked for, named after the file and its place in archives.

    Who reads adds to `meter.useful` what was worth reading. `whole`: an archive that has links or devices in it, or more than
    100,000 members, is refused; else such members are passed over. Raises Unreadable, also for what is broken behind the last
    stream.
    """
    yield from _layers(name, io.BufferedReader(_Read(raw, meter), CHUNK_BYTES), meter, whole, 0)


def _layers(name: str, stream: Stream, meter: ByteMeter, whole: bool, depth: int) -> Iterator[tuple[str, Stream]]:
    head = stream.peek(512)[:512]
    what, inner = _decoder(head, stream)
    is_tar = head[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR
    if depth >= _DEEPEST and (inner is not None or is_tar):
        raise UnpackingError(f"packed more than {_DEEPEST} times over; refused as a bomb")
    if inner is not None:
        yield from _layers(name, io.BufferedReader(_Limited(inner, meter, what), CHUNK_BYTES), meter, whole, depth + 1)
    elif is_tar:
        yield from _members(name, stream, meter, whole, depth)
    else:
        yield name, stream


def _decoder(head: bytes, stream: Stream) -> tuple[str, BinaryIO | None]:
    if head[:2] == b"\x1f\x8b":
        return "gzip", cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if head[:4] == b"\x28\xb5\x2f\xfd":
        return "zstd", _Zstd(stream)
    if head[:4] == b"\x04\x22\x4d\x18":
        import lz4.frame  # here, as zstandard below: few files need them

        return "lz4", cast(BinaryIO, lz4.frame.LZ4FrameFile(stream, mode="r"))
    if head[:6] == b"\xfd7zXZ\x00":
        return "xz", cast(BinaryIO, lzma.LZMAFile(stream))
    if head[:3] == b"BZh":
        return "bzip2", cast(BinaryIO, bz2.BZ2File(stream))
    return "", None


class _Zstd(io.RawIOBase, BinaryIO):
    """Zstandard frames, one after the other. (The library's own reader takes a file that is cut short for a whole one.)"""

    def __init__(self, source: Stream) -> None:
        import zstandard

        self._source, self._broken = source, zstandard.ZstdError
        self._make = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW)
        self._frame = self._make.decompressobj(read_across_frames=False)
        self._begun = False
        self._held = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self._held:
            data = self._source.read(_ZSTD_PIECE)
            if not data:
                if self._begun:
                    raise EOFError
                return b""
            pieces = []
            while data:
                self._begun = True
                try:
                    pieces.append(self._frame.decompress(data))
                except self._broken as error:
                    raise ValueError from error
                if not self._frame.eof:
                    break
                data = self._frame.unused_data
                self._frame, self._begun = self._make.decompressobj(read_across_frames=False), False
            self._held = memoryview(b"".join(pieces))
        out, self._held = self._held[:size], self._held[size:]
        return bytes(out)


def _members(name: str, stream: Stream, meter: ByteMeter, whole: bool, depth: int) -> Iterator[tuple[str, Stream]]:
    given = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for number, member in enumerate(archive, start=1):
                archive.members = []  # type: ignore[attr-defined]  # it would remember every member of an archive of millions
                if whole and number > MAX_MEMBERS:
                    raise UnpackingError(f"has more than {MAX_MEMBERS:,} members")
                if whole and not (member.isfile() or member.isdir()):
                    raise UnpackingError(f"{member.name} in it is neither a file nor a folder")
                held = archive.extractfile(member) if member.isfile() else None
                if held is not None:
                    # Metered too: a sparse file has holes of any size, which stand in the archive as a number.
                    inner = _Limited(cast(BinaryIO, held), meter, "tar", given)
                    yield from _layers(f"{name}/{member.name}", io.BufferedReader(inner, CHUNK_BYTES), meter, whole, depth + 1)
                    given = inner.count
        while stream.read1(CHUNK_BYTES):  # a packing has its check sum at its end, behind that of the archive
            pass
    except _BAD_HEADER:
        raise UnpackingError(_BROKEN_TAR) from None
