"""Write all tiles of a release to one PMTiles 3 file."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from overt.vector_tiles.clipping import Tile
from overt.vector_tiles.layer_metadata import describe_layers
from overt.vector_tiles.point_tiles import ProjectPoints, encode_zoom
from overt.vector_tiles.route_and_country_tiles import ShapeLayer

MAX_ZOOM = 8
"""Zoom level at which every point is drawn separately. Viewers enlarge its tiles for deeper zooms."""
_BATCH = 512
"""Number of tiles that are compressed at once."""
_LEVEL = 5
"""Compression level. Compared with level 9, files are slightly larger, and compression takes half the time."""


def write_archive(
    points: ProjectPoints, layers: Sequence[ShapeLayer], path: Path, metadata: Mapping[str, Any], *, last: int = MAX_ZOOM
) -> int:
    """Write the tiles of zooms 0 to `last` to a new file; return their number. Equal input gives equal bytes.

    Without any points or shapes, the file has one empty tile. Raises FileExistsError if `path` exists.
    """
    tiles: dict[Tile, bytes] = {}
    for shape_layer in layers:
        for tile, layer in shape_layer.encode_tiles(0, last):
            tiles[tile] = tiles.get(tile, b"") + layer
    for z in range(last + 1):
        for (x, y), layer in encode_zoom(points, z, each=z == last):
            tiles[(z, x, y)] = tiles.get((z, x, y), b"") + layer
    with path.open("xb") as out:
        writer: Any = Writer(out)  # type: ignore[no-untyped-call]
        ordered = sorted((zxy_to_tileid(*tile), tile) for tile in tiles) or [(0, (0, 0, 0))]
        with writer.tile_f:  # The library closes the file only on success.
            for tile_id, packed in _compress([(tile_id, tiles.get(tile, b"")) for tile_id, tile in ordered]):
                writer.write_tile(tile_id, packed)
            description = describe_layers(last, [layer.name for layer in layers if layer.shapes])
            writer.finalize(_header(), {**metadata, **description})
    return len(ordered)


def _compress(tiles: list[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield the compressed tiles in order, using all cores."""
    pending = iter(tiles)
    with ThreadPoolExecutor() as pool:
        while batch := list(islice(pending, _BATCH)):
            packed = pool.map(_gzip, (tile for _, tile in batch), chunksize=64)
            yield from zip((tile_id for tile_id, _ in batch), packed, strict=True)


def _gzip(content: bytes) -> bytes:
    """Compress without recording the time or the operating system, so that equal tiles give equal bytes."""
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    packed = packing.compress(content) + packing.flush()
    return packed[:4] + b"\0\0\0\0" + packed[8:9] + b"\xff" + packed[10:]


def _header() -> dict[str, Any]:
    """Return the fields of the PMTiles header. The box is the world, because every country is drawn."""
    return {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_lon_e7": -1_800_000_000, "min_lat_e7": -850_000_000,
        "max_lon_e7": 1_800_000_000, "max_lat_e7": 850_000_000, "center_zoom": 1, "center_lon_e7": 0, "center_lat_e7": 0,
    }  # fmt: skip
