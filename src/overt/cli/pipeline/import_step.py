"""Imports the snapshots that count, and raises an error if a current one was refused or has too many problems."""

from overt.archive import Archive
from overt.cli.messages_and_progress import messages, progress_bar
from overt.cli.pipeline.importer_consent import require_trust
from overt.cli.pipeline.snapshot_choice_messages import print_choices
from overt.importing.snapshot_and_source_selection import Choices, select_sources
from overt.importing.snapshot_import import SnapshotImport, import_snapshots
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError
from overt.model.workspace import Workspace


def import_all(
    atlas: Workspace,
    archive: Archive,
    choices: Choices,
    sources: list[str],
    *,
    allow_problems: bool = False,
    trust: bool = False,
) -> list[SnapshotImport]:
    """Import the snapshots that count, with a progress bar.

    `sources`: as for `select_sources`; `allow_problems`: as for `import_snapshots`; `trust`: as for `require_trust`.

    Prints which sources an editor removed, and for which sources an older snapshot is chosen.

    Asks first whether code that came with the atlas may run. Raises UsageError if it may not, and the errors of
    `import_snapshots`.
    """
    require_trust(atlas, select_sources(atlas, archive, choices, sources), trust=trust)
    print_choices(archive, choices, sources or None)
    with progress_bar() as bar:
        task = bar.add_task("importing", total=len(archive.snapshots()))
        return import_snapshots(
            atlas, archive, choices, sources, allow_problems=allow_problems,
            progress=lambda source: bar.update(task, advance=1, description=f"importing {source}"),
        )  # fmt: skip


def refuse(results: list[SnapshotImport], content: Catalogue, *, allow_problems: bool = False) -> None:
    """Raise OvertError if a current snapshot was refused, or has more problems than its source allows.

    `allow_problems`: whether any number of problems is allowed. A snapshot can be refused even then, such as a file that can't
    be read.

    If several were refused, the errors of all but the last are printed first. For a refused older snapshot, only a message is
    printed: the snapshot stays in the archive forever, so it must not block later work.
    """
    for result in results:
        if result.error and not result.is_current:
            messages.print(f"{result.error} (an older snapshot, which a newer one has replaced)")
    errors = [result.error for result in results if result.error and result.is_current]
    for error in errors[:-1]:
        messages.error(f"overt: {error}")
    if errors:
        raise OvertError(errors[-1])
    if allow_problems:
        return
    limits = {slug: spec.counts.problems.max for slug, spec in content.sources.items()}
    for result in results:
        if result.is_current and result.report:
            limit = limits[result.source]
            if limit is not None and result.report["problems"] > limit:
                raise OvertError("some rows are problems and were left out; see the lines above")
