"""Figures over our own registers, compared with counts from the registers' files, without DuckDB or resolution."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.model.content_catalogue import Catalogue
from tests.support.command_runs import overt_process
from tests.support.shipped_edition import ShippedEdition

Figures = dict[str, dict[str, Any]]
STANDING = {"announced", "cancelled", "denied", "unverified"}


@pytest.fixture(scope="session")
def shipped_figures(shipped_edition: ShippedEdition) -> Figures:
    output = overt_process("figures", "--json", "-w", shipped_edition.root).out
    return {figure["name"]: figure for figure in orjson.loads(output)}


@pytest.fixture
def read(content: Catalogue) -> Any:
    def rows(source: str, file: str) -> Iterator[dict[str, str]]:
        path = Path(str(content.source_folders[source] / "edition" / f"{file}.csv"))
        with path.open(newline="", encoding="utf-8") as table:
            yield from csv.DictReader(table)

    return rows


def variants(figure: dict[str, Any]) -> dict[str, int | None]:
    return {variant["name"]: variant["value"] for variant in figure["variants"]}


def test_platforms_restricted_in_china(shipped_figures: Figures, read: Any) -> None:
    figure = shipped_figures["platforms-restricted-in-china"]
    kinds, replaced, ended = dict[str, set[str]](), set[str](), set[str]()
    for row in read("blocked_services", "blocked_services"):
        if row["country"] != "CN" or row["kind"] not in ("blocking", "withdrawal"):  # an app that left a store isn't blocked
            continue
        for name in filter(None, [*row["platform"].split(";"), *row["service"].split(";")]):
            kinds.setdefault(name, set()).add(row["kind"])
            replaced |= {name} if row["replacement"] else set()
            ended |= {name} if row.get("end") else set()
    assert figure["value"] == len(kinds) > 35
    counted = variants(figure)
    assert counted["withdrawn"] == sum("withdrawal" in of_name for of_name in kinds.values()) == 2
    assert counted["blocked"] == sum("blocking" in of_name for of_name in kinds.values())
    assert (counted["with-replacement"], counted["ended"]) == (len(replaced), len(ended))
    replacements = {name: row["replacement"] for row in figure["rows"] if (name := row["unit_id"]) in ("facebook", "youtube")}
    assert replacements == {"facebook": ["WeChat", "Weibo"], "youtube": ["Youku", "iQiyi"]}


def test_programmes_and_suppliers(shipped_figures: Figures, read: Any) -> None:
    figure = shipped_figures["programmes-and-suppliers"]
    countries = {row["record"]: row["country"] for row in read("programmes", "programmes") if row["country"]}
    bodies = list(read("programmes", "programme_bodies"))
    named = {part: {row["programme"] for row in bodies if row["part"] == part} for part in ("supplier", "operator")}
    assert figure["value"] == len({row["record"] for row in read("programmes", "programmes")})
    assert variants(figure) == {
        "supplier-named": len(named["supplier"]),
        "operator-named": len(named["operator"]),
        "of-china": sum(country == "CN" for country in countries.values()),
    }
    suppliers = {row["supplier"] for row in figure["rows"]} - {None}
    assert {"Geedge Networks", "AGCU Scientific"} <= suppliers


def test_reported_totals(shipped_figures: Figures, read: Any) -> None:
    figure = shipped_figures["reported-totals"]
    origins = [row["origin"] for row in read("reported_figures", "reported_figures")]
    assert figure["value"] == len(origins)
    assert variants(figure) == {name: origins.count(name) for name in variants(figure)}
    assert all(origins.count(name) for name in variants(figure)), "each kind of origin occurs"
    measures = {row["measure"] for row in figure["rows"] if row["origin"] == "no-origin"}
    assert measures == {"dsr-loans-investments-usd", "party-organisations-share"}
    claims = [row for row in figure["rows"] if row["measure"] == "africa-4g-share"]
    assert sorted(row["origin"] for row in claims) == ["company-statement", "origin-found"]


def test_laws_by_topic(shipped_figures: Figures, read: Any) -> None:
    figure = shipped_figures["laws-by-topic"]
    assert "not known" not in figure["groups"]["country"], "each law has its country"
    counted = variants(figure)
    for name, topic in {
        "data-localisation": "data-localisation", "real-names": "real-name-registration", "shutdown-powers": "internet-shutdown",
    }.items():  # fmt: skip
        assert counted[name] == figure["groups"]["topic"][topic] == len(_laws_in_force(read, topic)), name
    assert counted["of-china"] + counted["outside-china"] == figure["value"]
    assert "vendor-exclusion" not in figure["groups"]["topic"]
    exclusions = shipped_figures["supplier-exclusions"]
    assert exclusions["value"] == len(_laws_in_force(read, "vendor-exclusion"))
    assert {row["kind"] for row in exclusions["rows"]} > {"law"}, "guidance, decisions and contracts are apart"


def _laws_in_force(read: Any, topic: str) -> set[str]:
    """Return the laws of both registers that are in force and have a provision on a topic."""
    laws: dict[str, dict[str, str]] = {}
    for source, file, key in (("laws", "laws", "record"), ("agreements", "agreements", "agreement")):
        for row in read(source, file):
            law = laws.setdefault(row[key], {})
            law.update({name: row[name] for name in ("kind", "status") if row[name]})
    provisions = {row["law"] for row in read("laws", "law_provisions") if topic in row["topic"].split("; ")}
    provisions |= {row["agreement"] for row in read("agreements", "agreement_provisions") if topic in row["topic"].split("; ")}
    kinds = {"law", "regulation", "policy", "decision", "administrative-regulation", "departmental-rule", "court-interpretation"}
    return {law for law in provisions if laws[law].get("kind") in kinds and laws[law].get("status") == "in-force"}


def test_trainings(shipped_figures: Figures, read: Any) -> None:
    """Training programmes and their countries besides China, counted in the register's own rows."""
    figure = shipped_figures["trainings-by-country"]
    programmes = {row["agreement"] for row in read("agreements", "agreements") if row["kind"] == "training-programme"}
    rows = [row for row in figure["rows"] if row["kind"] == "training-programme"]
    assert variants(figure)["programmes"] == len(rows) == len(programmes) > 20
    parties = [row for row in read("agreements", "agreement_parties") if row["agreement"] in programmes]
    countries = {country for row in rows for country in row["country"]}
    assert countries == {row["country"] for row in parties if row["country"]} - {"CN"}
    deals = {row["deployment"] for row in read("deployments", "deployments") if "training" in row["kinds"].split(";")}
    assert variants(figure)["with-equipment"] == figure["value"] - len(programmes) > len(deals) > 3


def test_spyware_by_country_and_seat(shipped_figures: Figures, read: Any) -> None:
    figure = shipped_figures["commercial-spyware"]
    seats = {row["name_en"]: row["country"] for row in read("organizations", "organizations")}
    by_hand = {"NSO Group": "IL", "Candiru": "IL", "Hacking Team": "IT", "Intellexa": "GR", "FinFisher": "DE", "Cytrox": "MK"}
    assert {name: seats[name] for name in by_hand} == by_hand
    supplied = [(row["unit_id"], set(row["company"] or ()), set(row["seat"] or ())) for row in figure["rows"]]
    assert by_hand.keys() <= {company for _, companies, _ in supplied for company in companies}
    for _, companies, row_seats in supplied:
        expected = {by_hand[company] for company in companies & by_hand.keys()}
        assert row_seats == expected if companies <= by_hand.keys() else row_seats >= expected
    israel = {country for country, companies, _ in supplied if companies & {"NSO Group", "Candiru"}}
    assert variants(figure)["vendors-of-israel"] >= len(israel) > 10
    assert figure["value"] == len({row["unit_id"] for row in figure["rows"]})
    assert variants(figure)["without-scans"] <= figure["value"] < variants(figure)["with-digital-forensics"]
    assert all(row["deployment"].startswith("ovt-") for row in figure["rows"])
    [reported] = figure["comparators"]
    assert (reported["value"], reported["bound"]) == (74, "at least")


def test_rows_of_countries_name_the_deployments(shipped_figures: Figures) -> None:
    figure = shipped_figures["countries-with-chinese-deployments"]
    documented = shipped_figures["documented-deployments"]
    deployments = {row["deployment"] for row in figure["rows"]}
    assert len(deployments) > figure["value"] == len({row["unit_id"] for row in figure["rows"]})
    chinese_and_used = {row["unit_id"] for row in documented["rows"]} & deployments
    assert len(chinese_and_used) > 60, "most of them are documented with who ordered or runs them"


def test_deployments_by_kind(shipped_figures: Figures, read: Any) -> None:
    figure = shipped_figures["documented-deployments"]
    kinds = figure["groups"]["kind"]
    assert set(kinds) <= {term for row in read("deployments", "deployments") for term in row["kinds"].split(";")}
    assert kinds == {kind: sum(kind in row["kind"] for row in figure["rows"]) for kind in kinds}
    assert "training" not in kinds


def test_5g_contracts_and_data_centres_are_parts_of_the_figures_of_their_kind(shipped_figures: Figures) -> None:
    contracts, networks = shipped_figures["5g-contracts"], shipped_figures["5g-projects"]
    assert {row["unit_id"] for row in contracts["rows"]} <= {row["unit_id"] for row in networks["rows"]}
    assert contracts["value"] >= 1
    abroad, centres = shipped_figures["data-centres-abroad"], shipped_figures["data-centres"]
    assert {row["unit_id"] for row in abroad["rows"]} <= {row["unit_id"] for row in centres["rows"]}
    assert variants(abroad)["supplied"] == len(
        {row["unit_id"] for row in abroad["rows"] if row["role"] in ("supplier", "implementer") and row["company"] in _CHINESE}
    )


_CHINESE = (
    "Alibaba Cloud Computing Ltd.", "GDS Holdings",
    "Huawei Cloud Computing Technologies Co., Ltd.", "Huawei Technologies Co., Ltd.", "Tencent Cloud", "Tsinghua Unigroup",
    "ZTE Corporation", "ZTE Holdings",
)  # fmt: skip
"""Companies based in mainland China that supplied or built data centres abroad, listed by hand from the register."""


def test_standards_have_no_value_without_their_source(shipped_figures: Figures) -> None:
    figure = shipped_figures["standards-participation"]
    assert (figure["value"], figure["status"]) == (None, "source not loaded: standards_participation")


def test_the_first_line_says_that_only_documented_records_count(content: Catalogue, shipped_figures: Figures) -> None:
    names = (
        "commercial-spyware", "data-centres-abroad", "trainings-by-country", "standards-participation", "reported-totals",
        "platforms-restricted-in-china", "programmes-and-suppliers", "5g-contracts",
    )  # fmt: skip
    for name in names:
        assert "documented" in shipped_figures[name]["title"].lower() or name == "reported-totals"
        definition = Path(str(content.figure_folders[name] / "figure.yml")).read_text(encoding="utf-8")
        assert "Documented records only" in definition
        assert "仅计有记载的" in definition
