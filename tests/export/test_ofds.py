"""The Open Fibre Data Standard: its validator accepts the files, and nothing is drawn that no source states."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from overt.export.loss_tally import LossTally
from overt.export.ofds.network_package import make_organisations
from overt.export.ofds.nodes_and_spans import make_nodes, make_spans
from overt.export.public_release_reader import PublicRelease
from tests.support.small_atlas_exports import ExportedFile
from tests.validators import check


@pytest.fixture(scope="module")
def exported(exports: dict[str, ExportedFile]) -> ExportedFile:
    return exports["ofds"]


@pytest.fixture(scope="module")
def cable(exported: ExportedFile) -> dict[str, Any]:
    (network,) = json.loads((exported.path / "network-package.json").read_bytes())["networks"]
    return network


def place(identity: str, geometry: str | None, kind: str = "landing-point", precision: str = "locality") -> dict[str, Any]:
    return {"id": identity, "name": identity, "country": "KE", "geometry": geometry, "precision": precision, "kind": kind}


def make_cable(**values: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("name", "status", "country", "operational", "length", "capacity", "capacity_unit", "website", "roles"))
    return {"id": "ovt-a", "places": [], **empty, **values}


def test_its_validator_accepts_the_files_and_makes_the_same_geojson(exported: ExportedFile, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(exported.path, broken)
    text = (broken / "network-package.json").read_text(encoding="utf-8")
    wrong = text.replace('"underConstruction"', '"begun"').replace('"start":"', '"start":"no-')
    (broken / "network-package.json").write_text(wrong, encoding="utf-8")
    ours, theirs = check("ofds", exported.path, broken)
    assert ours["findings"] == []
    assert ours["counts"]["networks"] == exported.report["records"]["project"]["written"] == 1
    assert any("begun" in finding for finding in theirs["findings"])
    assert any("span_start_node_not_found" in finding for finding in theirs["findings"])


def test_a_cable_is_a_network_of_its_landing_points(cable: dict[str, Any]) -> None:
    assert {node["name"]: node["address"]["country"] for node in cable["nodes"]} == {
        "Mombasa, Kenya": "KE",
        "Karachi, Pakistan": "PK",
    }
    (span,) = cable["spans"]
    assert {span["start"], span["end"]} == {node["id"] for node in cable["nodes"]}
    assert (span["status"], span["fibreLength"], span["countries"]) == ("underConstruction", 5000, ["KE", "PK"])
    assert "schematic" in cable["accuracyDetails"] and "readyForServiceDate" not in span


def test_roles_are_in_the_codes_of_the_standard_and_in_our_words(public_release: PublicRelease) -> None:
    roles = [{"id": f"r{n}", "organization": "ovt-o", "role": role} for n, role in enumerate(("owner", "guarantor", "supplier"))]
    record = {
        "id": "ovt-o",
        "name": ["A Company"],
        "country": "X-GAZA",
        "identifier": ["lei:5493001KQW6DM7KEDR62", "wikidata:Q1"],
        "website": None,
    }
    (organisation,) = make_organisations(
        make_cable(roles=roles), LossTally(public_release), {"ovt-o": record}, {"ovt-o": "A Company"}
    )
    assert organisation == {
        "id": "ovt-o",
        "name": "A Company",
        "identifier": {"id": "5493001KQW6DM7KEDR62", "scheme": "XI-LEI"},
        "roles": ["transmissionMediumOwner", "supplier"],
        "roleDetails": "owner, guarantor, supplier",
    }


def test_a_landing_that_no_line_leads_to_starts_a_span_without_an_end(public_release: PublicRelease) -> None:
    """No source states where the cable goes from this landing point."""
    route = place("route", "LINESTRING (0 0, 5 5, 9.999 9.999)", "route", "schematic")
    sea = make_cable(places=[place("a", "POINT (0 0)"), place("b", "POINT (10 10)"), place("c", "POINT (20 0)"), route])
    tally = LossTally(public_release)
    nodes = make_nodes(sea, tally)
    spans = make_spans(sea, nodes, [], tally)
    assert [(span.get("start"), span.get("end"), "route" in span) for span in spans] == [("a", "b", True), ("c", None, False)]


def test_a_point_of_a_province_is_not_a_location(public_release: PublicRelease) -> None:
    (node,) = make_nodes(make_cable(places=[place("a", "POINT (1 2)", "site", "admin1")]), LossTally(public_release))
    assert "location" not in node


def test_only_a_cable_of_one_span_has_a_length(public_release: PublicRelease) -> None:
    tally = LossTally(public_release)
    (span,) = make_spans(
        make_cable(length=12, capacity=2, capacity_unit="Tbps", country=["KE", "X-AFRICA-REGIONAL"]), [], [], tally
    )
    assert (span["fibreLength"], span["countries"]) == (12, ["KE"])
    route = place("route", "MULTILINESTRING ((0 0, 1 1), (1 1, 2 2))", "route", "schematic")
    parts = make_spans(make_cable(length=12, places=[route]), [], [], tally)
    empty = make_cable(
        places=[place("nothing", "LINESTRING EMPTY", "route", "schematic"), place("no line", "POINT (1 1)", "route")]
    )
    assert [span["id"] for span in make_spans(empty, [], [], tally)] == ["ovt-a-cable"]
    assert len(parts) == 2 and not any("fibreLength" in span for span in parts)
