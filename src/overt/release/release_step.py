"""The release step: what a workspace holds now becomes a release."""

from overt.archive import Archive, Snapshot
from overt.importing.claim_store import ClaimStore
from overt.importing.snapshots import newest_last
from overt.ledger import Ledger
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.release.release_build import Progress, build_release
from overt.release.release_inputs import CaptureInput, ReleaseInputs, SourceInput
from overt.resolve.editorial_claims import read_editorial_claims
from overt.resolve.step import imported_snapshots, run_resolve


def run_release(
    workspace: Workspace,
    archive: Archive,
    ledger: Ledger,
    *,
    note: str = "",
    threads: int | None = None,
    progress: Progress = lambda step: None,
) -> str:
    """Resolve if needed, make the release of what is there, and return its id. Raises OvertError when nothing is imported."""
    run_resolve(workspace, archive, ledger)
    inputs = release_inputs(workspace, archive, ledger, note)
    memory = workspace.settings.engine.memory
    return build_release(inputs, workspace.content, workspace.releases, memory=memory, threads=threads, progress=progress)


def release_inputs(workspace: Workspace, archive: Archive, ledger: Ledger, note: str = "") -> ReleaseInputs:
    """Collect what decides the release's bytes."""
    store = ClaimStore(workspace.claims)
    by_source: dict[str, list[Snapshot]] = {}
    for snapshot in newest_last(imported_snapshots(workspace, archive)):
        by_source.setdefault(snapshot.source, []).append(snapshot)
    sources = []
    captures = []
    for slug, snapshots in sorted(by_source.items()):
        newest = snapshots[-1]
        held = store.snapshot(slug, newest.id)
        previous = store.snapshot(slug, snapshots[-2].id).claims if len(snapshots) > 1 else None
        sources.append(
            SourceInput(
                slug,
                newest.id,
                newest.retrieved,
                held.claims,
                held.evidence,
                held.report,
                previous,
                held.observations,
                held.lists,
                held.measurements,
            )
        )
        for capture in newest.captures:
            fields = {name: getattr(capture, name) for name in CaptureInput.__dataclass_fields__}
            captures.append(CaptureInput(**fields))
    editorial = read_editorial_claims(workspace.content, ledger)
    if not sources and not editorial.claims.num_rows:
        raise UsageError(f"{workspace.root}: holds no claims yet; begin with `overt build --from DIR`")
    everything = archive.captures()
    head = ledger.head()
    return ReleaseInputs(
        sources=sources,
        captures=captures,
        members=workspace.resolved / "members.parquet",
        joins=workspace.resolved / "edges.parquet",
        candidates=workspace.resolved / "candidates.parquet",
        editorial=editorial.claims,
        editorial_evidence=editorial.evidence,
        retractions=[
            {"sequence": held.sequence, "at": held.at, "who": held.who, "why": held.why, "target": held.target}
            for held in ledger.retractions()
        ],
        judgements=[
            {
                "sequence": one.sequence,
                "at": one.at,
                "who": one.who,
                "why": one.why,
                "verdict": one.verdict,
                "left": one.left,
                "right": one.right,
            }
            for one in ledger.judgements()
        ],
        archive_head=everything[-1].chain if everything else "",
        ledger_head=head.chain,
        ledger_date=max((entry.at[:10] for entry in ledger.entries()), default=""),
        title=workspace.settings.title,
        note=note,
    )
