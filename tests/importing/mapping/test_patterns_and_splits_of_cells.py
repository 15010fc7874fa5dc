"""A pattern takes part of a cell, `split` divides a cell, and some words mean an empty cell."""

from pathlib import Path

from tests.importing.mapping.tracker_source import MAPPING, ROW, run, values, with_lines


def test_a_pattern_takes_a_part_of_a_text_by_a_rule(tmp_path: Path) -> None:
    mapping = (
        with_lines("length: {column: Notes, match: '(\\d+) km', rule: km@1}") + "rules:\n  km@1: The notes have the length.\n"
    )
    outcome = run(tmp_path, [{**ROW, "Notes": "a ring of 120 km, leased"}], mapping)
    [claim] = [claim for claim in outcome.claims if claim.property == "length"]
    assert (claim.value, claim.unit, claim.basis, claim.rule) == ("120", "km", "coded", "km@1")


def test_a_text_that_does_not_fit_the_pattern_is_a_problem(tmp_path: Path) -> None:
    mapping = with_lines("length: {column: Notes, match: '(\\d+) km'}")
    [problem] = run(tmp_path, [{**ROW, "Notes": "a ring"}], mapping).report.problems
    assert "'a ring' does not fit the pattern" in problem.message


def test_no_pattern_makes_an_import_hang(tmp_path: Path) -> None:
    mapping = with_lines(
        "length: {column: Notes, match: '^(a+)+$'}", "umbrella: {column: City, when: {column: Notes, matches: '^(a+)+$'}}"
    )
    [problem] = run(tmp_path, [{**ROW, "Notes": f"{'a' * 60}b"}], mapping).report.problems
    assert "does not fit the pattern" in problem.message


def test_words_for_nothing_state_nothing(tmp_path: Path) -> None:
    mapping = MAPPING.replace("column: Client", "").replace("customer: Client", 'customer: {column: Client, empty: ["n/a", "-"]}')
    assert not [claim for claim in run(tmp_path, [{**ROW, "Client": "N/A"}], mapping).claims if claim.value == "customer"]


def test_and_separates_only_as_a_word(tmp_path: Path) -> None:
    outcome = run(tmp_path, [{**ROW, "Vendor(s)": "Sandvine and Andover; Netsweeper"}])
    names = {
        claim.value for claim in outcome.claims if claim.record.startswith("tracker:organization/") and claim.property == "name"
    }
    assert {"Sandvine", "Andover", "Netsweeper"} <= names


def test_a_cell_of_many_spaces_is_split(tmp_path: Path) -> None:
    """Nearly as many as a spreadsheet's cell can hold. A pattern that starts again at each of them hardly comes to an end."""
    outcome = run(tmp_path, [{**ROW, "Vendor(s)": f"Huawei{' ' * 30_000}Ltd and ZTE"}])
    assert "tracker:organization/zte" in {claim.record for claim in outcome.claims}


def test_a_record_for_each_part_and_for_several_columns(tmp_path: Path) -> None:
    mapping = MAPPING + ("  series: {Value: digital-repression}\n")
    mapping = mapping.replace(
        "lookups:\n",
        "      - record: assessment\n"
        '        each: {column: Country, split: ";"}\n'
        "        country: Country\n"
        "        year: {constant: '2019'}\n"
        "      - record: indicator\n"
        "        per_column: series\n"
        "        series: (word)\n"
        "        country: {column: Client}\n"
        "        year: {constant: '2019'}\n"
        "        value: {column: (value)}\n"
        "lookups:\n",
        1,
    ).replace(
        '  project: "{No}"\n', '  project: "{No}"\n  assessment: "assessment/{country}"\n  indicator: "{series}/{country}"\n'
    )
    mapping = mapping.replace("country: Country\n        agreed", 'country: {column: Country, split: ";"}\n        agreed')
    mapping = mapping.replace("        customer: Client\n", "").replace(
        "        commitment: {column: Value, financier: {column: Lender}}\n", ""
    )
    row = {**ROW, "Country": "Kenya; Uganda", "Client": "Kenya", "Value": 0.5, "Lender": None}
    outcome = run(tmp_path, [row], mapping)
    assert outcome.report.problems == []
    assert values(outcome, "assessment/UG") == {"country": {"UG"}, "year": {"2019"}}
    assert values(outcome, "digital-repression/KE")["value"] == {"0.5"}
