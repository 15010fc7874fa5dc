"""Small PNG files of pages: at most 256 colours, which is what a page of text and lines needs."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Height × width × 3, red, green and blue."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEAR = 3
"""Bits of each channel that do not tell groups of colours apart."""


def small_png(pixels: Pixels, most: int = 256) -> bytes:
    """A PNG with a palette of at most `most` colours; with that many or fewer in the picture nothing is lost.

    Else colours that are almost alike become the most frequent of them, and the rarest groups the nearest one that is kept: flat
    areas and text stay exact, since theirs are the most frequent.
    """
    height, width, _ = pixels.shape
    packed = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    colours, place, count = np.unique(packed.ravel(), return_inverse=True, return_counts=True)
    kept, chosen = _palette(colours, count, most)
    lines = np.zeros((height, width + 1), np.uint8)  # the first byte of a line says that it is not filtered
    lines[:, 1:] = chosen[place].reshape(height, width)
    channels = np.stack([kept >> 16, kept >> 8 & 255, kept & 255], axis=1).astype(np.uint8)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", channels.tobytes()),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _palette(colours: NDArray[np.uint32], count: NDArray[np.intp], most: int) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The colours that are kept, and for each colour the number of the one that stands for it."""
    if len(colours) <= most:
        return colours, np.arange(len(colours), dtype=np.uint8)
    mask = np.uint32(0xFF >> _NEAR << _NEAR) * np.uint32(0x010101)
    groups, group = np.unique(colours & mask, return_inverse=True)
    weight = np.bincount(group, count)
    order = np.lexsort((-count, group))
    first = order[np.searchsorted(group[order], np.arange(len(groups)))]  # the most frequent colour of each group
    keep = np.sort(first[np.argsort(-weight, kind="stable")[:most]])
    kept = colours[keep]
    nearest = np.argmin(_distance(colours[first], kept), axis=1)
    return kept, nearest[group].astype(np.uint8)


def _distance(some: NDArray[np.uint32], others: NDArray[np.uint32]) -> NDArray[np.int64]:
    """How far colours are from others, squared."""
    total = np.zeros((len(some), len(others)), np.int64)
    for bits in (16, 8, 0):
        total += np.square(np.subtract.outer((some >> bits & 255).astype(np.int64), (others >> bits & 255).astype(np.int64)))
    return total


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
