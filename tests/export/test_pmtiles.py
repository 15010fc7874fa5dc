"""PMTiles: what is in the tiles is what may be drawn; equal editions give equal bytes; GDAL reads it."""

import gzip
import json
from pathlib import Path

import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType

from overt.export import pmtiles
from overt.export.public_release import Holdings
from tests.queries.test_map_tiles import decode
from tests.support.exports import ExportedFile, read_layers
from tests.support.source_rows import SECRETS
from tests.tiles.test_routes import layers as layers_of
from tests.validators import ogrinfo


@pytest.fixture(scope="module")
def tiles(exports: dict[str, ExportedFile]) -> dict[tuple[int, int, int], bytes]:
    with exports["pmtiles"].path.open("rb") as file:
        return {tile: gzip.decompress(content) for tile, content in all_tiles(MmapSource(file))}


def test_what_stands_before_the_tiles(exports: dict[str, ExportedFile], holdings: Holdings) -> None:
    with exports["pmtiles"].path.open("rb") as file:
        reader = Reader(MmapSource(file))
        header, metadata = reader.header(), reader.metadata()
    assert (header["tile_type"], header["tile_compression"], header["clustered"]) == (TileType.MVT, Compression.GZIP, True)
    assert (header["min_zoom"], header["max_zoom"]) == (0, 8)
    assert metadata["version"] == holdings.release
    assert {layer["id"] for layer in metadata["vector_layers"]} >= {"points", "cables"}
    for source in holdings.sources:
        assert source["attribution"] in metadata["attribution"]


def test_every_zoom_has_every_point(tiles: dict[tuple[int, int, int], bytes], holdings: Holdings) -> None:
    drawn = read_layers(holdings)
    expected = sum(
        len(row["project_ids"]) for name in ("sites", "areas") if name in drawn for row in drawn[name].table.to_pylist()
    )
    for zoom in range(9):
        held = [
            decode(found["points"])
            for tile, content in tiles.items()
            if tile[0] == zoom and "points" in (found := layers_of(content))
        ]
        points = [point for some in held for point in some]
        assert sum(said.get("count", 1) for _, _, said in points) == expected > 0
        assert zoom < 8 or all("count" not in said for _, _, said in points), "by itself at the deepest zoom"


def test_no_project_is_there_that_is_known_to_a_country(tiles: dict[tuple[int, int, int], bytes], holdings: Holdings) -> None:
    held = read_layers(holdings)
    projects = held["projects"]
    lost = [row["id"] for row, shape in zip(projects.table.to_pylist(), projects.shapes, strict=True) if shape is None]
    everything = b"".join(content for tile, content in tiles.items() if tile[0] == 8)
    assert lost
    drawn = {row["project_ids"][0] for row in held["cables"].table.to_pylist()}
    assert not [identity for identity in lost if identity not in drawn and identity.encode() in everything]


def test_it_has_nothing_that_others_may_not_have(tiles: dict[tuple[int, int, int], bytes]) -> None:
    everything = b"".join(tiles.values())
    assert not [mark for mark in SECRETS if mark.encode() in everything]


def test_equal_editions_give_equal_bytes(exports: dict[str, ExportedFile], holdings: Holdings, tmp_path: Path) -> None:
    pmtiles.write(holdings, tmp_path / "again.pmtiles")
    assert (tmp_path / "again.pmtiles").read_bytes() == exports["pmtiles"].path.read_bytes()


def test_gdal_reads_it(exports: dict[str, ExportedFile], tiles: dict[tuple[int, int, int], bytes]) -> None:
    found = {layer["name"]: layer for layer in json.loads(ogrinfo("-json", "-so", "-al", exports["pmtiles"].path))["layers"]}
    deepest = [layers_of(content) for tile, content in tiles.items() if tile[0] == 8]
    assert found["points"]["featureCount"] == sum(len(decode(held["points"])) for held in deepest if "points" in held)
    assert {field["name"]: field["type"] for field in found["points"]["fields"]}["id"] == "String"
