"""Refused joins, as `overt resolve` reports them and `overt judge list` lists them."""

from pathlib import Path

import pytest

from overt.cli.commands.resolve import MAX_JOINS
from tests.support.command_built_atlas import Atlas, make_statements

PATH = "b:o ~ a:o (refused: name 'zte'), a:o = c:o (entry 1), b:o ≠ c:o (entry 2)"


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    atlas = Atlas(tmp_path)
    for source, name in {"a": "ZTE", "b": "ZTE", "c": "Zhongxing"}.items():
        atlas.fetch(source, make_statements("organization", "o", name=name))
    atlas.ok("import")
    atlas.ok("resolve")
    atlas.judge("same", "a:o", "c:o")
    atlas.judge("different", "b:o", "c:o")
    return atlas


def test_resolve_reports_them_with_their_path(atlas: Atlas) -> None:
    for _ in range(2):  # also printed if the result is already up to date
        lines = atlas.ok("resolve").err.splitlines()
        assert lines[-2:] == ["1 join was refused as a contradiction; `overt judge list` shows all:", f"  {PATH}"]
    [contradiction] = atlas.read_json("resolve")["contradictions"]
    assert (contradiction["one"], contradiction["other"], contradiction["why"], contradiction["by"]) == (
        "b:o",
        "c:o",
        "judged to be different",
        "",
    )
    assert [(step["left"], step["right"], step["reason"]) for step in contradiction["path"]] == [
        ("b:o", "a:o", "name"),
        ("a:o", "c:o", "judgement"),
    ]


def test_the_list_shows_them_with_their_path(atlas: Atlas) -> None:
    atlas.ok("resolve")
    lines = atlas.ok("judge", "list").out.splitlines()
    assert lines[-2:] == ["refused: a:o ~ b:o (name 'zte'): b:o and c:o: judged to be different", f"         {PATH}"]
    [refused] = atlas.read_json("judge", "list")["refused"]
    assert [step["right"] for step in refused["path"]] == ["a:o", "c:o"]


def test_the_question_about_them_has_their_path(atlas: Atlas) -> None:
    atlas.ok("resolve")
    [question] = atlas.read_json("judge", "review")
    assert question["refused"].endswith(PATH)
    assert PATH in " ".join(atlas.ok("judge", "next").out.split())


@pytest.mark.slow
def test_of_very_many_the_first_are_reported(atlas: Atlas) -> None:
    names = [
        f"Quillwater {word}" for word in ("Optics", "Mining", "Timber", "Textiles", "Fisheries", "Railways", "Dairies", "Glass")
    ]
    names += [f"Harrowfen {word}" for word in ("Optics", "Mining", "Timber", "Textiles", "Fisheries")]
    for source in "xy":
        atlas.fetch(
            source, [row for at, name in enumerate(names) for row in make_statements("organization", f"o{at}", name=name)]
        )
    atlas.ok("import")
    atlas.ok("resolve")
    for at in range(len(names)):
        atlas.judge("different", f"x:o{at}", f"y:o{at}")
    lines = atlas.ok("resolve").err.splitlines()
    assert lines[-MAX_JOINS - 1].startswith(f"{len(names) + 1} joins were refused")
    assert all("(refused: " in line for line in lines[-MAX_JOINS:])
