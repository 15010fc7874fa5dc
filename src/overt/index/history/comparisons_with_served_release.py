"""Differences between older releases and the served one, computed on first use."""

import sqlite3
import threading
import weakref
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from overt.index.history.record_and_figure_history import Stage
from overt.release.diff.release_diff import ReleaseSide, diff_releases, record_ids

_TABLES = """
CREATE TABLE differences (since TEXT, n INTEGER, difference TEXT, ids TEXT, PRIMARY KEY (since, n)) WITHOUT ROWID;
CREATE TABLE names (since TEXT, id TEXT, name TEXT, name_before TEXT, PRIMARY KEY (since, id)) WITHOUT ROWID;
"""


class DifferencePage(NamedTuple):
    """A page of consecutive differences of a comparison."""

    differences: list[orjson.Fragment]
    """The differences, as in `overt diff --json`."""
    names: dict[str, str]
    """Labels of the records that the differences mention, by id."""
    names_before: dict[str, str]
    """Earlier labels of these records, by id, where they changed."""


class ReleaseComparisons:
    """Comparisons of older releases with the served release, as in `overt diff`. Each is computed once.

    Large releases have many differences, so they are stored in a temporary SQLite database, which is deleted automatically.
    """

    def __init__(self, served: Stage, *, editors: bool, memory: str, spill: Path) -> None:
        """`editors`: whether the reasons that editors gave are included. `memory`, `spill`: see `connect`."""
        self._served = served
        self._editors = editors
        self._memory, self._spill = memory, spill
        self._heads: dict[str, Mapping[str, Any]] = {}
        self._guard = threading.Lock()
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._database.executescript(_TABLES)
        weakref.finalize(self, self._database.close)

    def head(self, old: Stage) -> Mapping[str, Any]:
        """Return the comparison with an older release, as in `overt diff --json` but without the list of differences.

        The keys are `counts`, `causes`, `corrections`, `figures`, `findings` and `observations`. Raises OvertError if a release
        cannot be read.
        """
        with self._guard:
            if old.release not in self._heads:
                self._heads[old.release] = self._compare(old)
            return self._heads[old.release]

    def part(self, old: Stage, after: int, limit: int) -> DifferencePage:
        """Return up to `limit` differences, after skipping the first `after`. Raises OvertError as `head` does."""
        self.head(old)
        with self._guard:
            rows = self._database.execute(
                "SELECT difference, ids FROM differences WHERE since = ? AND n >= ? ORDER BY n LIMIT ?",
                [old.release, after, limit],
            ).fetchall()
            ids = orjson.dumps(sorted({identity for _, record_list in rows for identity in orjson.loads(record_list)})).decode()
            names = self._database.execute(
                "SELECT id, name, name_before FROM names WHERE since = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
                [old.release, ids],
            ).fetchall()
        labels, labels_before = {row[0]: row[1] for row in names}, {row[0]: row[2] for row in names if row[2]}
        return DifferencePage([orjson.Fragment(difference) for difference, _ in rows], labels, labels_before)

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
            "causes": [cause.as_dict() for cause in comparison.causes],
            "corrections": comparison.corrections,
            "figures": comparison.figures,
            "findings": [finding._asdict() for finding in comparison.findings],
            "observations": comparison.observations.as_dict(),
        }
