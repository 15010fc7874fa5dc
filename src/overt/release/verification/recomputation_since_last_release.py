"""Recomputes claims and a resolution that are newer than the last release, in the same way as those of a release."""

from pathlib import Path
from typing import NamedTuple

from overt.archive import Archive, Snapshot
from overt.importing.claim_store import ClaimStore
from overt.importing.snapshot_and_source_selection import newest_last, select_sources
from overt.importing.snapshot_import import claims_code_digest, claims_fingerprint, import_snapshots
from overt.ledger import Ledger
from overt.model.errors import OvertError
from overt.model.progress import Progress, no_progress
from overt.model.workspace import Workspace
from overt.release.verification.past_inputs import ArchiveUntil, LedgerUntil, Origin, PastInputs, TemporaryWorkspace
from overt.release.verification.recomputation import obstacles
from overt.resolve.workspace_resolution import imported_snapshots, is_current, run_resolve


class NewerInputs(NamedTuple):
    """What the next release would take from `claims/` and `resolved/` that the last one did not."""

    snapshots: dict[str, str]
    """The snapshot of each source whose stored claims are not those of the last release."""
    resolution: bool
    """Whether `resolved/` is current and was made from other inputs than the last release."""
    sources: frozenset[str]
    """The sources whose importers run when these inputs are recomputed."""

    def __bool__(self) -> bool:
        return bool(self.snapshots) or self.resolution


NOTHING_NEWER = NewerInputs({}, False, frozenset())


def find_newer(atlas: Workspace, archive: Archive, ledger: Ledger, origin: Origin | None) -> NewerInputs:
    """Return the inputs newer than the release of `origin`.

    All inputs are newer if `origin` is None, lacks its settings, or had different code, libraries or content. Claims and
    resolutions that different code or content made don't count, because nothing reads them. Raises OvertError if the archive,
    the ledger or the content can't be read.
    """
    captures, choices = archive.captures(), ledger.source_choices()
    if origin is not None and (origin.settings is None or obstacles(origin, atlas)):
        origin = None
    stored = _stored_snapshots(atlas, archive, ledger)
    newest = {snapshot.source: snapshot for snapshot in stored}
    released = {source: details.snapshot for source, details in origin.sources.items()} if origin else {}
    snapshots = {source: snapshot.id for source, snapshot in newest.items() if released.get(source) != snapshot.id}
    is_released = (
        origin is not None
        and origin.settings is not None
        and origin.archive.chain == (captures[-1].chain if captures else "")
        and origin.ledger == ledger.head().chain
        and origin.settings.sources == sorted(atlas.settings.sources)
    )
    try:
        resolution = not is_released and is_current(atlas, imported_snapshots(atlas, archive, choices), ledger)
    except OvertError:  # A newer snapshot has not been imported yet, so the next release resolves again.
        resolution = False
    sources = select_sources(atlas, archive, choices) if resolution else snapshots
    return NewerInputs(snapshots, resolution, frozenset(sources))


def current_inputs(atlas: Workspace, archive: Archive, ledger: Ledger, newer: NewerInputs, place: Path) -> PastInputs:
    """Return the inputs that the next release would use. Everything made from them is written to the folder `place`."""
    captures = archive.captures()
    return PastInputs(
        TemporaryWorkspace(atlas.root, atlas, place, atlas.settings),
        ArchiveUntil(archive, captures[-1].chain if captures else ""),
        LedgerUntil(atlas, ledger.head().chain),
        newer.snapshots,
        "",
    )


def recompute_current(inputs: PastInputs, newer: NewerInputs, progress: Progress = no_progress) -> None:
    """Import and resolve again what is newer than the last release.

    Claims that were made in the same folder, from the same bytes and by the same code, are reused. Raises OvertError if the
    claims or the resolution can't be made.
    """
    workspace, archive, ledger, _, _ = inputs
    choices = ledger.source_choices()
    allowed = _with_allowed_problems(inputs)
    for source in sorted(newer.sources):
        progress(f"importing {source}")
        import_snapshots(workspace, archive, choices, [source], allow_problems=source in allowed)
    if newer.resolution:
        progress("resolving")
        run_resolve(workspace, archive, ledger)


def _stored_snapshots(atlas: Workspace, archive: Archive, ledger: Ledger) -> list[Snapshot]:
    """Return the current snapshots of all sources whose stored claims were made by the current code and content."""
    store, code, choices = ClaimStore(atlas.claims), claims_code_digest(), ledger.source_choices()
    sources = select_sources(atlas, archive, choices)
    newest = {snapshot.source: snapshot for snapshot in newest_last(archive.snapshots(), choices)}
    return [
        snapshot
        for source, snapshot in sorted(newest.items())
        if source in sources
        and store.fingerprint(source, snapshot.id)
        in [claims_fingerprint(atlas.content, snapshot, code, allow_problems=allow) for allow in (False, True)]
    ]


def _with_allowed_problems(inputs: PastInputs) -> set[str]:
    """Return the sources whose stored claims were imported although some of their rows have problems."""
    atlas, code = inputs.workspace.atlas, claims_code_digest()
    store = ClaimStore(atlas.claims)
    return {
        snapshot.source
        for snapshot in _stored_snapshots(atlas, inputs.archive, inputs.ledger)
        if store.fingerprint(snapshot.source, snapshot.id)
        == claims_fingerprint(atlas.content, snapshot, code, allow_problems=True)
    }
