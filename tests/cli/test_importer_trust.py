"""An atlas made by someone else contains code, which runs only after the user has agreed."""

import shutil
from pathlib import Path

import pytest

from overt.model.workspace import Workspace
from tests.support.command_built_atlas import Atlas, Statement
from tests.support.command_runs import Outcome, overt


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An atlas that was made on another machine and unpacked here."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "their-state"))
    atlas = Atlas(tmp_path / "theirs")
    atlas.source("alpha")
    atlas.fetch("alpha", [Statement("organization", "zte", "name", "ZTE")])
    importer = atlas.root / "sources" / "alpha" / "importer.py"
    importer.write_text(f"{importer.read_text()}\nopen({str(tmp_path / 'ran')!r}, 'w').close()\n")
    unpacked = tmp_path / "unpacked"
    shutil.copytree(atlas.root, unpacked)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "my-state"))
    return unpacked


def import_(root: Path, *options: str) -> Outcome:
    return overt("import", "-w", root, *options)


@pytest.mark.parametrize("command", ["import", "build"])
def test_foreign_code_does_not_run_unasked(foreign: Path, tmp_path: Path, command: str) -> None:
    outcome = overt(command, "-w", foreign)
    assert outcome.code == 2
    assert outcome.errors == [
        f"overt: {foreign / 'sources' / 'alpha' / 'importer.py'}: code that came with this atlas, and has not run here before;"
        " read it, then use --trust"
    ]
    assert not (tmp_path / "ran").exists()


def test_trusted_code_runs_until_it_changes(foreign: Path, tmp_path: Path) -> None:
    assert import_(foreign, "--trust").code == 0
    assert (tmp_path / "ran").exists()
    assert import_(foreign).code == 0, "it has been agreed to"
    importer = foreign / "sources" / "alpha" / "importer.py"
    importer.write_text(f"{importer.read_text()}\n# one line more\n")
    assert import_(foreign).code == 2
    (foreign / "sources" / "alpha" / "helper.py").write_text("")
    assert import_(foreign, "--trust").code == 0
    (foreign / "sources" / "alpha" / "helper.py").write_text("# code beside it")
    assert import_(foreign).code == 2


def test_the_command_asks_at_a_terminal(foreign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.cli.pipeline.importer_consent.sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("overt.cli.messages_and_progress.Messages.is_terminal", True)
    answers = iter([False, True])
    monkeypatch.setattr("typer.confirm", lambda *words, **options: next(answers))
    assert import_(foreign, "-q").code == 2
    assert not (tmp_path / "ran").exists()
    assert import_(foreign, "-q").code == 0
    assert (tmp_path / "ran").exists()


def test_own_atlas_is_trusted_with_any_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    theirs = Atlas(tmp_path / "theirs")
    theirs.fetch("alpha", [Statement("organization", "zte", "name", "ZTE")])
    mine = tmp_path / "mine"
    assert overt("init", mine, "--title", "Mine").code == 0
    shutil.copytree(theirs.root / "sources", mine / "sources")
    shutil.copytree(theirs.root / "archive", mine / "archive")
    importer = mine / "sources" / "alpha" / "importer.py"
    for text in ("", "\n# edited\n"):
        importer.write_text(importer.read_text() + text)
        assert import_(mine).code == 0


def test_code_that_ran_in_an_own_atlas_is_trusted_in_its_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    atlas = Atlas(tmp_path)
    atlas.source("alpha")
    atlas.fetch("alpha", [Statement("organization", "zte", "name", "ZTE")])
    assert import_(atlas.root).code == 0
    shutil.copytree(atlas.root, tmp_path / "copy")
    assert import_(tmp_path / "copy").code == 0


def test_unreadable_memory_trusts_nothing(foreign: Path, tmp_path: Path) -> None:
    state = tmp_path / "my-state" / "overt"
    state.mkdir(parents=True)
    for text in ("", "[]", '{"importers": 3}', "\x00"):
        (state / "trust.json").write_text(text)
        assert import_(foreign).code == 2
    assert Workspace.open(foreign).root == foreign
