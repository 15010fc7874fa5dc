"""The served release and older ones, limited to what readers may see. Each is opened on first use."""

import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from overt.index.history.comparisons_with_served_release import ReleaseComparisons
from overt.index.history.record_and_figure_history import Stage
from overt.model.engines.duckdb_connection import connect
from overt.release.figures.figure_recomputation_check import reproduction_differences
from overt.release.release_reader import Release

EDITOR_TABLES = ("judgements", "retractions")
"""Tables with the decisions of editors. Public servers don't offer them."""


class StoredReleases:
    """The releases up to the served one. Each is opened once, and all share the memory of one engine.

    Each reader uses its own cursor.
    """

    def __init__(self, older: Sequence[Stage], served: Stage, *, public: bool, memory: str, spill: Path) -> None:
        """`older`: the earlier releases, oldest first. `public`: whether readers beyond this machine have access. `memory`,
        `spill`: see `connect`.
        """
        self._stages = {stage.release: stage for stage in (*older, served)}
        self._served = served.release
        self._public = public
        self._memory, self._spill = memory, spill
        self._engine: duckdb.DuckDBPyConnection | None = None
        self._open: dict[str, Release] = {}
        self._lock = threading.Lock()
        self._differences: dict[tuple[str, str], list[str]] = {}
        self._comparing = threading.Lock()
        self.compared = ReleaseComparisons(served, editors=not public, memory=memory, spill=spill)
        """Differences between each older release and the served one."""

    def all(self) -> list["ListedRelease"]:
        """Return all releases, newest first."""
        return [
            ListedRelease(stage.release, stage.manifest, stage.release == self._served)
            for stage in reversed(self._stages.values())
        ]

    def edition_of(self, identity: str) -> str | None:
        """Return the id of the edition of a release that is stored instead of the release; None if there is none."""
        return next((name for name in self._stages if name != identity and name.partition("+")[0] == identity), None)

    def stage(self, identity: str) -> Stage | None:
        """Return the release or edition with this id; None if it does not exist.

        If only an edition of that release is stored, return the edition.
        """
        return self._stages.get(identity) or self._stages.get(self.edition_of(identity) or "")

    def get(self, identity: str) -> Release | None:
        """Return the release or edition with exactly this id, opened on first use; None if it does not exist."""
        stage = self._stages.get(identity)
        if stage is None:
            return None
        with self._lock:
            if self._engine is None:
                self._engine = connect(memory=self._memory, spill=self._spill)
            if identity not in self._open:
                self._open[identity] = Release.from_tables(identity, stage.tables, stage.manifest, self._engine)
            return self._open[identity]

    def differences(self, release: Release, figure: str) -> list[str]:
        """Return the differences between a recomputed figure and the figure as stored in its release.

        Each figure is computed only once, and figures are computed one after the other. Raises OvertError as
        `reproduction_differences` does.
        """
        key = release.id, figure
        with self._comparing:
            if key not in self._differences:
                self._differences[key] = reproduction_differences(release, figure)
            return self._differences[key]

    def public_tables(self, release: Release) -> Collection[str]:
        """Return the names of a release's tables that readers may download."""
        return [name for name in release.manifest["tables"] if not (self._public and name in EDITOR_TABLES)]

    def close(self) -> None:
        """Close all open releases, and the engine that they share."""
        with self._lock:
            for release in self._open.values():
                release.close()
            self._open.clear()
            if self._engine is not None:
                self._engine.close()
                self._engine = None


class ListedRelease(NamedTuple):
    """A release that readers can open. `served`: whether it is the release that pages show by default."""

    release: str
    manifest: Mapping[str, Any]
    served: bool
