"""The resolve step: claims of all snapshots and the judgements of the ledger become `resolved/`."""

import hashlib
from collections.abc import Sequence

import orjson
import pyarrow.parquet as pq

from overt.archive import Archive, Snapshot
from overt.importing.step import chosen_sources
from overt.importing.store import ClaimStore
from overt.ledger import Ledger
from overt.model.engine import connect
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.resolve.editorial import editorial_claims
from overt.resolve.names import NameForms
from overt.resolve.resolver import ClaimsFile, Inputs, resolve
from overt.resolve.store import resolved_fingerprint, write_resolution


def imported_snapshots(workspace: Workspace, archive: Archive) -> list[Snapshot]:
    """The snapshots, in archive order, whose claims stand in the workspace. Raises OvertError when the newest one of a source
    has not been imported: an atlas must not silently be older than its archive.
    """
    store = ClaimStore(workspace.claims)
    wanted = chosen_sources(workspace, archive)
    newest = {snapshot.source: snapshot for snapshot in newest_last(archive.snapshots()) if snapshot.source in wanted}
    for source, snapshot in newest.items():
        if store.fingerprint(source, snapshot.id) is None:
            raise OvertError(f"{source}: snapshot {snapshot.id} is not imported; run `overt import {source}`")
    return [held for held in archive.snapshots() if held.source in wanted and store.fingerprint(held.source, held.id)]


def newest_last(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """By the day they were retrieved, then by the archive's order: the last of a source is the one that stands."""
    return sorted(snapshots, key=lambda snapshot: (snapshot.retrieved, snapshot.position))


def run_resolve(workspace: Workspace, archive: Archive, ledger: Ledger) -> dict[str, int]:
    """Make `resolved/` anew, unless it was made of the same inputs; returns counts of records, clusters, edges, refusals."""
    content, store = workspace.content, ClaimStore(workspace.claims)
    snapshots = imported_snapshots(workspace, archive)
    claims = [ClaimsFile(str(store.snapshot(held.source, held.id).claims), held.position) for held in snapshots]
    judged = ledger.judgements()
    same = [(one.left, one.right) for one in judged if one.verdict == "same"]
    different = [(one.left, one.right) for one in judged if one.verdict == "different"]
    slugs = {held.source for held in snapshots}
    renamed = {old: new for slug in sorted(slugs) for old, new in content.sources[slug].renamed.items()}
    alone = frozenset(slug for slug in slugs if content.sources[slug].one_to_one)
    marks = [store.fingerprint(held.source, held.id) for held in snapshots]
    parts = [marks, [held.position for held in snapshots], sorted(same), sorted(different), renamed, sorted(alone), ledger.head()]
    fingerprint = hashlib.sha256(orjson.dumps(parts, default=str) + content.digest("vocab").encode()).hexdigest()
    if resolved_fingerprint(workspace.resolved) != fingerprint:
        forms = NameForms(content.vocabularies["legal-forms"])
        with connect(memory=workspace.settings.engine.memory, spill=workspace.cache / "spill") as connection:
            editorial = editorial_claims(content, ledger)
            connection.register("editorial", editorial.claims)
            inputs = Inputs(claims, same, different, renamed, alone, editorial.positions)
            write_resolution(workspace.resolved, resolve(inputs, forms, connection), fingerprint)
    members = pq.read_table(workspace.resolved / "members.parquet", columns=["id"])
    return {
        "records": members.num_rows,
        "clusters": len(members["id"].unique()),
        "edges": pq.read_metadata(workspace.resolved / "edges.parquet").num_rows,
        "refused": pq.read_metadata(workspace.resolved / "contradictions.parquet").num_rows,
    }
