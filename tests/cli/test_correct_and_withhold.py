"""Corrections and withheld records, from the editor's command to the tables of a release."""

from pathlib import Path

import orjson
import pytest

from tests.support.command_built_atlas import DOCUMENT, Atlas, Statement, make_statements, own_id
from tests.support.command_runs import Outcome

PROJECT, LINKED, VENDOR, CITY = (own_id(f"alpha:{key}") for key in ("cameras", "towers", "vendor", "city"))
WHY = ("--who", "An editor", "--why", "The contract names another company")


def statements() -> list[Statement]:
    """Return statements about a disputed project, the records that belong to it, and another project that links to it."""
    rows = [
        *make_statements("organization", "vendor", name="Quillwater Optics", country="CN"),
        *make_statements("organization", "city", name="City of Alderton"),
        *make_statements(
            "project", "cameras", name="Alderton cameras", kind="video-surveillance", country="KE", status="operational"
        ),
        *make_statements("project", "towers", name="Birch towers", kind="mobile-network", country="KE", linked="alpha:cameras"),
        *make_statements("role", "r1", project="alpha:cameras", organization="alpha:vendor", role="supplier"),
        *make_statements("role", "r2", project="alpha:towers", organization="alpha:vendor", role="supplier"),
        *make_statements("commitment", "m", project="alpha:cameras", amount=("1200", "USD@2021")),
        *make_statements("place", "at", project="alpha:cameras", country="KE", name="Alderton", precision="locality"),
        *make_statements("place", "both", project=["alpha:cameras", "alpha:towers"], country="KE", precision="country"),
        *make_statements("statement", "s", about="alpha:cameras", by="alpha:vendor", kind="denial", note="It sold nothing."),
        *make_statements("document", "paper", title="Alderton buys cameras", url="https://news.example/alderton"),
        *make_statements("document", "shared", title="Two deals", url="https://news.example/two"),
    ]
    rows = [row._replace(document="alpha:paper") if row.key in ("cameras", "r1") else row for row in rows]
    return [row._replace(document="alpha:shared") if row.key in ("m", "r2") else row for row in rows]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an atlas with one release, as a template for copies."""
    folder = tmp_path_factory.mktemp("made")
    atlas = Atlas(folder)
    atlas.figure("all-projects", "SELECT id AS unit_id FROM projects", any_of=["alpha"], unit="projects")
    atlas.fetch("alpha", statements())
    atlas.build()
    return folder


@pytest.fixture
def atlas(made: Path, tmp_path: Path) -> Atlas:
    return Atlas.open(made).copy_to(tmp_path)


def release(atlas: Atlas) -> str:
    return atlas.ok("release").out.strip()


def error(outcome: Outcome) -> str:
    assert outcome.code == 2 and outcome.out == "", outcome
    [line] = outcome.errors
    return line


# --- Corrections --------------------------------------------------------------------------------------------------------


def test_a_correction_replaces_a_value_and_is_listed(atlas: Atlas) -> None:
    atlas.ok("correct", "Alderton cameras", "status", "cancelled", *DOCUMENT, *WHY)
    name = release(atlas)
    assert atlas.rows(name, f"SELECT status FROM projects WHERE id = '{PROJECT}'") == [{"status": "cancelled"}]
    [row] = atlas.rows(name, "FROM corrections")
    assert (row["kind"], row["id"], row["type"], row["property"]) == ("correction", PROJECT, "project", "status")
    assert (row["source"], row["old_value"], row["new_value"]) == ("alpha", "operational", "cancelled")
    assert row["reason"] == WHY[-1] and len(row["date"]) == 10
    [struck] = atlas.rows(name, "SELECT value FROM claims WHERE standing = 'retracted'")
    assert struck == {"value": "operational"}
    assert "who" not in row


@pytest.mark.slow
def test_a_correction_names_records_by_their_published_ids(atlas: Atlas) -> None:
    role = own_id("alpha:r1")
    atlas.ok("correct", role, "organization", "City of Alderton", *DOCUMENT, *WHY)
    [row] = atlas.rows(release(atlas), "FROM corrections")
    assert (row["old_value"], row["new_value"]) == (VENDOR, CITY)


def test_a_value_or_a_record_can_be_taken_back_with_nothing_in_its_place(atlas: Atlas) -> None:
    atlas.ok("correct", "alpha:cameras", "status", *WHY)
    atlas.ok("correct", "alpha:r1", *WHY)
    name = release(atlas)
    rows = atlas.rows(name, "SELECT id, property, old_value, new_value FROM corrections ORDER BY property NULLS LAST")
    assert rows == [
        {"id": PROJECT, "property": "status", "old_value": "operational", "new_value": None},
        {"id": own_id("alpha:r1"), "property": None, "old_value": None, "new_value": None},
    ]
    assert atlas.rows(name, f"SELECT status FROM projects WHERE id = '{PROJECT}'") == [{"status": None}]
    assert not atlas.rows(name, f"FROM roles WHERE id = '{own_id('alpha:r1')}'")


def test_a_correction_can_be_undone(atlas: Atlas) -> None:
    before = release(atlas)
    atlas.ok("correct", "Alderton cameras", "status", "cancelled", *DOCUMENT, *WHY)
    atlas.undo(1)
    name = release(atlas)
    assert not atlas.rows(name, "FROM corrections") and not atlas.rows(name, "FROM retractions")
    assert atlas.rows(name, "FROM projects") == atlas.rows(before, "FROM projects")


def test_of_several_values_the_wrong_one_is_chosen(atlas: Atlas) -> None:
    atlas.ok("claim", "add", "alpha:cameras", "project", "country", "UG", *DOCUMENT, *WHY)
    line = error(atlas.overt("correct", "alpha:cameras", "country", "TZ", *DOCUMENT, *WHY))
    assert "KE; UG" in line and "--was" in line
    atlas.ok("correct", "alpha:cameras", "country", "TZ", "--was", "Uganda", *DOCUMENT, *WHY)
    name = release(atlas)
    assert atlas.rows(name, f"SELECT list_sort(country) AS c FROM projects WHERE id = '{PROJECT}'") == [{"c": ["KE", "TZ"]}]
    assert atlas.rows(name, "SELECT old_value, new_value FROM corrections") == [{"old_value": "UG", "new_value": "TZ"}]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("Alderton camera", "status"), "did you mean “Alderton cameras”"),
        (("ovt-aaaaaaaaaaaa", "status"), "there is no such record"),
        (("alpha:cameras", "statsu", "cancelled"), "did you mean status?"),
        (("alpha:cameras", "status", "finished", *DOCUMENT), "finished"),
        (("alpha:cameras", "status", "cancelled"), "--document TITLE and --place WHERE"),
        (("alpha:cameras", "status", "operational", *DOCUMENT), "there is nothing to correct"),
        (("alpha:cameras", "length", "five km", *DOCUMENT), "is not a number"),
        (("alpha:cameras", "contract-value", "USD -5", *DOCUMENT), "is below zero"),
        (("alpha:cameras", "contract-value", "5", *DOCUMENT), "doesn't say in which currency"),
        (("alpha:cameras", "capacity"), "no source states its capacity"),
        (("alpha:cameras", "status", "cancelled", "--was", "announced", *DOCUMENT), "sources state operational"),
    ],
)
def test_a_correction_that_cannot_be_made(atlas: Atlas, words: tuple[str, ...], message: str) -> None:
    assert message in error(atlas.overt("correct", *words, *WHY))
    assert not atlas.ledger.entries()


def test_a_correction_needs_a_reason(atlas: Atlas) -> None:
    assert "--why" in error(atlas.overt("correct", "alpha:cameras", "status", "--who", "An editor"))
    assert "--why" in error(atlas.overt("withhold", "alpha:cameras", "--who", "An editor", "--why", " "))


def test_what_an_undone_correction_would_repeat_is_refused(atlas: Atlas) -> None:
    atlas.ok("correct", "alpha:cameras", "status", "cancelled", *DOCUMENT, *WHY)
    assert "nothing to correct" in error(atlas.overt("correct", "alpha:cameras", "status", "cancelled", *DOCUMENT, *WHY))
    atlas.ok("correct", "alpha:cameras", "status", "completed", *DOCUMENT, *WHY)
    line = error(atlas.overt("correct", "alpha:cameras", "status", "cancelled", *DOCUMENT, *WHY))
    assert "undo that entry with `overt judge undo 2`" in line


def test_a_reply_that_an_editor_enters_is_listed(atlas: Atlas) -> None:
    for name, value in (("about", "alpha:cameras"), ("by", "alpha:vendor"), ("kind", "reply"), ("note", "We left in 2020.")):
        atlas.claim("editorial:reply-1", "statement", name, value)
    [row] = atlas.rows(release(atlas), "FROM corrections")
    assert (row["kind"], row["id"], row["new_value"]) == ("reply", PROJECT, "We left in 2020.")
    assert row["statement"] == own_id("editorial:reply-1") and row["reason"] is None, "reasons of claims are not for readers"


# --- Withheld records ---------------------------------------------------------------------------------------------------


def test_a_withheld_record_leaves_the_tables_with_what_goes_along(atlas: Atlas) -> None:
    before = atlas.rows(release(atlas), "FROM records")
    atlas.ok("withhold", "Alderton cameras", *WHY)
    name = release(atlas)
    gone = {own_id(f"alpha:{key}") for key in ("cameras", "r1", "m", "at", "s", "paper")}
    assert {row["id"] for row in before} - {row["id"] for row in atlas.rows(name, "SELECT id FROM records")} == gone
    rows = atlas.rows(name, "SELECT * FROM withheld")
    assert {row["id"] for row in rows} == gone and {row["of"] for row in rows} == {PROJECT}
    assert {row["reason"] for row in rows} == {WHY[-1]}
    [listed] = atlas.rows(name, "FROM corrections")
    assert (listed["kind"], listed["id"], listed["reason"]) == ("withheld", PROJECT, WHY[-1])
    assert atlas.figures("all-projects")["all-projects"]["value"] == 1
    manifest = orjson.loads((atlas.root / "releases" / name / "manifest.json").read_bytes())
    assert manifest["withheld"] == 1


def test_the_comparison_of_releases_counts_withheld_records(atlas: Atlas) -> None:
    """The first line used to say "no record differs", above the line "withheld ovt-…"."""
    before = release(atlas)
    atlas.ok("withhold", "Alderton cameras", *WHY)
    name = release(atlas)
    first, second, *_ = atlas.ok("diff", before, name).out.splitlines()
    assert first == f"{before} → {name}: 1 withheld"
    assert second == f"withheld  {PROJECT}  ({WHY[-1]})"


@pytest.mark.slow
def test_a_party_goes_along_unless_another_record_or_source_names_it(atlas: Atlas) -> None:
    """The search used to find a customer that only the withheld project names."""
    party = make_statements("role", "r3", project="alpha:cameras", organization="alpha:city", role="customer")
    atlas.fetch("alpha", [*statements(), *party], "2026-02-01")
    atlas.build()
    atlas.ok("withhold", "Alderton cameras", *WHY)
    name = release(atlas)
    assert {row["id"] for row in atlas.rows(name, "FROM organizations")} == {VENDOR}, "the vendor supplies other towers"
    assert CITY in {row["id"] for row in atlas.rows(name, "FROM withheld")}
    atlas.fetch("beta", make_statements("organization", "city", name="City of Alderton", country="KE"), "2026-02-01")
    atlas.build()
    assert {row["label"] for row in atlas.rows(atlas.build(), "FROM records WHERE type = 'organization'")} == {
        "Quillwater Optics", "City of Alderton",
    }  # fmt: skip


@pytest.mark.slow
def test_no_table_has_a_trace_of_a_withheld_record(atlas: Atlas) -> None:
    atlas.ok("retract", "alpha:r1", *WHY)
    atlas.ok("correct", "alpha:cameras", "status", "cancelled", *DOCUMENT, *WHY)
    atlas.ok("withhold", "Alderton cameras", *WHY)
    folder = atlas.root / "releases" / release(atlas) / "tables"
    for path in folder.glob("*.parquet"):
        text = repr(atlas.rows(folder.parent.name, f'FROM "{path.stem}"'))
        assert "Alderton cameras" not in text and "alpha:cameras" not in text and "alpha:r1'" not in text, path.stem
        assert PROJECT not in text or path.stem in ("withheld", "corrections"), path.stem
    assert atlas.rows(folder.parent.name, f"SELECT linked FROM projects WHERE id = '{LINKED}'") == [{"linked": None}]
    places = atlas.rows(folder.parent.name, "SELECT id, project FROM places")
    assert places == [{"id": own_id("alpha:both"), "project": [LINKED]}], "a place that another project has stays"


@pytest.mark.slow
def test_the_changes_of_a_source_do_not_name_a_withheld_record(atlas: Atlas) -> None:
    rows = [row for row in statements() if (row.key, row.property) not in {("cameras", "status"), ("towers", "linked")}]
    atlas.fetch("alpha", rows, "2026-02-01")
    assert {row["record"] for row in atlas.rows(atlas.build(), "FROM changes")} == {"alpha:cameras", "alpha:towers"}
    atlas.ok("withhold", "alpha:cameras", *WHY)
    assert not atlas.rows(release(atlas), "FROM changes")


def test_a_withheld_organization_takes_its_roles_along_and_no_project(atlas: Atlas) -> None:
    atlas.ok("withhold", VENDOR, *WHY)
    name = release(atlas)
    assert {row["id"] for row in atlas.rows(name, "FROM projects")} == {PROJECT, LINKED}
    assert not atlas.rows(name, "FROM roles") and not atlas.rows(name, "FROM statements")


def test_a_withheld_document_is_cited_no_more(atlas: Atlas) -> None:
    atlas.ok("withhold", "alpha:shared", *WHY)
    name = release(atlas)
    assert not atlas.rows(name, "FROM claims WHERE document = 'alpha:shared'")
    assert atlas.rows(name, f"FROM commitments WHERE id = '{own_id('alpha:m')}'")


def test_withholding_can_be_undone_and_not_repeated(atlas: Atlas) -> None:
    before = release(atlas)
    atlas.ok("withhold", "alpha:cameras", *WHY)
    line = error_of_ledger(atlas.overt("withhold", PROJECT, *WHY))
    assert "is withheld already, by entry 1" in line
    atlas.undo(1)
    name = release(atlas)
    assert not atlas.rows(name, "FROM withheld") and atlas.rows(name, "FROM records") == atlas.rows(before, "FROM records")
    atlas.ok("withhold", PROJECT, *WHY)


def error_of_ledger(outcome: Outcome) -> str:
    assert outcome.code != 0 and outcome.out == "", outcome
    [line] = outcome.errors
    return line


@pytest.mark.slow
def test_all_merged_records_are_withheld_and_their_former_addresses_too(atlas: Atlas) -> None:
    atlas.fetch("beta", make_statements("project", "c", name="Cameras of Alderton", country="KE"), "2026-02-01")
    atlas.build()
    atlas.judge("same", "alpha:cameras", "beta:c")
    atlas.ok("resolve")
    atlas.ok("withhold", "beta:c", *WHY)
    assert "entry 2" in error_of_ledger(atlas.overt("withhold", "alpha:cameras", *WHY))
    name = release(atlas)
    assert {PROJECT, own_id("beta:c")} <= {row["id"] for row in atlas.rows(name, "FROM withheld")}
    assert not atlas.rows(name, "FROM judgements") and not atlas.rows(name, "FROM joins")


@pytest.mark.slow
def test_parts_of_a_withheld_record_stay_withheld_if_it_is_divided(atlas: Atlas) -> None:
    atlas.fetch("beta", make_statements("project", "c", name="Cameras of Alderton", country="KE"), "2026-02-01")
    atlas.build()
    atlas.judge("same", "alpha:cameras", "beta:c")
    atlas.ok("resolve")
    atlas.ok("withhold", "alpha:cameras", *WHY)
    atlas.judge("different", "alpha:cameras", "beta:c")
    atlas.ok("resolve")
    name = release(atlas)
    assert {PROJECT, own_id("beta:c")} <= {row["id"] for row in atlas.rows(name, "FROM withheld")}
    assert not atlas.rows(name, "FROM records WHERE label = 'Cameras of Alderton'")
    assert "`overt judge undo 2` and a new release show it again" in "".join(atlas.overt("show", "beta:c").errors)
    assert "entry 2" in error_of_ledger(atlas.overt("withhold", "beta:c", *WHY))
    atlas.undo(2)
    assert [row["label"] for row in atlas.rows(release(atlas), f"FROM records WHERE id = '{own_id('beta:c')}'")]


def test_a_withheld_record_that_no_source_has_any_more_stays_withheld(atlas: Atlas) -> None:
    atlas.ok("withhold", "alpha:cameras", *WHY)
    atlas.fetch("alpha", [row for row in statements() if row.key == "city"], "2026-02-01")
    assert [row["id"] for row in atlas.rows(atlas.build(), "FROM withheld")] == [PROJECT]


@pytest.mark.parametrize(
    ("name", "message"), [("Alderton camera", "did you mean “Alderton cameras”"), ("alpha:none", "there is no such record")]
)
def test_an_unknown_record_cannot_be_withheld(atlas: Atlas, name: str, message: str) -> None:
    assert message in error(atlas.overt("withhold", name, *WHY))


@pytest.mark.slow
def test_verify_makes_a_release_with_withheld_records_again(atlas: Atlas) -> None:
    atlas.ok("correct", "alpha:towers", "name", "Birch masts", *DOCUMENT, *WHY)
    atlas.ok("withhold", "alpha:cameras", *WHY)
    release(atlas)
    atlas.ok("verify")


def test_log_and_list_say_what_was_corrected_and_withheld(atlas: Atlas) -> None:
    atlas.ok("correct", "alpha:cameras", "status", "cancelled", *DOCUMENT, *WHY)
    atlas.ok("withhold", "alpha:cameras", *WHY)
    log = atlas.ok("log").out
    assert "corrected alpha:cameras status: operational → cancelled (“Annual report”, page 3)" in log
    assert "withheld alpha:cameras: The contract names another company" in log
    assert "withheld alpha:cameras" in atlas.ok("claim", "list").out
