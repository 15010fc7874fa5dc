"""AidData's geometry is drawn instead of a province. Exports have it, with its notice, only if share-alike data are allowed."""

import shutil
from pathlib import Path

import orjson
import pytest

from overt.model.content_catalogue import Catalogue
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, fetch_samples
from tests.support.command_runs import overt
from tests.support.release_table_rows_and_file_hashes import read_table

KONZA = "aiddata_gcdf:59366"


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    made = Atlas(tmp_path_factory.mktemp("geometry"), index=False)
    fetch_samples(made.workspace, ["aiddata_gcdf", "aiddata_geometry"])
    for step in ("import", "resolve"):
        made.ok(step)
    made.build("--threads", 1)
    return made


def project_id(atlas: Atlas, record: str) -> str:
    tables = next((atlas.root / "releases").glob("*/tables"))
    return str(next(row["id"] for row in read_table(tables / "members.parquet") if row["record"] == record))


def allow_share_alike(atlas: Atlas, folder: Path) -> Path:
    """Copy the atlas, with settings that allow share-alike data to be republished."""
    root = Path(shutil.copytree(atlas.root, folder / "atlas"))
    settings = root / "overt.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'republish = ["open"]' in text
    settings.write_text(text.replace('republish = ["open"]', 'republish = ["open", "share-alike"]'), encoding="utf-8")
    return root


@pytest.mark.slow
def test_a_site_is_drawn_instead_of_its_province(atlas: Atlas) -> None:
    client = Client(create_app(ServeSettings(atlas.workspace, next((atlas.root / "releases").glob("*-*")).name)))
    feature = client.get(f"/ogc/collections/projects/items/{project_id(atlas, KONZA)}?f=json").json()
    assert feature["properties"]["precision"] == ["exact"]
    assert feature["geometry"]["type"] == "Point"
    longitude, latitude = feature["geometry"]["coordinates"]
    assert 37.2 < longitude < 37.204 and -1.7 < latitude < -1.697
    page = client.get(f"/project/{project_id(atlas, KONZA)}").text
    assert "the site itself or its address" in page
    assert "an outline around 1.6985° S, 37.202° E" in page
    assert "© OpenStreetMap contributors" in page
    assert "© OpenStreetMap contributors" in client.get("/tiles/tiles.json").json()["attribution"]
    assert "OpenStreetMap" not in client.get(f"/project/{project_id(atlas, 'aiddata_gcdf:20')}").text


@pytest.mark.slow
@pytest.mark.parametrize("allowed", [False, True])
def test_exports_have_geometry_and_notice_only_if_share_alike_may_leave(atlas: Atlas, tmp_path: Path, allowed: bool) -> None:
    root = allow_share_alike(atlas, tmp_path) if allowed else Path(shutil.copytree(atlas.root, tmp_path / "atlas"))
    outcome = overt("export", "geojson", tmp_path / "json", "--workspace", root)
    assert outcome.code == 0, outcome
    collection = orjson.loads((tmp_path / "json" / "projects.geojson").read_bytes())
    notices = " ".join(f"{source['licence']} {source['attribution']}" for source in collection["sources"])
    assert ("ODbL 1.0" in notices) == ("© OpenStreetMap contributors" in notices) == allowed
    assert (tmp_path / "json" / "areas.geojson").exists() == allowed
    features = {feature["id"]: feature for feature in collection["features"]}
    konza = features[project_id(atlas, KONZA)]
    assert konza["properties"]["reuse"] == ("share-alike" if allowed else "open")
    assert konza["properties"]["source"] == ["aiddata_gcdf", *(["aiddata_geometry"] if allowed else [])]
    assert len(konza["geometry"]["coordinates"]) == 1 if konza["geometry"] else not allowed
    if allowed:
        areas = orjson.loads((tmp_path / "json" / "areas.geojson").read_bytes())["features"]
        assert {area["properties"]["reuse"] for area in areas} == {"share-alike"}
        assert {area["geometry"]["type"] for area in areas} == {"MultiPolygon"}


def test_the_flat_table_has_a_point_inside_the_outline(atlas: Atlas) -> None:
    tables = next((atlas.root / "releases").glob("*/tables"))
    rows = {row["id"]: row for row in read_table(tables / "projects_flat.parquet")}
    konza = rows[project_id(atlas, KONZA)]
    assert konza["precision"] == "exact" and konza["places"] == 1
    assert 37.2 < konza["longitude"] < 37.204 and -1.7 < konza["latitude"] < -1.697


def test_the_source_ships_nothing() -> None:
    folder = Catalogue().source_folders["aiddata_geometry"]
    assert not (folder / "edition").is_dir()
