"""Results of fetching a source, and the files of a folder that match its roles."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from overt.archive import Snapshot, match_files
from overt.cli.messages_and_progress import messages
from overt.model.errors import format_count
from overt.model.source import SourceSpec

Origin = Literal["publisher", "directory", "shipped"]
FilesByRole = dict[str, list[tuple[str, Path]]]
"""Files of a source by role: each with its path below a directory, and its full path."""


class FetchResult(NamedTuple):
    """The snapshot with a source's files in the archive, or the reason why the source was skipped."""

    source: str
    snapshot: str | None = None
    new: bool = False
    """Whether these files are new in the archive."""
    files: int = 0
    origin: Origin | None = None
    skipped: str | None = None


def report_archived(source: str, snapshot: Snapshot, new: bool, origin: Origin) -> FetchResult:
    """Print that a source's files are in the archive, and return the result."""
    how = ", as shipped with Overt" if origin == "shipped" else ""
    files = format_count(len(snapshot.captures), "file")
    messages.print(f"{source}: {'archived' if new else 'already archived'} as {snapshot.id} ({files}){how}")
    return FetchResult(source, snapshot.id, new, len(snapshot.captures), origin)


def matching_files(specs: Iterable[SourceSpec], directory: Path) -> dict[str, FilesByRole]:
    """Return the files below a directory that match a role of one of these sources, by source and role.

    Roles without files are left out. `directory` may also be a file. Raises ArchiveError as `match_files` does.
    """
    specs = list(specs)
    matched = match_files(directory, {(spec.slug, role): file.patterns for spec in specs for role, file in spec.files.items()})
    return {spec.slug: {role: files for role in spec.files if (files := matched[spec.slug, role])} for spec in specs}
