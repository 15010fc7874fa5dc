"""A killed or interrupted `overt publish` leaves the previous edition complete, and no process running."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from overt.edition import edition_publication
from overt.edition import site_files_writer as making
from overt.edition.edition_integrity import verify_edition
from overt.model.errors import OvertError, UsageError
from overt.model.files import atomic_replace
from tests.edition.small_editions import few, only_few
from tests.support.commands_killed_at_file_changes import CommandForks
from tests.support.small_atlas import SmallAtlas
from tests.support.static_edition import digest_of


def _before(atlas: SmallAtlas, target: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Publish an edition to be replaced by another; return its hash."""
    monkeypatch.setattr(making, "parts", lambda sites: [part for part in few(sites) if part.address == "/method"])
    edition_publication.publish(atlas.workspace, atlas.release, target, workers=1)
    return digest_of(target)


def _killed(forks: CommandForks, atlas: SmallAtlas, target: Path, change: int) -> int:
    """Run the command, and kill it before change number `change` in the folder around the edition (0: never).

    Return the number of changes that the command made there, including the one before which it was killed.
    """
    words = ["publish", str(target), "--release", atlas.release, "--force"]
    killed, changes = forks.run_until(words, atlas.workspace.root, change, within=target.parent)
    assert killed == (change != 0), (change, changes)
    return changes


@pytest.mark.slow
def test_old_edition_survives_a_kill_at_any_step(atlas: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "site"
    before = _before(atlas, target, monkeypatch)
    with CommandForks(only_few) as forks:
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


def test_edition_is_synced_before_it_is_renamed(atlas: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "site"
    before = _before(atlas, target, monkeypatch)
    synced: list[str] = []
    monkeypatch.setattr(os, "sync", lambda: synced.append(digest_of(target)))
    monkeypatch.setattr(making, "parts", few)
    edition_publication.publish(atlas.workspace, atlas.release, target, force=True, workers=1)
    assert synced == [before]
    assert digest_of(target) != before


@pytest.mark.parametrize("at_once", [True, False])
def test_new_edition_replaces_the_old_one(
    at_once: bool, atlas: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The replacement takes one step, or two if the system has no atomic exchange."""
    target = tmp_path / "site"
    before = _before(atlas, target, monkeypatch)
    exchanges: list[bool] = []
    exchange = atomic_replace.exchange_names

    def exchanged(first: Path, second: Path) -> bool:
        exchanges.append(at_once and exchange(first, second))
        return exchanges[-1]

    monkeypatch.setattr(atomic_replace, "exchange_names", exchanged)
    monkeypatch.setattr(making, "parts", few)
    edition_publication.publish(atlas.workspace, atlas.release, target, force=True, workers=1)
    assert exchanges == [at_once]
    assert digest_of(target) != before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("renames", [1, 2])
@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(5, "Input/output error")])
def test_old_edition_is_never_lost_during_replacement(
    stop: BaseException, renames: int, atlas: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the old edition can't be restored at once, the next run restores it, even if that run has the same process id.

    The next run replaces the old edition only with `--force`.
    """
    target = tmp_path / "site[1]"
    before = _before(atlas, target, monkeypatch)
    rename, refused = Path.rename, 0

    def refuse(self: Path, to: Path) -> Path:
        nonlocal refused
        if to == target and refused < renames:
            refused += 1
            raise stop
        return rename(self, to)

    monkeypatch.setattr(atomic_replace, "exchange_names", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises((KeyboardInterrupt, OvertError)):
        edition_publication.publish(atlas.workspace, atlas.release, target, force=True, workers=1)
    assert refused == renames
    assert target.exists() == (renames == 1)
    with pytest.raises(UsageError, match="--force"):
        edition_publication.publish(atlas.workspace, atlas.release, target, workers=1)
    assert digest_of(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site[1]"]


@pytest.mark.slow
def test_no_process_outlives_a_run_that_was_killed(atlas: SmallAtlas, tmp_path: Path) -> None:
    """`communicate` waits until all processes of the killed run have closed their output, so it times out if one lives on."""
    target = tmp_path / "site"
    command = [sys.executable, "-m", "overt", "publish", str(target), "--workspace", str(atlas.workspace.root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    while process.poll() is None and not list(tmp_path.glob(".tmp-*/project/*/index.html")):
        os.sched_yield()
    process.kill()
    process.communicate(timeout=60)
    assert not target.exists()
    assert [path.name for path in tmp_path.iterdir()] == [f".tmp-{process.pid}-site"]
