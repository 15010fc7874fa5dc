"""Places from towns, coordinates and shapes in cells."""

from pathlib import Path

import pytest

from tests.importing.mapping.tracker_source import MAPPING, ROW, run, values


@pytest.mark.parametrize("latitude", ["1.29 S", "1.29° S", "1.29S"])
def test_a_latitude_with_a_letter_is_a_problem(tmp_path: Path, latitude: str) -> None:
    mapping = MAPPING.replace("geocode: true", "latitude: Client, longitude: Notes").replace("        customer: Client\n", "")
    mapping = mapping.replace("    ignore: {Notes: our own reminders}\n", "")
    report = run(
        tmp_path, [{**ROW, "Client": latitude, "Notes": "36.82"}, {**ROW, "No": 8, "Client": -1.29, "Notes": 36.82}], mapping
    ).report
    assert (report.imported, report.problem_count) == (1, 1)
    assert report.problems[0].locator.endswith("row=4;col=Client")


def test_a_shape_belongs_to_one_place(tmp_path: Path) -> None:
    mapping = MAPPING.replace("geocode: true", 'split: ";", geometry: Notes')
    row = {**ROW, "City": "Nairobi; Mombasa", "Notes": "POINT (36.8 -1.3)"}
    [problem] = run(tmp_path, [row], mapping.replace("    ignore: {Notes: our own reminders}\n", "")).report.problems
    assert "2 places, but only one point or shape" in problem.message


def test_a_place_with_a_point_needs_no_name(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "place: {column: City, geocode: true}", "place: [{latitude: City, longitude: Client}, {geometry: Notes}]"
    )
    mapping = mapping.replace("        customer: Client\n", "").replace("    ignore: {Notes: our own reminders}\n", "")
    outcome = run(tmp_path, [{**ROW, "City": "-1.29", "Client": 36.82, "Notes": "POINT (36.9 -1.3)"}], mapping)
    first, second = values(outcome, "7/place/site"), values(outcome, "7/place/site-2")
    assert (first["geometry"], second["geometry"]) == ({"POINT (36.82 -1.29)"}, {"POINT (36.9 -1.3)"})
    assert "name" not in first and first["country"] == {"KE"}


def test_each_of_several_towns_has_its_own_country_and_province(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "place: {column: City, geocode: true}",
        'place: {column: City, split: ";", geocode: true, country: {column: Client, split: ";"},'
        ' admin1: {column: Notes, split: ";"}}',
    )
    mapping = mapping.replace("        customer: Client\n", "").replace("    ignore: {Notes: our own reminders}\n", "")
    row = {**ROW, "City": "Springfield; Nairobi", "Client": "United States; Kenya", "Notes": "Illinois; Nairobi"}
    outcome = run(tmp_path, [row], mapping)
    springfield = values(outcome, "7/place/springfield")
    assert springfield["country"] == {"US"} and "Illinois" in next(iter(springfield["placed-by"]))
    assert values(outcome, "7/place/nairobi")["country"] == {"KE"}


@pytest.mark.parametrize("country_first", [True, False])
def test_a_row_without_the_country_does_not_make_a_located_town_unlocated(tmp_path: Path, country_first: bool) -> None:
    """Mawlamyine once had the point from one row and the precision `unlocated` from another, so no map drew it."""
    rows = [ROW, {**ROW, "Country": "", "Source URL": "https://example.org/b"}]
    outcome = run(tmp_path, rows if country_first else rows[::-1], MAPPING.replace("unique: [project]\n", ""))
    assert outcome.report.imported == 2
    nairobi = values(outcome, "7/place/nairobi")
    assert nairobi["precision"] == {"locality"} and len(nairobi["geometry"]) == 1
    stated = {claim.id for claim in outcome.claims}
    assert {evidence.claim_id for evidence in outcome.evidence} == stated, "the evidence of the dropped claim is dropped, too"


def test_a_town_of_which_no_row_has_the_country_is_unlocated(tmp_path: Path) -> None:
    nairobi = values(run(tmp_path, [{**ROW, "Country": ""}]), "7/place/nairobi")
    assert nairobi["precision"] == {"unlocated"} and "geometry" not in nairobi
