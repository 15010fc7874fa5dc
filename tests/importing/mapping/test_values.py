"""How a mapping reads values: conditions, lists, patterns, lookups, languages, amounts, places, roles and documents."""

import time
from pathlib import Path

import pytest

from overt.importing.problem_groups import group_problems
from overt.importing.snapshot_importer_run import Outcome
from overt.model.errors import ContentError
from tests.importing.mapping.tracker_source import MAPPING, ROW, run, values


def with_lines(*lines: str) -> str:
    """Return the mapping with more properties of the project."""
    return MAPPING.replace(
        "        country: Country\n", "        country: Country\n" + "".join(f"        {line}\n" for line in lines)
    )


def test_a_constant_needs_no_column_and_has_the_key_as_its_evidence(tmp_path: Path) -> None:
    outcome = run(tmp_path, [ROW], with_lines("umbrella: {constant: 'false'}"))
    [claim] = [claim for claim in outcome.claims if claim.property == "umbrella"]
    [place] = [evidence for evidence in outcome.evidence if evidence.claim_id == claim.id]
    assert (claim.value, place.locator) == ("false", "sheet=Projects;row=4;col=No")


@pytest.mark.parametrize(("text", "expected"), [("built under PPP", {"true"}), ("direct award", set())])
def test_a_condition_decides_whether_a_value_is_stated(tmp_path: Path, text: str, expected: set[str]) -> None:
    mapping = with_lines("umbrella: {constant: 'true', at: Notes, when: {column: Notes, contains: ppp}}")
    assert values(run(tmp_path, [{**ROW, "Notes": text}], mapping), "7").get("umbrella", set()) == expected


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


def test_words_for_nothing_state_nothing(tmp_path: Path) -> None:
    mapping = MAPPING.replace("column: Client", "").replace("customer: Client", 'customer: {column: Client, empty: ["n/a", "-"]}')
    assert not [claim for claim in run(tmp_path, [{**ROW, "Client": "N/A"}], mapping).claims if claim.value == "customer"]


def test_and_separates_only_as_a_word(tmp_path: Path) -> None:
    outcome = run(tmp_path, [{**ROW, "Vendor(s)": "Sandvine and Andover; Netsweeper"}])
    names = {
        claim.value for claim in outcome.claims if claim.record.startswith("tracker:organization/") and claim.property == "name"
    }
    assert {"Sandvine", "Andover", "Netsweeper"} <= names


def test_two_spellings_of_a_name_are_one_organisation(tmp_path: Path) -> None:
    outcome = run(tmp_path, [ROW, {**ROW, "No": 8, "Vendor(s)": "HUAWEI"}])
    assert values(outcome, "organization/huawei") == {"name": {"Huawei", "HUAWEI"}}


def test_every_document_that_a_row_cites_supports_its_facts(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "document: {column: Source URL, title: Source}",
        'document: {column: Source URL, split: ";", title: {column: Source, split: ";"}}',
    )
    row = {**ROW, "Source URL": "https://example.org/a; https://example.org/b", "Source": "Report; Contract"}
    outcome = run(tmp_path, [row], mapping)
    status = next(claim for claim in outcome.claims if claim.property == "status")
    cited = {evidence.document for evidence in outcome.evidence if evidence.claim_id == status.id}
    assert cited == {"tracker:document/https-example-org-a", "tracker:document/https-example-org-b"}
    assert values(outcome, "document/https-example-org-b")["title"] == {"Contract"}


def test_a_currency_in_its_own_column(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "commitment: {column: Value,", "commitment: {column: Value, currency: {column: Notes}, times: '1000000',"
    )
    outcome = run(
        tmp_path, [{**ROW, "Value": 1.5, "Notes": "EUR"}], mapping.replace("    ignore: {Notes: our own reminders}\n", "")
    )
    [claim] = [claim for claim in outcome.claims if claim.property == "amount"]
    assert (claim.value, claim.unit) == ("1500000", "EUR")


def test_an_unknown_currency_is_one_problem(tmp_path: Path) -> None:
    mapping = MAPPING.replace("{column: Value,", "{column: Value, currency: {column: Notes, lookup: currencies},")
    mapping = mapping.replace("lookups:\n", "lookups:\n  currencies: {dollars: USD}\n")
    [problem] = run(tmp_path, [{**ROW, "Value": "1.2m", "Notes": "Foo"}], mapping).report.problems
    assert "'Foo'" in problem.message and problem.locator.endswith("col=Notes")
    [problem] = run(tmp_path / "empty", [{**ROW, "Value": "1.2m", "Notes": None}], mapping).report.problems
    assert "column Notes is empty" in problem.message


def test_a_scale_of_the_text_beside_a_factor_is_a_problem(tmp_path: Path) -> None:
    mapping = MAPPING.replace("commitment: {column: Value,", "commitment: {column: Value, times: '1000000',")
    outcome = run(tmp_path, [{**ROW, "Value": "US$3"}, {**ROW, "No": 8, "Value": "US$1.2bn"}], mapping)
    assert [claim.value for claim in outcome.claims if claim.property == "amount"] == ["3000000"]
    [problem] = outcome.report.problems
    assert problem.message == ("amount: 'US$1.2bn' has a scale of its own beside `times: 1000000`; write it under `corrections:`")


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_of_the_spreadsheet_is_a_problem(tmp_path: Path, error: str) -> None:
    [problem] = run(tmp_path, [{**ROW, "Client": error}]).report.problems
    assert problem.message == f"the cell has the error {error}; mend the formula" and problem.locator.endswith("col=Client")


def test_a_row_out_of_scope_is_counted_by_its_rule(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "    records:\n", "    out_of_scope:\n      cancelled: {column: Status, equals: cancelled}\n    records:\n", 1
    )
    outcome = run(tmp_path, [ROW, {**ROW, "No": 8, "Status": "Cancelled"}], mapping + "scope:\n  cancelled: It was cancelled.\n")
    assert (outcome.report.imported, dict(outcome.report.out_of_scope)) == (1, {"cancelled": 1})


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


def test_a_constant_is_not_stated_if_the_cells_that_say_so_are_empty(tmp_path: Path) -> None:
    outcome = run(tmp_path, [{**ROW, "Notes": None}], with_lines("umbrella: {constant: 'true', at: Notes}"))
    assert outcome.report.problems == [] and "umbrella" not in values(outcome, "7")


def test_case_makes_no_difference_to_the_lookup_of_a_condition(tmp_path: Path) -> None:
    mapping = with_lines("umbrella: {constant: 'true', when: {column: Status, lookup: statuses, equals: Operational}}")
    assert values(run(tmp_path, [{**ROW, "Status": "OPERATIONAL"}], mapping), "7")["umbrella"] == {"true"}


def test_no_pattern_makes_an_import_hang(tmp_path: Path) -> None:
    mapping = with_lines(
        "length: {column: Notes, match: '^(a+)+$'}", "umbrella: {column: City, when: {column: Notes, matches: '^(a+)+$'}}"
    )
    [problem] = run(tmp_path, [{**ROW, "Notes": f"{'a' * 60}b"}], mapping).report.problems
    assert "does not fit the pattern" in problem.message


def test_a_required_value_is_missed_beside_other_problems(tmp_path: Path) -> None:
    mapping = MAPPING.replace("customer: Client", "customer: {column: Client, required: true}")
    problems = run(tmp_path, [{**ROW, "Client": None, "Status": "open"}], mapping).report.problems
    assert [problem.locator.rpartition("=")[2] for problem in problems] == ["Status", "Client"]


def test_each_document_has_its_own_date_and_all_have_the_only_publisher(tmp_path: Path) -> None:
    document = 'document: {column: Source URL, split: ";", published: {column: Source, split: ";"}, publisher: Client}'
    mapping = MAPPING.replace("document: {column: Source URL, title: Source}", document)
    row = {**ROW, "Source URL": "https://example.org/a; https://example.org/b", "Source": "2019; 2020"}
    outcome = run(tmp_path, [row, {**row, "No": 8, "Source": "2019; 2020; 2021"}], mapping)
    assert values(outcome, "document/https-example-org-b") == {
        "url": {"https://example.org/b"}, "published": {"2020"}, "publisher": {"National Police Service"},
    }  # fmt: skip
    [problem] = outcome.report.problems
    assert "3 values of published for 2 addresses" in problem.message


def roles(outcome: Outcome, name: str) -> dict[str, set[str]]:
    """Return the values of a company's role as a supplier of project 7."""
    return values(outcome, f"7/supplier/{name}")


def test_each_of_several_organisations_has_its_own_country_and_dates(tmp_path: Path) -> None:
    mapping = MAPPING.replace("    ignore: {Notes: our own reminders}\n", "").replace(
        'supplier: {column: Vendor(s), split: ["&", ";", "and"]}',
        'supplier: {column: Vendor(s), split: ";", country: {column: Client, split: ";"}, start: {column: Notes, split: ";"}}',
    )
    row = {**ROW, "Vendor(s)": "Huawei; Thales", "Client": "China; France", "Notes": "2015; 2016"}
    outcome = run(tmp_path, [row], mapping.replace("        customer: Client\n", ""))
    assert values(outcome, "organization/huawei")["country"] == {"CN"}
    assert values(outcome, "organization/thales")["country"] == {"FR"}
    assert (roles(outcome, "huawei")["start"], roles(outcome, "thales")["start"]) == ({"2015"}, {"2016"})


def test_two_countries_of_three_organisations_are_a_problem(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        'split: ["&", ";", "and"]}\n        customer: Client', 'split: ";", country: {column: Client, split: ";"}}'
    )
    row = {**ROW, "Vendor(s)": "Huawei; Thales; ZTE", "Client": "China; France"}
    [problem] = run(tmp_path, [row], mapping).report.problems
    assert problem.message == "2 values of country for 3 organisations; are both split alike?"
    assert problem.locator.endswith("col=Client")


def test_each_of_several_amounts_has_its_own_lender(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "commitment: {column: Value, financier: {column: Lender}}",
        'commitment: {column: Value, split: ";", financier: {column: Lender, split: ";"},'
        ' agreed: {column: Signed, dates: "%d/%m/%Y"}}',
    )
    row = {**ROW, "Value": "US$1m; €2m", "Lender": "Exim; KfW"}
    outcome = run(tmp_path, [row], mapping)
    amounts = {claim.record: claim.unit for claim in outcome.claims if claim.type == "commitment" and claim.property == "amount"}
    lenders = {claim.record: claim.value for claim in outcome.claims if claim.property == "financier"}
    assert {amounts[record]: lender for record, lender in lenders.items()} == {
        "USD": "tracker:organization/exim", "EUR": "tracker:organization/kfw",
    }  # fmt: skip
    assert [values(outcome, record.partition(":")[2])["agreed"] for record in amounts] == [{"2019-05-17"}] * 2
    refused = run(tmp_path / "three", [{**row, "Lender": "Exim; KfW; JICA"}], mapping)
    assert [problem.message for problem in refused.report.problems] == ["3 financiers for 2 amounts; are both split alike?"]


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
    """Mawlamyine had the point of one row and, in the release, the precision `unlocated` of another, so no map drew it."""
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


def test_an_organisation_with_two_roles_in_a_cell_has_both(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        'supplier: {column: Vendor(s), split: ["&", ";", "and"]}\n        customer: Client',
        'parties: {column: Vendor(s), role: {column: Client, split: ";"}}',
    )
    outcome = run(tmp_path, [{**ROW, "Vendor(s)": "Huawei", "Client": "supplier; operator"}], mapping)
    assert roles(outcome, "huawei")["role"] == {"supplier"}
    assert values(outcome, "7/operator/huawei")["role"] == {"operator"}


def with_relation(details: str) -> str:
    """Return the mapping with a relation from each vendor to the lender. `details`: further keys of `from`."""
    return MAPPING.replace('  project: "{No}"\n', '  project: "{No}"\n  relation: "relation/{No}"\n').replace(
        "lookups:\n",
        "      - record: relation\n"
        "        kind: {constant: subsidiary}\n"
        f'        from: {{column: Vendor(s), split: ";", {details}}}\n'
        "        to: Lender\n"
        "lookups:\n",
        1,
    )


def test_the_lookup_of_what_an_owner_is_has_terms_of_its_vocabulary(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="'video-surveillance' is not a term of organization-kinds; use one of"):
        run(tmp_path, [ROW], with_relation("kind: {column: Type, lookup: kinds}"))


def test_each_of_several_owners_has_its_own_country(tmp_path: Path) -> None:
    mapping = with_relation('country: {column: Client, split: ";"}')
    row = {**ROW, "Vendor(s)": "Huawei; Thales", "Client": "China; France"}
    outcome = run(tmp_path, [row], mapping.replace("        customer: Client\n", ""))
    assert values(outcome, "organization/huawei")["country"] == {"CN"}


def test_a_place_with_a_point_needs_no_name(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "place: {column: City, geocode: true}", "place: [{latitude: City, longitude: Client}, {geometry: Notes}]"
    )
    mapping = mapping.replace("        customer: Client\n", "").replace("    ignore: {Notes: our own reminders}\n", "")
    outcome = run(tmp_path, [{**ROW, "City": "-1.29", "Client": 36.82, "Notes": "POINT (36.9 -1.3)"}], mapping)
    first, second = values(outcome, "7/place/site"), values(outcome, "7/place/site-2")
    assert (first["geometry"], second["geometry"]) == ({"POINT (36.82 -1.29)"}, {"POINT (36.9 -1.3)"})
    assert "name" not in first and first["country"] == {"KE"}


def test_an_unknown_word_in_a_condition_hides_no_other_problem(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "- record: project\n", "- record: project\n        when: {column: Status, lookup: statuses, equals: x}\n"
    )
    mapping = mapping.replace(
        "lookups:\n", '      - record: assessment\n        country: Country\n        year: {constant: "2019"}\nlookups:\n', 1
    ).replace('  project: "{No}"\n', '  project: "{No}"\n  assessment: "assessment/{country}"\n')
    outcome = run(tmp_path, [{**ROW, "Status": "live", "Country": "Kennya"}], mapping)
    assert {problem.value for problem in outcome.report.problems} == {"live", "Kennya"}


def test_a_cell_of_spaces_is_split_at_once(tmp_path: Path) -> None:
    before = time.process_time()
    outcome = run(tmp_path, [{**ROW, "Vendor(s)": f"Huawei{' ' * 30_000}Ltd and ZTE"}])
    assert "tracker:organization/zte" in {claim.record for claim in outcome.claims}
    assert time.process_time() - before < 5


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
