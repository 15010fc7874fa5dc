"""What a server is asked to serve, and what was made ready for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overt.index.release_history import Stage
from overt.index.subset import Subset
from overt.model.workspace import Workspace


@dataclass(frozen=True)
class ServeSettings:
    """Which release of which atlas, and for whom."""

    workspace: Workspace
    release: str | None = None
    """A release's id; None: the newest."""
    beyond_loopback: bool = False
    """Whether others than the people at this machine can read it: then only what may be republished is shown."""
    subset: Subset | None = None
    """Which projects alone; None: all."""
    desk: str | None = None
    """Token of the desk, at which editors judge; None: there is none. Never beyond this machine."""


@dataclass(frozen=True)
class PreparedRelease:
    """A release in the form that pages read."""

    release: str
    """What is printed: the release's id, and after a `+` each the reuse that limits the edition when something was left out, and
    what its projects have in common when it has only some.
    """
    base_release: str
    """Id of the release that it was made from."""
    database: Path
    """An SQLite file in `cache/`; what decides its content is in its name."""
    fingerprint: str
    """Of everything that decides what is in the database."""
    left_out: tuple[dict[str, Any], ...]
    """Sources that are not shown, and why."""
    tables: Path
    """The directory of its Parquet files."""
    older: tuple[Stage, ...]
    """The releases before it that are kept, as these readers may see them, the first one first."""
    manifest: Path | None
    """The manifest's file, by whose hash the release is named; none where something was left out."""
    subset: Mapping[str, Any] | None = None
    """Which projects alone are in it: `name`, `filters`, `projects`, `of` how many, `labels` of what the filters name."""
