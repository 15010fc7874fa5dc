"""What differs between the releases that are kept and the one that is served, compared when somebody asks for it first."""

import sqlite3
import threading
import weakref
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from overt.index.release_history import Stage
from overt.release.diff.release_diff import ReleaseSide, diff_releases, record_ids

_TABLES = """
CREATE TABLE differences (since TEXT, n INTEGER, said TEXT, ids TEXT, PRIMARY KEY (since, n)) WITHOUT ROWID;
CREATE TABLE names (since TEXT, id TEXT, name TEXT, was TEXT, PRIMARY KEY (since, id)) WITHOUT ROWID;
"""


class Part(NamedTuple):
    """A part of a comparison."""

    differences: list[orjson.Fragment]
    """As `overt diff --json` has them."""
    names: dict[str, str]
    """What the records are called that these are of or name."""
    names_before: dict[str, str]
    """What those of them were called that are called otherwise now."""


class Compared:
    """Comparisons with one release: those of `overt diff`, each made once. Differences of large releases are many, so they lie in
    a database of their own that SQLite keeps in a temporary file and removes by itself.
    """

    def __init__(self, served: Stage, *, editors: bool, memory: str, spill: Path) -> None:
        """`editors`: whether reasons may say who judged, and in which words. `memory`, `spill`: as `connect` has them."""
        self._served = served
        self._editors = editors
        self._memory, self._spill = memory, spill
        self._heads: dict[str, Mapping[str, Any]] = {}
        self._guard = threading.Lock()
        self._held = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._held.executescript(_TABLES)
        weakref.finalize(self, self._held.close)

    def head(self, old: Stage) -> Mapping[str, Any]:
        """Of the comparison with a release: `counts`, `causes`, `figures` and `observations`, as `overt diff --json` has them.
        Raises OvertError where a release cannot be read.
        """
        with self._guard:
            if old.release not in self._heads:
                self._heads[old.release] = self._compare(old)
            return self._heads[old.release]

    def part(self, old: Stage, after: int, most: int) -> Part:
        """`most` differences, those beyond the first `after`."""
        self.head(old)
        with self._guard:
            rows = self._held.execute(
                "SELECT said, ids FROM differences WHERE since = ? AND n >= ? ORDER BY n LIMIT ?", [old.release, after, most]
            ).fetchall()
            ids = orjson.dumps(sorted({identity for _, held in rows for identity in orjson.loads(held)})).decode()
            names = self._held.execute(
                "SELECT id, name, was FROM names WHERE since = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
                [old.release, ids],
            ).fetchall()
        called, before = {row[0]: row[1] for row in names}, {row[0]: row[2] for row in names if row[2]}
        return Part([orjson.Fragment(said) for said, _ in rows], called, before)

    def _compare(self, old: Stage) -> Mapping[str, Any]:
        sides = [ReleaseSide(stage.release, stage.tables, stage.manifest) for stage in (old, self._served)]
        found = diff_releases(*sides, editors=self._editors, memory=self._memory, spill=self._spill)
        self._held.execute("BEGIN")
        self._held.executemany(
            "INSERT INTO differences VALUES (?, ?, ?, ?)",
            (
                (old.release, at, orjson.dumps(asdict(one)).decode(), orjson.dumps(sorted(record_ids(one))).decode())
                for at, one in enumerate(found.differences)
            ),
        )
        named = ((old.release, identity, name, found.names_before.get(identity)) for identity, name in found.names.items())
        self._held.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", named)
        self._held.execute("COMMIT")
        return {
            "counts": found.counts(),
            "causes": [asdict(one) for one in found.causes],
            "figures": found.figures,
            "observations": found.observations.as_dict(),
        }
