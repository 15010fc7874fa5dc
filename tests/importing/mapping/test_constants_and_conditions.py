"""Constants and conditions (`constant`, `at`, `when`) of a mapping."""

from pathlib import Path

import pytest

from tests.importing.mapping.tracker_source import MAPPING, ROW, run, values, with_lines


def test_a_constant_needs_no_column_and_has_the_key_as_its_evidence(tmp_path: Path) -> None:
    outcome = run(tmp_path, [ROW], with_lines("umbrella: {constant: 'false'}"))
    [claim] = [claim for claim in outcome.claims if claim.property == "umbrella"]
    [place] = [evidence for evidence in outcome.evidence if evidence.claim_id == claim.id]
    assert (claim.value, place.locator) == ("false", "sheet=Projects;row=4;col=No")


def test_a_constant_is_not_stated_if_the_cells_that_say_so_are_empty(tmp_path: Path) -> None:
    outcome = run(tmp_path, [{**ROW, "Notes": None}], with_lines("umbrella: {constant: 'true', at: Notes}"))
    assert outcome.report.problems == [] and "umbrella" not in values(outcome, "7")


@pytest.mark.parametrize(("text", "expected"), [("built under PPP", {"true"}), ("direct award", set())])
def test_a_condition_decides_whether_a_value_is_stated(tmp_path: Path, text: str, expected: set[str]) -> None:
    mapping = with_lines("umbrella: {constant: 'true', at: Notes, when: {column: Notes, contains: ppp}}")
    assert values(run(tmp_path, [{**ROW, "Notes": text}], mapping), "7").get("umbrella", set()) == expected


def test_case_makes_no_difference_to_the_lookup_of_a_condition(tmp_path: Path) -> None:
    mapping = with_lines("umbrella: {constant: 'true', when: {column: Status, lookup: statuses, equals: Operational}}")
    assert values(run(tmp_path, [{**ROW, "Status": "OPERATIONAL"}], mapping), "7")["umbrella"] == {"true"}


def test_an_unknown_word_in_a_condition_hides_no_other_problem(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "- record: project\n", "- record: project\n        when: {column: Status, lookup: statuses, equals: x}\n"
    )
    mapping = mapping.replace(
        "lookups:\n", '      - record: assessment\n        country: Country\n        year: {constant: "2019"}\nlookups:\n', 1
    ).replace('  project: "{No}"\n', '  project: "{No}"\n  assessment: "assessment/{country}"\n')
    outcome = run(tmp_path, [{**ROW, "Status": "live", "Country": "Kennya"}], mapping)
    assert {problem.value for problem in outcome.report.problems} == {"live", "Kennya"}


def test_a_row_out_of_scope_is_counted_by_its_rule(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "    records:\n", "    out_of_scope:\n      cancelled: {column: Status, equals: cancelled}\n    records:\n", 1
    )
    outcome = run(tmp_path, [ROW, {**ROW, "No": 8, "Status": "Cancelled"}], mapping + "scope:\n  cancelled: It was cancelled.\n")
    assert (outcome.report.imported, dict(outcome.report.out_of_scope)) == (1, {"cancelled": 1})
