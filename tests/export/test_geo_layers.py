"""Layers: what is drawn of a place is what its precision allows, whatever geometry a source gives."""

from pathlib import Path

import numpy as np
import orjson
import pyarrow.parquet as pq
import pytest
import shapely

from overt.export import geo_layers as layers
from overt.export import geojson, geopackage
from overt.export.public_release import Holdings
from overt.index.place_geometry import DRAWN
from overt.model.record_ids import canonical_id
from tests.support.exports import CompleteLayer, ExportedFile, read_layers
from tests.validators import check


@pytest.fixture(scope="module")
def found(holdings: Holdings) -> dict[str, CompleteLayer]:
    return read_layers(holdings)


def test_each_place_is_in_one_layer(found: dict[str, CompleteLayer], holdings: Holdings) -> None:
    ids = [identity for name in ("sites", "cables", "unlocated") for identity in found[name].table["id"].to_pylist()]
    assert sorted(ids) == [row["id"] for row in holdings.rows("SELECT id FROM places ORDER BY id")]
    assert "areas" not in found, "there are none"


def test_what_is_known_only_to_a_country_is_never_pinned(found: dict[str, CompleteLayer], holdings: Holdings) -> None:
    """The source gives its capital's coordinates."""
    place, project = canonical_id("open_projects:5g/where"), canonical_id("open_projects:5g")
    [row] = holdings.rows(f"SELECT geometry, precision FROM places WHERE id = '{place}'")
    assert row["geometry"] and row["precision"] not in DRAWN
    assert place in found["unlocated"].table["id"].to_pylist()
    at = found["projects"].table["id"].to_pylist().index(project)
    assert found["projects"].shapes[at] is None
    assert all(shape is None for shape in found["unlocated"].shapes)


def test_a_project_is_at_its_sites(found: dict[str, CompleteLayer]) -> None:
    projects, sites = found["projects"], found["sites"]
    at: dict[str, set[str]] = {}
    for owners, shape in zip(sites.table["project_ids"].to_pylist(), sites.shapes, strict=True):
        for owner in owners or []:
            at.setdefault(owner, set()).add(shape.wkt)
    assert at
    for identity, shape in zip(projects.table["id"].to_pylist(), projects.shapes, strict=True):
        assert {part.wkt for part in shapely.get_parts(shape)} == at.get(identity, set())


def test_who_had_a_part_is_named(found: dict[str, CompleteLayer], holdings: Holdings) -> None:
    rows = {row["id"]: row for row in found["projects"].table.to_pylist()}
    told = holdings.rows(
        "SELECT r.project, r.role, o.label FROM roles AS r JOIN records AS o ON o.id = r.organization WHERE o.label IS NOT NULL"
    )
    assert told
    assert all(row["label"] in rows[row["project"]][row["role"]] for row in told)
    assert all(row["sources"] and row["reuse"] == "open" for row in rows.values())


def test_geojson_is_as_the_rfc_says(exports: dict[str, ExportedFile], found: dict[str, CompleteLayer]) -> None:
    for name, layer in found.items():
        held = orjson.loads((exports["geojson"].path / f"{name}.geojson").read_bytes())
        assert (held["type"], held["name"]) == ("FeatureCollection", name)
        assert "crs" not in held
        assert {source["licence"] for source in held["sources"]} == {"CC BY 4.0"}
        for feature, shape in zip(held["features"], layer.shapes, strict=True):
            assert feature["type"] == "Feature" and feature["id"] == feature["properties"]["id"]
            read = None if feature["geometry"] is None else shapely.from_geojson(orjson.dumps(feature["geometry"]))
            assert read == shape
        if layer.box:
            assert held["bbox"] == list(layer.box)


def test_geoparquet_says_what_it_holds(exports: dict[str, ExportedFile], found: dict[str, CompleteLayer]) -> None:
    for name, layer in found.items():
        table = pq.read_table(exports["geoparquet"].path / f"{name}.parquet")
        said = orjson.loads(table.schema.metadata[b"geo"])
        assert (said["version"], said["primary_column"]) == ("1.1.0", "geometry")
        column = said["columns"]["geometry"]
        assert column["encoding"] == "WKB" and column["geometry_types"] == ([layer.kind] if layer.box else [])
        shapes = shapely.from_wkb(np.array(table["geometry"].to_pylist(), dtype=object))
        assert all(one == other for one, other in zip(shapes, layer.shapes, strict=True))
        for box, shape in zip(table["bbox"].to_pylist(), shapes, strict=True):
            assert (None if shape is None else shape.bounds) == (box and tuple(box.values()))


def test_a_validator_of_geoparquet_finds_nothing(
    exports: dict[str, ExportedFile], found: dict[str, CompleteLayer], tmp_path: Path
) -> None:
    """But in a copy that says another type, and has a box less."""
    table = pq.read_table(exports["geoparquet"].path / "sites.parquet")
    said = orjson.loads(table.schema.metadata[b"geo"])
    said["columns"]["geometry"]["geometry_types"] = ["LineString"]
    spoilt = tmp_path / "spoilt.parquet"
    pq.write_table(table.drop_columns(["bbox"]).replace_schema_metadata({"geo": orjson.dumps(said)}), spoilt)
    paths = [exports["geoparquet"].path / f"{name}.parquet" for name in found]
    *ours, theirs = check("geoparquet", *paths, spoilt)
    assert [one["findings"] for one in ours] == [[]] * len(found) and all(one["passed"] > 15 for one in ours)
    wrong = " ".join(theirs["findings"])
    assert "/conf/core/geometry-types" in wrong and "/conf/covering/bbox-paths" in wrong, wrong


def test_however_many_are_held_at_once_the_files_are_the_same(
    exports: dict[str, ExportedFile], holdings: Holdings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (layers, geopackage):
        monkeypatch.setattr(module, "SIZE", 3)
    geojson.write(holdings, tmp_path / "json")
    geopackage.write(holdings, tmp_path / "atlas.gpkg")
    for path in (tmp_path / "json").iterdir():
        assert path.read_bytes() == (exports["geojson"].path / path.name).read_bytes()
    assert (tmp_path / "atlas.gpkg").read_bytes() == exports["geopackage"].path.read_bytes()


def test_rings_run_as_readers_expect() -> None:
    from overt.export.geo_layers import _as

    clockwise = shapely.from_wkt("POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0))")
    [made] = _as("MultiPolygon", np.array([clockwise], dtype=object))
    assert made.geom_type == "MultiPolygon" and shapely.get_exterior_ring(made.geoms[0]).is_ccw


def test_geopandas_reads_what_lies_in_a_box(exports: dict[str, ExportedFile], found: dict[str, CompleteLayer]) -> None:
    geopandas = pytest.importorskip("geopandas")
    box = (30.0, -5.0, 45.0, 5.0)
    read = geopandas.read_parquet(exports["geoparquet"].path / "sites.parquet", bbox=box)
    layer = found["sites"]
    inside = [
        identity
        for identity, shape in zip(layer.table["id"].to_pylist(), layer.shapes, strict=True)
        if shape.intersects(shapely.box(*box))
    ]
    assert 0 < len(inside) < layer.table.num_rows
    assert sorted(read["id"]) == inside
    assert read.crs.to_authority() == ("OGC", "CRS84")
