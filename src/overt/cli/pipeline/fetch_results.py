"""The result of fetching a source, and the message about it."""

from typing import Literal, NamedTuple

from overt.archive import Snapshot
from overt.cli.messages_and_progress import messages
from overt.model.errors import format_count

Origin = Literal["publisher", "directory", "shipped"]


class FetchResult(NamedTuple):
    """The snapshot with a source's files in the archive, or the reason why the source was skipped."""

    source: str
    snapshot: str | None = None
    new: bool = False
    """Whether these files are new in the archive."""
    files: int = 0
    origin: Origin | None = None
    """Where the files come from; None if the source was skipped."""
    skipped: str | None = None
    """Why the source was skipped; None if it wasn't."""


def report_archived(source: str, snapshot: Snapshot, new: bool, origin: Origin) -> FetchResult:
    """Print that a source's files are in the archive, and return the result."""
    how = ", as shipped with Overt" if origin == "shipped" else ""
    files = format_count(len(snapshot.captures), "file")
    messages.print(f"{source}: {'archived' if new else 'already archived'} as {snapshot.id} ({files}){how}")
    return FetchResult(source, snapshot.id, new, len(snapshot.captures), origin)
