"""Compute clusters, their ids and their aliases from claims and judgements. Nothing is trained, and no state is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from overt.model.record_ids import canonical_id
from overt.resolve.alias_table import ALIASES, latest_aliases
from overt.resolve.clusters import Clusters, Contradiction, Edge
from overt.resolve.duplicate_reports_of_internet_restrictions import find_reported_restrictions
from overt.resolve.equal_names_and_identifiers import find_shared_keys
from overt.resolve.identity_conflicts import IdentityConflicts
from overt.resolve.names import NameKeys
from overt.resolve.nested_register_numbers import with_contained_identifiers
from overt.resolve.pair_scorer import Scorer
from overt.resolve.projects.project_model import load_project_model
from overt.resolve.projects.projects_linked_by_source import find_linked_projects, linking_sources
from overt.resolve.relations.stated_and_proposed_relations import stated_relations
from overt.resolve.resolution_inputs import ResolutionInputs, claims_query, read_matching_claims, register_retracted
from overt.resolve.same_organizations.pairs_with_different_names import CorroboratedNames
from overt.resolve.scored_pair import ScoredPair
from overt.resolve.sql_queries import fill_query


@dataclass(frozen=True)
class Resolution:
    """The result: the published id of every record, the joins and refused joins that led to it, and the aliases."""

    members: list[tuple[str, str, str, str, int]]
    """Record, type, published id, source and first position; sorted by record."""
    edges: list[Edge]
    contradictions: list[Contradiction]
    scored: list[ScoredPair] = field(default_factory=list)
    """Scored pairs, whether or not they were joined. Pairs of projects that are too unlikely for review are left out, unless the
    scorer scores a single pair.
    """
    aliases: pa.Table = field(default_factory=ALIASES.empty_table)
    """Aliases, with the columns of `overt.resolve.alias_table.ALIASES`."""


def resolve(
    inputs: ResolutionInputs, forms: NameKeys, connection: duckdb.DuckDBPyConnection, scorer: Scorer | None = None
) -> Resolution:
    """Cluster the records of all snapshots (docs/method.md, Who is who).

    Judgements and renamed keys join records first, then identifiers and equal names. Next come organisations whose names are
    supported by other evidence (`CorroboratedNames`), restrictions that several sources report, and projects that their source
    links or that have the same recipient and phase. If there is a `scorer`, scores then join records, likeliest first:
    organisations (followed by joins by misspelled names, and by clues that are enough together), and then projects. The caller
    must have registered the table `editorial` if `inputs` has editorial claims.
    """
    claims = claims_query(inputs, connection)
    if not claims:
        return Resolution([], [], [])
    by_claim, by_record = register_retracted(inputs, connection)
    # A retracted record stays in its cluster, so that the published id is stable. A retracted relation no longer counts, nor does
    # a retracted role, place or commitment of a project.
    records: list[tuple[str, str, str, int]] = connection.execute(fill_query("claims.records", claims=claims)).fetchall()
    matching_claims = with_contained_identifiers(read_matching_claims(connection, claims, by_claim))
    relations = stated_relations(inputs, connection)
    stated = list(dict.fromkeys((relation.from_, relation.kind, relation.to) for relation in relations))
    # The two ends of a relation are never the same organisation, whatever their names are, unless one was renamed to the other.
    related = {(relation.from_, relation.to): relation.record for relation in reversed(relations) if relation.kind != "renamed"}
    parents = {(from_, to) for from_, kind, to in stated if kind == "parent"}
    one_to_one = {record: source for record, kind, source, _ in records if (source, kind) in inputs.one_to_one}
    types = {record: kind for record, kind, *_ in records}
    distinct = {record: source for record, kind, source, _ in records if (source, kind) in inputs.distinct}
    identities = IdentityConflicts(matching_claims, forms)
    clusters = Clusters(inputs.different, related, one_to_one, types, inputs.unsure, distinct, identities)
    edges = [edge for edge in _decided_edges(inputs) if clusters.join(edge, decided=True)]
    same = {record: clusters.find(record) for edge in edges for record in (edge.left, edge.right)}
    for shared in find_shared_keys(matching_claims, forms, one_to_one, same):
        edges += clusters.join_all(*shared)
    organizations = [record for record, kind, *_ in records if kind == "organization"]
    cluster_of = {record: clusters.find(record) for record in organizations}
    corroborated = CorroboratedNames(matching_claims, cluster_of, forms, parents)
    for shared in corroborated.find():
        edges += clusters.join_all(*shared)
    restrictions = connection.execute(fill_query("claims.restrictions", claims=claims, condition=by_claim)).fetchall()
    for shared in find_reported_restrictions(restrictions):
        edges += clusters.join_all(*shared)
    linked = connection.execute(fill_query("claims.linked_projects", claims=claims, condition=by_claim)).fetchall()
    for shared in find_linked_projects(linked, load_project_model().manner if linked else ()):
        edges += clusters.join_all(*shared)
    scored: list[ScoredPair] = []
    if scorer is not None:
        cluster_of = {record: clusters.find(record) for record in organizations}
        scored = scorer.organizations(connection, matching_claims, stated, one_to_one, cluster_of)
        edges += _join_scored(scored, clusters)
        for shared in corroborated.misspelled():
            if len({clusters.find(record) for record in shared.records}) > 1:
                edges += clusters.join_all(*shared)
        for shared in corroborated.agreeing(clusters.find):
            edges += clusters.join_all(*shared)
        cluster_of = {record: clusters.find(record) for record in organizations}
        of_project = "AND (type = 'project' OR record NOT IN (FROM retracted))" if inputs.retracted else ""
        current = f"(SELECT * FROM {claims} WHERE true {by_claim} {of_project})"
        project_lists = {source for source, kind in inputs.one_to_one if kind == "project"}
        scored_projects = scorer.projects(connection, current, cluster_of, project_lists, linking_sources(linked))
        clusters.keep_apart_by_score((pair.left, pair.right) for pair in scored_projects if pair.apart)
        edges += _join_scored(scored_projects, clusters)
        review = 0.0 if scorer.only_pair else load_project_model().review
        scored += [pair for pair in scored_projects if pair.probability >= review]
    members = _members(records, clusters)
    ids = {record: identity for record, _, identity, *_ in members}
    aliases = latest_aliases(connection, f"(SELECT * FROM {claims} WHERE true {by_claim} {by_record})", ids, forms)
    return Resolution(members, edges, clusters.contradictions, scored, aliases)


def _join_scored(scored: Sequence[ScoredPair], clusters: Clusters) -> Iterator[Edge]:
    """Join scored pairs and yield the edges. The likeliest come first, because each join can rule out less likely joins."""
    for pair in sorted(scored, key=lambda pair: (-pair.probability, pair.left, pair.right)):
        edge = Edge(pair.left, pair.right, "score", f"{pair.probability:.3f}")
        if pair.same and clusters.find(pair.left) != clusters.find(pair.right) and clusters.join(edge):
            yield edge


def _decided_edges(inputs: ResolutionInputs) -> Iterator[Edge]:
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
