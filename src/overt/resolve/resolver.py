"""From claims and judgements to clusters and their ids; a pure function that keeps no state and trains nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import duckdb
import pyarrow as pa

from overt.model.duckdb_connection import quote_literal, sql
from overt.model.record_ids import canonical_id
from overt.resolve.alias_table import ALIASES, latest_aliases
from overt.resolve.clusters import Clusters, Contradiction, Edge
from overt.resolve.names import NameForms
from overt.resolve.scored_pair import Scored
from overt.resolve.scorer import Scorer
from overt.resolve.shared_keys import Clue, propose

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
    """In the order in which their snapshots came to stand: the last one that holds a record says what joins it."""
    same: Sequence[tuple[str, str]] = ()
    different: Sequence[tuple[str, str]] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    one_to_one: frozenset[tuple[str, str]] = frozenset()
    """Source and type of records among which it has no duplicates."""
    editorial: Mapping[str, int] = field(default_factory=dict)
    """Ledger sequence at which an editorial record first stood; its claims are the table `editorial` of the connection."""
    retracted: frozenset[str] = frozenset()
    """Ids of claims that join and part nobody any more, and of records whose relations hold nobody apart."""
    unsure: Sequence[tuple[str, str]] = ()
    """Pairs that people left open: the machine brings them together by no way."""


@dataclass(frozen=True)
class Resolution:
    """Every record ever seen with its published id, and why clusters are as they are."""

    members: list[tuple[str, str, str, str, int]]
    """record, type, published id, source, first position; sorted by record."""
    edges: list[Edge]
    contradictions: list[Contradiction]
    scored: list[Scored] = field(default_factory=list)
    """Pairs that were scored, joined or not."""
    aliases: pa.Table = field(default_factory=ALIASES.empty_table)
    """Who is called what (columns of `overt.resolve.alias_table.ALIASES`)."""


def resolve(inputs: Inputs, forms: NameForms, connection: duckdb.DuckDBPyConnection, scorer: Scorer | None = None) -> Resolution:
    """Cluster the records of all snapshots (docs/method.md, Identity): judgements, then renamed keys, identifiers, names, and
    with a `scorer` what it holds for one thing, the likeliest first.
    """
    claims = claims_query(inputs, connection)
    if not claims:
        return Resolution([], [], [])
    connection.register("retracted", pa.table({"target": pa.array(sorted(inputs.retracted), pa.string())}))
    claim = "AND claim_id NOT IN (FROM retracted)" if inputs.retracted else ""
    # A record that was taken back keeps its place in its cluster, so that the published id stays; a relation has no such place,
    # nor has what is told of a project: its parts, places and money.
    record = "AND record NOT IN (FROM retracted)" if inputs.retracted else ""
    records: list[tuple[str, str, str, int]] = connection.execute(sql(_SQL, "records", {"claims": claims})).fetchall()
    clues = read_clues(connection, claims, claim)
    relations = connection.execute(sql(_SQL, "relations", {"claims": claims, "standing": f"{claim} {record}"})).fetchall()
    stated = [(one, kind, other) for one, kind, other, _ in relations]
    # Who stands in a relation is two, whatever they are called; who was renamed is one.
    related = {(one, other): relation for one, kind, other, relation in reversed(relations) if kind != "renamed"}
    alone_in = {record: source for record, kind, source, _ in records if (source, kind) in inputs.one_to_one}
    clusters = Clusters(inputs.different, related, alone_in, {record: kind for record, kind, *_ in records}, inputs.unsure)
    made = [edge for edge in _decided(inputs) if clusters.join(edge, decided=True)]
    same = {record: clusters.find(record) for edge in made for record in (edge.left, edge.right)}
    for shared in propose(clues, forms, alone_in, same):
        made += clusters.join_all(*shared)
    scored: list[Scored] = []
    if scorer is not None:
        named = [record for record, kind, *_ in records if kind == "organization"]
        scored = scorer.organizations(connection, clues, stated, alone_in, {record: clusters.find(record) for record in named})
        made += _joined(scored, clusters)
        things = {record: clusters.find(record) for record in named}
        project = "AND (type = 'project' OR record NOT IN (FROM retracted))" if inputs.retracted else ""
        standing = f"(SELECT * FROM {claims} WHERE true {claim} {project})"
        alone = {source for source, kind in inputs.one_to_one if kind == "project"}
        found = scorer.projects(connection, standing, things, alone)
        made += _joined(found, clusters)
        scored += found
    members = _members(records, clusters)
    ids = {record: identity for record, _, identity, *_ in members}
    aliases = latest_aliases(connection, f"(SELECT * FROM {claims} WHERE true {claim} {record})", ids, forms)
    return Resolution(members, made, clusters.contradictions, scored, aliases)


def read_clues(connection: duckdb.DuckDBPyConnection, claims: str, standing: str = "") -> list[Clue]:
    """What can join or part records, sorted. `claims`: of `claims_query`; `standing`: a condition on claims, with its AND."""
    return connection.execute(sql(_SQL, "clues", {"claims": claims, "standing": standing})).fetchall()


def _joined(scored: Sequence[Scored], clusters: Clusters) -> Iterator[Edge]:
    """The likeliest pairs first: what they make of a cluster decides whom the others may still join."""
    for pair in sorted(scored, key=lambda held: (-held.probability, held.left, held.right)):
        edge = Edge(pair.left, pair.right, "score", f"{pair.probability:.3f}")
        if pair.same and clusters.find(pair.left) != clusters.find(pair.right) and clusters.join(edge):
            yield edge


def claims_query(inputs: Inputs, connection: duckdb.DuckDBPyConnection) -> str:
    """A query over all claims, with the position of each in the archive and its snapshot's turn; empty when there is none."""
    columns = "claim_id, record, type, source, property, value, unit, lang, valid_to"
    parts = [
        f"SELECT {columns}, {file.position}::BIGINT AS position, {turn} AS turn FROM read_parquet({quote_literal(file.path)})"
        for turn, file in enumerate(inputs.claims)
    ]
    if inputs.editorial:
        arrow = pa.table({"record": list(inputs.editorial), "position": [EDITORIAL + held for held in inputs.editorial.values()]})
        connection.register("editorial_positions", arrow)
        parts.append(f"SELECT {columns}, position, 0 AS turn FROM editorial JOIN editorial_positions USING (record)")
    return f"({' UNION ALL '.join(parts)})" if parts else ""


def _decided(inputs: Inputs) -> Iterator[Edge]:
    yield from (Edge(left, right, "judgement", "") for left, right in sorted(inputs.same))
    yield from (Edge(old, new, "renamed", "") for old, new in sorted(inputs.renamed.items()))


def _members(records: list[tuple[str, str, str, int]], clusters: Clusters) -> list[tuple[str, str, str, str, int]]:
    anchors: dict[str, tuple[int, str]] = {}
    roots = {}
    for record, _, _, position in records:
        root = roots[record] = clusters.find(record)
        anchors[root] = min(anchors.get(root, (position, record)), (position, record))
    ids = {root: canonical_id(record) for root, (_, record) in anchors.items()}
    return [(record, kind, ids[roots[record]], source, position) for record, kind, source, position in records]
