"""`overt verify` of an atlas."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from overt.archive import Archive
from overt.cli.atlas_access import reading, release_folder
from overt.cli.messages_and_progress import progress_bar
from overt.cli.pipeline.importer_consent import require_trust
from overt.cli.reports.verification_report import print_report
from overt.cli.reports.verification_run import Verification, VerifyOptions
from overt.importing.snapshot_and_source_selection import select_sources
from overt.ledger import Ledger
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.release.release_folders import list_releases
from overt.release.verification.past_inputs import past_inputs, read_origin
from overt.release.verification.recomputation import obstacles
from overt.release.verification.recomputation_since_last_release import find_newer
from overt.release.verification.temporary_folder import temporary_folder

NOT_RECOMPUTABLE = 3
"""Exit code if no problem was found, but a release cannot be computed again here."""
_PLACE = "overt-verify-"


@contextmanager
def _place_for(*, needed: bool) -> Iterator[Path]:
    if not needed:
        yield Path()
        return
    with temporary_folder(_PLACE) as place:
        yield place


def verify_atlas(workspace: Path, options: VerifyOptions) -> None:
    """Check the archive, the ledger, the history and the releases, and compute releases and newer claims again. Print the result.

    Only the newest release is computed again, unless the options name another or all; with `options.quick`, nothing is.
    Exits with 1 if there is a problem, and with NOT_RECOMPUTABLE if a release cannot be computed again here. Raises UsageError
    if the options name an unknown release or a file that is not a witness, and if computing again would run importers that the
    user doesn't trust.
    """
    atlas, archive, ledger = reading(workspace)
    releases = list_releases(atlas.releases)
    folders = [release_folder(atlas, options.release)] if options.release else releases
    chosen = [] if options.quick else folders if options.every else folders[-1:]
    is_full = not options.quick and options.release is None
    require_trust(atlas, _imported_sources(chosen, atlas, archive, ledger, newer=is_full), trust=options.trust)
    with progress_bar() as bar:
        run = Verification(atlas, archive, ledger, options, bar)
        if options.signer and not folders:
            missing = f"{atlas.releases}: there is no release that could have a signature; `overt release` makes one"
            run.check("signature", "", [missing])
        intact = run.check_files(folders)
        is_sound = not any(problem["part"] in ("archive", "ledger") for problem in run.problems)
        with _place_for(needed=not options.quick and is_sound) as place:
            for folder in reversed(chosen):  # The newest comes first, because its claims can be reused for older releases.
                if folder in intact:
                    run.recompute(folder, place)
            if is_sound:
                run.check_newer(releases[-1] if releases else None, place if is_full else None)
            if not options.quick:
                run.compare_other_indexes(intact, place)
    print_report(run, [folder.name for folder in folders])
    if run.problems:
        raise typer.Exit(1)
    if any(result.verdict != "equal" for result in run.recomputed):
        raise typer.Exit(NOT_RECOMPUTABLE)


def _imported_sources(folders: list[Path], atlas: Workspace, archive: Archive, ledger: Ledger, *, newer: bool) -> set[str]:
    """Return the sources whose importers run when these releases, and with `newer` the current claims, are computed again.

    A release whose inputs can't be read, or that was made with other code, content or libraries, is skipped, because it will
    not be computed again.
    """
    sources: set[str] = set()
    if newer:
        with suppress(OvertError):
            sources |= find_newer(atlas, archive, ledger, None).sources
    for folder in folders:
        with suppress(OvertError):
            origin = read_origin(folder)
            if not obstacles(origin, atlas):
                inputs = past_inputs(origin, atlas, archive, Path())
                sources |= select_sources(inputs.workspace, inputs.archive, inputs.ledger.source_choices())
    return sources
