"""Pictures in docs/ are small: frequent colours stay exact, and the rest become similar ones."""

import struct
import zlib

import numpy as np

from tools.png_encoding import Pixels, small_png


def unpacked(png: bytes) -> Pixels:
    """Return the pixels of a PNG made by `small_png`."""
    chunks, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + data),)
        chunks[kind] = data
        at += 12 + length
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, width + 1)
    return np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)[lines[:, 1:]]


def test_few_colours_stay_exact() -> None:
    pixels = np.random.default_rng(1).choice([0, 17, 130, 255], (40, 30, 3)).astype(np.uint8)
    assert np.array_equal(unpacked(small_png(pixels)), pixels)


def test_frequent_colours_stay_exact_and_the_rest_become_similar() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (64, 64, 3)).astype(np.uint8)
    pixels[:32] = (252, 252, 250)
    decoded = unpacked(small_png(pixels))
    assert np.array_equal(decoded[:32], pixels[:32])
    assert len(np.unique(decoded.reshape(-1, 3), axis=0)) <= 256
    far = np.abs(decoded.astype(int) - pixels).max(axis=2)
    assert far.mean() < 20
