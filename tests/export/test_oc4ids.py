"""OC4IDS: what its validator says, and that no date, amount or place is finer than it is known."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from overt.export.loss_report import Account
from overt.export.oc4ids.parts import Looked, budget_of, day, documents_of, locations_of, parties_of
from overt.export.public_release import Holdings
from overt.export.registry import FORMATS
from overt.export.run import export
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from tests.support.exports import ExportedFile
from tests.validators import check

LOOKED = Looked(
    {"ovt-o": {"id": "ovt-o", "name": ["A Bank"], "country": "CN", "identifier": ["wikidata:Q1", "lei:5493001KQW6DM7KEDR62"]}},
    {"ovt-d": {"id": "ovt-d", "url": "https://a.example", "title": None, "publisher": "P", "published": "2019", "lang": "en"}},
    {"ovt-o": "A Bank"},
    {"CN": "China", "KE": "Kenya", "X-ZANZIBAR": "Zanzibar"},
    {},
)


@pytest.fixture
def account(holdings: Holdings) -> Account:
    return Account(holdings)


@pytest.fixture(scope="module")
def made(exports: dict[str, ExportedFile]) -> ExportedFile:
    return exports["oc4ids"]


@pytest.fixture(scope="module")
def projects(made: ExportedFile) -> dict[str, dict[str, Any]]:
    return {project["title"]: project for project in json.loads(made.path.read_bytes())["projects"]}


def test_its_validator_finds_nothing(made: ExportedFile, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.json"
    package = json.loads(made.path.read_bytes())
    package["projects"][0] |= {"status": "built", "cost": 5, "id": "no-prefix", "description": " "}
    spoilt.write_text(json.dumps(package), encoding="utf-8")
    ours, theirs = check("oc4ids", made.path, spoilt)
    assert ours["findings"] == []
    assert ours["counts"]["projects"] == made.report["records"]["project"]["written"] > 1
    said = " ".join(theirs["findings"])
    assert all(word in said for word in ("built", "cost", "invalid-project-ids", "missing-values"))


def test_a_project_has_its_kinds_its_sources_and_its_phase(projects: dict[str, dict[str, Any]]) -> None:
    (nairobi,) = [project for title, project in projects.items() if "Nairobi" in title or "NAIROBI" in title.upper()]
    assert (nairobi["status"], nairobi["sector"]) == ("completion", ["governance"])
    assert {kind["id"] for kind in nairobi["additionalClassifications"]} == {"smart-city", "video-surveillance"}
    assert {identifier["scheme"] for identifier in nairobi["identifiers"]} == {"open_projects", "other_projects"}
    assert not [project for project in projects.values() if "secret" in json.dumps(project).lower()]


def test_what_was_promised_is_no_total_and_dollars_of_2021_are_no_dollars(account: Account) -> None:
    promised = {"id": "ovt-c", "financier": ["ovt-o"], "flow": "loan", "agreed": "2012", "status": "agreed"}
    row = {
        "commitments": [
            {**promised, "amount": Decimal("100.5000"), "unit": "USD@2021"},
            {**promised, "id": "ovt-e", "amount": Decimal("7"), "unit": "EUR"},
        ]
    }
    budget = budget_of(row, LOOKED, account)
    constant, nominal = budget["budgetBreakdowns"][0]["budgetBreakdown"]
    assert "amount" not in budget and "amount" not in constant
    assert constant["description"] == "loan, agreed, 2012, 100.5 USD@2021"
    assert nominal["amount"] == {"amount": 7.0, "currency": "EUR"} and nominal["sourceParty"] == {"id": "ovt-o", "name": "A Bank"}


def test_a_location_says_how_exactly_it_is_known(account: Account) -> None:
    place = {"name": "Town", "country": "KE", "kind": "site", "geometry": "POINT (36.8 -1.28)"}
    row = {
        "country": ["KE", "X-ZANZIBAR"],
        "places": [
            {**place, "id": "a", "precision": "locality"},
            {**place, "id": "b", "precision": "admin1"},
            {**place, "id": "c", "precision": "schematic", "kind": "route", "geometry": "LINESTRING (0 0, 1 1)"},
        ],
    }
    town, province, country = locations_of(row, LOOKED, account)
    assert town["geometry"]["coordinates"] == [36.8, -1.28] and "not the site" in town["description"]
    assert "geometry" not in province and province["description"] == "Town: known to the province"
    assert country == {
        "id": "country-X-ZANZIBAR",
        "description": "known to the country alone",
        "address": {"countryName": "Zanzibar"},
    }


def test_a_party_stands_once_with_all_its_roles(account: Account) -> None:
    roles = [
        {"id": f"r{n}", "organization": "ovt-o", "role": role} for n, role in enumerate(("owner", "implementer", "supplier"))
    ]
    (party,) = parties_of({"roles": roles, "commitments": None}, LOOKED, account)
    assert party["roles"] == ["owner", "supplier"]
    assert party["identifier"] == {"scheme": "XI-LEI", "id": "5493001KQW6DM7KEDR62"} and party["address"] == {
        "countryName": "China"
    }


def test_ids_bear_the_publishers_prefix_and_the_report_says_where_there_is_none(
    made: ExportedFile, holdings: Holdings, tmp_path: Path
) -> None:
    own = replace(holdings, oc4ids_prefix="oc4ids-abc123")
    said = export(own, FORMATS["oc4ids"], tmp_path / "own.json")
    ids, theirs = (
        [project["id"] for project in json.loads(path.read_bytes())["projects"]] for path in (made.path, tmp_path / "own.json")
    )
    assert all(one.startswith("oc4ids-000000-ovt-") for one in ids)
    assert theirs == [one.replace("000000", "abc123") for one in ids]
    [unregistered] = made.report["notes"]
    assert "given to nobody" in unregistered and "[export] oc4ids_prefix" in unregistered
    assert said["notes"] == []


def test_a_prefix_in_overt_toml_is_one_of_the_standard(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "atlas")
    assert workspace.settings.export.oc4ids_prefix == "oc4ids-000000"
    path = workspace.root / "overt.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("oc4ids-000000", "ours"), encoding="utf-8")
    with pytest.raises(OvertError, match="oc4ids_prefix"):
        _ = Workspace(workspace.root).settings


def test_a_year_is_no_day(account: Account) -> None:
    assert (day("2019-05-17"), day("2019-05"), day("2019"), day(None)) == ("2019-05-17T00:00:00Z", None, None, None)
    (document,) = documents_of({"documents": ["ovt-d"]}, LOOKED, account)
    assert document == {"id": "ovt-d", "url": "https://a.example", "author": "P", "language": "en"}
