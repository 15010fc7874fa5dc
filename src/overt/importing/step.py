"""The import step: every snapshot of every source in the archive becomes claims, if it has not yet."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from overt.archive import Archive, Snapshot
from overt.importing.problems import CountProblem, FileProblem
from overt.importing.readers.input import InputFile
from overt.importing.runner import run_source
from overt.importing.store import ClaimStore
from overt.model.code_digest import code_digest
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
    stands: bool = True
    """Whether no other snapshot of the source has replaced it."""


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
    newest = {snapshot.source: snapshot for snapshot in newest_last(archive.snapshots())}
    results = []
    for snapshot in archive.snapshots():
        if snapshot.source not in wanted:
            continue
        progress(snapshot.source)
        stands = newest[snapshot.source].id == snapshot.id
        try:
            # Of a snapshot that another has replaced, ids hang on which records it held first: take all that can be had.
            lenient = allow_problems or not stands
            other = _mark(snapshot) in workspace.settings.whole
            results.append(_import(content, archive, store, snapshot, code, lenient=lenient, stands=stands, other_edition=other))
        except OvertError as error:
            mark = claims_fingerprint(content, snapshot, code, allow_problems=False)
            store.refuse(snapshot.source, snapshot.id, mark, str(error))
            results.append(Imported(snapshot.source, snapshot.id, None, str(error), stands=stands))
    return results


def newest_last(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """By the day they were retrieved, then by the archive's order: the last of a source is the one that stands.

    What Overt ships comes before all files of the publisher's own, of which it is a part, whenever these were retrieved.
    """
    return sorted(snapshots, key=lambda snapshot: (not is_shipped(snapshot), snapshot.retrieved, snapshot.position))


def is_shipped(snapshot: Snapshot) -> bool:
    """Whether these are files that Overt ships of a source."""
    return snapshot.captures[0].address.startswith(EDITION)


def chosen_sources(workspace: Workspace, archive: Archive, sources: Iterable[str] = ()) -> set[str]:
    """The sources to work on: those named, else those of overt.toml, else all that the archive holds."""
    held = {snapshot.source for snapshot in archive.snapshots()}
    named = set(sources)
    for source in sorted(named | set(workspace.settings.sources)):
        if source not in workspace.content.sources:
            raise UsageError(f"{source}: there is no such source (`overt sources` lists them)")
    if lost := sorted(named - held):
        raise UsageError(f"{lost[0]}: the archive holds no files of it; fetch them first (`overt fetch {lost[0]} --from DIR`)")
    chosen = (named or set(workspace.settings.sources) or held) & held
    if gone := sorted(chosen - set(workspace.content.sources)):
        raise UsageError(
            f"{gone[0]}: the archive holds files of it, but there is no folder sources/{gone[0]} any more; put it back"
        )
    return chosen


def _import(
    content: Catalogue,
    archive: Archive,
    store: ClaimStore,
    snapshot: Snapshot,
    code: str,
    *,
    lenient: bool,
    stands: bool,
    other_edition: bool,
) -> Imported:
    slug = snapshot.source
    whole = stands and not is_shipped(snapshot)
    fingerprint = claims_fingerprint(content, snapshot, code, allow_problems=lenient)
    good = {fingerprint} if stands else {fingerprint, claims_fingerprint(content, snapshot, code, allow_problems=False)}
    try:
        if store.fingerprint(slug, snapshot.id) in good:
            report = dict(store.snapshot(slug, snapshot.id).report)
            if whole and report["other_edition"] and not other_edition:
                raise CountProblem(f"{slug}: {report['other_edition']}")
            return Imported(slug, snapshot.id, report, made=False, stands=stands)
        captured: dict[str, list[InputFile]] = defaultdict(list)
        for capture in snapshot.captures:
            path = archive.path(capture.sha256, verify=True)
            captured[capture.role].append(InputFile(capture.role, capture.name, capture.sha256, path))
        outcome = run_source(slug, content, captured, whole=whole, other_edition=other_edition, allow_problems=lenient)
    except CountProblem as error:
        todo = f'if it is another edition, and whole, write "{_mark(snapshot)}" into `whole` of overt.toml and import it again'
        raise CountProblem(f"{error}; {todo}") from None
    if not outcome.claims and not any(table.num_rows for table in outcome.observations or ()):
        raise FileProblem(f"{slug}: no row of {snapshot.captures[0].name} gave a claim; is it the right file?")
    held = store.write(slug, snapshot.id, outcome, fingerprint)
    return Imported(slug, snapshot.id, dict(held.report), stands=stands)


def _mark(snapshot: Snapshot) -> str:
    """How overt.toml names the files of a snapshot, on whichever day they were got."""
    return f"{snapshot.source}-{snapshot.id.rpartition('-')[2]}"


def claims_code() -> str:
    """Which code turns rows into claims here."""
    return code_digest("model", "importing")


def claims_fingerprint(content: Catalogue, snapshot: Snapshot, code: str, *, allow_problems: bool) -> str:
    """What the claims of a snapshot are made from: its bytes, the content, the code, and whether problem rows were let pass."""
    held = content.digest("schema", "vocab", f"sources/{snapshot.source}")
    spec = content.sources.get(snapshot.source)
    if spec is not None and spec.has_measurements:
        code += code_digest("measure") + content.digest("measure")
    return hashlib.sha256("\0".join([code, held, snapshot.id, str(allow_problems)]).encode()).hexdigest()
