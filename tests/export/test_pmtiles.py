"""PMTiles: tiles contain only what may be drawn, equal releases give equal bytes, and GDAL reads the file."""

import gzip
import json
from pathlib import Path

import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType

from overt.export import pmtiles
from overt.export.public_release_reader import PublicRelease
from tests.queries.maps.test_vector_tile_encoding_and_points import decode
from tests.support.command_built_atlas import Atlas, make_statements, own_id
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas_exports import ExportedFile, read_layers
from tests.tiles.test_routes import layers as layers_of
from tests.validators import ogrinfo


def read_tiles(path: Path) -> dict[tuple[int, int, int], bytes]:
    with path.open("rb") as file:
        return {tile: gzip.decompress(content) for tile, content in all_tiles(MmapSource(file))}


@pytest.fixture(scope="module")
def tiles(exports: dict[str, ExportedFile]) -> dict[tuple[int, int, int], bytes]:
    return read_tiles(exports["pmtiles"].path)


def test_header_and_metadata_describe_the_tiles(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    with exports["pmtiles"].path.open("rb") as file:
        reader = Reader(MmapSource(file))
        header, metadata = reader.header(), reader.metadata()
    assert (header["tile_type"], header["tile_compression"], header["clustered"]) == (TileType.MVT, Compression.GZIP, True)
    assert (header["min_zoom"], header["max_zoom"]) == (0, 8)
    assert metadata["version"] == public_release.id
    assert {layer["id"] for layer in metadata["vector_layers"]} >= {"points", "cables"}
    for source in public_release.sources:
        assert source["attribution"] in metadata["attribution"]


def test_every_zoom_has_every_point(tiles: dict[tuple[int, int, int], bytes], public_release: PublicRelease) -> None:
    layers = read_layers(public_release)
    expected = sum(len(row["project"]) for name in ("sites", "areas") if name in layers for row in layers[name].table.to_pylist())
    for zoom in range(9):
        decoded = [
            decode(tile_layers["points"])
            for tile, content in tiles.items()
            if tile[0] == zoom and "points" in (tile_layers := layers_of(content))
        ]
        points = [point for tile_points in decoded for point in tile_points]
        assert sum(properties.get("count", 1) for _, _, properties in points) == expected > 0
        assert zoom < 8 or all("count" not in properties for _, _, properties in points), "by itself at the deepest zoom"


def test_projects_known_only_to_a_country_are_not_in_the_tiles(
    tiles: dict[tuple[int, int, int], bytes], public_release: PublicRelease
) -> None:
    layers = read_layers(public_release)
    projects = layers["projects"]
    undrawn = [row["id"] for row, shape in zip(projects.table.to_pylist(), projects.shapes, strict=True) if shape is None]
    everything = b"".join(content for tile, content in tiles.items() if tile[0] == 8)
    assert undrawn
    drawn = {row["project"][0] for row in layers["cables"].table.to_pylist()}
    assert not [identity for identity in undrawn if identity not in drawn and identity.encode() in everything]


def test_private_data_is_not_in_the_tiles(tiles: dict[tuple[int, int, int], bytes]) -> None:
    everything = b"".join(tiles.values())
    assert not [mark for mark in SECRETS if mark.encode() in everything]


def test_equal_releases_give_equal_bytes(exports: dict[str, ExportedFile], public_release: PublicRelease, tmp_path: Path) -> None:
    pmtiles.write(public_release, tmp_path / "again.pmtiles")
    assert (tmp_path / "again.pmtiles").read_bytes() == exports["pmtiles"].path.read_bytes()


def test_places_of_which_none_has_a_year_are_exported_without_one(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    rows = make_statements("project", "p", name="Undated cameras", kind="video-surveillance", country="KE")
    rows += make_statements("place", "here", project="alpha:p", country="KE", geometry="POINT (36.8 -1.3)", precision="locality")
    atlas.fetch("alpha", rows)
    atlas.build()
    atlas.ok("export", "pmtiles", tmp_path / "undated.pmtiles")
    deepest = [layers_of(content) for tile, content in read_tiles(tmp_path / "undated.pmtiles").items() if tile[0] == 8]
    [points] = [decode(tile_layers["points"]) for tile_layers in deepest if "points" in tile_layers]
    [(_, _, properties)] = points
    assert properties["id"] == own_id("alpha:p") and properties["precision"] == "locality" and "year" not in properties


def test_gdal_reads_it(exports: dict[str, ExportedFile], tiles: dict[tuple[int, int, int], bytes]) -> None:
    read = {layer["name"]: layer for layer in json.loads(ogrinfo("-json", "-so", "-al", exports["pmtiles"].path))["layers"]}
    deepest = [layers_of(content) for tile, content in tiles.items() if tile[0] == 8]
    assert read["points"]["featureCount"] == sum(
        len(decode(tile_layers["points"])) for tile_layers in deepest if "points" in tile_layers
    )
    assert {field["name"]: field["type"] for field in read["points"]["fields"]}["id"] == "String"
