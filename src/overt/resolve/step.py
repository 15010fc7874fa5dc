"""The resolve step: claims of all snapshots and the judgements of the ledger become `resolved/`."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence

import orjson
import pyarrow.parquet as pq

from overt.archive import Archive, Snapshot
from overt.importing.step import chosen_sources, claims_code, claims_fingerprint, newest_last
from overt.importing.store import ClaimStore
from overt.ledger import Ledger
from overt.model.atomic_files import remove
from overt.model.code_digest import code_digest
from overt.model.duckdb_connection import connect
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import Editorial, editorial_claims
from overt.resolve.libraries import library_versions
from overt.resolve.linkage.candidate_pairs import DUCKDB
from overt.resolve.linkage.engines import check_engine
from overt.resolve.names import NameForms
from overt.resolve.relation_table import stated_relations
from overt.resolve.resolution_store import resolved_fingerprint, write_resolution
from overt.resolve.resolver import ClaimsFile, Inputs, resolve
from overt.resolve.scorer import Scorer


def imported_snapshots(workspace: Workspace, archive: Archive) -> list[Snapshot]:
    """The snapshots, in archive order, whose claims stand in the workspace, made by the code and content that are here now.

    Raises OvertError when the newest one of a source has no such claims: an atlas must not silently be older than its archive,
    nor than the importers. One that the importer has refused does not stand in the way: `refusals` tells of it.
    """
    content, store, code = workspace.content, ClaimStore(workspace.claims), claims_code()
    wanted = chosen_sources(workspace, archive)
    present = [snapshot for snapshot in archive.snapshots() if snapshot.source in wanted]
    current = {
        (snapshot.source, snapshot.id)
        for snapshot in present
        if (held := store.fingerprint(snapshot.source, snapshot.id))
        and held in [claims_fingerprint(content, snapshot, code, allow_problems=allowed) for allowed in (False, True)]
    }
    refused = {
        (snapshot.source, snapshot.id)
        for snapshot in present
        if (snapshot.source, snapshot.id) not in current
        and store.refusal(snapshot.source, snapshot.id, claims_fingerprint(content, snapshot, code, allow_problems=False))
    }
    standing = [snapshot for snapshot in newest_last(present) if (snapshot.source, snapshot.id) not in refused]
    for source, snapshot in {snapshot.source: snapshot for snapshot in standing}.items():
        if (source, snapshot.id) not in current:
            how = "was imported by other code or content" if store.fingerprint(source, snapshot.id) else "is not imported"
            raise OvertError(f"{source}: snapshot {snapshot.id} {how}; run `overt import {source}`")
    return [snapshot for snapshot in present if (snapshot.source, snapshot.id) in current]


def refusals(workspace: Workspace, archive: Archive) -> list[str]:
    """A line for each snapshot that would stand if it had not been refused, so that an older one, or none, stands instead."""
    content, store, code = workspace.content, ClaimStore(workspace.claims), claims_code()
    newest = {snapshot.source: snapshot for snapshot in newest_last(archive.snapshots())}
    said = []
    for source in sorted(chosen_sources(workspace, archive)):
        held = newest[source]
        reason = store.refusal(source, held.id, claims_fingerprint(content, held, code, allow_problems=False))
        if reason and (source, held.id) not in {(one.source, one.id) for one in imported_snapshots(workspace, archive)}:
            said.append(f"{source}: its newest snapshot {held.id} is refused, so what was there before it stands: {reason}")
    return said


def run_resolve(workspace: Workspace, archive: Archive, ledger: Ledger, *, engine: str = DUCKDB) -> dict[str, int]:
    """Make `resolved/` anew, unless it was made of the same inputs by the same code; returns counts of records, clusters, edges
    and refusals, and whether it was left `unchanged`.

    `engine`: what links organisations; none decides otherwise than another. Raises UsageError for one that cannot be used.
    """
    check_engine(engine)
    content = workspace.content
    snapshots = imported_snapshots(workspace, archive)
    fingerprint = _fingerprint(workspace, snapshots, ledger)
    unchanged = resolved_fingerprint(workspace.resolved) == fingerprint
    if not unchanged:
        editorial = editorial_claims(content, ledger)
        inputs = resolve_inputs(workspace, snapshots, ledger, editorial)
        spill = workspace.cache / "spill"
        remove(spill)  # of a killed run
        with connect(memory=workspace.settings.engine.memory, spill=spill) as connection:
            connection.register("editorial", editorial.claims)
            resolution = resolve(inputs, NameForms(), connection, Scorer(content, engine))
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
    """Whether `resolved/` is made of what is here now, by the code that is here now."""
    return resolved_fingerprint(workspace.resolved) == _fingerprint(workspace, snapshots, ledger)


def resolve_inputs(workspace: Workspace, snapshots: Sequence[Snapshot], ledger: Ledger, editorial: Editorial) -> Inputs:
    """All that decides who is who, of these snapshots (`imported_snapshots`) and what the ledger says. Whoever uses it must
    register the claims of `editorial` as the table `editorial` of the connection.
    """
    store = ClaimStore(workspace.claims)
    judged: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in ledger.judgements():
        judged[one.verdict].append((one.left, one.right))
    return Inputs(
        claims=[ClaimsFile(str(store.snapshot(held.source, held.id).claims), held.position) for held in newest_last(snapshots)],
        same=judged["same"],
        different=judged["different"],
        unsure=judged["unsure"],
        renamed=_renamed(workspace, snapshots),
        one_to_one=_one_to_one(workspace, snapshots),
        editorial=editorial.positions,
        retracted=frozenset(held.target for held in ledger.retractions()),
    )


def _fingerprint(workspace: Workspace, snapshots: Sequence[Snapshot], ledger: Ledger) -> str:
    content, store = workspace.content, ClaimStore(workspace.claims)
    parts = [
        [store.fingerprint(held.source, held.id) for held in snapshots],
        [(held.position, held.retrieved) for held in snapshots],
        _renamed(workspace, snapshots),
        sorted(_one_to_one(workspace, snapshots)),
        ledger.head(),
        library_versions(),
    ]
    code = code_digest("model", "ledger", "resolve") + content.digest("schema", "vocab", "models", "names")
    return hashlib.sha256(orjson.dumps(parts, default=str) + code.encode()).hexdigest()


def _renamed(workspace: Workspace, snapshots: Sequence[Snapshot]) -> dict[str, str]:
    slugs = sorted({held.source for held in snapshots})
    return {old: new for slug in slugs for old, new in workspace.content.sources[slug].renamed.items()}


def _one_to_one(workspace: Workspace, snapshots: Sequence[Snapshot]) -> frozenset[tuple[str, str]]:
    slugs = {held.source for held in snapshots}
    return frozenset((slug, kind) for slug in slugs for kind in workspace.content.sources[slug].one_to_one)
