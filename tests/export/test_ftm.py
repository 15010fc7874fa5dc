"""FollowTheMoney: what its own library reads in our files, and that each claim is a statement or told of."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from overt.export.ftm import values as to
from overt.export.ftm.ftm import COLUMNS
from overt.export.ftm.values import NotCarriedError
from overt.export.public_release import Holdings
from tests.support.exports import ExportedFile
from tests.validators import check


@pytest.fixture(scope="module")
def made(exports: dict[str, ExportedFile]) -> ExportedFile:
    return exports["ftm"]


@pytest.fixture(scope="module")
def entities(made: ExportedFile) -> dict[str, dict[str, Any]]:
    lines = (made.path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    return {entity["id"]: entity for entity in map(json.loads, lines)}


@pytest.fixture(scope="module")
def statements(made: ExportedFile) -> list[dict[str, str]]:
    with (made.path / "statements.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, dialect="unix"))


def named(entities: dict[str, dict[str, Any]], caption: str) -> dict[str, Any]:
    (found,) = [entity for entity in entities.values() if entity["caption"] == caption and entity["schema"] != "Risk"]
    return found


def test_its_library_finds_nothing_wrong_and_its_store_gives_the_same_entities(made: ExportedFile, tmp_path: Path) -> None:
    """The doctored copy shows that the check looks: another value, another schema, an entity less."""
    spoilt = tmp_path / "spoilt"
    shutil.copytree(made.path, spoilt)
    lines = (spoilt / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[1])
    first["properties"]["country"] = ["nowhere"]
    changed = [json.dumps(first), lines[2].replace('"schema":"', '"schema":"No'), *lines[3:]]
    (spoilt / "entities.ftm.json").write_text("\n".join(changed), encoding="utf-8")
    ours, theirs = check("ftm", made.path, spoilt)
    assert ours["findings"] == []
    assert ours["counts"]["loaded"] == len(lines) == sum(held["written"] for held in made.report["records"].values())
    said = " ".join(theirs["findings"])
    assert "is no schema" in said and "differs in the store" in said and "the store has" in said


def test_each_claim_is_a_statement_or_told_of(
    made: ExportedFile, holdings: Holdings, entities: dict[str, dict[str, Any]], statements: list[dict[str, str]]
) -> None:
    lines = (made.path / "evidence.jsonl").read_text(encoding="utf-8").splitlines()
    documents = {row["id"] for row in statements if row["prop"] == "proof"}
    found = [line for line in map(json.loads, lines) if line["statement"] not in documents]
    carried = {claim["claim"] for line in found for claim in line["claims"]}
    held = {
        row["claim_id"]
        for row in holdings.rows("SELECT claim_id, id FROM claims WHERE standing = 'current'")
        if row["id"] in entities
    }
    values = [loss for loss in made.report["not_carried"] if not loss["what"].startswith(("records of type", "rows of table"))]
    assert carried <= held
    assert len(held - carried) == sum(loss["count"] for loss in values) > 0


def test_the_evidence_of_a_statement_is_that_of_its_claims(
    made: ExportedFile, holdings: Holdings, statements: list[dict[str, str]]
) -> None:
    lines = (made.path / "evidence.jsonl").read_text(encoding="utf-8").splitlines()
    known = {row["id"] for row in statements}
    places: dict[str, set[tuple[str, str]]] = {}
    for row in holdings.rows("SELECT claim_id, capture, locator FROM evidence"):
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


def test_an_official_list_that_forbids_nothing_is_a_risk_and_no_sanction(entities: dict[str, dict[str, Any]]) -> None:
    (risk,) = [entity for entity in entities.values() if entity["schema"] == "Risk"]
    assert risk["properties"]["authority"] == ["United States Department of Defense"]
    assert risk["properties"]["listingDate"] == ["2021-06"] and len(risk["properties"]["date"]) == 2
    assert not [entity for entity in entities.values() if entity["schema"] in ("Sanction", "Person", "Directorship")]


def test_no_company_is_made_of_what_no_source_calls_one(entities: dict[str, dict[str, Any]]) -> None:
    """Only a Company can be owned: where no source says what a subsidiary is, the link stays unknown, with its kind as role."""
    marine = named(entities, "Huawei Marine")
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
    assert to.date(edtf) == theirs


@pytest.mark.parametrize("edtf", ["2019/..", "../2021", "201X", "2017/2019"])
def test_a_date_of_no_one_year_is_left_out(edtf: str) -> None:
    with pytest.raises(NotCarriedError):
        to.date(edtf)


def test_what_has_no_form_there_is_left_out_with_the_reason() -> None:
    assert to.area("X-SOMALILAND") == "so-som" and to.area("KE") == "ke"
    assert to.identifier("ticker:XNYS:CRM", "Company") == ("ticker", "XNYS:CRM")
    assert to.identifier("lei:5493001KQW6DM7KEDR62", "Organization")[0] == "leiCode"
    assert to.identifier("isin:US0378331005", "Company") == ("isinCode", "US0378331005")
    assert to.identifier("uscc:91330000727215176K", "PublicBody")[0] == "uscCode"
    assert to.address("https://a.example") == "https://a.example/"
    for refused, why in (
        (lambda: to.area("X-AFRICA-REGIONAL"), "no code"),
        (lambda: to.identifier("wikidata:Q12; DROP", "Company"), "well-formed"),
        (lambda: to.identifier("ticker:XNYS:CRM", "Organization"), "no property"),
        (lambda: to.identifier("lei:5493001KQW6DM7KEDR63", "Company"), "well-formed"),
        (lambda: to.identifier("isin:US0378331006", "Company"), "well-formed"),
        (lambda: to.identifier("uscc:91330000727215176I", "Organization"), "well-formed"),
        (lambda: to.identifier("other-scheme:1", "Company"), "no such"),
        (lambda: to.address("http://localhost/a"), "web address"),
        (lambda: to.short("a" * 400, "name"), "384"),
    ):
        with pytest.raises(NotCarriedError, match=why):
            refused()
