"""FollowTheMoney statements: no person becomes a claim, every row is accounted for, and our own export can be imported."""

import csv
from pathlib import Path

import pytest

from overt.importing.errors import FileProblem
from overt.importing.folder_import_without_archive import folder_files
from overt.importing.snapshot_importer_run import Outcome, run_source
from overt.model.content_catalogue import Catalogue
from tests.support.small_atlas_exports import ExportedFile

SLUG = "ftm_statements"
COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip
Statement = tuple[str, str, str, str]
"""Id, schema, property, value."""


def import_statements(
    content: Catalogue, folder: Path, *statements: Statement, columns: tuple[str, ...] = COLUMNS, **more: str
) -> Outcome:
    with (folder / "statements.csv").open("w", encoding="utf-8", newline="") as handle:
        table = csv.DictWriter(handle, columns, dialect="unix", extrasaction="ignore")
        table.writeheader()
        for identity, schema, prop, value in statements:
            row = {"canonical_id": identity, "entity_id": identity, "schema": schema, "prop": prop, "value": value}
            table.writerow({"dataset": "d", "external": "f", **row, **more})
    return run_source(SLUG, content, folder_files(content, SLUG, folder), allow_problems=True)


def values(outcome: Outcome) -> set[tuple[str, str]]:
    return {(claim.property, claim.value) for claim in outcome.claims if claim.type != "document"}


COMPANY: tuple[Statement, ...] = (("c", "Company", "name", "Quartz Ltd"),)


def test_a_link_to_a_person_is_left_out_even_if_the_person_comes_last(content: Catalogue, tmp_path: Path) -> None:
    outcome = import_statements(
        content,
        tmp_path,
        ("o", "Ownership", "owner", "p"),
        ("o", "Ownership", "asset", "c"),
        ("o", "Ownership", "percentage", "77"),
        ("x", "Sanction", "entity", "p"),
        ("x", "Sanction", "reason", "Secret Surname did it"),
        *COMPANY,
        ("p", "LegalEntity", "name", "Secret Surname"),
        ("p", "Person", "birthDate", "1970-01-01"),
        dataset="us_dod_1260h",
    )
    assert values(outcome) == {("name", "Quartz Ltd")}
    assert outcome.report.out_of_scope == {"person": 7}
    assert not [place for place in outcome.evidence if "Surname" in place.excerpt or "1970" in place.excerpt]


def test_an_entity_that_is_both_company_and_person_is_a_person(content: Catalogue, tmp_path: Path) -> None:
    trader = (("p", "Company", "name", "A. Trader"), ("p", "Person", "name", "A. Trader"))
    outcome = import_statements(content, tmp_path, *COMPANY, *trader)
    assert values(outcome) == {("name", "Quartz Ltd")}


def test_a_legal_entity_may_be_a_person(content: Catalogue, tmp_path: Path) -> None:
    """A legal entity counts as an organisation only if an entity with the same canonical id is an organisation."""
    outcome = import_statements(
        content,
        tmp_path,
        *COMPANY,
        ("c", "LegalEntity", "alias", "Quartz"),
        ("e", "LegalEntity", "name", "Cedar Dogwood"),
        ("o", "Ownership", "owner", "e"),
        ("o", "Ownership", "asset", "c"),
    )
    assert values(outcome) == {("name", "Quartz Ltd"), ("alias", "Quartz")}
    assert outcome.report.out_of_scope == {"perhaps-person": 1, "other-end": 2}


def test_reasons_of_a_listing_are_left_out_because_they_name_people(content: Catalogue, tmp_path: Path) -> None:
    outcome = import_statements(
        content,
        tmp_path,
        *COMPANY,
        ("x", "Sanction", "entity", "c"),
        ("x", "Sanction", "reason", "Led by Secret Surname"),
        ("x", "Risk", "description", "Secret Surname sits on its board"),
        dataset="us_dod_1260h",
    )
    assert outcome.report.out_of_scope == {"other-property": 2}
    assert not [text for text in (*map(str, outcome.claims), *map(str, outcome.evidence)) if "Surname" in text]


@pytest.mark.parametrize(("text", "share"), [("51.5%", "51.5"), ("49 %", "49"), ("25-50%", None), ("more than half", None)])
def test_a_share_that_is_not_a_number_is_left_out(content: Catalogue, tmp_path: Path, text: str, share: str | None) -> None:
    ownership: tuple[Statement, ...] = (
        ("d", "Company", "name", "Cedar Ltd"),
        ("o", "Ownership", "owner", "d"),
        ("o", "Ownership", "asset", "c"),
    )
    outcome = import_statements(content, tmp_path, *COMPANY, *ownership, ("o", "Ownership", "percentage", text))
    assert {value for name, value in values(outcome) if name == "share"} == ({share} if share else set())
    assert outcome.report.out_of_scope == ({} if share else {"unread-share": 1})


def test_every_row_is_accounted_for(content: Catalogue, tmp_path: Path) -> None:
    """An unknown word is a problem. A link with one end and a company without a name are left out by rule."""
    outcome = import_statements(
        content,
        tmp_path,
        *COMPANY,
        ("c", "Company", "shoeSize", "44"),
        ("c", "Company", "website", "javascript:alert(1)"),
        ("c", "Company", "jurisdiction", "atlantis"),
        ("c", "Company", "jurisdiction", "suhh"),
        ("c", "Company", "leiCode", "5493001KQW6DM7KEDR62"),
        ("c", "Company", "email", "a@b.example"),
        ("n", "Company", "id", "n"),
        ("o", "Ownership", "owner", "c"),
        ("v", "Spaceship", "name", "Rocket"),
        ("w", "Vessel", "name", "Boat"),
        ("l", "Sanction", "entity", "c"),
    )
    report = outcome.report
    assert report.rows_read == 12 == report.imported + report.out_of_scope.total() + len(report.problems)
    assert len(report.problems) == 4 and {problem.locator for problem in report.problems} >= {
        "row=3;col=prop",
        "row=11;col=schema",
    }
    assert report.out_of_scope == {"nameless": 1, "other-end": 1, "other-schema": 1, "other-list": 1, "other-property": 2}
    assert ("identifier", "lei:5493001KQW6DM7KEDR62") in values(outcome)


def test_an_unverified_suggestion_is_not_a_claim(content: Catalogue, tmp_path: Path) -> None:
    outcome = import_statements(content, tmp_path, *COMPANY, external="true")
    assert not outcome.claims and outcome.report.out_of_scope == {"external": 1}


def test_an_older_layout_without_origin_is_read_and_one_without_schema_refused(content: Catalogue, tmp_path: Path) -> None:
    older = tuple(name for name in COLUMNS if name != "origin")
    assert values(import_statements(content, tmp_path, *COMPANY, columns=older)) == {("name", "Quartz Ltd")}
    with pytest.raises(FileProblem, match="column 'schema' is missing"):
        import_statements(content, tmp_path, *COMPANY, columns=tuple(name for name in COLUMNS if name != "schema"))


@pytest.mark.parametrize("damage", [b'"c","c","na', b"\xff\xfe\x00", b'"a","b"\n', b"<!doctype html>"])
def test_a_broken_file_is_refused_in_one_line(content: Catalogue, tmp_path: Path, damage: bytes) -> None:
    import_statements(content, tmp_path, *COMPANY)
    path = tmp_path / "statements.csv"
    path.write_bytes(damage if damage.startswith(b"<") else path.read_bytes() + damage)
    with pytest.raises(FileProblem) as caught:
        run_source(SLUG, content, folder_files(content, SLUG, tmp_path))
    assert "\n" not in str(caught.value) and "statements.csv" in str(caught.value)


def test_our_own_export_can_be_imported(content: Catalogue, exports: dict[str, ExportedFile]) -> None:
    """The import has an organisation's Chinese name with its language, its identifier and its country."""
    outcome = run_source(SLUG, content, folder_files(content, SLUG, exports["ftm"].path))
    assert not outcome.report.problems
    assert {("name", "华为技术有限公司"), ("identifier", "wikidata:Q160120"), ("country", "CN")} <= values(outcome)
    (chinese,) = [claim for claim in outcome.claims if claim.value == "华为技术有限公司"]
    assert chinese.lang == "zh" and chinese.document == f"{SLUG}:dataset/open_register"
    assert content.sources[SLUG].reuse == "private"
