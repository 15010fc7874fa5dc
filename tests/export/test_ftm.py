"""FollowTheMoney: its library reads our files, and each claim is a statement or reported as a loss."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from overt.export.ftm.entities_and_statements import COLUMNS
from overt.export.ftm.property_values import NotCarriedError, check_length, to_country, to_date, to_identifier, to_url
from overt.export.public_release_reader import PublicRelease
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.small_atlas_exports import ExportedFile
from tests.validators import check


@pytest.fixture(scope="module")
def exported(exports: dict[str, ExportedFile]) -> ExportedFile:
    return exports["ftm"]


@pytest.fixture(scope="module")
def entities(exported: ExportedFile) -> dict[str, dict[str, Any]]:
    lines = (exported.path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    return {entity["id"]: entity for entity in map(json.loads, lines)}


@pytest.fixture(scope="module")
def statements(exported: ExportedFile) -> list[dict[str, str]]:
    with (exported.path / "statements.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, dialect="unix"))


def find(entities: dict[str, dict[str, Any]], caption: str) -> dict[str, Any]:
    (match,) = [entity for entity in entities.values() if entity["caption"] == caption and entity["schema"] != "Risk"]
    return match


def test_its_library_accepts_the_files_and_its_store_returns_the_same_entities(exported: ExportedFile, tmp_path: Path) -> None:
    """The library's check rejects a copy in which a value or a schema was changed, or an entity removed."""
    broken = tmp_path / "broken"
    shutil.copytree(exported.path, broken)
    lines = (broken / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[1])
    first["properties"]["country"] = ["nowhere"]
    changed = [json.dumps(first), lines[2].replace('"schema":"', '"schema":"No'), *lines[3:]]
    (broken / "entities.ftm.json").write_text("\n".join(changed), encoding="utf-8")
    ours, theirs = check("ftm", exported.path, broken)
    assert ours["findings"] == []
    assert ours["counts"]["loaded"] == len(lines) == sum(counts["written"] for counts in exported.report["records"].values())
    findings = " ".join(theirs["findings"])
    assert "is no schema" in findings and "differs in the store" in findings and "the store has" in findings


def test_each_claim_is_a_statement_or_a_reported_loss(
    exported: ExportedFile, public_release: PublicRelease, entities: dict[str, dict[str, Any]], statements: list[dict[str, str]]
) -> None:
    lines = (exported.path / "evidence.jsonl").read_text(encoding="utf-8").splitlines()
    documents = {row["id"] for row in statements if row["prop"] == "proof"}
    evidence = [line for line in map(json.loads, lines) if line["statement"] not in documents]
    carried = {claim["claim"] for line in evidence for claim in line["claims"]}
    current = {
        row["claim_id"]
        for row in public_release.rows("SELECT claim_id, id FROM claims WHERE standing = 'current'")
        if row["id"] in entities
    }
    values = [
        loss for loss in exported.report["not_carried"] if not loss["what"].startswith(("records of type", "rows of table"))
    ]
    assert carried <= current
    assert len(current - carried) == sum(loss["count"] for loss in values) > 0


def test_the_evidence_of_a_statement_is_that_of_its_claims(
    exported: ExportedFile, public_release: PublicRelease, statements: list[dict[str, str]]
) -> None:
    lines = (exported.path / "evidence.jsonl").read_text(encoding="utf-8").splitlines()
    known = {row["id"] for row in statements}
    places: dict[str, set[tuple[str, str]]] = {}
    for row in public_release.rows("SELECT claim_id, capture, locator FROM evidence"):
        places.setdefault(row["claim_id"], set()).add((row["capture"], row["locator"]))
    for line in map(json.loads, lines):
        assert line["statement"] in known
        for claim in line["claims"]:
            assert {(place["capture"], place["locator"]) for place in claim["places"]} == places.get(claim["claim"], set())


def test_a_cluster_is_a_canonical_entity_of_its_records(
    entities: dict[str, dict[str, Any]], statements: list[dict[str, str]]
) -> None:
    (huawei,) = [entity for entity in entities.values() if "Huawei Tech" in entity["properties"].get("alias", [])]
    assert (huawei["schema"], huawei["datasets"]) == ("Company", ["open_projects", "open_register"])
    assert huawei["properties"]["wikidataId"] == ["Q160120"] and huawei["properties"]["country"] == ["cn"]
    assert len(huawei["referents"]) == 1
    rows = [row for row in statements if row["canonical_id"] == huawei["id"]]
    assert {row["entity_id"] for row in rows} == {huawei["id"], *huawei["referents"]}
    (chinese,) = [row for row in rows if row["value"] == "华为技术有限公司"]
    assert (chinese["lang"], chinese["dataset"], chinese["first_seen"]) == ("zho", "open_register", "2026-01-05")
    assert tuple(rows[0]) == COLUMNS


def test_a_list_that_forbids_nothing_is_a_risk_and_not_a_sanction(entities: dict[str, dict[str, Any]]) -> None:
    (risk,) = [entity for entity in entities.values() if entity["schema"] == "Risk"]
    assert risk["properties"]["authority"] == ["United States Department of Defense"]
    assert risk["properties"]["listingDate"] == ["2021-06"] and len(risk["properties"]["date"]) == 2
    assert not [entity for entity in entities.values() if entity["schema"] in ("Sanction", "Person", "Directorship")]


def test_an_organization_is_a_company_only_if_a_source_says_so(entities: dict[str, dict[str, Any]]) -> None:
    """Only a Company can be owned. If no source states that a subsidiary is a company, the link has the schema UnknownLink, with
    its kind as the role.
    """
    marine = find(entities, "Huawei Marine")
    (link,) = [entity for entity in entities.values() if marine["id"] in entity["properties"].get("subject", [])]
    assert (marine["schema"], link["schema"], link["properties"]["role"]) == ("Organization", "UnknownLink", ["parent"])
    assert link["properties"]["summary"] == ["share: 51"]


@pytest.mark.parametrize(
    ("edtf", "theirs"),
    [
        ("2019", "2019"), ("2019-03", "2019-03"), ("2019-03-05", "2019-03-05"), ("2019?", "2019"), ("2025-35", "2025"),
        ("2019-03-02/2019-03-09", "2019-03"), ("2019-03/2019-05", "2019"),
    ],
)  # fmt: skip
def test_a_date_is_never_finer_than_ours(edtf: str, theirs: str) -> None:
    assert to_date(edtf) == theirs


@pytest.mark.parametrize("edtf", ["2019/..", "../2021", "201X", "2017/2019"])
def test_a_date_of_several_years_is_left_out(edtf: str) -> None:
    with pytest.raises(NotCarriedError):
        to_date(edtf)


def test_a_value_without_a_form_in_the_format_is_left_out_with_the_reason() -> None:
    assert to_country("X-SOMALILAND") == "so-som" and to_country("KE") == "ke"
    assert to_identifier("ticker:XNYS:CRM", "Company") == ("ticker", "XNYS:CRM")
    assert to_identifier("lei:5493001KQW6DM7KEDR62", "Organization")[0] == "leiCode"
    assert to_identifier("isin:US0378331005", "Company") == ("isinCode", "US0378331005")
    assert to_identifier("uscc:91330000727215176K", "PublicBody")[0] == "uscCode"
    assert to_url("https://a.example") == "https://a.example/"
    for convert, why in (
        (lambda: to_country("X-AFRICA-REGIONAL"), "no code"),
        (lambda: to_identifier("wikidata:Q12; DROP", "Company"), "well-formed"),
        (lambda: to_identifier("ticker:XNYS:CRM", "Organization"), "no property"),
        (lambda: to_identifier("lei:5493001KQW6DM7KEDR63", "Company"), "well-formed"),
        (lambda: to_identifier("isin:US0378331006", "Company"), "well-formed"),
        (lambda: to_identifier("uscc:91330000727215176I", "Organization"), "well-formed"),
        (lambda: to_identifier("other-scheme:1", "Company"), "no such"),
        (lambda: to_url("http://localhost/a"), "web address"),
        (lambda: check_length("a" * 400, "name"), "384"),
    ):
        with pytest.raises(NotCarriedError, match=why):
            convert()


def test_a_file_that_two_sources_captured_is_one_place(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path, index=True)
    rows = make_statements("organization", "zte", name="ZTE")
    atlas.fetch("alpha", rows, "2026-01-05")
    atlas.fetch("beta", rows, "2026-01-07")
    atlas.build()
    atlas.ok("export", "ftm", tmp_path / "ftm")
    lines = [json.loads(line) for line in (tmp_path / "ftm" / "evidence.jsonl").read_text().splitlines()]
    places = [claim["places"] for line in lines for claim in line["claims"]]
    assert places and all(len(each) == 1 for each in places)
