"""Checks claims and the resolution against their digests."""

from collections.abc import Iterator

from overt.archive import Archive
from overt.importing.claim_store import ClaimStore
from overt.importing.snapshot_import import claims_code_digest, claims_fingerprint
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.resolve.resolved_table_reader_and_digests import RESOLUTION, changed_table, has_digests, resolved_fingerprint


def verify_claims(atlas: Workspace, archive: Archive) -> Iterator[str]:
    """Yield a line for each snapshot with a file of claims that is missing or differs from what the import wrote.

    Claims without digests that were made with other code or content are skipped, because nothing reads them.
    """
    store, code = ClaimStore(atlas.claims), claims_code_digest()
    for snapshot in archive.snapshots():
        current = [claims_fingerprint(atlas.content, snapshot, code, allow_problems=allowed) for allowed in (False, True)]
        if store.has_digests(snapshot.source, snapshot.id) or store.fingerprint(snapshot.source, snapshot.id) in current:
            try:
                store.intact_snapshot(snapshot.source, snapshot.id)
            except OvertError as error:
                yield str(error)


def verify_resolution(atlas: Workspace) -> Iterator[str]:
    """Yield a line if `resolved/` has a problem: a table that differs from what was written, or an unreadable RESOLUTION.

    Tables without digests are not compared.
    """
    if has_digests(atlas.resolved) and (name := changed_table(atlas.resolved)) is not None:
        yield f"{atlas.resolved / name}: is not what was written; run `overt resolve`, which makes it again"
    elif next(atlas.resolved.glob("*"), None) is not None and resolved_fingerprint(atlas.resolved) is None:
        yield f"{atlas.resolved / RESOLUTION}: cannot be read; run `overt resolve`, which makes it again"
