"""Places for which a source gives only the name of a town or province: coded claims, unlocated places, editors' choices."""

from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.claim import Claim
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError

SOURCE = """
title: Cameras
publisher: Somebody (invented)
address: https://cameras.example/
licence: CC BY 4.0
attribution: Somebody
reuse: open
covers: Cameras.
not_covered: Everything else.
records: {project: "{id}", place: "{project}/place"}
files: {rows: {patterns: ["rows.csv"], format: csv}}
"""
IMPORTER = """
from overt.importing import Context, geocode

def run(ctx: Context) -> None:
    for row in ctx.rows("rows"):
        with row:
            project = ctx.record("project", id=row["id"])
            project.add("name", row["id"])
            country = ctx.area(row["country"])
            place = ctx.record("place", project=project)
            place.add("project", project, at=row["id"])
            place.add("name", row["town"])
            place.add("country", country)
            geocode(place, row["town"], country, row["province"])
"""
ROWS = """id,town,province,country
a,Castro,,Italy
b,Castro,Lombardy,Italy
c,Lazio,,Italy
d,武汉市,,China
e,Hargeisa,,Somaliland
f,Nowhere at all,,Italy
"""


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    folder = tmp_path / "atlas/sources/cameras"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(SOURCE, encoding="utf-8")
    (folder / "importer.py").write_text(IMPORTER, encoding="utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "files/rows.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path / "atlas"


def run(atlas: Path) -> dict[str, dict[str, Claim]]:
    outcome: Outcome = import_folder(Catalogue(atlas), "cameras", atlas.parent / "files")
    assert not outcome.report.problems
    places: dict[str, dict[str, Claim]] = {}
    for claim in outcome.claims:
        if claim.type == "place":
            places.setdefault(claim.record.removeprefix("cameras:").removesuffix("/place"), {})[claim.property] = claim
    return places


def placed(claims: dict[str, Claim]) -> str | None:
    return claims["placed-by"].value if "placed-by" in claims else None


def test_placed_by_the_gazetteer(atlas: Path) -> None:
    places = run(atlas)
    assert {key: placed(claims) for key, claims in places.items()} == {
        "a": None,
        "b": "GeoNames 3179380: Castro, Lombardia",
        "c": "GeoNames 3174976: Lazio",
        "d": "GeoNames 1791247: Wuhan, Hubei Sheng",
        "e": "GeoNames 57289: Hargeysa, Woqooyi Galbeed",
        "f": None,
    }
    assert [places[key]["precision"].value for key in "abcdef"] == [
        "unlocated", "locality", "admin1", "locality", "locality", "unlocated",
    ]  # fmt: skip
    assert "geometry" not in places["a"]
    castro = places["b"]
    assert (castro["geometry"].value, castro["geometry"].original) == ("POINT (10.0659 45.8038)", "Castro, Lombardy")
    assert (castro["radius"].value, castro["radius"].unit) == ("3", "km")
    for name in ("geometry", "precision", "radius", "placed-by"):
        assert (castro[name].basis, castro[name].rule) == ("coded", "geonames-town@1")
        assert (places["c"][name].basis, places["c"][name].rule) == ("coded", "geonames-province@1")


def choose(atlas: Path, geonames: str, source: str = "cameras") -> None:
    (atlas / "vocab").mkdir(exist_ok=True)
    line = f"  - {{name: castro, country: IT, geonames: {geonames}, source: {source}, why: The council published the tender.}}\n"
    (atlas / "vocab/towns.yml").write_text(f"towns:\n{line}", encoding="utf-8")


def test_an_editor_chooses_and_takes_it_back(atlas: Path) -> None:
    choose(atlas, "6535652")
    chosen = run(atlas)["a"]
    assert placed(chosen) == "GeoNames 6535652: Castro, Puglia"
    assert chosen["geometry"].rule == "geonames-chosen@1"
    choose(atlas, "6535652", source="aspi_tech_map")
    assert placed(run(atlas)["a"]) is None
    (atlas / "vocab/towns.yml").unlink()
    assert placed(run(atlas)["a"]) is None


def test_choices_of_several_files_apply_and_the_atlas_precedes_the_package(atlas: Path) -> None:
    packaged = Catalogue(atlas).town_choices
    assert [(choice.name, choice.geonames) for _, choice in packaged] == [("Kashmir", "none")]
    choose(atlas, "6535652")
    own = "towns:\n  - {name: Kashmir, country: IN, geonames: 1269320, why: The register means the territory.}\n"
    (atlas / "vocab/towns-mine.yml").write_text(own, encoding="utf-8")
    assert [(file, choice.geonames) for file, choice in Catalogue(atlas).town_choices] == [
        ("vocab/towns.yml", "6535652"), ("vocab/towns-mine.yml", "1269320"), ("vocab/towns-packaged.yml", "none"),
    ]  # fmt: skip
    assert placed(run(atlas)["a"]) == "GeoNames 6535652: Castro, Puglia"


def test_an_editor_refuses_a_placement(atlas: Path) -> None:
    choose(atlas, "none")
    places = run(atlas)
    assert (placed(places["b"]), places["b"]["precision"].value) == (None, "unlocated")


def test_a_choice_in_source_yml(atlas: Path) -> None:
    path = atlas / "sources/cameras/source.yml"
    path.write_text(SOURCE + 'lookups: {towns: {Castro: "6535652"}}\n', encoding="utf-8")
    assert placed(run(atlas)["a"]) == "GeoNames 6535652: Castro, Puglia"


def test_a_choice_that_is_no_entry_is_refused_in_one_line(atlas: Path) -> None:
    choose(atlas, "184622")  # Nakuru in Kenya
    with pytest.raises(ContentError, match=r"vocab/towns\.yml: the gazetteer has no entry '184622' in IT; `overt places` lists"):
        run(atlas)
    choose(atlas, "Lecce")
    with pytest.raises(ContentError, match="'Lecce' is not an id of GeoNames, nor `none`"):
        run(atlas)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{name: Aqkol, country: Kazakhstan, geonames: 1, why: x}", "'Kazakhstan' is not the code of a country"),
        ("{name: Aqkol, country: KZ, geonames: 1, source: cameraz, why: x}", "there is no source 'cameraz'"),
        ("{name: Aqkol, country: KZ, geonames: '" + "9" * 5_000 + "', why: x}", "is not an id of GeoNames"),
        ("{name: Aqkol, country: KZ, geonames: '\u0661\u0662', why: x}", "is not an id of GeoNames"),
        ("{name: ' ', country: KZ, geonames: 1, why: x}", "the text is empty"),
        ("{name: castro, country: IT, geonames: 1, source: cameras, why: x}", "two entries, 6535652 and 1"),
    ],
)
def test_a_choice_that_cannot_apply_is_refused(atlas: Path, line: str, why: str) -> None:
    choose(atlas, "6535652")
    (atlas / "vocab/towns-mine.yml").write_text(f"towns:\n  - {line}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=why):
        _ = Catalogue(atlas).town_choices
