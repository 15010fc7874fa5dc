"""What takes the place of another leaves that one under its own name, or where it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from overt.model import atomic_replace
from overt.model.atomic_files import TEMPORARY_PREFIX


def _folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "file").write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("at_once", [True, False])
def test_two_folders_change_places(at_once: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, target = _folder(tmp_path / "made", "new"), _folder(tmp_path / "target", "old")
    if not at_once:
        monkeypatch.setattr(atomic_replace, "exchange_names", lambda *_: False)
    atomic_replace.replace_target(made, target)
    assert {path.name: (path / "file").read_text() for path in tmp_path.iterdir()} == {"made": "old", "target": "new"}


@pytest.mark.parametrize("name", ["site", "site[1]", "a-b"])
def test_what_killed_runs_left_goes_and_what_stepped_aside_comes_back(name: str, tmp_path: Path) -> None:
    """A number that is ours is of a run that is over, too; one of a process that runs is let alone, and so is another's name."""
    ours, target = os.getpid(), tmp_path / name
    _folder(tmp_path / f"{TEMPORARY_PREFIX}old-{ours}-{name}", "old")
    _folder(tmp_path / f"{TEMPORARY_PREFIX}{ours}-{name}", "half")
    _folder(tmp_path / f"{TEMPORARY_PREFIX}{ours}-other-{name}", "another's")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        running = _folder(tmp_path / f"{TEMPORARY_PREFIX}{other.pid}-{name}", "another's")
        atomic_replace.clean_up_target(target)
        assert (target / "file").read_text() == "old"
        assert {path.name for path in tmp_path.iterdir()} == {name, running.name, f"{TEMPORARY_PREFIX}{ours}-other-{name}"}
        other.communicate()


def test_what_stepped_aside_goes_where_something_took_its_place(tmp_path: Path) -> None:
    target = _folder(tmp_path / "site", "new")
    _folder(tmp_path / f"{TEMPORARY_PREFIX}old-{os.getpid()}-site", "old")
    atomic_replace.clean_up_target(target)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (target / "file").read_text() == "new"
