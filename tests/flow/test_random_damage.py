"""Random damage to any file of an atlas or a published edition is detected, or is in bytes that nothing reads."""

import itertools
import os
import random
import sqlite3
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from tests.support.command_built_atlas import Atlas, fetch_samples, make_statements
from tests.support.command_runs import Outcome, overt

SEED = int(os.environ.get("OVERT_SEED", "20261128"))
PARTS = ("archive", "claims", "resolved", "releases", "history", "ledger", "index", "edition")
KINDS = ("flip", "flip", "flip", "cut", "delete")
NOT_READ = (".lock", ".lock-owner", ".checked", "charts.sqlite")
"""Files whose content nothing relies on: locks, the state of an index when it was last read completely, and drawings. Each
drawing is sealed, and redrawn if it was changed (tests/charts/test_drawing_cache.py).
"""

ID_LENGTH = len("2026-11-28-0123abcd")


class Damage(NamedTuple):
    """A change to a file, and the bytes to restore."""

    part: str
    path: Path
    kind: str
    position: int
    before: bytes
    after: bytes | None
    """None if the file was deleted."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with samples of real sources, decisions, two indexed releases and a published edition."""
    atlas = Atlas(tmp_path_factory.mktemp("damage"), index=True)
    projects = make_statements("project", "p", name="Safe City", country="KE", kind="smart-city")
    atlas.fetch("alpha", make_statements("organization", "zte", name=["ZTE", "中兴通讯"]) + projects)
    fetch_samples(atlas.workspace, ["aigs_2022", "telegeography"])
    atlas.ok("import")
    atlas.clusters()
    atlas.claim("alpha:zte", "organization", "country", "CN")
    entry = atlas.judge("different", "alpha:zte", "aigs_2022:organization/huawei")
    atlas.build()
    atlas.undo(entry)
    atlas.retract("alpha:p")
    atlas.build()
    atlas.ok("publish", atlas.root.parent / "site")
    assert_intact(atlas)
    return atlas


def assert_intact(atlas: Atlas) -> None:
    """Assert that nothing is damaged, so that what a verification reports next is new damage."""
    for verified in (atlas.overt("verify", "--all"), overt("verify", atlas.root.parent / "site")):
        assert verified.code == 0 and verified.out.startswith("whole: "), verified


def files_of(atlas: Atlas) -> dict[str, list[Path]]:
    """Return the files of each part of an atlas and of its edition, without NOT_READ."""
    root = atlas.root
    patterns = {
        "archive": root.glob("archive/**/*"),
        "claims": root.glob("claims/**/*"),
        "resolved": root.glob("resolved/*"),
        "releases": root.glob("releases/*/**/*"),
        "history": [root / "releases" / "history.jsonl", root / "releases" / "latest"],
        "ledger": root.glob("ledger.db*"),
        "index": root.glob("cache/*/**/*"),
        "edition": (root.parent / "site").rglob("*"),
    }
    return {
        part: sorted(path for path in paths if path.is_file() and not path.name.endswith(NOT_READ))
        for part, paths in patterns.items()
    }


def damages(atlas: Atlas, seed: int) -> Generator[Damage]:
    """Damage one file after another, taking the parts in turn. Yield each Damage, then restore the file.

    The file of the last damage is restored when the generator is closed.
    """
    chance = random.Random(seed)
    files = files_of(atlas)
    while True:
        for part in PARTS:
            path, kind = chance.choice(files[part]), chance.choice(KINDS)
            state, before = path.stat(), path.read_bytes()
            position = chance.randrange(len(before))
            after: bytes | None = before[:position]
            if kind == "delete":
                after = None
                path.unlink()
            else:
                if kind == "flip":
                    changed = bytes([before[position] ^ (1 << chance.randrange(8))])
                    after = before[:position] + changed + before[position + 1 :]
                path.write_bytes(after or b"")
            try:
                yield Damage(part, path, kind, position, before, after)
            finally:
                if not path.is_file() or path.read_bytes() != before:
                    path.write_bytes(before)
                os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def find(atlas: Atlas, damage: Damage) -> str | None:
    """Return which check detects the damage, or which unread bytes are damaged; None if the damage is missed."""
    if damage.part == "edition":
        return "edition check" if is_reported(overt("verify", atlas.root.parent / "site")) else None
    if is_reported(atlas.overt("verify", "--quick")):
        return "quick verification"
    if damage.part == "index" and is_repaired_when_opened(atlas, damage):
        return "opening"
    if damage.part == "ledger" and damage.after is not None and (unread := unread_bytes(damage)):
        return unread  # identical reads can't lead to a different result
    return "full verification" if is_reported(atlas.overt("verify", "--all")) else None


def is_reported(outcome: Outcome) -> bool:
    """Return whether a verification reports a problem, which it must print as lines."""
    assert outcome.code in (0, 1, 2), outcome
    assert outcome.err.splitlines() == outcome.errors, outcome
    return outcome.code != 0


def is_repaired_when_opened(atlas: Atlas, damage: Damage) -> bool:
    """Return whether opening the cached index or edition restores the damaged bytes."""
    folder = damage.path.relative_to(atlas.root / "cache").parts[0]
    release, is_public = folder[:ID_LENGTH], len(folder) > ID_LENGTH
    prepare(ServeSettings(atlas.workspace, release, public=is_public))
    return damage.path.is_file() and damage.path.read_bytes() == damage.before


def unread_bytes(damage: Damage) -> str | None:
    """Return which bytes of a SQLite file are damaged, if all tables still read the same; None if they don't."""
    assert damage.after is not None
    if sqlite_content(damage.path, damage.before) != sqlite_content(damage.path, damage.after):
        return None
    size = int.from_bytes(damage.before[16:18], "big")
    start = damage.position // size * size
    header = start + (100 if start == 0 else 0)
    cells = int.from_bytes(damage.before[header + 3 : header + 5], "big")
    content = start + int.from_bytes(damage.before[header + 5 : header + 7], "big")
    if damage.position < 100:
        return f"unread: SQLite's file header, byte {damage.position}"
    if header + 8 + 2 * cells <= damage.position < content:
        return "unread: space of a SQLite page that is not allocated"
    return "unread: the text of SQLite's schema" if start == 0 else "unread: a free block of a SQLite page"


def sqlite_content(path: Path, data: bytes) -> list[object]:
    """Return everything that can be read from the bytes of a ledger."""
    copy = path.with_name("copy.db")
    copy.write_bytes(data)
    try:
        with closing(sqlite3.connect(copy)) as connection:
            queries = ("PRAGMA integrity_check", "SELECT type, name FROM sqlite_master", "SELECT * FROM ledger_format")
            return [connection.execute(query).fetchall() for query in (*queries, "SELECT * FROM entries ORDER BY sequence")]
    finally:
        for leftover in path.parent.glob("copy.db*"):
            leftover.unlink()


def damage_at_random(atlas: Atlas, count: int) -> Counter[tuple[str, str]]:
    """Damage files and assert that all damage is detected. Return how often each check detected it, by part."""
    print(f"seed {SEED}")
    finders: Counter[tuple[str, str]] = Counter()
    missed = []
    with closing(damages(atlas, SEED)) as all_damages:
        for damage in itertools.islice(all_damages, count):
            name, finder = str(damage.path.relative_to(atlas.root.parent)), find(atlas, damage)
            finders[damage.part, finder or "missed"] += 1
            print(f"{name}: {damage.kind} at {damage.position}: {finder}", flush=True)
            if finder is None:
                missed.append((name, damage.kind, damage.position, len(damage.before)))
    for (part, finder), times in sorted(finders.items()):
        print(f"{part}: {finder}: {times}")
    assert not missed
    assert_intact(atlas)
    return finders


@pytest.mark.slow
def test_a_few_damages(published: Atlas) -> None:
    damage_at_random(published, 3 * len(PARTS))


@pytest.mark.slow
def test_three_hundred_damages(published: Atlas) -> None:
    finders = damage_at_random(published, 304)
    unread = sum(times for (_, finder), times in finders.items() if finder.startswith("unread"))
    assert finders.total() - unread >= 270
