"""The settings of a server."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from overt.index.editions.filtered_project_subset import Subset
from overt.index.prepared_release import PreparedRelease
from overt.model.workspace import Workspace


@dataclass(frozen=True)
class ServeSettings:
    """The settings of a server: what it serves, and to whom."""

    workspace: Workspace
    release: str | None = None
    """Id of the release; None for the newest."""
    public: bool = False
    """Whether the server is for the public. If so, it only serves what may be republished."""
    subset: Subset | None = None
    """The subset to serve; None for all projects."""
    desk: str | None = None
    """Token of the editors' desk; None for no desk. A desk is never served to the public."""
    prepared: Mapping[str, "PreparedRelease"] = field(default_factory=dict)
    """Releases that another machine has prepared, by id; see `overt.replica`. If there are any, no others are prepared here."""
    listed: tuple[Mapping[str, str], ...] | None = None
    """All releases, as listed by the machine that prepared them, oldest first: `id`, `date` and `note`. None to list those of
    this atlas.
    """
