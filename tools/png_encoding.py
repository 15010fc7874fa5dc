"""Encode pictures of pages as small PNG files with at most 256 colours, enough for text and lines."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Red, green and blue, with shape (height, width, 3)."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_IGNORED_BITS = 3
"""Number of low bits of each channel to ignore when grouping colours."""


def small_png(pixels: Pixels, max_colours: int = 256) -> bytes:
    """Encode a PNG with a palette of at most `max_colours` colours. A picture with at most that many colours is lossless.

    Otherwise each group of similar colours becomes its most frequent colour, and the rarest groups get the nearest colour in the
    palette. Flat areas and text stay exact, because their colours are the most frequent.
    """
    height, width, _ = pixels.shape
    packed = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    colours, position, count = np.unique(packed.ravel(), return_inverse=True, return_counts=True)
    palette, index = _palette(colours, count, max_colours)
    lines = np.zeros((height, width + 1), np.uint8)  # The first byte of a line, 0, means no filter.
    lines[:, 1:] = index[position].reshape(height, width)
    channels = np.stack([palette >> 16, palette >> 8 & 255, palette & 255], axis=1).astype(np.uint8)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", channels.tobytes()),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _palette(
    colours: NDArray[np.uint32], count: NDArray[np.intp], max_colours: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Return the palette, and each colour's index in it."""
    if len(colours) <= max_colours:
        return colours, np.arange(len(colours), dtype=np.uint8)
    mask = np.uint32(0xFF >> _IGNORED_BITS << _IGNORED_BITS) * np.uint32(0x010101)
    groups, group = np.unique(colours & mask, return_inverse=True)
    weight = np.bincount(group, count)
    order = np.lexsort((-count, group))
    first = order[np.searchsorted(group[order], np.arange(len(groups)))]  # The most frequent colour of each group.
    selected = np.sort(first[np.argsort(-weight, kind="stable")[:max_colours]])
    palette = colours[selected]
    nearest = np.argmin(_distance(colours[first], palette), axis=1)
    return palette, nearest[group].astype(np.uint8)


def _distance(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the squared distance of each colour in `left` (rows) from each in `right` (columns)."""
    total = np.zeros((len(left), len(right)), np.int64)
    for bits in (16, 8, 0):
        total += np.square(np.subtract.outer((left >> bits & 255).astype(np.int64), (right >> bits & 255).astype(np.int64)))
    return total


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
