"""The import step: every snapshot of every source in the archive becomes claims, if it has not yet."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from overt.archive import Archive, Snapshot
from overt.importing.problems import FileProblem
from overt.importing.readers.input import InputFile
from overt.importing.runner import refuse_problems, run_source
from overt.importing.store import ClaimStore
from overt.model.code import code_digest
from overt.model.content import Catalogue
from overt.model.errors import OvertError, UsageError
from overt.model.workspace import Workspace

EDITION = "overt:edition/"
"""Beginning of the address of files that Overt ships: a part of the publisher's whole, so its counts do not hold."""


@dataclass(frozen=True)
class Imported:
    """How one snapshot fared: its account, or the line that says why it was refused."""

    source: str
    snapshot: str
    report: dict[str, Any] | None
    error: str | None = None
    made: bool = True
    """False when the claims on disk were already those of these bytes and this code."""


def import_snapshots(
    workspace: Workspace,
    archive: Archive,
    sources: Iterable[str] = (),
    *,
    allow_problems: bool = False,
    progress: Callable[[str], None] = lambda source: None,
) -> list[Imported]:
    """Import what is in the archive. A snapshot that is refused leaves the claims that were there as they were.

    Raises UsageError for a source that does not exist or has no files.
    """
    content, store = workspace.content, ClaimStore(workspace.claims)
    wanted = chosen_sources(workspace, archive, sources)
    code = claims_code()
    results = []
    for snapshot in archive.snapshots():
        if snapshot.source not in wanted:
            continue
        progress(snapshot.source)
        try:
            results.append(_import(content, archive, store, snapshot, code, allow_problems=allow_problems))
        except OvertError as error:
            results.append(Imported(snapshot.source, snapshot.id, None, str(error)))
    return results


def chosen_sources(workspace: Workspace, archive: Archive, sources: Iterable[str] = ()) -> set[str]:
    """The sources to work on: those named, else those of overt.toml, else all that the archive holds."""
    held = {snapshot.source for snapshot in archive.snapshots()}
    named = set(sources)
    for source in sorted(named | set(workspace.settings.sources)):
        if source not in workspace.content.sources:
            raise UsageError(f"{source}: there is no such source (`overt sources` lists them)")
    if lost := sorted(named - held):
        raise UsageError(f"{lost[0]}: the archive holds no files of it; fetch them first (`overt fetch {lost[0]} --from DIR`)")
    return (named or set(workspace.settings.sources) or held) & held & set(workspace.content.sources)


def _import(
    content: Catalogue, archive: Archive, store: ClaimStore, snapshot: Snapshot, code: str, *, allow_problems: bool
) -> Imported:
    slug = snapshot.source
    fingerprint = claims_fingerprint(content, snapshot, code, allow_problems=allow_problems)
    if store.fingerprint(slug, snapshot.id) == fingerprint:
        return Imported(slug, snapshot.id, dict(store.snapshot(slug, snapshot.id).report), made=False)
    captured: dict[str, list[InputFile]] = defaultdict(list)
    for capture in snapshot.captures:
        path = archive.path(capture.sha256, verify=True)
        captured[capture.role].append(InputFile(capture.role, capture.name, capture.sha256, path))
    whole = not snapshot.captures[0].address.startswith(EDITION)
    outcome = run_source(slug, content, captured, whole=whole)
    if not allow_problems:
        refuse_problems(content.sources[slug], outcome.report)
    if not outcome.claims:
        raise FileProblem(f"{slug}: no row of {snapshot.captures[0].name} gave a claim; is it the right file?")
    held = store.write(slug, snapshot.id, outcome, fingerprint)
    return Imported(slug, snapshot.id, dict(held.report))


def claims_code() -> str:
    """Which code turns rows into claims here."""
    return code_digest("model", "importing")


def claims_fingerprint(content: Catalogue, snapshot: Snapshot, code: str, *, allow_problems: bool) -> str:
    """What the claims of a snapshot are made from: its bytes, the content, the code, and whether problem rows were let pass."""
    held = content.digest("schema", "vocab", f"sources/{snapshot.source}")
    return hashlib.sha256("\0".join([code, held, snapshot.id, str(allow_problems)]).encode()).hexdigest()
