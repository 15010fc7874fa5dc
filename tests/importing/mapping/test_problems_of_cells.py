"""Problems of mapped cells: where they are, and which of them have one cause."""

from pathlib import Path

import pytest

from overt.importing.problem_groups import group_problems
from tests.importing.mapping.tracker_source import MAPPING, ROW, run


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_of_the_spreadsheet_is_a_problem(tmp_path: Path, error: str) -> None:
    [problem] = run(tmp_path, [{**ROW, "Client": error}]).report.problems
    assert problem.message == f"the cell has the error {error}; mend the formula" and problem.locator.endswith("col=Client")


def test_a_required_value_is_missed_beside_other_problems(tmp_path: Path) -> None:
    mapping = MAPPING.replace("customer: Client", "customer: {column: Client, required: true}")
    problems = run(tmp_path, [{**ROW, "Client": None, "Status": "open"}], mapping).report.problems
    assert [problem.locator.rpartition("=")[2] for problem in problems] == ["Status", "Client"]


def test_a_column_of_languages_has_codes(tmp_path: Path) -> None:
    mapping = MAPPING.replace("{column: Project, lang: en}", "{column: Project, lang: {column: Notes}}")
    mapping = mapping.replace("    ignore: {Notes: our own reminders}\n", "")
    outcome = run(tmp_path, [{**ROW, "Notes": "sw"}, {**ROW, "No": 8, "Notes": "Swahili"}], mapping)
    assert {claim.lang for claim in outcome.claims if claim.property == "name" and claim.record == "tracker:7"} == {"sw", "zh"}
    [problem] = outcome.report.problems
    assert problem.locator.endswith("row=5;col=Notes") and "lang: 'Swahili' is not the code of a language" in problem.message


def test_repeated_texts_and_points_abroad_are_one_cause_each(tmp_path: Path) -> None:
    rows = [{**ROW, "No": number, "Project": name} for number, name in enumerate("AABB")]
    unique = run(tmp_path / "unique", rows, MAPPING.replace("    ignore: {", "    unique: Project\n    ignore: {"))
    [group] = group_problems(unique.report.problems)
    assert (group.rows, group.values, group.column) == (2, {"A": 1, "B": 1}, "Project")
    mapping = MAPPING.replace("place: {column: City, geocode: true}", "place: {latitude: City, longitude: Client}")
    abroad = [{**ROW, "No": number, "City": number, "Client": 120} for number in (1, 2)]
    outside = run(tmp_path / "outside", abroad, mapping.replace("        customer: Client\n", ""))
    [group] = group_problems(outside.report.problems)
    assert (group.rows, group.cause) == (2, "… lies outside of Kenya")
