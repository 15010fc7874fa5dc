"""The Open Fibre Data Standard: what its validator says, and that nothing is drawn that nobody said."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from overt.export.loss_report import Account
from overt.export.ofds.ofds import organisations_of
from overt.export.ofds.spans import nodes_of, spans_of
from overt.export.public_release import Holdings
from tests.support.exports import ExportedFile
from tests.validators import check


@pytest.fixture(scope="module")
def made(exports: dict[str, ExportedFile]) -> ExportedFile:
    return exports["ofds"]


@pytest.fixture(scope="module")
def cable(made: ExportedFile) -> dict[str, Any]:
    (network,) = json.loads((made.path / "network-package.json").read_bytes())["networks"]
    return network


def place(identity: str, geometry: str | None, kind: str = "landing-point", precision: str = "locality") -> dict[str, Any]:
    return {"id": identity, "name": identity, "country": "KE", "geometry": geometry, "precision": precision, "kind": kind}


def known(**more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("name", "status", "country", "operational", "length", "capacity", "capacity_unit", "website", "roles"))
    return {"id": "ovt-a", "places": [], **empty, **more}


def test_its_validator_finds_nothing_and_makes_the_same_geojson(made: ExportedFile, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(made.path, spoilt)
    text = (spoilt / "network-package.json").read_text(encoding="utf-8")
    wrong = text.replace('"underConstruction"', '"begun"').replace('"start":"', '"start":"no-')
    (spoilt / "network-package.json").write_text(wrong, encoding="utf-8")
    ours, theirs = check("ofds", made.path, spoilt)
    assert ours["findings"] == []
    assert ours["counts"]["networks"] == made.report["records"]["project"]["written"] == 1
    assert any("begun" in found for found in theirs["findings"])
    assert any("span_start_node_not_found" in found for found in theirs["findings"])


def test_a_cable_is_a_network_of_its_landing_points(cable: dict[str, Any]) -> None:
    assert {node["name"]: node["address"]["country"] for node in cable["nodes"]} == {
        "Mombasa, Kenya": "KE",
        "Karachi, Pakistan": "PK",
    }
    (span,) = cable["spans"]
    assert {span["start"], span["end"]} == {node["id"] for node in cable["nodes"]}
    assert (span["status"], span["fibreLength"], span["countries"]) == ("underConstruction", 5000, ["KE", "PK"])
    assert "schematic" in cable["accuracyDetails"] and "readyForServiceDate" not in span


def test_who_did_what_stands_in_the_codes_of_the_standard_and_in_our_words(holdings: Holdings) -> None:
    roles = [{"id": f"r{n}", "organization": "ovt-o", "role": role} for n, role in enumerate(("owner", "guarantor", "supplier"))]
    held = {
        "id": "ovt-o",
        "name": ["A Company"],
        "country": "X-GAZA",
        "identifier": ["lei:5493001KQW6DM7KEDR62", "wikidata:Q1"],
        "website": None,
    }
    (organisation,) = organisations_of(known(roles=roles), Account(holdings), {"ovt-o": held}, {"ovt-o": "A Company"})
    assert organisation == {
        "id": "ovt-o",
        "name": "A Company",
        "identifier": {"id": "5493001KQW6DM7KEDR62", "scheme": "XI-LEI"},
        "roles": ["transmissionMediumOwner", "supplier"],
        "roleDetails": "owner, guarantor, supplier",
    }


def test_a_landing_that_no_line_leads_to_starts_a_span_without_an_end(holdings: Holdings) -> None:
    """Where a cable goes from there nobody said."""
    route = place("route", "LINESTRING (0 0, 5 5, 9.999 9.999)", "route", "schematic")
    sea = known(places=[place("a", "POINT (0 0)"), place("b", "POINT (10 10)"), place("c", "POINT (20 0)"), route])
    account = Account(holdings)
    nodes = nodes_of(sea, account)
    spans = spans_of(sea, nodes, [], account)
    assert [(span.get("start"), span.get("end"), "route" in span) for span in spans] == [("a", "b", True), ("c", None, False)]


def test_a_point_of_a_province_is_no_location(holdings: Holdings) -> None:
    (node,) = nodes_of(known(places=[place("a", "POINT (1 2)", "site", "admin1")]), Account(holdings))
    assert "location" not in node


def test_lengths_belong_to_a_cable_of_one_span(holdings: Holdings) -> None:
    account = Account(holdings)
    (whole,) = spans_of(known(length=12, capacity=2, capacity_unit="Tbps", country=["KE", "X-AFRICA-REGIONAL"]), [], [], account)
    assert (whole["fibreLength"], whole["countries"]) == (12, ["KE"])
    route = place("route", "MULTILINESTRING ((0 0, 1 1), (1 1, 2 2))", "route", "schematic")
    parts = spans_of(known(length=12, places=[route]), [], [], account)
    empty = known(places=[place("nothing", "LINESTRING EMPTY", "route", "schematic"), place("no line", "POINT (1 1)", "route")])
    assert [span["id"] for span in spans_of(empty, [], [], account)] == ["ovt-a-cable"]
    assert len(parts) == 2 and not any("fibreLength" in span for span in parts)
