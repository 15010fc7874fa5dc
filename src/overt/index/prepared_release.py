"""The settings of a server, and the prepared release that it serves."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overt.index.history.release_history import Stage
from overt.index.subset import Subset
from overt.model.workspace import Workspace


@dataclass(frozen=True)
class ServeSettings:
    """The settings of a server: the release to serve, and whether other machines can reach the server."""

    workspace: Workspace
    release: str | None = None
    """Id of the release; None for the newest."""
    public: bool = False
    """Whether the server is for the public. If so, it serves only what may be republished."""
    subset: Subset | None = None
    """The subset to serve; None for all projects."""
    desk: str | None = None
    """Token of the editors' desk; None for no desk. A desk is never served to the public."""


@dataclass(frozen=True)
class PreparedRelease:
    """A release with its index."""

    release: str
    """The id to display: the release's id, plus `+` and the allowed reuse if sources are left out, plus `+` and the subset's name
    if there is one.
    """
    base_release: str
    """Id of the release that the edition was made from."""
    database: Path
    """The index, an SQLite file in `cache/`. Its name has the fingerprint of its content."""
    fingerprint: str
    """Digest of everything that determines the content of the index."""
    left_out: tuple[dict[str, Any], ...]
    """Sources that are left out, with the reason."""
    tables: Path
    """The folder of its Parquet files."""
    older: tuple[Stage, ...]
    """The earlier releases, limited to what the same readers may see, oldest first."""
    manifest: Path | None
    """The manifest whose hash is part of the release's id; None if something is left out."""
    subset: Mapping[str, Any] | None = None
    """The subset: `name`, `filters`, `projects` (number), `of` (number of projects in the full edition), `labels` of
    organizations in filters.
    """
    drawings: Path | None = None
    """The folder of cached drawings; None for that of the index."""
