"""Replacing a folder, and cleaning up after killed runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from overt.model.files import atomic_replace
from overt.model.files.atomic_writes import TEMPORARY_PREFIX


def _folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "file").write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("can_exchange", [True, False])
def test_the_previous_folder_gets_the_name_of_the_new_one(
    can_exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, target = _folder(tmp_path / "made", "new"), _folder(tmp_path / "target", "old")
    if not can_exchange:
        monkeypatch.setattr(atomic_replace, "exchange_names", lambda *_: False)
    atomic_replace.replace_target(new, target)
    assert {path.name: (path / "file").read_text() for path in tmp_path.iterdir()} == {"made": "old", "target": "new"}


@pytest.mark.parametrize("name", ["site", "site[1]", "a-b"])
def test_clean_up_removes_unfinished_paths_and_restores_the_previous_version(name: str, tmp_path: Path) -> None:
    """Paths of running processes and of other targets stay. Paths with our own process id must be from an earlier run."""
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


def test_clean_up_removes_a_previous_version_that_was_replaced(tmp_path: Path) -> None:
    target = _folder(tmp_path / "site", "new")
    _folder(tmp_path / f"{TEMPORARY_PREFIX}old-{os.getpid()}-site", "old")
    atomic_replace.clean_up_target(target)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (target / "file").read_text() == "new"
