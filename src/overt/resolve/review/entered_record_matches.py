"""Match newly entered records: find the records that they join, and those that they may match."""

from collections.abc import Collection
from dataclasses import dataclass

from overt.archive import Archive
from overt.ledger import Ledger
from overt.model.engines.duckdb_connection import connect
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import read_editorial_claims
from overt.resolve.names import NameKeys
from overt.resolve.pair_scorer import Scorer
from overt.resolve.resolution_inputs import claims_query
from overt.resolve.resolver import Resolution, resolve
from overt.resolve.sql_queries import fill_query
from overt.resolve.workspace_resolution import gather_inputs, imported_snapshots

_MAX_MATCHES = 3
"""Maximum number of possible matches to return for one record."""


@dataclass(frozen=True)
class EnteredMatch:
    """An entered record, and another record that it joins or may match."""

    record: str
    other: str
    name: str
    """A name of the other record."""
    probability: float
    joined: bool
    """Whether the next `overt resolve` joins the two."""


def match_entered(workspace: Workspace, archive: Archive, ledger: Ledger, records: Collection[str]) -> list[EnteredMatch]:
    """Return, for each entered record, the records that `overt resolve` would join with it or ask about, likeliest first.

    One record is returned per entity, and at most `_MAX_MATCHES` that would not be joined. `resolved/` stays unchanged. Raises
    OvertError for claims that are missing, out of date or changed.
    """
    snapshots = imported_snapshots(workspace, archive, ledger.source_choices())
    editorial = read_editorial_claims(workspace.content, ledger)
    inputs = gather_inputs(workspace, snapshots, ledger, editorial)
    with connect(memory=workspace.settings.engine.memory) as connection:
        connection.register("editorial", editorial.claims)
        resolution = resolve(inputs, NameKeys(), connection, Scorer(workspace.content))
        query = fill_query("claims.names", claims=claims_query(inputs, connection))
        names: dict[str, str] = dict(connection.execute(query).fetchall())
    return [match for record in sorted(records) for match in _matches(record, resolution, names)]


def _matches(record: str, resolution: Resolution, names: dict[str, str]) -> list[EnteredMatch]:
    ids = {member: identity for member, _, identity, *_ in resolution.members}
    if record not in ids:
        return []
    joined = [member for member, identity in ids.items() if identity == ids[record] and member != record]
    likely: dict[str, tuple[float, str]] = {}
    for pair in resolution.scored:
        if record in pair[:2]:
            other = pair.right if pair.left == record else pair.left
            if ids[other] != ids[record]:
                likely[ids[other]] = max(likely.get(ids[other], (0.0, "")), (pair.probability, other))
    offered = sorted(likely.values(), key=lambda match: (-match[0], match[1]))[:_MAX_MATCHES]
    first = [EnteredMatch(record, min(joined), names.get(min(joined), min(joined)), 1.0, True)] if joined else []
    return first + [EnteredMatch(record, other, names.get(other, other), probability, False) for probability, other in offered]
