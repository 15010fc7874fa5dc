"""Commands that write to an atlas notice if the ledger or the archive is missing, or was reset to an earlier state."""

import shutil
from pathlib import Path

import pytest

from overt.desk.queue_evidence_and_judging import Desk
from overt.model.errors import OvertError
from tests.support.command_built_atlas import BY, DOCUMENT, Atlas, make_statements

WRITING = [
    ("judge", "same", "alpha:zte", "beta:zte", *BY),
    ("claim", "add", "alpha:zte", "organization", "alias", "ZT", *DOCUMENT, *BY),
    ("retract", "alpha:zte", *BY),
    ("key", "editor", "--no-passphrase"),
    ("release",),
    ("build",),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with two releases, the second after a retraction, and copies of the archive and the ledger from between them."""
    atlas = Atlas(tmp_path_factory.mktemp("rolled"))
    atlas.fetch("alpha", make_statements("organization", "zte", name="ZTE", country="CN"))
    atlas.build()
    earlier = atlas.root.parent / "drops" / "earlier"
    shutil.copytree(atlas.root / "archive", earlier / "archive")
    atlas.fetch("beta", make_statements("organization", "zte", name="ZTE Corp"))
    atlas.ok("import")
    atlas.clusters()
    atlas.claim("alpha:zte", "organization", "website", "https://zte.example/")
    shutil.copy(atlas.root / "ledger.db", earlier)
    atlas.retract("beta:zte")
    atlas.build()
    return atlas


@pytest.fixture
def atlas(made: Atlas, tmp_path: Path) -> Atlas:
    """A copy to attack."""
    return made.copy_to(tmp_path)


def lose_ledger(atlas: Atlas, how: str) -> None:
    path = atlas.root / "ledger.db"
    for name in ("ledger.db-wal", "ledger.db-shm"):
        path.with_name(name).unlink(missing_ok=True)
    path.unlink()
    if how == "empty":
        path.touch()
    elif how == "rolled back":
        shutil.copy(atlas.root.parent / "drops" / "earlier" / "ledger.db", path)


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("how", ["missing", "empty", "rolled back"])
def test_a_lost_ledger_takes_no_entry_and_gives_no_release(atlas: Atlas, how: str) -> None:
    """Commands used to start a new, unsigned ledger, and retracted records were published again."""
    lose_ledger(atlas, how)
    path = atlas.root / "ledger.db"
    releases = sorted((atlas.root / "releases").iterdir())
    for words in WRITING:
        outcome = atlas.overt(*words)
        [line] = outcome.errors
        assert outcome.code == 1 and f"{path}: lacks entry 2, which release " in line and "restore it from a copy" in line
    assert path.exists() == (how != "missing") and atlas.ledger.head().sequence == (how == "rolled back")
    assert sorted((atlas.root / "releases").iterdir()) == releases


def test_an_archive_that_was_put_back_gives_no_release(atlas: Atlas) -> None:
    shutil.rmtree(atlas.root / "archive")
    shutil.copytree(atlas.root.parent / "drops" / "earlier" / "archive", atlas.root / "archive")
    for words in WRITING:
        [line] = atlas.overt(*words).errors
        assert f"{atlas.root / 'archive' / 'index.jsonl'}: lacks capture 2, which release " in line


def test_the_desk_of_a_lost_ledger_writes_nothing(atlas: Atlas) -> None:
    release = next(path for path in (atlas.root / "releases").iterdir() if path.is_dir())
    desk = Desk(atlas.workspace, release, "token")
    lose_ledger(atlas, "missing")
    with pytest.raises(OvertError, match="lacks entry 2, which release "):
        desk.undo(1, "An editor", "a slip")
    assert not (atlas.root / "ledger.db").exists()


def test_an_intact_copy_can_be_written_to(atlas: Atlas) -> None:
    for words in WRITING[:2]:
        atlas.ok(*words)
