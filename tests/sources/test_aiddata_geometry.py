"""AidData's geometry: equal shapes are one place, nothing out of scope comes in, and impossible shapes are problems."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.importers.importer_trust import own_importers
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.workspace import Workspace

SLUG = "aiddata_geometry"
KONZA = "59366.geojson"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def sample(content: Catalogue, tmp_path: Path) -> Path:
    return Path(shutil.copytree(str(content.source_folders[SLUG] / "sample" / "geojson_communications"), tmp_path / "sample"))


def edit(path: Path, change: Change) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document["features"][0])
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def values(outcome: Outcome, property_: str) -> dict[str, list[str]]:
    by_record: dict[str, list[str]] = {}
    for claim in outcome.claims:
        if claim.type == "place" and claim.property == property_:
            by_record.setdefault(claim.record, []).append(claim.value)
    return by_record


def ring(*positions: Any) -> Change:
    return lambda feature: feature.update(geometry={"type": "MultiPolygon", "coordinates": [[list(positions)]]})


def test_a_shape_of_two_projects_is_one_place(content: Catalogue, sample: Path) -> None:
    outcome = import_folder(content, SLUG, sample)
    shared = [sorted(projects) for projects in values(outcome, "project").values() if len(projects) > 1]
    assert shared == [["aiddata_gcdf:40508", "aiddata_gcdf:66936"]]


def test_a_node_is_a_point_and_directions_are_a_schematic_line(content: Catalogue, sample: Path) -> None:
    outcome = import_folder(content, SLUG, sample)
    geometry, precision = values(outcome, "geometry"), values(outcome, "precision")
    kinds = {(value.split(" ")[0], precision[record][0]) for record, [value] in geometry.items()}
    assert kinds == {
        ("POINT", "exact"),
        ("POINT", "locality"),
        ("POLYGON", "exact"),
        ("POLYGON", "locality"),
        ("LINESTRING", "schematic"),
    }
    assert {claim.rule for claim in outcome.claims if claim.property == "geometry" and claim.basis == "coded"} == {
        "aiddata-geometry-node@1",
        "aiddata-geometry-directions@1",
    }


def test_each_kind_of_shape_cites_links_of_its_kind(content: Catalogue, sample: Path) -> None:
    """A project in the Ivory Coast lists a node and then an area as links, but its shapes are in the reverse order."""
    outcome = import_folder(content, SLUG, sample)
    ivory_coast = {record for record, countries in values(outcome, "country").items() if countries == ["CI"]}
    cited = {
        claim.value.split(" ")[0]: claim.document
        for claim in outcome.claims
        if claim.record in ivory_coast and claim.property == "geometry"
    }
    prefix = f"{SLUG}:openstreetmap"
    assert cited == {"POINT": f"{prefix}/node/900000004", "POLYGON": f"{prefix}/way/900000005"}


def test_a_project_out_of_scope_stays_out(content: Catalogue, sample: Path) -> None:
    report = import_folder(content, SLUG, sample).report
    assert report.out_of_scope == {"project-out-of-scope": 1}
    edit(sample / KONZA, lambda feature: feature["properties"].update({"Title": "China donates computers and printers"}))
    report = import_folder(content, SLUG, sample).report
    assert (report.out_of_scope.total(), report.imported, report.problem_count) == (2, 6, 0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (ring([37.2, -1.7], [37.3, -1.7], [37.3, -1.6], [37.2, -1.6]), "/0/0/3 the ring is not closed"),
        (ring([37.2, -1.7], [37.3, -1.6], [37.3, -1.7], [37.2, -1.6], [37.2, -1.7]), "/0 an impossible shape: Self-inter"),
        (ring([37.2, -1.7], [37.3, -1.7], [37.2, -1.7]), "/0/0 a ring needs at least four positions"),
        (ring([37.2, -1.7], [37.3, -1.7], [37.3, 98.0], [37.2, -1.7]), "/0/0/2 (37.3, 98) is not on the globe"),
        (ring([37.2, -1.7], ["37.3", -1.7], [37.3, -1.6], [37.2, -1.7]), "/0/0/1 not a position"),
        (ring([37.2, -1.7], None, [37.3, -1.6], [37.2, -1.7]), "/0/0/1 not a position"),
        (ring([37.2, -1.7], [37.2, -1.7], [37.2, -1.7], [37.2, -1.7]), "an impossible shape"),
        (ring([-1.7, 37.2], [-1.6, 37.2], [-1.6, 37.3], [-1.7, 37.2]), "outside of Kenya (longitude and latitude look swapped)"),
        (lambda feature: feature.update(geometry=None), "/features/0/geometry not a Polygon or MultiPolygon"),
        (lambda feature: feature.update(geometry={"type": "Point", "coordinates": [37.2, -1.7]}), "not a Polygon"),
        (lambda feature: feature.update(geometry={"type": "MultiPolygon", "coordinates": []}), "not a Polygon or MultiPolygon"),
        (lambda feature: feature.update(geometry={"type": "Polygon", "coordinates": 7}), "/coordinates not a list of rings"),
        (lambda feature: feature["properties"].update(osm_precision_list="adm8"), "'adm8' is not a word that Overt knows here"),
        (lambda feature: feature["properties"].update(osm_precision_list="precise,precise"), "2 precisions for 1 links"),
        (lambda feature: feature["properties"].update(osm_links="https://maps.example/1"), "is not a link to a node, way"),
        (lambda feature: feature["properties"].update(osm_links=None), "is not a link to a node, way, relation"),
        (lambda feature: feature["properties"].update(id=66936), "project 66936 already has a feature"),
        (lambda feature: feature["properties"].update(id=None), "needs the id and the Title"),
        (lambda feature: feature["properties"].update({"Recipient.ISO-3": "XYZ"}), "not a known country"),
        (lambda feature: feature["properties"].update(colour="red"), "'/properties/colour' is neither used nor ignored"),
    ],
)  # fmt: skip
def test_problems_name_file_and_place(content: Catalogue, sample: Path, change: Change, expected: str) -> None:
    path = sample / "66937.geojson"  # This name sorts after the file of project 66936.
    (sample / KONZA).rename(path)
    edit(path, change)
    report = import_folder(content, SLUG, sample).report
    [problem] = report.problems
    assert expected in f"{problem.locator} {problem.message}"
    assert problem.file.endswith(path.name)
    assert report.rows_read == report.imported + report.out_of_scope.total() + 1 == 8


def test_directions_beside_a_site_are_a_problem(content: Catalogue, sample: Path) -> None:
    links = "https://www.openstreetmap.org/way/1,https://www.openstreetmap.org/directions?route=-1%2C37%3B-2%2C38"
    edit(sample / KONZA, lambda feature: feature["properties"].update(osm_links=links, osm_precision_list="precise,precise"))
    [problem] = import_folder(content, SLUG, sample).report.problems
    assert "which shape is which is not known" in problem.message


def own_table(tmp_path: Path, importer: str) -> Path:
    """Make an atlas whose own source `aiddata_gcdf` has this importer; return its folder."""
    folder = tmp_path / "atlas" / "sources" / "aiddata_gcdf"
    folder.mkdir(parents=True)
    shutil.copy(str(Catalogue().source_folders["aiddata_gcdf"] / "source.yml"), folder)
    (folder / "importer.py").write_text(importer, encoding="utf-8")
    return tmp_path / "atlas"


def test_an_atlas_s_own_table_decides_what_is_in_scope(sample: Path, tmp_path: Path) -> None:
    rule = "def scope_rule(words):\n    return lambda sector, title: None if 'smart' in title else 'x'\n"
    importer = f"def run(ctx):\n    pass\n\n\n{rule}"
    report = import_folder(Catalogue(own_table(tmp_path, importer)), SLUG, sample).report
    assert (report.imported, report.out_of_scope.total()) == (1, 7)


def test_a_table_that_has_no_scope_rule_is_an_error_in_one_line(sample: Path, tmp_path: Path) -> None:
    root = own_table(tmp_path, "def run(ctx):\n    pass\n")
    with pytest.raises(ContentError, match=r"describes aiddata_gcdf, but .* has no function scope_rule"):
        import_folder(Catalogue(root), SLUG, sample)


def test_code_of_the_described_source_needs_trust_too(tmp_path: Path) -> None:
    Workspace.create(root := tmp_path / "atlas")
    own_table(tmp_path, "def run(ctx):\n    pass\n")
    assert own_importers(Workspace.open(root), [SLUG]) == [root / "sources" / "aiddata_gcdf"]


@pytest.mark.ci
@pytest.mark.data
def test_every_real_feature_is_a_place(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SLUG, data / "aiddata", complete=True)
    report = outcome.report
    assert (report.rows_read, report.imported, report.problem_count) == (38, 38, 0)
    geometry = {record: value for record, [value] in values(outcome, "geometry").items()}
    kinds = [value.split(" ")[0] for value in geometry.values()]
    assert {kind: kinds.count(kind) for kind in kinds} == {"POLYGON": 19, "POINT": 7, "MULTILINESTRING": 1}
    assert all(shapely.from_wkt(value).is_valid for value in geometry.values())
    assert max(map(len, geometry.values())) < 50_000
    assert sum(map(len, values(outcome, "project").values())) == 41
    assert len({project for projects in values(outcome, "project").values() for project in projects}) == 38


@pytest.mark.data
def test_every_real_project_is_one_of_the_table(content: Catalogue, data: Path) -> None:
    places = import_folder(content, SLUG, data / "aiddata")
    projects = {
        claim.record for claim in import_folder(content, "aiddata_gcdf", data / "aiddata").claims if claim.type == "project"
    }
    assert {project for named in values(places, "project").values() for project in named} <= projects
