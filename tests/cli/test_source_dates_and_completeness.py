"""Editions of a source in an atlas: the origin of the files, their date, and whether they are complete."""

from pathlib import Path

import orjson
import pytest

from overt.archive import Archive
from tests.support.command_built_atlas import Atlas, make_statements

KNOWN = {"as_of": "2019", "counts": {"files": {"statements": 2}}}


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    return Atlas(tmp_path)


def projects(count: int) -> list:
    return [row for number in range(count) for row in make_statements("project", f"p{number}", name=f"Project {number}")]


def source_of(atlas: Atlas, release: str) -> dict:
    """Return what a release says about the dates and the edition of its only source. The manifest must have the same `as_of`."""
    [row] = atlas.rows(release, "SELECT as_of, as_of_said, other_edition, retrieved FROM sources")
    manifest = orjson.loads((atlas.root / "releases" / release / "manifest.json").read_bytes())
    assert manifest["sources"]["alpha"]["as_of"] == row["as_of"]
    return row


def accept(atlas: Atlas, *marks: str) -> None:
    """Set the snapshots that overt.toml accepts as complete."""
    settings = atlas.root / "overt.toml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(f"whole = {orjson.dumps(marks).decode()}\n" if line.startswith("whole = ") else line for line in lines)
    settings.write_text(text, encoding="utf-8")


# --- Origin and retrieval -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_file_on_a_disk_does_not_come_from_the_publisher(atlas: Atlas) -> None:
    atlas.fetch("alpha", projects(1))
    [capture] = Archive(atlas.root / "archive").captures()
    assert (capture.address, capture.name) == ("", "alpha.csv")
    release = atlas.build()
    assert atlas.rows(release, "SELECT address, name, retrieved FROM captures") == [
        {"address": "", "name": "alpha.csv", "retrieved": "2026-01-01"}
    ]
    assert atlas.rows(release, "SELECT address FROM sources") == [{"address": "https://alpha.example/"}]


@pytest.mark.slow
def test_each_source_can_have_a_day_of_its_own(atlas: Atlas, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for slug in ("alpha", "beta"):
        atlas.source(slug)
        (folder / f"{slug}.csv").write_text("type,key,property,value,unit,lang,document,rule\n" + f"project,{slug},name,P,,,,\n")
    options = ("--retrieved", "2026-02-01", "--retrieved", "beta=2022-11-10")
    release = atlas.build("--from", folder, *options)
    days = {row["source"]: row["retrieved"] for row in atlas.rows(release, "SELECT source, retrieved FROM sources")}
    assert (days["alpha"], days["beta"]) == ("2026-02-01", "2022-11-10")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["alpha=2026-02-30"], "'alpha=2026-02-30' is not a day; write it as 2026-11-24, or for one source as SOURCE=2026-11-24"),
        (["=2026-02-03"], "'=2026-02-03' is not a day"),
        (["alpha=9998-01-01"], "9998-01-01 is in the future"),
        (["gamma=2026-01-01"], "--retrieved gamma=2026-01-01: there is no such source"),
        (["alpha=2026-01-01", "alpha=2026-01-02"], "--retrieved alpha=2026-01-02: 2026-01-01 is given as well; leave one out"),
    ],
)
def test_a_day_that_cannot_be_of_a_source(atlas: Atlas, tmp_path: Path, words: list[str], why: str) -> None:
    atlas.source("alpha")
    options = [part for word in words for part in ("--retrieved", word)]
    outcome = atlas.overt("build", "--from", tmp_path, *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert why in outcome.err


# --- Dates of the data --------------------------------------------------------------------------------------------------


def test_the_edition_that_is_known_is_of_the_day_that_is_declared(atlas: Atlas) -> None:
    atlas.source("alpha", **KNOWN)
    atlas.fetch("alpha", projects(2))
    source = source_of(atlas, atlas.build())
    assert source == {"as_of": "2019", "as_of_said": None, "other_edition": None, "retrieved": "2026-01-01"}


@pytest.mark.slow
def test_the_data_include_their_date(atlas: Atlas) -> None:
    atlas.source("alpha", as_of="2019")
    with (atlas.root / "sources" / "alpha" / "importer.py").open("a", encoding="utf-8") as importer:
        importer.write('            if row["property"].text == "agreed":\n                ctx.as_of(row["value"])\n')
    rows = make_statements("project", "p", name="P", agreed="2022-11-10") + make_statements(
        "project", "q", name="Q", agreed="2021"
    )
    atlas.fetch("alpha", rows)
    source = source_of(atlas, atlas.build())
    assert (source["as_of"], source["as_of_said"]) == ("2022-11-10", "alpha.csv row=3;col=value")


# --- Completeness --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_another_edition_is_refused_until_an_editor_declares_it_complete(atlas: Atlas) -> None:
    atlas.source("alpha", **KNOWN)
    atlas.fetch("alpha", projects(3))
    [snapshot] = Archive(atlas.root / "archive").snapshots()
    mark = f"alpha-{snapshot.id[-8:]}"
    differs = "3 rows of 'statements', where the edition that Overt knows has 2"
    refused = atlas.overt("build")
    assert refused.code == 1
    assert refused.errors == [
        f"overt: alpha: {differs}; is the file complete? download it again; if it is a complete file of another edition,"
        f' add "{mark}" to `whole` in overt.toml and import it again'
    ]
    accept(atlas, mark)
    source = source_of(atlas, atlas.build())
    assert (source["as_of"], source["other_edition"]) == (None, differs), "what is declared is of the edition that is known"
    # The same files are the same edition, even if they are fetched on another day.
    atlas.fetch("alpha", projects(3), "2026-01-02")
    assert source_of(atlas, atlas.build())["retrieved"] == "2026-01-02"
    # If the setting is removed, the files are refused again.
    accept(atlas)
    again = atlas.overt("import")
    assert again.code == 1
    assert f"alpha: {differs}; if it is a complete file of another edition" in again.errors[0]


def test_a_cut_file_is_not_another_edition_that_was_let_pass(atlas: Atlas) -> None:
    atlas.source("alpha", **KNOWN)
    atlas.fetch("alpha", projects(3))
    [snapshot] = Archive(atlas.root / "archive").snapshots()
    accept(atlas, f"alpha-{snapshot.id[-8:]}")
    atlas.build()
    atlas.fetch("alpha", projects(1), "2026-01-02")
    assert "1 row of 'statements'" in atlas.overt("build").errors[0]


def test_an_invalid_mark(atlas: Atlas) -> None:
    accept(atlas, "everything")
    assert "overt.toml: whole.0: " in atlas.overt("import").errors[0]
