"""The order of snapshots, and the sources that a command works on."""

from collections.abc import Iterable, Sequence

from overt.archive import Archive, Snapshot
from overt.model.errors import UsageError
from overt.model.workspace import Workspace

EDITION_PREFIX = "overt:edition/"
"""Prefix of the address of files that Overt ships. They are a part of the publisher's data, so its counts don't apply."""


def newest_last(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """Sort snapshots by the day they were retrieved, then by the archive's order. The last one of a source is its current one.

    Files that Overt ships come before all of the publisher's own files, of which they are a part, whatever their dates.
    """
    return sorted(snapshots, key=lambda snapshot: (not is_shipped(snapshot), snapshot.retrieved, snapshot.position))


def is_shipped(snapshot: Snapshot) -> bool:
    """Return whether a snapshot has files that Overt ships."""
    return snapshot.captures[0].address.startswith(EDITION_PREFIX)


def edition_mark(snapshot: Snapshot) -> str:
    """Return the name that overt.toml has for the files of a snapshot, whatever day they were retrieved."""
    return f"{snapshot.source}-{snapshot.id.rpartition('-')[2]}"


def select_sources(workspace: Workspace, archive: Archive, sources: Iterable[str] = ()) -> set[str]:
    """Return the sources to work on: those given, else those of overt.toml, else all in the archive.

    Raises UsageError for a source that doesn't exist or has no files.
    """
    archived = {snapshot.source for snapshot in archive.snapshots()}
    requested = set(sources)
    for source in sorted(requested | set(workspace.settings.sources)):
        if source not in workspace.content.sources:
            raise UsageError(f"{source}: there is no such source (`overt sources` lists them)")
    if missing := sorted(requested - archived):
        raise UsageError(
            f"{missing[0]}: the archive has no files of it; fetch them first (`overt fetch {missing[0]} --from DIR`)"
        )
    selected = (requested or set(workspace.settings.sources) or archived) & archived
    if removed := sorted(selected - set(workspace.content.sources)):
        raise UsageError(
            f"{removed[0]}: the archive has files of it, but the folder sources/{removed[0]} is missing; put it back"
        )
    return selected
