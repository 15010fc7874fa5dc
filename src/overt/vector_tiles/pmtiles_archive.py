"""All of an edition's tiles in one file: PMTiles 3, of tiles that are compressed."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from overt.vector_tiles.clipping import Tile
from overt.vector_tiles.layers import described
from overt.vector_tiles.point_tiles import Points, layers_of
from overt.vector_tiles.shape_tiles import Shapes

DEEPEST = 8
"""The zoom at which every point stands by itself; programs enlarge its tiles for deeper ones."""
_AT_ONCE = 512
_LEVEL = 5
"""Of compression: a little larger than at most, in half the time."""


def write_archive(
    points: Points, shapes: Sequence[Shapes], path: Path, metadata: Mapping[str, Any], *, last: int = DEEPEST
) -> int:
    """Write the tiles of zooms 0 to `last` to a file that is not there yet; returns how many. Equal input gives equal bytes."""
    tiles: dict[Tile, bytes] = {}
    for held in shapes:
        for tile, layer in held.layers(0, last):
            tiles[tile] = tiles.get(tile, b"") + layer
    for z in range(last + 1):
        for (x, y), layer in layers_of(points, z, each=z == last):
            tiles[(z, x, y)] = tiles.get((z, x, y), b"") + layer
    with path.open("xb") as out:
        writer: Any = Writer(out)  # type: ignore[no-untyped-call]
        ordered = sorted((zxy_to_tileid(*tile), tile) for tile in tiles) or [(0, (0, 0, 0))]
        with writer.tile_f:  # the library closes it only at its end
            for number, packed in _packed([(number, tiles.get(tile, b"")) for number, tile in ordered]):
                writer.write_tile(number, packed)
            writer.finalize(_header(), {**metadata, **described(last, [held.name for held in shapes if held.shapes])})
    return len(ordered)


def _packed(tiles: list[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """The same tiles, compressed on all cores, in their order."""
    waiting = iter(tiles)
    with ThreadPoolExecutor() as pool:
        while some := list(islice(waiting, _AT_ONCE)):
            yield from zip((number for number, _ in some), pool.map(_gzip, (tile for _, tile in some), chunksize=64), strict=True)


def _gzip(content: bytes) -> bytes:
    """Without a time, so that equal tiles are equal."""
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    packed = packing.compress(content) + packing.flush()
    return packed[:4] + b"\0\0\0\0" + packed[8:9] + b"\xff" + packed[10:]  # nor the system that it was made on


def _header() -> dict[str, Any]:
    """What a program must know before it reads a tile. Countries are drawn all over the world."""
    return {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_lon_e7": -1_800_000_000, "min_lat_e7": -850_000_000,
        "max_lon_e7": 1_800_000_000, "max_lat_e7": 850_000_000, "center_zoom": 1, "center_lon_e7": 0, "center_lat_e7": 0,
    }  # fmt: skip
