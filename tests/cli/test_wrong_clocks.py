"""A snapshot from the year 9999, and commands that refuse to run if the clock is behind."""

from pathlib import Path

import pytest

from overt.archive import archive as archive_module
from overt.importing import machine_clock_check
from tests.cli.source_snapshots import fetch, ids, statuses
from tests.support.command_built_atlas import BY, Atlas

FORGED = "9999-12-31"


@pytest.fixture
def atlas(three_snapshots: Atlas, tmp_path: Path) -> Atlas:
    return three_snapshots.copy_to(tmp_path)


@pytest.fixture
def forged(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Atlas:
    """An atlas with a snapshot from the year 9999. A server's wrong date could cause one before Overt refused such days."""
    with monkeypatch.context() as patch:
        patch.setattr(archive_module, "is_future", lambda day: False)
        patch.setattr(machine_clock_check, "is_future", lambda day: False)
        patch.setattr("overt.cli.pipeline.fetch_options._day", lambda text: text)
        fetch(atlas, "alpha", FORGED, "cancelled")
    return atlas


@pytest.mark.slow
def test_a_forged_day_neither_stays_nor_names_the_release(forged: Atlas) -> None:
    refused = forged.overt("build")
    assert refused.code == 1
    [line] = refused.errors
    assert f"but the archived snapshot {ids(forged)[-1]} of alpha is of {FORGED}; set the clock" in line
    assert f'add "{FORGED}" to `wrong_days` under [clock] in overt.toml' in line

    settings = forged.root / "overt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("wrong_days = []", f'wrong_days = ["{FORGED}"]'), encoding="utf-8")
    release = forged.build()
    assert release.startswith("2026-01-01-") and "cancelled" in statuses(forged, release)
    fetch(forged, "alpha", "2026-01-07", "suspended")
    assert "cancelled" not in statuses(forged, forged.build()), "a later fetch replaces it"


def test_commands_that_write_refuse_a_clock_that_runs_behind(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    atlas.judge("different", "alpha:p", "beta:p")
    monkeypatch.setattr(machine_clock_check, "today", lambda: "2025-12-24")
    monkeypatch.setattr(machine_clock_check, "is_future", lambda day: day > "2025-12-25")
    for words in (("judge", "same", "alpha:p", "beta:p", *BY), ("source", "remove", "alpha", *BY), ("build",)):
        outcome = atlas.overt(*words)
        assert outcome.code == 1, words
        assert "overt: this machine's clock says 2025-12-24, but the ledger's last entry, 1, is of" in outcome.errors[0]
    assert atlas.ledger.head().sequence == 1
