"""The resolve step: claims of all snapshots and the judgements of the ledger become `resolved/`."""

import hashlib

import orjson
import pyarrow.parquet as pq

from overt.archive import Archive, Snapshot
from overt.importing.step import chosen_sources, claims_code, claims_fingerprint, newest_last
from overt.importing.store import ClaimStore
from overt.ledger import Ledger
from overt.model.code import code_digest
from overt.model.engine import connect
from overt.model.errors import OvertError
from overt.model.files import remove
from overt.model.workspace import Workspace
from overt.resolve.editorial import editorial_claims
from overt.resolve.linkage.score import DUCKDB
from overt.resolve.names import NameForms
from overt.resolve.resolver import ClaimsFile, Inputs, resolve
from overt.resolve.scored import Scorer
from overt.resolve.store import resolved_fingerprint, write_resolution


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
    """Make `resolved/` anew, unless it was made of the same inputs; returns counts of records, clusters, edges, refusals."""
    content, store = workspace.content, ClaimStore(workspace.claims)
    snapshots = imported_snapshots(workspace, archive)
    claims = [ClaimsFile(str(store.snapshot(held.source, held.id).claims), held.position) for held in newest_last(snapshots)]
    judged = ledger.judgements()
    same = [(one.left, one.right) for one in judged if one.verdict == "same"]
    different = [(one.left, one.right) for one in judged if one.verdict == "different"]
    unsure = [(one.left, one.right) for one in judged if one.verdict == "unsure"]
    slugs = {held.source for held in snapshots}
    renamed = {old: new for slug in sorted(slugs) for old, new in content.sources[slug].renamed.items()}
    alone = frozenset(slug for slug in slugs if content.sources[slug].one_to_one)
    marks = [store.fingerprint(held.source, held.id) for held in snapshots]
    parts = [marks, [(held.position, held.retrieved) for held in snapshots], renamed, sorted(alone), ledger.head()]
    code = code_digest("model", "ledger", "resolve") + content.digest("schema", "vocab", "models", "names")
    fingerprint = hashlib.sha256(orjson.dumps(parts, default=str) + code.encode()).hexdigest()
    if resolved_fingerprint(workspace.resolved) != fingerprint:
        forms = NameForms()
        editorial = editorial_claims(content, ledger)
        retracted = frozenset(held.target for held in ledger.retractions())
        inputs = Inputs(claims, same, different, renamed, alone, editorial.positions, retracted, unsure)
        spill = workspace.cache / "spill"
        remove(spill)  # of a killed run
        with connect(memory=workspace.settings.engine.memory, spill=spill) as connection:
            connection.register("editorial", editorial.claims)
            resolution = resolve(inputs, forms, connection, Scorer(content, engine))
        remove(spill)
        write_resolution(workspace.resolved, resolution, fingerprint)
    members = pq.read_table(workspace.resolved / "members.parquet", columns=["id"])
    return {
        "records": members.num_rows,
        "clusters": len(members["id"].unique()),
        "edges": pq.read_metadata(workspace.resolved / "edges.parquet").num_rows,
        "refused": pq.read_metadata(workspace.resolved / "contradictions.parquet").num_rows,
    }
