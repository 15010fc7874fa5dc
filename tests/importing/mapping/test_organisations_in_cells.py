"""Organisations that a cell names: their roles, countries, dates and owners."""

from pathlib import Path

import pytest

from overt.importing.snapshot_importer_run import Outcome
from overt.model.errors import ContentError
from tests.importing.mapping.tracker_source import MAPPING, ROW, run, values


def roles(outcome: Outcome, name: str) -> dict[str, set[str]]:
    """Return the values of a company's role as a supplier of project 7."""
    return values(outcome, f"7/supplier/{name}")


def test_two_spellings_of_a_name_are_one_organisation(tmp_path: Path) -> None:
    outcome = run(tmp_path, [ROW, {**ROW, "No": 8, "Vendor(s)": "HUAWEI"}])
    assert values(outcome, "organization/huawei") == {"name": {"Huawei", "HUAWEI"}}


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
