"""A prepared release: its index and the files that a server reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overt.index.history.record_and_figure_history import Stage


@dataclass(frozen=True)
class PreparedRelease:
    """A release or edition with its index and the other files that a server needs."""

    release: str
    """The id to display.

    It is the release's id, followed by a `+` and a name for each limit of the edition; see `Edition.named`.
    """
    base_release: str
    """Id of the release from which the edition was made."""
    database: Path
    """The index, an SQLite file in `cache/`. Its name contains the beginning of `fingerprint`."""
    fingerprint: str
    """Digest of everything that determines the content of the index."""
    left_out: tuple[dict[str, Any], ...]
    """The sources that are left out; see `Edition.left_out`."""
    tables: Path
    """The folder of the edition's Parquet files."""
    older: tuple[Stage, ...]
    """The earlier releases, limited to what the same readers may see, oldest first."""
    manifest: Path | None
    """The manifest from which the release's id was computed; None if this edition leaves anything out."""
    subset: Mapping[str, Any] | None = None
    """The description of the subset; None if the release has all projects.

    It has `name`, `filters`, `projects` (the number of projects in the subset), `of` (the number of projects in the full
    edition), `labels` (the labels of the organisations that the filters name, by id) and `complete` (the codes of the countries
    whose records are all in the subset).
    """
    drawings: Path | None = None
    """The folder of cached drawings; if None, the index's folder."""
