"""The release step: make a release from the current state of a workspace."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any, TypedDict, Unpack

from overt.archive import Archive, Snapshot
from overt.importing.claim_store import ClaimStore
from overt.importing.snapshot_and_source_selection import edition_mark
from overt.ledger import Ledger
from overt.model.errors import UsageError
from overt.model.progress import Progress, no_progress
from overt.model.workspace import Workspace
from overt.release.history.history_file import announce_release, record_release
from overt.release.history.lost_input_check import require_recorded_position
from overt.release.release_build import build_release
from overt.release.release_inputs import CaptureInput, ReleaseInputs, SourceInput
from overt.resolve.editorial_claims import read_editorial_claims
from overt.resolve.workspace_resolution import imported_snapshots, run_resolve


class ReleaseOptions(TypedDict, total=False):
    """How a release is made."""

    note: str
    """Note for the manifest; "" by default."""
    threads: int | None
    """Number of DuckDB threads; by default as in `connect`. The result doesn't depend on it."""
    progress: Progress
    announce: Callable[[str, dict[str, Any]], None]
    """Called with the id and manifest before the release is published; `run_release` replaces it with `announce_release`."""


_JUDGEMENT_FIELDS = ("sequence", "at", "why", "verdict", "left", "right")
_RETRACTION_FIELDS = ("sequence", "at", "why", "target")


def run_release(workspace: Workspace, archive: Archive, ledger: Ledger, **options: Unpack[ReleaseOptions]) -> str:
    """Resolve if needed, make a release of the imported claims, record it in the history, and return its id.

    The caller holds the lock and has checked the clock (`writing`). Raises OvertError if claims are missing, out of date or
    changed; if the ledger differs from what editors signed; if the history was changed or lost its signatures; and if the ledger
    or archive lacks what an earlier release was made of. Raises UsageError if there are no claims, or if the signing key can't be
    used.
    """
    require_recorded_position(workspace, archive, ledger)
    ledger.check_signatures()
    options["announce"] = partial(announce_release, workspace, archive, ledger)
    release = make_release(workspace, archive, ledger, **options)
    record_release(workspace, archive, ledger, release)
    return release


def make_release(workspace: Workspace, archive: Archive, ledger: Ledger, **options: Unpack[ReleaseOptions]) -> str:
    """Resolve if needed, make a release of the imported claims, and return its id, without recording it in the history.

    Raises UsageError and OvertError as `collect_inputs` does.
    """
    run_resolve(workspace, archive, ledger)
    inputs = collect_inputs(workspace, archive, ledger, options.get("note", ""))
    return build_release(
        inputs,
        workspace.content,
        workspace.releases,
        memory=workspace.settings.engine.memory,
        threads=options.get("threads"),
        progress=options.get("progress", no_progress),
        announce=options.get("announce", lambda release, manifest: None),
    )


def collect_inputs(workspace: Workspace, archive: Archive, ledger: Ledger, note: str = "") -> ReleaseInputs:
    """Collect the inputs of a release.

    Raises UsageError if there are no claims, and OvertError for claims that are missing, out of date or changed.
    """
    store = ClaimStore(workspace.claims)
    by_source: dict[str, list[Snapshot]] = {}
    for snapshot in imported_snapshots(workspace, archive, ledger.source_choices()):
        by_source.setdefault(snapshot.source, []).append(snapshot)
    sources = []
    captures = []
    for slug, snapshots in sorted(by_source.items()):
        newest = snapshots[-1]
        stored = store.intact_snapshot(slug, newest.id)
        previous = store.intact_snapshot(slug, snapshots[-2].id).claims if len(snapshots) > 1 else None
        sources.append(
            SourceInput(
                slug,
                newest.id,
                newest.retrieved,
                stored.claims,
                stored.evidence,
                stored.report,
                previous,
                stored.observations,
                stored.lists,
                stored.measurements,
                stored.labels,
                newest.position,
            )
        )
        for capture in newest.captures:
            fields = {name: getattr(capture, name) for name in CaptureInput.__dataclass_fields__}
            captures.append(CaptureInput(**fields))
    editorial = read_editorial_claims(workspace.content, ledger)
    if not sources and not editorial.claims.num_rows:
        raise UsageError(f"{workspace.root}: has no claims yet; begin with `overt build --from DIR`")
    marks = {edition_mark(snapshots[-1]) for snapshots in by_source.values()}
    all_captures = archive.captures()
    head, entries = ledger.head(), ledger.entries()
    return ReleaseInputs(
        sources=sources,
        captures=captures,
        members=workspace.resolved / "members.parquet",
        joins=workspace.resolved / "edges.parquet",
        candidates=workspace.resolved / "candidates.parquet",
        editorial=editorial.claims,
        editorial_evidence=editorial.evidence,
        retractions=[{name: getattr(entry, name) for name in _RETRACTION_FIELDS} for entry in ledger.retractions()],
        judgements=[{name: getattr(entry, name) for name in _JUDGEMENT_FIELDS} for entry in ledger.judgements()],
        corrections=[asdict(correction) for correction in ledger.corrections()],
        replies=_replies(ledger),
        withholdings=[asdict(withholding) for withholding in ledger.withholdings()],
        archive_head=all_captures[-1].chain if all_captures else "",
        ledger_head=head.chain,
        ledger_date=entries[-1].at[:10] if entries else "",
        wrong_days=workspace.settings.clock.wrong_days,
        selected=workspace.settings.sources,
        complete_snapshots=[mark for mark in workspace.settings.complete_snapshots if mark in marks],
        title=workspace.settings.title,
        note=note,
    )


def _replies(ledger: Ledger) -> list[dict[str, str]]:
    """Return the statements that editors entered, each with the time of its first claim."""
    entered: dict[str, str] = {}
    for claim in ledger.claims():
        if claim.type == "statement":
            entered.setdefault(claim.record, claim.at)
    return [{"record": record, "at": at} for record, at in entered.items()]
