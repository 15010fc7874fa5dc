"""Releases beside the one that is served, as their readers may see them, opened when somebody asks for one."""

import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from overt.index.comparisons import ReleaseComparisons
from overt.index.release_history import Stage
from overt.model.duckdb_connection import connect
from overt.release.figures.reproduction import reproduction_differences
from overt.release.release_reader import Release

OF_EDITORS = ("judgements", "retractions")
"""Tables that name editors: they are for people at this machine."""


class KeptReleases:
    """The releases kept up to the one that is served. Each is opened once, all in one engine, whose memory they share.

    Whoever asks reads with a cursor of their own.
    """

    def __init__(self, older: Sequence[Stage], served: Stage, *, public: bool, memory: str, spill: Path) -> None:
        """`older`: the first one first. `public`: whether others than the people at this machine can ask. `memory`, `spill`: as
        `connect` has them.
        """
        self._stages = {stage.release: stage for stage in (*older, served)}
        self._served = served.release
        self._public = public
        self._memory, self._spill = memory, spill
        self._engine: duckdb.DuckDBPyConnection | None = None
        self._open: dict[str, Release] = {}
        self._guard = threading.Lock()
        self._differences: dict[tuple[str, str], list[str]] = {}
        self._making = threading.Lock()
        self.compared = ReleaseComparisons(served, editors=not public, memory=memory, spill=spill)
        """What differs between each of them and the one that is served."""

    def all(self) -> list["KeptStage"]:
        """The newest first."""
        return [
            KeptStage(stage.release, stage.manifest, stage.release == self._served) for stage in reversed(self._stages.values())
        ]

    def edition_of(self, identity: str) -> str | None:
        """The id of the edition that is kept of a release, where that has another than the release."""
        return next((name for name in self._stages if name != identity and name.partition("+")[0] == identity), None)

    def stage(self, identity: str) -> Stage | None:
        """A release that is kept under this id, or, of an edition, that it is one of; None for any other."""
        return self._stages.get(identity) or self._stages.get(self.edition_of(identity) or "")

    def get(self, identity: str) -> Release | None:
        """A release, opened; None where it is not kept under this id."""
        stage = self._stages.get(identity)
        if stage is None:
            return None
        with self._guard:
            if self._engine is None:
                self._engine = connect(memory=self._memory, spill=self._spill)
            if identity not in self._open:
                self._open[identity] = Release.of_tables(identity, stage.tables, stage.manifest, self._engine)
            return self._open[identity]

    def differences(self, release: Release, figure: str) -> list[str]:
        """In what a figure, made again, is not what its release stored: `figure_again.differences`, made once, one at a time.

        Raises OvertError where there is no such figure.
        """
        key = release.id, figure
        with self._making:
            if key not in self._differences:
                self._differences[key] = reproduction_differences(release, figure)
            return self._differences[key]

    def public_tables(self, release: Release) -> Collection[str]:
        """Names of the tables of a release that can be had."""
        return [name for name in release.manifest["tables"] if not (self._public and name in OF_EDITORS)]

    def close(self) -> None:
        """Close what was opened."""
        with self._guard:
            for release in self._open.values():
                release.close()
            self._open.clear()
            if self._engine is not None:
                self._engine.close()
                self._engine = None


class KeptStage(NamedTuple):
    """A release of the list."""

    release: str
    manifest: Mapping[str, Any]
    served: bool
