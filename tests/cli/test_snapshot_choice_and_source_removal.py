"""`overt source`: choosing a snapshot, and leaving out a source."""

import shutil
from pathlib import Path

import orjson
import pytest

from tests.cli.source_snapshots import fetch, ids, statuses
from tests.support.command_built_atlas import BY, Atlas


@pytest.fixture
def atlas(three_snapshots: Atlas, tmp_path: Path) -> Atlas:
    return three_snapshots.copy_to(tmp_path)


def test_the_files_archived_last_count(atlas: Atlas) -> None:
    [release] = [folder.name for folder in (atlas.root / "releases").iterdir() if folder.is_dir()]
    assert statuses(atlas, release) == {"denied", "operational"}


@pytest.mark.slow
def test_an_older_snapshot_is_chosen_and_stays_until_it_is_undone(atlas: Atlas) -> None:
    older, newer = ids(atlas)
    outcome = atlas.ok("source", "use", older[-8:], *BY, "--json")
    assert orjson.loads(outcome.out) == {
        "entry": 1, "source": "alpha", "next": "overt build", "snapshot": older, "before": newer, "left_out": [newer],
    }  # fmt: skip
    assert f"alpha: {older} counts instead of {newer}; 1 later snapshot won't count" in outcome.err
    assert "next: `overt build`" in outcome.err
    assert statuses(atlas, atlas.build()) == {"agreed", "operational"}

    fetched = fetch(atlas, "alpha", "2026-01-09", "cancelled")
    line = f"alpha: {older} stays in use, as entry 1 chose it; 2 newer snapshots don't count; `overt source use alpha {fetched}`"
    assert line in atlas.ok("import").err
    assert line in atlas.ok("release").err
    assert statuses(atlas, atlas.build()) == {"agreed", "operational"}

    assert "`overt build` makes it count" in atlas.ok("judge", "undo", 1, *BY).err
    assert statuses(atlas, atlas.build()) == {"cancelled", "operational"}


def test_fetch_says_that_a_chosen_snapshot_stays(atlas: Atlas, tmp_path: Path) -> None:
    older, _ = ids(atlas)
    atlas.ok("source", "use", "alpha", older, *BY)
    folder = next((tmp_path / "drops" / "alpha").iterdir())
    outcome = atlas.ok("fetch", "alpha", "--from", folder, "--retrieved", "2026-02-01")
    assert f"alpha: {older} stays in use, as entry 1 chose it" in outcome.err


@pytest.mark.slow
def test_a_removed_source_leaves_claims_resolution_and_release(atlas: Atlas) -> None:
    before = (atlas.root / "archive" / "index.jsonl").read_bytes()
    outcome = atlas.ok("source", "remove", "alpha", *BY)
    assert "its claims won't be in the next release; the archive keeps its files" in outcome.err
    built = atlas.ok("build")
    assert built.err.count("alpha: left out, because entry 1 removed it") == 1
    release = built.out.splitlines()[-1]
    assert {row["source"] for row in atlas.rows(release, "SELECT source FROM claims")} == {"beta"}
    assert {row["record"] for row in atlas.rows(release, "SELECT record FROM members")} == {"beta:p"}
    assert not (atlas.root / "claims" / "alpha").exists()
    assert (atlas.root / "archive" / "index.jsonl").read_bytes() == before
    refused = atlas.overt("import", "alpha")
    assert (refused.code, refused.errors) == (
        2, ["overt: alpha: was removed by entry 1; `overt judge undo 1` brings it back"],
    )  # fmt: skip
    atlas.undo(1)
    assert statuses(atlas, atlas.build()) == {"denied", "operational"}


def test_a_source_without_its_folder_can_be_left_out(atlas: Atlas) -> None:
    shutil.rmtree(atlas.root / "sources" / "alpha")
    assert "overt source remove alpha" in atlas.overt("build").errors[-1]
    atlas.ok("source", "remove", "alpha", *BY)
    assert statuses(atlas, atlas.build()) == {"operational"}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("use", "alhpa", "x"), "alhpa: there is no such source; did you mean alpha?"),
        (("use", "alpha"), "alpha: name a snapshot after it: 2026-01-05-"),
        (("use", "2026-01-0"), "2026-01-0: could be more than one snapshot (alpha 2026-01-05-"),
        (("use", "nonsense"), "nonsense: the archive has no such snapshot"),
        (("remove", "betta"), "betta: there is no such source; did you mean beta?"),
    ],
)
def test_names_that_mean_nothing_or_too_much_are_refused_in_one_line(atlas: Atlas, words: tuple[str, ...], reason: str) -> None:
    outcome = atlas.overt("source", *words, *BY)
    assert outcome.code == 2 and len(outcome.errors) == 1 and reason in outcome.errors[0]
    assert not atlas.ledger.head().sequence


def test_the_same_choice_twice_is_refused(atlas: Atlas) -> None:
    atlas.ok("source", "remove", "alpha", *BY)
    outcome = atlas.overt("source", "remove", "alpha", *BY)
    assert (outcome.code, outcome.errors) == (1, ["overt: alpha: the source is removed already, by entry 1"])


# --- Wrong clocks -------------------------------------------------------------------------------------------------------


def test_a_choice_needs_no_name_once_editors_have_keys(atlas: Atlas) -> None:
    atlas.ok("key", "editor", "--no-passphrase")
    atlas.ok("source", "use", ids(atlas)[0][-8:], "--why", "the newer one is damaged")
    atlas.ok("source", "remove", "beta", "--why", "its licence ended")
    assert [entry.kind for entry in atlas.ledger.entries()][1:] == ["source-snapshot", "source-removal"]
