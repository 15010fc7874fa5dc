"""Archives the files that Overt ships for a source. Also what all ways of fetching share: their result, and finding a
source's files in a directory.
"""

from collections.abc import Iterable
from importlib.resources import as_file
from pathlib import Path
from typing import Literal, NamedTuple

from overt.archive import Archive, Snapshot, fetch_local, match_files
from overt.cli.messages import messages
from overt.importing.snapshots import EDITION_PREFIX, is_shipped
from overt.model.errors import format_count
from overt.model.source import SourceSpec
from overt.model.workspace import Workspace

Origin = Literal["publisher", "directory", "shipped"]
FilesByRole = dict[str, list[tuple[str, Path]]]
"""Files of a source by role: each with its path below a directory, and its full path."""


class FetchResult(NamedTuple):
    """The snapshot of a source in the archive, or the reason why there is none."""

    source: str
    snapshot: str | None = None
    new: bool = False
    """False if the archive already had these files."""
    files: int = 0
    origin: Origin | None = None
    skipped: str | None = None


def report_archived(source: str, snapshot: Snapshot, new: bool, origin: Origin) -> FetchResult:
    """Print that a source's files are in the archive, and return the result."""
    how = ", as shipped with Overt" if origin == "shipped" else ""
    files = format_count(len(snapshot.captures), "file")
    messages.print(f"{source}: {'archived' if new else 'already archived'} as {snapshot.id} ({files}){how}")
    return FetchResult(source, snapshot.id, new, len(snapshot.captures), origin)


def fetch_edition(atlas: Workspace, archive: Archive, spec: SourceSpec) -> FetchResult:
    """Archive what Overt ships for a source: the openly licensed facts or, of Overt's own registers, everything.

    If Overt ships nothing, or if the archive has the publisher's own files, which take precedence, nothing is added, and the
    result says so.
    """
    if spec.edition is None:
        return FetchResult(spec.slug, skipped=f"Overt does not ship it (reuse: {spec.reuse}); get its files and use --from DIR")
    if not spec.own and any(not is_shipped(snapshot) for snapshot in archive.snapshots(spec.slug)):
        return FetchResult(
            spec.slug, skipped="the archive has the publisher's own files of it, which take precedence over what Overt ships"
        )
    with as_file(atlas.content.source_folders[spec.slug] / "edition") as folder:
        address = spec.address if spec.own else f"{EDITION_PREFIX}{spec.slug}"
        snapshot, new = fetch_local(
            archive,
            spec.slug,
            matching_files([spec], folder)[spec.slug],
            address=address,
            licence=spec.licence,
            retrieved=spec.edition.retrieved,
        )
    return report_archived(spec.slug, snapshot, new, "shipped")


def matching_files(specs: Iterable[SourceSpec], directory: Path) -> dict[str, FilesByRole]:
    """Return the files below a directory that match a role of one of these sources, by source and role."""
    specs = list(specs)
    matched = match_files(directory, {(spec.slug, role): file.patterns for spec in specs for role, file in spec.files.items()})
    return {spec.slug: {role: files for role in spec.files if (files := matched[spec.slug, role])} for spec in specs}
