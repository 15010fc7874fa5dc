"""Killed at any moment, `overt publish` leaves what was there before, whole, and no process behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from overt.edition import publish
from overt.edition import writer as making
from overt.edition.manifest import digest_of, verify_edition
from overt.model import replace
from overt.model.errors import OvertError, UsageError
from tests.edition.small import few, only_few
from tests.flow.killed import Forks
from tests.support.small_atlas import Atlas


def _before(atlas: Atlas, target: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An edition that another takes the place of."""
    monkeypatch.setattr(making, "parts", lambda sites: [part for part in few(sites) if part.address == "/method"])
    publish.publish(atlas.workspace, atlas.release, target, workers=1)
    return digest_of(target)


def _killed(forks: Forks, atlas: Atlas, target: Path, change: int) -> int:
    """Killed in front of a change to what lies beside the edition, or not for 0; how many changes it was."""
    words = ["publish", str(target), "--release", atlas.release, "--force"]
    killed, changes = forks.run_until(words, atlas.workspace.root, change, within=target.parent)
    assert killed == (change != 0), (change, changes)
    return changes


def test_what_was_there_is_whole_wherever_a_run_is_killed(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "site"
    before = _before(atlas, target, monkeypatch)
    with Forks(only_few) as forks:
        changes = _killed(forks, atlas, tmp_path / "other" / "site", 0)
        assert changes > 20
        for change in (1, 2, changes // 3, 2 * changes // 3, changes - 1):
            _killed(forks, atlas, target, change)
            assert digest_of(target) == before, change
        assert list(verify_edition(target)) == []
        _killed(forks, atlas, target, 0)
    assert digest_of(target) == digest_of(tmp_path / "other" / "site") != before
    assert list(verify_edition(target)) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "site"], "the next run tidies up"


def test_it_is_on_the_disk_before_it_has_its_name(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "site"
    before = _before(atlas, target, monkeypatch)
    synced: list[str] = []
    monkeypatch.setattr(os, "sync", lambda: synced.append(digest_of(target)))
    monkeypatch.setattr(making, "parts", few)
    publish.publish(atlas.workspace, atlas.release, target, force=True, workers=1)
    assert synced == [before]
    assert digest_of(target) != before


@pytest.mark.parametrize("at_once", [True, False])
def test_an_edition_takes_the_place_of_another(
    at_once: bool, atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one step, or in two where the system knows no other way."""
    target = tmp_path / "site"
    before = _before(atlas, target, monkeypatch)
    asked: list[bool] = []
    exchange = replace.exchange

    def exchanged(one: Path, other: Path) -> bool:
        asked.append(at_once and exchange(one, other))
        return asked[-1]

    monkeypatch.setattr(replace, "exchange", exchanged)
    monkeypatch.setattr(making, "parts", few)
    publish.publish(atlas.workspace, atlas.release, target, force=True, workers=1)
    assert asked == [at_once]
    assert digest_of(target) != before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("renames", [1, 2])
@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(5, "Input/output error")])
def test_the_edition_that_stepped_aside_is_never_lost(
    stop: BaseException, renames: int, atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it cannot come back at once, the next run finds it, though it has the same number, and asks before it replaces it."""
    target = tmp_path / "site[1]"
    before = _before(atlas, target, monkeypatch)
    rename, refused = Path.rename, 0

    def refuse(self: Path, to: Path) -> Path:
        nonlocal refused
        if to == target and refused < renames:
            refused += 1
            raise stop
        return rename(self, to)

    monkeypatch.setattr(replace, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises((KeyboardInterrupt, OvertError)):
        publish.publish(atlas.workspace, atlas.release, target, force=True, workers=1)
    assert refused == renames
    assert target.exists() == (renames == 1)
    with pytest.raises(UsageError, match="--force"):
        publish.publish(atlas.workspace, atlas.release, target, workers=1)
    assert digest_of(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site[1]"]


@pytest.mark.slow
def test_no_process_outlives_a_run_that_was_killed(atlas: Atlas, tmp_path: Path) -> None:
    """What reads its output ends when the last of them has."""
    target = tmp_path / "site"
    command = [sys.executable, "-m", "overt", "publish", str(target), "--workspace", str(atlas.workspace.root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    while process.poll() is None and not list(tmp_path.glob(".tmp-*/project/*/index.html")):
        os.sched_yield()
    process.kill()
    process.communicate(timeout=60)
    assert not target.exists()
    assert [path.name for path in tmp_path.iterdir()] == [f".tmp-{process.pid}-site"]
