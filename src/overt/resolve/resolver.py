"""From claims and judgements to clusters and their ids; a pure function that keeps no state and trains nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import duckdb
import pyarrow as pa

from overt.model.engine import quote, sql
from overt.model.record import canonical_id
from overt.resolve.clusters import Clusters, Contradiction, Edge
from overt.resolve.edges import propose
from overt.resolve.names import NameForms

_SQL = files("overt") / "resolve" / "sql"
EDITORIAL = 1 << 40
"""Positions from here on are the ledger's sequence: an editorial record comes after every archived one."""


@dataclass(frozen=True)
class ClaimsFile:
    """A Parquet file of claims (columns of `overt.model.claim.CLAIMS`) and where it stands in the archive's order."""

    path: str
    position: int


@dataclass(frozen=True)
class Inputs:
    """All that decides who is who."""

    claims: Sequence[ClaimsFile]
    same: Sequence[tuple[str, str]] = ()
    different: Sequence[tuple[str, str]] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    one_to_one: frozenset[str] = frozenset()
    editorial: Mapping[str, int] = field(default_factory=dict)
    """Ledger sequence at which an editorial record first stood; its claims are the table `editorial` of the connection."""


@dataclass(frozen=True)
class Resolution:
    """Every record ever seen with its published id, and why clusters are as they are."""

    members: list[tuple[str, str, str, str, int]]
    """record, type, published id, source, first position; sorted by record."""
    edges: list[Edge]
    contradictions: list[Contradiction]


def resolve(inputs: Inputs, forms: NameForms, connection: duckdb.DuckDBPyConnection) -> Resolution:
    """Cluster the records of all snapshots (docs/method.md, Identity): judgements, then renamed keys, identifiers, names."""
    union = " UNION ALL ".join(
        f"SELECT record, type, source, property, value, {file.position}::BIGINT AS position FROM read_parquet({quote(file.path)})"
        for file in inputs.claims
    )
    if inputs.editorial:
        arrow = pa.table({"record": list(inputs.editorial), "position": [EDITORIAL + held for held in inputs.editorial.values()]})
        connection.register("editorial_positions", arrow)
        editorial = (
            "SELECT record, type, source, property, value, position FROM editorial JOIN editorial_positions USING (record)"
        )
        union = f"{union} UNION ALL {editorial}" if union else editorial
    if not union:
        return Resolution([], [], [])
    claims = {"claims": f"({union})"}
    records: list[tuple[str, str, str, int]] = connection.execute(sql(_SQL, "records", claims)).fetchall()
    clues = connection.execute(sql(_SQL, "clues", claims)).fetchall()
    related = connection.execute(sql(_SQL, "relations", claims)).fetchall()
    alone_in = {record: source for record, _, source, _ in records if source in inputs.one_to_one} if inputs.one_to_one else {}
    known = {record for record, *_ in records}
    clusters = Clusters([*inputs.different, *related], alone_in)
    proposed = _all_edges(inputs, propose(clues, forms, alone_in))
    made = [
        edge
        for edge in proposed
        if edge.left in known and edge.right in known and clusters.join(edge, judged=edge.reason in ("judgement", "renamed"))
    ]
    return Resolution(_members(records, clusters), made, clusters.contradictions)


def _all_edges(inputs: Inputs, proposed: Iterable[Edge]) -> Iterable[Edge]:
    yield from (Edge(left, right, "judgement", "") for left, right in sorted(inputs.same))
    yield from (Edge(old, new, "renamed", "") for old, new in sorted(inputs.renamed.items()))
    yield from proposed


def _members(records: list[tuple[str, str, str, int]], clusters: Clusters) -> list[tuple[str, str, str, str, int]]:
    anchors: dict[str, tuple[int, str]] = {}
    roots = {}
    for record, _, _, position in records:
        root = roots[record] = clusters.find(record)
        anchors[root] = min(anchors.get(root, (position, record)), (position, record))
    ids = {root: canonical_id(record) for root, (_, record) in anchors.items()}
    return [(record, kind, ids[roots[record]], source, position) for record, kind, source, position in records]
