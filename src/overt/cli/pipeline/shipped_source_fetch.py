"""Archives the files that Overt ships for a source."""

from importlib.resources import as_file

from overt.archive import Archive, fetch_local
from overt.cli.pipeline.fetch_results import FetchResult, report_archived
from overt.cli.pipeline.source_files_in_folder import matching_files
from overt.importing.snapshot_and_source_selection import EDITION_PREFIX, is_shipped
from overt.model.source import SourceSpec
from overt.model.workspace import Workspace


def fetch_edition(atlas: Workspace, archive: Archive, spec: SourceSpec) -> FetchResult:
    """Archive what Overt ships for a source: the openly licensed facts or, for Overt's own registers, everything.

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
