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


class ReleaseComparisons:
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
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._database.executescript(_TABLES)
        weakref.finalize(self, self._database.close)

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
            rows = self._database.execute(
                "SELECT said, ids FROM differences WHERE since = ? AND n >= ? ORDER BY n LIMIT ?", [old.release, after, most]
            ).fetchall()
            ids = orjson.dumps(sorted({identity for _, record_list in rows for identity in orjson.loads(record_list)})).decode()
            names = self._database.execute(
                "SELECT id, name, was FROM names WHERE since = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
                [old.release, ids],
            ).fetchall()
        called, before = {row[0]: row[1] for row in names}, {row[0]: row[2] for row in names if row[2]}
        return Part([orjson.Fragment(difference) for difference, _ in rows], called, before)

    def _compare(self, old: Stage) -> Mapping[str, Any]:
        sides = [ReleaseSide(stage.release, stage.tables, stage.manifest) for stage in (old, self._served)]
        comparison = diff_releases(*sides, editors=self._editors, memory=self._memory, spill=self._spill)
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO differences VALUES (?, ?, ?, ?)",
            (
                (
                    old.release,
                    at,
                    orjson.dumps(asdict(difference)).decode(),
                    orjson.dumps(sorted(record_ids(difference))).decode(),
                )
                for at, difference in enumerate(comparison.differences)
            ),
        )
        named = (
            (old.release, identity, name, comparison.names_before.get(identity)) for identity, name in comparison.names.items()
        )
        self._database.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", named)
        self._database.execute("COMMIT")
        return {
            "counts": comparison.counts(),
            "causes": [asdict(cause) for cause in comparison.causes],
            "figures": comparison.figures,
            "observations": comparison.observations.as_dict(),
        }
