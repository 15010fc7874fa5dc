"""Selects the snapshots that editors haven't excluded, each source's current one last, and the sources for a command."""

from collections.abc import Iterable, Mapping, Sequence

from overt.archive import Archive, Snapshot
from overt.importing.readers.input_file import InputFile
from overt.ledger import SourceChoice
from overt.model.errors import OvertError, UsageError
from overt.model.spelling_suggestions import did_you_mean
from overt.model.workspace import Workspace

EDITION_PREFIX = "overt:edition/"
"""Prefix of the address of files that Overt ships. They are only part of the publisher's data, so the counts in source.yml don't
apply.
"""
Choices = Mapping[str, SourceChoice]
"""The editors' choices of snapshots, by source (`Ledger.source_choices`)."""


def newest_last(snapshots: Sequence[Snapshot], choices: Choices) -> list[Snapshot]:
    """Return the snapshots that count, in order. The last snapshot of a source is its current one.

    Snapshots of files that Overt ships come first, because these are only part of the publisher's own files. Otherwise the order
    is that of the archive's index; dates don't matter, because a server can send any. If an editor chose a snapshot of a source,
    later snapshots don't count; if an editor removed a source, none of its snapshots count. Raises OvertError if a chosen
    snapshot is missing.
    """
    ordered = sorted(snapshots, key=lambda snapshot: (not is_shipped(snapshot), snapshot.position))
    places = {(snapshot.source, snapshot.id): place for place, snapshot in enumerate(ordered)}
    last: dict[str, int] = {}
    for source, choice in choices.items():
        if choice.snapshot is not None and (source, choice.snapshot) not in places:
            raise OvertError(
                f"{source}: snapshot {choice.snapshot}, chosen by entry {choice.sequence} of the ledger, is not in the archive;"
                f" restore the archive from a copy, or take the choice back with `overt judge undo {choice.sequence}`"
            )
        last[source] = -1 if choice.snapshot is None else places[source, choice.snapshot]
    return [snapshot for place, snapshot in enumerate(ordered) if place <= last.get(snapshot.source, place)]


def is_shipped(snapshot: Snapshot) -> bool:
    """Return whether a snapshot contains files that Overt ships."""
    return snapshot.captures[0].address.startswith(EDITION_PREFIX)


def archived_files(archive: Archive, snapshot: Snapshot) -> dict[str, list[InputFile]]:
    """Return the files of a snapshot by role. Raises ArchiveError for a file that is missing or was changed."""
    files: dict[str, list[InputFile]] = {}
    for capture in snapshot.captures:
        path = archive.path(capture.sha256, verify=True)
        files.setdefault(capture.role, []).append(InputFile(capture.role, capture.name, capture.sha256, path))
    return files


def edition_mark(snapshot: Snapshot) -> str:
    """Return the name under which overt.toml lists a snapshot's files. It doesn't depend on the day on which they were
    retrieved.
    """
    return f"{snapshot.source}-{snapshot.id.rpartition('-')[2]}"


def select_sources(workspace: Workspace, archive: Archive, choices: Choices, sources: Iterable[str] = ()) -> set[str]:
    """Return the sources to process: `sources` or, if there are none, those in overt.toml or else all in the archive.

    Without `sources`, removed sources and sources without files in the archive are left out.

    Raises UsageError for a source that doesn't exist, or whose folder is missing. Also raises it if one of `sources` has no
    files or was removed.
    """
    archived = {snapshot.source for snapshot in archive.snapshots()}
    removed = {source for source, choice in choices.items() if choice.snapshot is None}
    requested = set(sources)
    for source in sorted(requested | set(workspace.settings.sources)):
        if source not in workspace.content.sources and source not in removed:
            raise unknown_source(workspace, source)
    for source in sorted(requested & removed):
        sequence = choices[source].sequence
        raise UsageError(f"{source}: was removed by entry {sequence}; `overt judge undo {sequence}` brings it back")
    if missing := sorted(requested - archived):
        raise UsageError(
            f"{missing[0]}: the archive has no files of it; fetch them first (`overt fetch {missing[0]} --from DIR`)"
        )
    selected = ((requested or set(workspace.settings.sources) or archived) & archived) - removed
    if lost := sorted(selected - set(workspace.content.sources)):
        raise UsageError(
            f"{lost[0]}: the archive has files of it, but the folder sources/{lost[0]} is missing; put it back, or leave the"
            f" source out with `overt source remove {lost[0]}`"
        )
    return selected


def unknown_source(workspace: Workspace, source: str) -> UsageError:
    """Return the error for an unknown source, with the most similar name."""
    hint = did_you_mean(source, workspace.content.sources)
    return UsageError(f"{source}: there is no such source{hint} (`overt sources` lists them)")
