"""Layers (GeoJSON, GeoParquet): whatever geometry a source gives, no place is drawn more precisely than it is known."""

from pathlib import Path

import duckdb
import numpy as np
import orjson
import pyarrow.parquet as pq
import pytest
import shapely

from overt.export import geo_layers, geojson, geopackage
from overt.export.public_release_reader import PublicRelease, export_query
from overt.index.drawn_geometry import DRAWN
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.record_ids import canonical_id
from overt.release.tables_derived_from_claims import STRICTNESS
from tests.support.small_atlas_exports import CompleteLayer, ExportedFile, read_layers
from tests.validators import check


@pytest.fixture(scope="module")
def layers(public_release: PublicRelease) -> dict[str, CompleteLayer]:
    return read_layers(public_release)


def test_each_place_is_in_one_layer(layers: dict[str, CompleteLayer], public_release: PublicRelease) -> None:
    ids = [identity for name in ("sites", "cables", "unlocated") for identity in layers[name].table["id"].to_pylist()]
    assert sorted(ids) == [row["id"] for row in public_release.rows("SELECT id FROM places ORDER BY id")]
    assert "areas" not in layers, "the release has none"


def test_places_known_only_to_a_country_are_never_pinned(layers: dict[str, CompleteLayer], public_release: PublicRelease) -> None:
    """The source gives the coordinates of the country's capital."""
    place, project = canonical_id("open_projects:5g/where"), canonical_id("open_projects:5g")
    [row] = public_release.rows(f"SELECT geometry, precision FROM places WHERE id = '{place}'")
    assert row["geometry"] and row["precision"] not in DRAWN
    assert place in layers["unlocated"].table["id"].to_pylist()
    at = layers["projects"].table["id"].to_pylist().index(project)
    assert layers["projects"].shapes[at] is None
    assert all(shape is None for shape in layers["unlocated"].shapes)


def test_a_project_is_at_its_sites(layers: dict[str, CompleteLayer]) -> None:
    projects, sites = layers["projects"], layers["sites"]
    at: dict[str, set[str]] = {}
    for owners, shape in zip(sites.table["project"].to_pylist(), sites.shapes, strict=True):
        for owner in owners or []:
            at.setdefault(owner, set()).add(shape.wkt)
    assert at
    for identity, shape in zip(projects.table["id"].to_pylist(), projects.shapes, strict=True):
        assert {part.wkt for part in shapely.get_parts(shape)} == at.get(identity, set())


def test_participants_are_named(layers: dict[str, CompleteLayer], public_release: PublicRelease) -> None:
    rows = {row["id"]: row for row in layers["projects"].table.to_pylist()}
    participants = public_release.rows(
        "SELECT r.project, r.role, o.label FROM roles AS r JOIN records AS o ON o.id = r.organization WHERE o.label IS NOT NULL"
    )
    assert participants
    assert all(row["label"] in rows[row["project"]][f"{row['role']}_name"] for row in participants)
    assert all(row["source"] and row["reuse"] == "open" for row in rows.values())


def test_geojson_follows_the_rfc(exports: dict[str, ExportedFile], layers: dict[str, CompleteLayer]) -> None:
    for name, layer in layers.items():
        collection = orjson.loads((exports["geojson"].path / f"{name}.geojson").read_bytes())
        assert (collection["type"], collection["name"]) == ("FeatureCollection", name)
        assert "crs" not in collection
        assert {source["licence"] for source in collection["sources"]} == {"CC BY 4.0"}
        for feature, shape in zip(collection["features"], layer.shapes, strict=True):
            assert feature["type"] == "Feature" and feature["id"] == feature["properties"]["id"]
            read = None if feature["geometry"] is None else shapely.from_geojson(orjson.dumps(feature["geometry"]))
            assert read == shape
        if layer.box:
            assert collection["bbox"] == list(layer.box)


def test_geoparquet_describes_its_geometries(exports: dict[str, ExportedFile], layers: dict[str, CompleteLayer]) -> None:
    for name, layer in layers.items():
        table = pq.read_table(exports["geoparquet"].path / f"{name}.parquet")
        metadata = orjson.loads(table.schema.metadata[b"geo"])
        assert (metadata["version"], metadata["primary_column"]) == ("1.1.0", "geometry")
        column = metadata["columns"]["geometry"]
        assert column["encoding"] == "WKB" and column["geometry_types"] == ([layer.kind] if layer.box else [])
        shapes = shapely.from_wkb(np.array(table["geometry"].to_pylist(), dtype=object))
        assert all(shape == expected for shape, expected in zip(shapes, layer.shapes, strict=True))
        for box, shape in zip(table["bbox"].to_pylist(), shapes, strict=True):
            assert (None if shape is None else shape.bounds) == (box and tuple(box.values()))


def test_a_validator_accepts_geoparquet(
    exports: dict[str, ExportedFile], layers: dict[str, CompleteLayer], tmp_path: Path
) -> None:
    """The validator reports both errors in a copy: a wrong geometry type, and missing boxes."""
    table = pq.read_table(exports["geoparquet"].path / "sites.parquet")
    metadata = orjson.loads(table.schema.metadata[b"geo"])
    metadata["columns"]["geometry"]["geometry_types"] = ["LineString"]
    broken = tmp_path / "broken.parquet"
    pq.write_table(table.drop_columns(["bbox"]).replace_schema_metadata({"geo": orjson.dumps(metadata)}), broken)
    paths = [exports["geoparquet"].path / f"{name}.parquet" for name in layers]
    *ours, theirs = check("geoparquet", *paths, broken)
    assert [file["findings"] for file in ours] == [[]] * len(layers) and all(file["passed"] > 15 for file in ours)
    wrong = " ".join(theirs["findings"])
    assert "/conf/core/geometry-types" in wrong and "/conf/covering/bbox-paths" in wrong, wrong


def test_the_size_of_batches_does_not_change_the_files(
    exports: dict[str, ExportedFile], public_release: PublicRelease, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (geo_layers, geopackage):
        monkeypatch.setattr(module, "BATCH_SIZE", 3)
    geojson.write(public_release, tmp_path / "json")
    geopackage.write(public_release, tmp_path / "atlas.gpkg")
    for path in (tmp_path / "json").iterdir():
        assert path.read_bytes() == (exports["geojson"].path / path.name).read_bytes()
    assert (tmp_path / "atlas.gpkg").read_bytes() == exports["geopackage"].path.read_bytes()


def test_rings_run_as_readers_expect() -> None:
    from overt.export.geo_layers import _to_type

    clockwise = shapely.from_wkt("POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0))")
    [converted] = _to_type("MultiPolygon", np.array([clockwise], dtype=object))
    assert converted.geom_type == "MultiPolygon" and shapely.get_exterior_ring(converted.geoms[0]).is_ccw


def test_geopandas_reads_a_box(exports: dict[str, ExportedFile], layers: dict[str, CompleteLayer]) -> None:
    geopandas = pytest.importorskip("geopandas")
    box = (30.0, -5.0, 45.0, 5.0)
    read = geopandas.read_parquet(exports["geoparquet"].path / "sites.parquet", bbox=box)
    layer = layers["sites"]
    inside = [
        identity
        for identity, shape in zip(layer.table["id"].to_pylist(), layer.shapes, strict=True)
        if shape.intersects(shapely.box(*box))
    ]
    assert 0 < len(inside) < layer.table.num_rows
    assert sorted(read["id"]) == inside
    assert read.crs.to_authority() == ("OGC", "CRS84")


@pytest.mark.parametrize(
    ("project", "site", "expected"),
    [
        ("open", "share-alike", "share-alike"),
        ("private", "open", "private"),
        ("open", None, None),
        (None, "open", None),
        ("unheard-of", "open", None),
    ],
)
def test_an_unknown_licence_is_not_open(project: str | None, site: str | None, expected: str | None) -> None:
    names = "kind status agreed construction_start started operational completed ended length capacity capacity_unit website"
    reuse = f"[{', '.join(map(quote_literal, STRICTNESS))}]"
    query = export_query("geo_layers.projects", {"first": "'a'", "last": "'z'", "roles": "count(*) AS supplier", "reuse": reuse})
    columns = ", ".join(f"NULL AS {name}" for name in names.split())
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE projects AS SELECT 'p' AS id, {columns}, ['KE'] AS country")
        connection.execute("CREATE TABLE records (id VARCHAR, label VARCHAR, reuse VARCHAR, independent_sources INTEGER)")
        connection.executemany("INSERT INTO records VALUES (?, 'A', ?, 1)", [("p", project), ("s", site)])
        connection.execute("CREATE TABLE roles (project VARCHAR, role VARCHAR, organization VARCHAR)")
        connection.execute("CREATE TABLE claims AS SELECT 'p' AS id, 'alpha' AS source")
        connection.execute(
            "CREATE TABLE places_by_layer AS"
            " SELECT 's' AS id, 'POINT (1 2)' AS geometry, ['p'] AS project, 'sites' AS layer, false AS is_behind_site"
        )
        [row] = connection.execute(f"SELECT id, reuse FROM ({query.strip().rstrip(';')})").fetchall()
    assert row == ("p", expected)
