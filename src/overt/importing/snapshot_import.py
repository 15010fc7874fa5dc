"""Imports the archive's snapshots: makes their claims, unless they are up to date."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overt.archive import Archive, Snapshot
from overt.importing.claim_store import ClaimStore
from overt.importing.errors import CountProblem, FileProblem
from overt.importing.snapshot_and_source_selection import (
    Choices,
    archived_files,
    edition_mark,
    is_shipped,
    newest_last,
    select_sources,
)
from overt.importing.snapshot_importer_run import run_source
from overt.model.code_digest import code_digest, digest_of
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError
from overt.model.files.atomic_writes import remove_leftovers
from overt.model.library_versions import library_versions
from overt.model.workspace import Workspace


@dataclass(frozen=True)
class SnapshotImport:
    """The result for one snapshot: its report, or the line that explains why it was refused."""

    source: str
    snapshot: str
    report: dict[str, Any] | None
    error: str | None = None
    is_new: bool = True
    """False if the stored claims were already up to date."""
    is_current: bool = True
    """Whether this is the newest of the source's snapshots that count."""


def import_snapshots(
    workspace: Workspace,
    archive: Archive,
    choices: Choices,
    sources: Iterable[str] = (),
    *,
    allow_problems: bool = False,
    progress: Callable[[str], None] = lambda source: None,
) -> list[SnapshotImport]:
    """Import the snapshots that count, and return a result for each. A refused snapshot leaves its stored claims as they are.

    The claims of removed sources are deleted; they can be made again from the archive. The unfinished files of killed imports
    are deleted, too, so the caller must hold the lock of a workspace that other processes use.

    `sources`: as for `select_sources`. `allow_problems`: import the newest snapshot of a source despite problems, as is always
    done with older ones. `progress`: gets the source of each snapshot before it is imported.

    Raises the errors of `select_sources` and `newest_last`.
    """
    content, store, scratch = workspace.content, ClaimStore(workspace.claims), workspace.cache / "import"
    remove_leftovers(scratch)
    store.remove_leftovers()
    selected = select_sources(workspace, archive, choices, sources)
    code = claims_code_digest()
    counting = newest_last(archive.snapshots(), choices)
    newest = {snapshot.source: snapshot for snapshot in counting}
    for source, choice in choices.items():
        if choice.snapshot is None:
            store.remove(source)
    results = []
    for snapshot in sorted(counting, key=lambda snapshot: snapshot.position):
        if snapshot.source not in selected:
            continue
        progress(snapshot.source)
        is_current = newest[snapshot.source].id == snapshot.id
        try:
            # Ids depend on which records appeared first in an older snapshot, so as many of its rows as possible are imported.
            lenient = allow_problems or not is_current
            other_edition = edition_mark(snapshot) in workspace.settings.complete_snapshots
            results.append(
                _import(
                    content, archive, store, snapshot, code, scratch,
                    lenient=lenient, is_current=is_current, other_edition=other_edition,
                )
            )  # fmt: skip
        except OvertError as error:
            fingerprint = claims_fingerprint(content, snapshot, code, allow_problems=False)
            store.write_refusal(snapshot.source, snapshot.id, fingerprint, str(error))
            results.append(SnapshotImport(snapshot.source, snapshot.id, None, str(error), is_current=is_current))
    return results


def _import(
    content: Catalogue,
    archive: Archive,
    store: ClaimStore,
    snapshot: Snapshot,
    code: str,
    scratch: Path,
    *,
    lenient: bool,
    is_current: bool,
    other_edition: bool,
) -> SnapshotImport:
    slug = snapshot.source
    complete = is_current and not is_shipped(snapshot)
    fingerprint = claims_fingerprint(content, snapshot, code, allow_problems=lenient)
    accepted = {fingerprint}
    if not is_current:
        accepted.add(claims_fingerprint(content, snapshot, code, allow_problems=False))
    try:
        if store.fingerprint(slug, snapshot.id) in accepted and store.changed_file(slug, snapshot.id) is None:
            report = dict(store.snapshot(slug, snapshot.id).report)
            if complete and report["other_edition"] and not other_edition:
                raise CountProblem(f"{slug}: {report['other_edition']}")
            return SnapshotImport(slug, snapshot.id, report, is_new=False, is_current=is_current)
        outcome = run_source(
            slug, content, archived_files(archive, snapshot),
            complete=complete, other_edition=other_edition, allow_problems=lenient, scratch=scratch,
        )  # fmt: skip
    except CountProblem as error:
        todo = f'if it is a complete file of another edition, add "{edition_mark(snapshot)}" to `whole` in overt.toml'
        raise CountProblem(f"{error}; {todo} and import it again") from None
    if outcome.is_empty:
        raise FileProblem(f"{slug}: no row of {snapshot.captures[0].name} gave a claim; is it the right file?")
    stored = store.write(slug, snapshot.id, outcome, fingerprint)
    return SnapshotImport(slug, snapshot.id, dict(stored.report), is_current=is_current)


def claims_code_digest() -> str:
    """Return the digest of the code that turns rows into claims, without the code that judges measurements."""
    return code_digest("model", "gazetteer", "importing")


def claims_fingerprint(content: Catalogue, snapshot: Snapshot, code: str, *, allow_problems: bool) -> str:
    """Return a hash over the inputs of a snapshot's claims: bytes, content, code, libraries, and whether problem rows are
    allowed.
    """
    spec = content.sources.get(snapshot.source)
    folders = [snapshot.source, *([spec.describes] if spec is not None and spec.describes else [])]
    content_digest = content.digest("schema", "vocab", *(f"sources/{folder}" for folder in folders))
    if spec is not None and spec.has_measurements:
        code += code_digest("measure") + content.digest("measure")
    libraries = (f"{name} {number}" for name, number in library_versions().items())
    return digest_of((code, content_digest, snapshot.id, str(allow_problems), *libraries))
