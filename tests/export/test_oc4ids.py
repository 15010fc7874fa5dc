"""OC4IDS: its validator accepts the file, and no date, amount or place is more precise than what is known."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from overt.export.atomic_export import export
from overt.export.format_registry import FORMATS
from overt.export.loss_tally import LossTally
from overt.export.oc4ids.project_sections import References, make_budget, make_documents, make_locations, make_parties, parse_day
from overt.export.public_release_reader import PublicRelease
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from tests.support.small_atlas_exports import ExportedFile
from tests.validators import check

REFERENCES = References(
    {"ovt-o": {"id": "ovt-o", "name": ["A Bank"], "country": "CN", "identifier": ["wikidata:Q1", "lei:5493001KQW6DM7KEDR62"]}},
    {"ovt-d": {"id": "ovt-d", "url": "https://a.example", "title": None, "publisher": "P", "published": "2019", "lang": "en"}},
    {"ovt-o": "A Bank"},
    {"CN": "China", "KE": "Kenya", "X-ZANZIBAR": "Zanzibar"},
    {},
)


@pytest.fixture
def tally(public_release: PublicRelease) -> LossTally:
    return LossTally(public_release)


@pytest.fixture(scope="module")
def exported(exports: dict[str, ExportedFile]) -> ExportedFile:
    return exports["oc4ids"]


@pytest.fixture(scope="module")
def projects(exported: ExportedFile) -> dict[str, dict[str, Any]]:
    return {project["title"]: project for project in json.loads(exported.path.read_bytes())["projects"]}


def test_its_validator_accepts_the_file(exported: ExportedFile, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    package = json.loads(exported.path.read_bytes())
    package["projects"][0] |= {"status": "built", "cost": 5, "id": "no-prefix", "description": " "}
    broken.write_text(json.dumps(package), encoding="utf-8")
    ours, theirs = check("oc4ids", exported.path, broken)
    assert ours["findings"] == []
    assert ours["counts"]["projects"] == exported.report["records"]["project"]["written"] > 1
    findings = " ".join(theirs["findings"])
    assert all(word in findings for word in ("built", "cost", "invalid-project-ids", "missing-values"))


def test_a_project_has_its_kinds_its_sources_and_its_phase(projects: dict[str, dict[str, Any]]) -> None:
    (nairobi,) = [project for title, project in projects.items() if "Nairobi" in title or "NAIROBI" in title.upper()]
    assert (nairobi["status"], nairobi["sector"]) == ("completion", ["governance"])
    assert {kind["id"] for kind in nairobi["additionalClassifications"]} == {"smart-city", "video-surveillance"}
    assert {identifier["scheme"] for identifier in nairobi["identifiers"]} == {"open_projects", "other_projects"}
    assert not [project for project in projects.values() if "secret" in json.dumps(project).lower()]


def test_promised_money_has_no_total_and_dollars_of_2021_are_not_dollars(tally: LossTally) -> None:
    commitment = {"id": "ovt-c", "financier": ["ovt-o"], "flow": "loan", "agreed": "2012", "status": "agreed"}
    row = {
        "commitments": [
            {**commitment, "amount": Decimal("100.5000"), "unit": "USD@2021"},
            {**commitment, "id": "ovt-e", "amount": Decimal("7"), "unit": "EUR"},
        ]
    }
    budget = make_budget(row, REFERENCES, tally)
    constant, nominal = budget["budgetBreakdowns"][0]["budgetBreakdown"]
    assert "amount" not in budget and "amount" not in constant
    assert constant["description"] == "loan, agreed, 2012, 100.5 USD@2021"
    assert nominal["amount"] == {"amount": 7.0, "currency": "EUR"} and nominal["sourceParty"] == {"id": "ovt-o", "name": "A Bank"}


def test_a_location_has_its_precision(tally: LossTally) -> None:
    place = {"name": "Town", "country": "KE", "kind": "site", "geometry": "POINT (36.8 -1.28)"}
    row = {
        "country": ["KE", "X-ZANZIBAR"],
        "places": [
            {**place, "id": "a", "precision": "locality"},
            {**place, "id": "b", "precision": "admin1"},
            {**place, "id": "c", "precision": "schematic", "kind": "route", "geometry": "LINESTRING (0 0, 1 1)"},
        ],
    }
    town, province, country = make_locations(row, REFERENCES, tally)
    assert town["geometry"]["coordinates"] == [36.8, -1.28] and "not the site" in town["description"]
    assert "geometry" not in province and province["description"] == "Town: known to the province"
    assert country == {
        "id": "country-X-ZANZIBAR",
        "description": "known to the country alone",
        "address": {"countryName": "Zanzibar"},
    }


def test_a_party_is_listed_once_with_all_its_roles(tally: LossTally) -> None:
    roles = [
        {"id": f"r{n}", "organization": "ovt-o", "role": role} for n, role in enumerate(("owner", "implementer", "supplier"))
    ]
    (party,) = make_parties({"roles": roles, "commitments": None}, REFERENCES, tally)
    assert party["roles"] == ["owner", "supplier"]
    assert party["identifier"] == {"scheme": "XI-LEI", "id": "5493001KQW6DM7KEDR62"} and party["address"] == {
        "countryName": "China"
    }


def test_ids_have_the_publishers_prefix_and_the_report_notes_a_missing_one(
    exported: ExportedFile, public_release: PublicRelease, tmp_path: Path
) -> None:
    own = replace(public_release, oc4ids_prefix="oc4ids-abc123")
    report = export(own, FORMATS["oc4ids"], tmp_path / "own.json")
    ids, theirs = (
        [project["id"] for project in json.loads(path.read_bytes())["projects"]]
        for path in (exported.path, tmp_path / "own.json")
    )
    assert all(identity.startswith("oc4ids-000000-ovt-") for identity in ids)
    assert theirs == [identity.replace("000000", "abc123") for identity in ids]
    [unregistered] = exported.report["notes"]
    assert "given to nobody" in unregistered and "[export] oc4ids_prefix" in unregistered
    assert report["notes"] == []


def test_a_prefix_in_overt_toml_must_fit_the_standard(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "atlas")
    assert workspace.settings.export.oc4ids_prefix == "oc4ids-000000"
    path = workspace.root / "overt.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("oc4ids-000000", "ours"), encoding="utf-8")
    with pytest.raises(OvertError, match="oc4ids_prefix"):
        _ = Workspace(workspace.root).settings


def test_a_year_is_not_a_day(tally: LossTally) -> None:
    assert (parse_day("2019-05-17"), parse_day("2019-05"), parse_day("2019"), parse_day(None)) == (
        "2019-05-17T00:00:00Z",
        None,
        None,
        None,
    )
    (document,) = make_documents({"documents": ["ovt-d"]}, REFERENCES, tally)
    assert document == {"id": "ovt-d", "url": "https://a.example", "author": "P", "language": "en"}
