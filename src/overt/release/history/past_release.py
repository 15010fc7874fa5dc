"""What an atlas knew earlier: a stored release, or one computed from the archive and the ledger as they were then.

A computed release uses today's code and content.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from overt.archive import Archive
from overt.importing.claim_file_digests import INDEX
from overt.importing.claim_store import ClaimStore
from overt.importing.importers.importer_trust import untrusted_importers
from overt.importing.snapshot_and_source_selection import newest_last, select_sources
from overt.importing.snapshot_import import claims_code_digest, claims_fingerprint, import_snapshots
from overt.model.errors import OvertError, UsageError, format_count
from overt.model.files.hard_links_and_file_removal import link_or_copy
from overt.model.progress import Progress, no_progress
from overt.model.workspace import Workspace
from overt.release.history.history_file import history_path, read_history
from overt.release.history.release_choice import NoSuchRelease, choose_release, release_ids
from overt.release.history.release_history_line import HistoryLine
from overt.release.release_folders import list_releases
from overt.release.verification.past_inputs import ArchiveUntil, LedgerUntil, TemporaryWorkspace
from overt.release.workspace_release import make_release


class KnownState(NamedTuple):
    """The release that shows what an atlas knew."""

    release: str
    folder: Path | None
    """The release's folder; None if it is not stored."""
    position: HistoryLine | None
    """The release's line in the history; None for a release made before there was a history."""

    @property
    def description(self) -> str:
        """One line about a release that is not stored: from which inputs it is computed."""
        assert self.position is not None, "a release that is not kept is known from its line"
        captures = format_count(self.position.archive.captures, "archived file")
        sequence = self.position.ledger.sequence
        entries = f"the ledger up to entry {sequence}" if sequence else "no ledger entry"
        return f"release {self.release} is not kept: computed from {captures} and {entries}, with today’s code and content"


class ComputedState(NamedTuple):
    """A release that was computed in a temporary folder."""

    workspace: TemporaryWorkspace
    folder: Path


def find_known(atlas: Workspace, known: str) -> KnownState:
    """Return the release that `known` identifies: a release id, an edition id, or a date (EDTF day, month or year).

    A date means the newest release whose data are no later. Releases that are no longer stored count as long as they are in the
    history. Raises UsageError for other text, for an unknown id, and for a date before the data of every release, and OvertError
    if the history was changed.
    """
    folders = {folder.name: folder for folder in list_releases(atlas.releases)}
    lines = {line.release: line for line in read_history(history_path(atlas))}
    releases = release_ids(atlas)
    try:
        release = choose_release(releases, known)
    except NoSuchRelease as problem:
        text, names = known.strip(), ", ".join(releases) or "none"
        if problem.reason == "too early":
            raise UsageError(f"known {text}: every release has data later than that (releases: {names})") from None
        message = f"known {text[:40]!r}: is not a release of this atlas, nor a day, month or year (releases: {names})"
        raise UsageError(message) from None
    return KnownState(release, folders.get(release), lines.get(release))


def compute_known(atlas: Workspace, position: HistoryLine, place: Path, progress: Progress = no_progress) -> ComputedState:
    """Compute a release from the archive and ledger up to a position, with today's code, content and settings.

    Everything made is written to the folder `place`. Up-to-date claims are reused, so this takes less time than a build. Raises
    OvertError if the archive or ledger has lost inputs of the release, and UsageError if it would run importers that the user
    doesn't trust.
    """
    archive = ArchiveUntil(Archive(atlas.archive), position.archive.chain)
    ledger = LedgerUntil(atlas, position.ledger.chain)
    if len(archive.captures()) != position.archive.captures or ledger.head() != position.ledger:
        raise OvertError(f"archive or ledger have lost what release {position.release} was made of; restore them from a copy")
    workspace = TemporaryWorkspace(atlas.root, atlas, place, atlas.settings)
    choices = ledger.source_choices()
    if folders := untrusted_importers(workspace, select_sources(workspace, archive, choices)):
        names = ", ".join(str(folder / "importer.py") for folder in folders)
        raise UsageError(
            f"{names}: code that came with this atlas, and has not run here before; read it, then run `overt import`"
        )
    _link_claims(
        atlas, workspace, archive, {snapshot.source: snapshot.id for snapshot in newest_last(archive.snapshots(), choices)}
    )
    import_snapshots(workspace, archive, choices, progress=lambda source: progress(f"importing {source}"))
    progress("resolving")
    release = make_release(workspace, archive, ledger, progress=progress)
    return ComputedState(workspace, workspace.releases / release)


def _link_claims(atlas: Workspace, workspace: TemporaryWorkspace, archive: ArchiveUntil, newest: Mapping[str, str]) -> None:
    """Link the claims of an atlas into a temporary workspace if an import back then would have made the same claims.

    `newest`: the newest snapshot of each source back then. If it was followed by another, its stored claims may include rows that
    the import refused back then, so the claims are only linked if they were made without allowing problems.
    """
    store, code = ClaimStore(atlas.claims), claims_code_digest()
    today = {snapshot.source: snapshot.id for snapshot in Archive(atlas.archive).snapshots()}
    for snapshot in archive.snapshots():
        folder = store.snapshot(snapshot.source, snapshot.id).folder
        strict = claims_fingerprint(atlas.content, snapshot, code, allow_problems=False)
        is_followed = newest.get(snapshot.source) == snapshot.id != today[snapshot.source]
        if folder.is_dir() and (not is_followed or store.fingerprint(snapshot.source, snapshot.id) == strict):
            target = workspace.claims / snapshot.source / snapshot.id
            shutil.copytree(folder, target, copy_function=link_or_copy, dirs_exist_ok=True)
    if (atlas.claims / INDEX).is_file() and workspace.claims.is_dir():
        shutil.copyfile(atlas.claims / INDEX, workspace.claims / INDEX)
