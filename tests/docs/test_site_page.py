"""docs/site.md lists every kind of page and shows the pictures of `make screenshots`, which are small files."""

import re
import struct
import zlib
from pathlib import Path

import numpy as np

from overt.site.site import Site
from tests.support.atlas import read_table
from tests.support.page_kinds import page_routes
from tests.support.shipped_edition import ShippedEdition
from tools.png_encoding import Pixels, small_png
from tools.screenshots import DESK, IMAGES, SHOTS

PAGE = Path(__file__).parents[2] / "docs" / "site.md"
MAX_BYTES = 1_500_000


def test_every_kind_of_page_is_listed(site: Site) -> None:
    text = PAGE.read_text(encoding="utf-8")
    routes = [route.path for route in page_routes(site)]
    assert len(routes) > 20
    assert [path for path in routes if f"`{path}`" not in text] == []
    named = set(re.findall(r"^### .*`(/[^`]*)`$", text, re.MULTILINE))
    assert named == set(routes), "a listed page doesn't exist"


def test_every_picture_is_taken_and_shown() -> None:
    embedded = re.findall(r"!\[[^\]]+\]\(images/([^)]+)\)", PAGE.read_text(encoding="utf-8"))
    taken = [f"{shot.name}.png" for shot in (*SHOTS, *DESK)]
    assert sorted(embedded) == sorted(taken)
    assert {path.name for path in IMAGES.iterdir()} == set(taken)
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) <= MAX_BYTES


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


def test_pictured_records_are_in_the_shipped_edition(shipped_edition: ShippedEdition) -> None:
    pictured = {match[0] for shot in SHOTS if shot.name != "error" and (match := re.search(r"ovt-\w+", shot.path))}
    published = {row["id"] for row in read_table(shipped_edition.root / "resolved" / "members.parquet", "id")}
    assert pictured and pictured - published == set()
