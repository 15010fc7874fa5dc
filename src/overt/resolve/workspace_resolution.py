"""The resolve step: make `resolved/` from the claims of imported snapshots and the entries of the ledger."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence

import orjson
import pyarrow.parquet as pq

from overt.archive import Archive, Snapshot
from overt.importing.claim_store import ClaimStore
from overt.importing.snapshot_and_source_selection import Choices, newest_last, select_sources
from overt.importing.snapshot_import import claims_code_digest, claims_fingerprint
from overt.ledger import Ledger
from overt.model.code_digest import code_digest
from overt.model.engines.duckdb_connection import connect
from overt.model.errors import OvertError
from overt.model.files.hard_links_and_file_removal import remove
from overt.model.library_versions import library_versions
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import EditorialClaims, read_editorial_claims
from overt.resolve.linkage.linkage_engines import DUCKDB, check_engine
from overt.resolve.names import NameKeys
from overt.resolve.pair_scorer import Scorer
from overt.resolve.relations.stated_and_proposed_relations import stated_relations
from overt.resolve.resolution_inputs import ClaimsFile, ResolutionInputs
from overt.resolve.resolution_writer import write_resolution
from overt.resolve.resolved_table_reader_and_digests import changed_table, resolved_fingerprint
from overt.resolve.resolver import resolve


def imported_snapshots(workspace: Workspace, archive: Archive, choices: Choices) -> list[Snapshot]:
    """Return the snapshots in use (`newest_last`) whose claims were made by the current code and content, in order.

    `choices`: the ledger's choices. Raises OvertError if the current snapshot of a source has no such claims, because an atlas
    must never silently be older than its archive or its importers. Snapshots that the importer refused are skipped;
    `refusal_messages` tells which sources this affects.
    """
    content, store, code = workspace.content, ClaimStore(workspace.claims), claims_code_digest()
    sources = select_sources(workspace, archive, choices)
    snapshots = [snapshot for snapshot in newest_last(archive.snapshots(), choices) if snapshot.source in sources]
    current = {
        (snapshot.source, snapshot.id)
        for snapshot in snapshots
        if (fingerprint := store.fingerprint(snapshot.source, snapshot.id))
        and fingerprint in [claims_fingerprint(content, snapshot, code, allow_problems=allowed) for allowed in (False, True)]
    }
    refused = {
        (snapshot.source, snapshot.id)
        for snapshot in snapshots
        if (snapshot.source, snapshot.id) not in current
        and store.refusal(snapshot.source, snapshot.id, claims_fingerprint(content, snapshot, code, allow_problems=False))
    }
    accepted = [snapshot for snapshot in snapshots if (snapshot.source, snapshot.id) not in refused]
    for source, snapshot in {snapshot.source: snapshot for snapshot in accepted}.items():
        if (source, snapshot.id) not in current:
            how = "was imported with other code or content" if store.fingerprint(source, snapshot.id) else "is not imported"
            raise OvertError(f"{source}: snapshot {snapshot.id} {how}; run `overt import {source}`")
    return [snapshot for snapshot in snapshots if (snapshot.source, snapshot.id) in current]


def refusal_messages(workspace: Workspace, archive: Archive, choices: Choices) -> list[str]:
    """Return a line for each source whose current snapshot the importer refused.

    An older snapshot of such a source is used, or none. Raises OvertError as `imported_snapshots` does.
    """
    content, store, code = workspace.content, ClaimStore(workspace.claims), claims_code_digest()
    newest = {snapshot.source: snapshot for snapshot in newest_last(archive.snapshots(), choices)}
    used = {(snapshot.source, snapshot.id) for snapshot in imported_snapshots(workspace, archive, choices)}
    messages = []
    for source in sorted(select_sources(workspace, archive, choices)):
        snapshot = newest[source]
        reason = store.refusal(source, snapshot.id, claims_fingerprint(content, snapshot, code, allow_problems=False))
        if reason and (source, snapshot.id) not in used:
            which = "chosen" if source in choices else "newest"
            messages.append(f"{source}: its {which} snapshot {snapshot.id} was refused, so an older one counts, if any: {reason}")
    return messages


def run_resolve(workspace: Workspace, archive: Archive, ledger: Ledger, *, engine: str = DUCKDB) -> dict[str, int]:
    """Write `resolved/` unless it is up to date.

    Return the numbers of records, clusters, edges and refused joins, and whether `resolved/` was up to date (`unchanged`).
    `engine`: the engine that links organisations. All engines give the same result. Raises UsageError for an engine that can't
    be used, and OvertError for claims that are missing or out of date, or have changed since their import.
    """
    check_engine(engine)
    content = workspace.content
    snapshots = imported_snapshots(workspace, archive, ledger.source_choices())
    fingerprint = _fingerprint(workspace, snapshots, ledger)
    unchanged = resolved_fingerprint(workspace.resolved) == fingerprint and changed_table(workspace.resolved) is None
    store = ClaimStore(workspace.claims)
    for snapshot in snapshots:
        store.intact_snapshot(snapshot.source, snapshot.id)
    if not unchanged:
        editorial = read_editorial_claims(content, ledger)
        inputs = gather_inputs(workspace, snapshots, ledger, editorial)
        spill = workspace.cache / "spill"
        remove(spill)  # a killed run may have left it
        with connect(memory=workspace.settings.engine.memory, spill=spill) as connection:
            connection.register("editorial", editorial.claims)
            resolution = resolve(inputs, NameKeys(), connection, Scorer(content, engine))
            stated = stated_relations(inputs, connection)
        remove(spill)
        write_resolution(workspace.resolved, resolution, fingerprint, stated)
    members = pq.read_table(workspace.resolved / "members.parquet", columns=["id"])
    return {
        "records": members.num_rows,
        "clusters": len(members["id"].unique()),
        "edges": pq.read_metadata(workspace.resolved / "edges.parquet").num_rows,
        "refused": pq.read_metadata(workspace.resolved / "contradictions.parquet").num_rows,
        "unchanged": unchanged,
    }


def is_current(workspace: Workspace, snapshots: Sequence[Snapshot], ledger: Ledger) -> bool:
    """Return whether `resolved/` was made from these snapshots and the current ledger, by the current code and content."""
    return resolved_fingerprint(workspace.resolved) == _fingerprint(workspace, snapshots, ledger)


def gather_inputs(
    workspace: Workspace, snapshots: Sequence[Snapshot], ledger: Ledger, editorial: EditorialClaims
) -> ResolutionInputs:
    """Return the inputs of a resolution of these snapshots (`imported_snapshots`).

    Callers must register the claims of `editorial` as the table `editorial` of their connection. Raises OvertError for claims
    that have changed since their import.
    """
    store = ClaimStore(workspace.claims)
    judged: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for judgement in ledger.judgements():
        judged[judgement.verdict].append((judgement.left, judgement.right))
    return ResolutionInputs(
        claims=[
            ClaimsFile(str(store.intact_snapshot(snapshot.source, snapshot.id).claims), snapshot.position)
            for snapshot in snapshots
        ],
        same=judged["same"],
        different=[*judged["different"], *_different(workspace, snapshots)],
        unsure=judged["unsure"],
        renamed=_renamed(workspace, snapshots),
        one_to_one=_one_to_one(workspace, snapshots),
        distinct=_distinct(workspace, snapshots),
        editorial=editorial.positions,
        retracted=frozenset(retraction.target for retraction in ledger.retractions()),
    )


def _fingerprint(workspace: Workspace, snapshots: Sequence[Snapshot], ledger: Ledger) -> str:
    content, store = workspace.content, ClaimStore(workspace.claims)
    parts = [
        [store.fingerprint(snapshot.source, snapshot.id) for snapshot in snapshots],
        [(snapshot.position, snapshot.retrieved) for snapshot in snapshots],
        _renamed(workspace, snapshots),
        sorted(_one_to_one(workspace, snapshots)),
        sorted(_distinct(workspace, snapshots)),
        _different(workspace, snapshots),
        ledger.head(),
        library_versions(),
    ]
    code = code_digest("model", "ledger", "resolve") + content.digest("schema", "vocab", "models", "names")
    return hashlib.sha256(orjson.dumps(parts, default=str) + code.encode()).hexdigest()


def _renamed(workspace: Workspace, snapshots: Sequence[Snapshot]) -> dict[str, str]:
    slugs = sorted({snapshot.source for snapshot in snapshots})
    return {old: new for slug in slugs for old, new in workspace.content.sources[slug].renamed.items()}


def _one_to_one(workspace: Workspace, snapshots: Sequence[Snapshot]) -> frozenset[tuple[str, str]]:
    slugs = {snapshot.source for snapshot in snapshots}
    return frozenset((slug, kind) for slug in slugs for kind in workspace.content.sources[slug].one_to_one)


def _distinct(workspace: Workspace, snapshots: Sequence[Snapshot]) -> frozenset[tuple[str, str]]:
    slugs = {snapshot.source for snapshot in snapshots}
    return frozenset((slug, kind) for slug in slugs for kind in workspace.content.sources[slug].distinct)


def _different(workspace: Workspace, snapshots: Sequence[Snapshot]) -> list[tuple[str, str]]:
    """Return the pairs of records that the sources' metadata lists as different entities (`different`)."""
    slugs = sorted({snapshot.source for snapshot in snapshots})
    stated = {slug: workspace.content.sources[slug].different for slug in slugs}
    return [(f"{slug}:{own}", other) for slug in slugs for own, distinct in stated[slug].items() for other in distinct]
