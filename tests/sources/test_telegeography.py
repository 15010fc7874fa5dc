"""The cable map: owners are split correctly, dates keep their precision, every cable counts, and broken files are refused."""

import json
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from overt.importing.errors import FileProblem
from overt.importing.folder_import_without_archive import import_folder
from overt.importing.importers.importer_loading import load_importer
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue
from overt.model.yaml_reading_and_validation import read_yaml

SLUG = "telegeography"
Values = dict[str, dict[str, set[str]]]
Edit = Callable[[Any], Any]


def values(outcome: Outcome) -> Values:
    records: Values = defaultdict(lambda: defaultdict(set))
    for claim in outcome.claims:
        records[claim.record.partition(":")[2]][claim.property].add(claim.value.removeprefix(f"{SLUG}:"))
    return records


@pytest.fixture(scope="module")
def names(content: Catalogue) -> Any:
    folder = content.source_folders[SLUG]
    return load_importer(SLUG, content).Names(read_yaml(folder / "reading.yml"))


@pytest.fixture
def sample(content: Catalogue, tmp_path: Path) -> Path:
    return Path(shutil.copytree(str(content.source_folders[SLUG] / "sample"), tmp_path / "sample"))


def edit(path: Path, change: Edit) -> None:
    document = json.loads(path.read_text())
    path.write_text(json.dumps(change(document), ensure_ascii=False))


def first_problem(content: Catalogue, folder: Path) -> str:
    problem = import_folder(content, SLUG, folder).report.problems[0]
    return f"{problem.file} {problem.locator} {problem.message}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Google", ["Google"]),
        ("Telecom Egypt, Telecom Italia Sparkle", ["Telecom Egypt", "Telecom Italia Sparkle"]),
        ("Blackburn Technologies, LLC.", ["Blackburn Technologies, LLC."]),
        ("Kakike, Lda., KumoxiCom, Lda.", ["Kakike, Lda.", "KumoxiCom, Lda."]),
        ("Seren Juno Network Co., Ltd.", ["Seren Juno Network Co., Ltd."]),
        ("KDDI, Ocean Specialists, Inc (OSI), KT", ["KDDI", "Ocean Specialists, Inc (OSI)", "KT"]),
        (
            "Arelion (formerly Telia Carrier), Telia Eesti (formerly Eesti Telekom, EMT, Elion)",
            ["Arelion (formerly Telia Carrier)", "Telia Eesti (formerly Eesti Telekom, EMT, Elion)"],
        ),
        (
            "Ogero, Libyan Post, Telecommunications and Information Technology Company (LPTIC Holding), du",
            ["Ogero", "Libyan Post, Telecommunications and Information Technology Company (LPTIC Holding)", "du"],
        ),
        ("Libyan Post, Orange", ["Libyan Post", "Orange"]),
        ("First, , Second,", ["First", "Second"]),
        ("Odd (never closed, Three", ["Odd (never closed, Three"]),
        ("Tusass A/S, NOR5KE Fibre AS", ["Tusass A/S", "NOR5KE Fibre AS"]),
    ],
)
def test_lists_of_owners(names: Any, text: str, expected: list[str]) -> None:
    assert names.split(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        ("Arelion (formerly Telia Carrier)", "Arelion", ["Telia Carrier"]),
        ("Telia Eesti (formerly Eesti Telekom, EMT, Elion)", "Telia Eesti", ["Eesti Telekom", "EMT", "Elion"]),
        ("Bharat Sanchar Nigam Ltd. (BSNL)", "Bharat Sanchar Nigam Ltd.", ["BSNL"]),
        ("NATCOM (Nigeria)", "NATCOM (Nigeria)", []),
        ("Airtel (Bharti)", "Airtel (Bharti)", []),
        ("China Mobile", "China Mobile", []),
    ],
)
def test_parentheses(names: Any, text: str, name: str, aliases: list[str]) -> None:
    assert names.read(text) == (name, aliases)


def test_a_name_that_two_owners_share(content: Catalogue, sample: Path) -> None:
    def lands(country: str) -> Edit:
        return lambda cable: {
            **cable,
            "owners": "OPT",
            "landing_points": [{**landing, "country": country} for landing in cable["landing_points"]],
        }

    edit(sample / "cable/plus-1-cable.json", lands("New Caledonia"))
    edit(sample / "cable/kelp-ring-kr.json", lands("Benin"))
    for folder in ("landing-point", "cable"):  # the other files would contradict the changed countries
        for path in (sample / folder).glob("*-*.json"):
            if path.name not in ("plus-1-cable.json", "kelp-ring-kr.json"):
                path.unlink()
    (sample / "cable/all.json").unlink()
    outcome = import_folder(content, SLUG, sample)
    names = {claim.value: claim for claim in outcome.claims if claim.type == "organization" and claim.property == "name"}
    assert names["OPT (New Caledonia)"].basis == "coded"
    assert names["OPT"].basis == "stated"
    assert names["OPT"].record != names["OPT (New Caledonia)"].record


@pytest.mark.parametrize(
    ("rfs", "year", "expected"),
    [
        ("2023 Q4", 2023, {"2023-36"}),
        ("2018 May", 2018, {"2018-05"}),
        ("1994", 1994, {"1994"}),
        (None, None, set()),
        ("TBD", None, set()),
        (None, 2030, {"2030"}),
    ],
)
def test_ready_for_service(content: Catalogue, sample: Path, rfs: str | None, year: int | None, expected: set[str]) -> None:
    edit(sample / "cable/plus-1-cable.json", lambda cable: {**cable, "rfs": rfs, "rfs_year": year})
    assert values(import_folder(content, SLUG, sample))["plus-1-cable"]["operational"] == expected


@pytest.mark.parametrize(
    ("file", "change", "expected"),
    [
        (
            "cable/plus-1-cable.json",
            {"rfs": "Spring 2023"},
            "cable/plus-1-cable.json /rfs 'Spring 2023' is not a ready-for-service",
        ),
        ("cable/plus-1-cable.json", {"rfs_year": 2019}, "/rfs_year rfs says 2023 Q1, rfs_year says 2019"),
        ("cable/plus-1-cable.json", {"length": "21 miles"}, "/length '21 miles' is not a length in km"),
        ("cable/plus-1-cable.json", {"is_planned": None}, "/is_planned '' is not a word that Overt knows here"),
        (
            "cable/plus-1-cable.json",
            {"url": "javascript:alert(1)"},
            "/url website: 'http://javascript:alert(1)' is not a web address",
        ),
        ("cable/plus-1-cable.json", {"colour": "red"}, "column 'colour' is neither used nor ignored"),
        (
            "cable/plus-1-cable.json",
            {"landing_points": [{"id": "x", "name": "X", "country": "Atlantis"}]},
            "'Atlantis' is not a known country",
        ),
        (
            "cable/plus-1-cable.json",
            {"id": "gannet-festoon"},
            "duplicate id: telegeography:gannet-festoon is already in cable/gannet-festoon.json",
        ),
    ],
)
def test_broken_cables(content: Catalogue, sample: Path, file: str, change: dict[str, Any], expected: str) -> None:
    edit(sample / file, lambda document: {**document, **change})
    assert expected in first_problem(content, sample)


@pytest.mark.parametrize(
    ("coordinates", "expected"),
    [
        ([5.24, -4.021], "(5.24, -4.021): longitude and latitude look swapped"),
        ([-4.021, 95.24], "latitude 95.24 is beyond the poles"),
        ([-184.021, 5.24], "longitude -184.021 is beyond"),
        (None, "is not a geometry in GeoJSON"),
        (["a", "b"], "is not a geometry in GeoJSON"),
    ],
)
def test_broken_points(content: Catalogue, sample: Path, coordinates: Any, expected: str) -> None:
    def move(document: Any) -> Any:
        document["features"][1]["geometry"]["coordinates"] = coordinates
        return document

    edit(sample / "landing-point/landing-point-geo.json", move)
    problem = first_problem(content, sample)
    assert expected in problem
    assert problem.startswith("landing-point/landing-point-geo.json /features/1")


def test_a_snapshot_that_lacks_a_cable(content: Catalogue, sample: Path) -> None:
    (sample / "cable/plus-1-cable.json").unlink()
    assert "cable 'plus-1-cable' has no file of its own in cable/" in first_problem(content, sample)


def test_a_refused_cable_cannot_be_referred_to(content: Catalogue, sample: Path) -> None:
    edit(sample / "cable/plus-1-cable.json", lambda cable: {**cable, "length": "21 miles"})
    problems = import_folder(content, SLUG, sample).report.problems
    assert problems[0].file == "cable/plus-1-cable.json"
    assert {problem.file.partition("/")[0] for problem in problems[1:]} == {"landing-point", "cable"}
    assert all("or that file is a problem" in problem.message for problem in problems[1:])


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("cable/plus-1-cable.json", ["landing_points", 0]),
        ("cable/cable-geo.json", ["features", 1, "properties"]),
        ("landing-point/landing-point-geo.json", ["features", 1, "properties"]),
    ],
)
def test_an_unknown_nested_key_is_a_problem(content: Catalogue, sample: Path, file: str, place: list[str | int]) -> None:
    def mark(document: Any) -> Any:
        value = document
        for step in place:
            value = value[step]
        value["tapped_by"] = "nobody"
        return document

    edit(sample / file, mark)
    pointer = "/".join(map(str, ["", *place, "tapped_by"]))
    assert first_problem(content, sample).startswith(f"{file} {pointer} ")


@pytest.mark.parametrize("data", [b"", b'{"id": "plus-1', b"<!doctype html><html>", b"[1]", b"\xff\xfe{}"])
def test_files_that_are_not_json(content: Catalogue, sample: Path, data: bytes) -> None:
    (sample / "cable/plus-1-cable.json").write_bytes(data)
    with pytest.raises(FileProblem, match=r"^telegeography: cable/plus-1-cable\.json: [^\n]+$"):
        import_folder(content, SLUG, sample)


def test_an_undecided_landing_has_no_point(content: Catalogue, sample: Path) -> None:
    records = values(import_folder(content, SLUG, sample))
    expected = records["undecided-landing/sandpiper-link.sandpiper-japan"]
    assert expected["precision"] == {"unlocated"}
    assert "geometry" not in expected
    assert "landing-point/sandpiper-japan" not in records
    assert records["sandpiper-link"]["country"] == {"US", "JP"}


@pytest.fixture(scope="module")
def complete_map(content: Catalogue, data: Path) -> Outcome:
    return import_folder(content, SLUG, data / "telegeography", complete=True)


@pytest.mark.data
def test_every_cable_and_landing_point_is_accounted_for(complete_map: Outcome) -> None:
    report = complete_map.report
    assert dict(report.rows_by_role) == {
        "cables": 526,
        "landing_points": 1435,
        "points": 1436,
        "routes": 532,
        "index": 526,
        "config": 1,
    }
    assert (report.rows_read, report.imported, report.problems) == (4456, 3928, [])
    assert dict(report.out_of_scope) == {"index": 526, "undecided-point": 1, "point-elsewhere": 1}
    records = values(complete_map)
    assert sum("length" in record for record in records.values()) == 494
    assert sum("operational" in record for record in records.values()) == 521
    places = {key: record for key, record in records.items() if "precision" in record}
    landings = {key for key in places if key.startswith("landing-point/")}
    assert len(landings) == 1435
    assert [key for key in landings if "geometry" not in places[key]] == ["landing-point/cristbal-ecuador"]
    assert sum(key.startswith("undecided-landing/") for key in places) == 8
    assert all("project" in place for place in places.values())


@pytest.mark.data
def test_cables_of_chinese_companies(complete_map: Outcome, data: Path) -> None:
    roles = [record for record in values(complete_map).values() if "role" in record]

    def cables(role: str, *slugs: str) -> set[str]:
        organizations = {f"organization/{slug}" for slug in slugs}
        return {
            project
            for record in roles
            if role in record["role"] and record["organization"] & organizations
            for project in record["project"]
        }

    supplied = cables("supplier", "hmn-tech")
    owned = cables("owner", "china-mobile", "china-telecom", "china-unicom")
    assert (len(supplied), len(owned), len(supplied | owned)) == (36, 23, 54)
    listed = json.loads((data / "telegeography/v3/supplier/hmn-tech.json").read_text())["cables"]
    assert supplied == {cable["id"] for cable in listed}, "the map's own list by supplier, which the importer does not read"


@pytest.mark.data
def test_no_owner_is_lost_or_cut(complete_map: Outcome, data: Path, names: Any) -> None:
    """Every list of owners has one more owner than commas, except for nine lists with a comma inside a name."""
    folder = data / "telegeography/v3/cable"
    cables = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json") if path.stem not in ("all", "cable-geo")}
    inside = {
        key
        for key, cable in cables.items()
        if cable["owners"] and len(names.split(cable["owners"])) != cable["owners"].count(",") + 1
    }
    assert len(inside) == 9
    assert {"boriken-submarine-cable-system-bscs", "juno", "nzadi-cable-system", "poseidon", "sweden-estonia-ee-s-1"} <= inside
    made = {claim.record for claim in complete_map.claims if claim.type == "role"}
    listed = sum(len(set(names.split(cable[column] or ""))) for cable in cables.values() for column in ("owners", "suppliers"))
    assert len(made) == listed == 1558


@pytest.mark.data
def test_suppliers_agree_with_the_maps_own_lists(complete_map: Outcome, data: Path) -> None:
    records = values(complete_map)
    supplied: dict[str, set[str]] = defaultdict(set)
    for record in records.values():
        if "supplier" in record.get("role", ()):
            supplied[min(records[min(record["organization"])]["name"])] |= record["project"]
    lists = [json.loads(path.read_text()) for path in (data / "telegeography/v3/supplier").glob("*.json")]
    assert supplied == {entry["name"]: {cable["id"] for cable in entry["cables"]} for entry in lists}


@pytest.mark.data
def test_the_map_has_its_own_date(complete_map: Outcome) -> None:
    assert (complete_map.report.as_of, complete_map.report.as_of_place) == ("2022-11-10", "v3/config.json /creation_time")
