"""Explains why two records are, or are not, the same entity: the reason, the parts of the score, and stated relations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow.compute as pc

from overt.archive import Archive
from overt.ledger import Judgement, Ledger
from overt.model.engines.duckdb_connection import connect
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import read_editorial_claims
from overt.resolve.explanation_text import explanation_sentences
from overt.resolve.names import NameKeys
from overt.resolve.nested_register_numbers import with_contained_identifiers
from overt.resolve.pair_scorer import Scorer
from overt.resolve.relations.stated_and_proposed_relations import StatedRelation, clues_data, propose_relation, stated_relations
from overt.resolve.resolution_inputs import ResolutionInputs, claims_query, read_matching_claims, register_retracted
from overt.resolve.resolved_table_reader_and_digests import read_rows
from overt.resolve.resolver import resolve
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.member_lookup import Member, find_member
from overt.resolve.review.refused_joins import describe_path, read_refused_joins
from overt.resolve.scored_pair import ScoredPair
from overt.resolve.workspace_resolution import gather_inputs, imported_snapshots, is_current

_EDGE = ("left", "right", "reason", "key")
_IDENTIFIERS = ("identifier", "url")
Pair = tuple[str, str]


@dataclass(frozen=True)
class _Sides:
    """Two records, and the members of their clusters."""

    left: Member
    right: Member
    ids: Mapping[str, str]
    """Record → published id, for all members of both clusters."""

    @property
    def pair(self) -> Pair:
        """The two records."""
        return self.left.record, self.right.record

    def connected_by(self, first: str, second: str) -> bool:
        """Return whether one of two records is in the cluster of `left`, and the other in the cluster of `right`."""
        return {self.ids.get(first), self.ids.get(second)} == {self.left.id, self.right.id}


def explain_pair(workspace: Workspace, archive: Archive, ledger: Ledger, left: str, right: str) -> dict[str, Any]:
    """Return whether two source records are the same entity and why, as plain data in the format of docs/judging.md.

    Raises UsageError for an unknown record, and OvertError for claims that are missing, out of date or changed.
    """
    sides = _read_sides(workspace, left, right)
    snapshots = imported_snapshots(workspace, archive, ledger.source_choices())
    editorial = read_editorial_claims(workspace.content, ledger)
    inputs = gather_inputs(workspace, snapshots, ledger, editorial)
    with connect(memory=workspace.settings.engine.memory) as connection:
        connection.register("editorial", editorial.claims)
        scored = _score(workspace, inputs, connection, sides)
        values = _matching_values(inputs, connection, (left, right))
        stated = [
            relation for relation in stated_relations(inputs, connection) if sides.connected_by(relation.from_, relation.to)
        ]
    judgements = JudgementGraph(ledger.judgements())
    edges = read_rows(workspace.resolved / "edges.parquet", _EDGE)
    explanation = {
        "left": left,
        "right": right,
        "type": sides.left.type if sides.left.type == sides.right.type else None,
        "same": sides.left.id == sides.right.id,
        "current": is_current(workspace, snapshots, ledger),
        "judgement": _judgement_data(judgements.judgement(left, right)),
        "path": _shortest_path(edges, left, right),
        "refused": [
            {**row, "words": describe_path(row, judgements)}
            for row in read_refused_joins(workspace.resolved)
            if sides.connected_by(row["left"], row["right"])
        ],
        **_score_data(scored),
        "relation": _relation_data(scored),
        "stated": [_stated_data(relation, workspace) for relation in stated],
        "shared": _shared_values(values, NameKeys(), (left, right)),
        "countries": [sorted(values.get((record, "country"), ())) for record in (left, right)],
    }
    merges = workspace.content.schema.types[sides.left.type].merges
    sentences = explanation_sentences(explanation, types=(sides.left.type, sides.right.type), merges=merges)
    return {**explanation, "because": sentences}


def _read_sides(workspace: Workspace, left: str, right: str) -> _Sides:
    members = find_member(workspace.resolved, left), find_member(workspace.resolved, right)
    return _Sides(*members, _read_ids(workspace, pc.field("id").isin([member.id for member in members])))


def _read_ids(workspace: Workspace, filters: pc.Expression) -> dict[str, str]:
    rows = read_rows(workspace.resolved / "members.parquet", ["record", "id"], filters)
    return {row["record"]: row["id"] for row in rows}


def _score(
    workspace: Workspace, inputs: ResolutionInputs, connection: duckdb.DuckDBPyConnection, sides: _Sides
) -> ScoredPair | None:
    """Return the score that `overt resolve` gives the pair, even if it is not a candidate pair; None if it can't be scored."""
    if sides.left.type != sides.right.type or sides.left.record == sides.right.record:
        return None
    # Projects are compared by their participants, which are clusters of organisations.
    clusters = _read_ids(workspace, pc.field("type") == "organization") if sides.left.type == "project" else {}
    scorer = Scorer(workspace.content, only_pair=sides.pair, organization_clusters=clusters)
    return next(iter(resolve(inputs, NameKeys(), connection, scorer).scored), None)


def _matching_values(
    inputs: ResolutionInputs, connection: duckdb.DuckDBPyConnection, pair: Pair
) -> dict[tuple[str, str], list[str]]:
    """Return the claims that can join or separate the two records: (record, property) → values."""
    by_claim, _ = register_retracted(inputs, connection)
    values: dict[tuple[str, str], list[str]] = {}
    claims = read_matching_claims(connection, claims_query(inputs, connection), by_claim)
    for record, _, property_, value in with_contained_identifiers(claim for claim in claims if claim[0] in pair):
        values.setdefault((record, property_), []).append(value)
    return values


def _judgement_data(judgement: Judgement | None) -> dict[str, Any] | None:
    if judgement is None:
        return None
    return {
        "entry": judgement.sequence,
        "verdict": judgement.verdict,
        "who": judgement.who,
        "at": judgement.at,
        "why": judgement.why,
        "origin": vars(judgement.origin) if judgement.origin else None,
    }


def _score_data(scored: ScoredPair | None) -> dict[str, Any]:
    if scored is None:
        return {"probability": None, "bits": None, "joins": False, "parts": []}
    parts = [{"name": part.comparison, "words": part.level, "bits": part.bits} for part in scored.parts]
    bits = round(sum(part.bits for part in scored.parts), 3)
    return {"probability": scored.probability, "bits": bits, "joins": scored.same, "parts": parts}


def _relation_data(scored: ScoredPair | None) -> dict[str, Any] | None:
    if scored is None or scored.verdict is None:
        return None
    verdict = scored.verdict
    proposal = propose_relation(scored.left, scored.right, verdict)
    return {
        "kind": proposal.kind if proposal else verdict.label,
        "from": proposal.from_ if proposal else None,
        "to": proposal.to if proposal else None,
        "probability": verdict.probability,
        "parts": list(clues_data(verdict)),
    }


def _stated_data(relation: StatedRelation, workspace: Workspace) -> dict[str, Any]:
    spec = workspace.content.sources.get(relation.source)
    title = spec.title if spec else "this atlas’s editors" if relation.source == EDITORIAL_SOURCE else relation.source
    ends = {"from": relation.from_, "kind": relation.kind, "to": relation.to}
    return {**ends, "record": relation.record, "source": relation.source, "title": title}


def _shared_values(values: Mapping[tuple[str, str], Sequence[str]], forms: NameKeys, pair: Pair) -> dict[str, list[str]]:
    """Return the names and identifiers that both records share. Names are spelled as in the first record."""
    names: list[dict[str, str]] = []
    identifiers: list[set[str]] = []
    for record in pair:
        own_names = [name for property_ in ("name", "alias") for name in values.get((record, property_), ())]
        names.append({key: name for name in reversed(own_names) if (key := forms.key(name))})
        identifiers.append({value for property_ in _IDENTIFIERS for value in values.get((record, property_), ())})
    return {
        "names": [names[0][key] for key in sorted(names[0].keys() & names[1].keys())],
        "identifiers": sorted(identifiers[0] & identifiers[1]),
    }


def _shortest_path(edges: Sequence[dict[str, str]], left: str, right: str) -> list[dict[str, str]]:
    """Return the shortest chain of joins between two records; empty if they are not connected."""
    near: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for edge in edges:
        near.setdefault(edge["left"], []).append((edge["right"], edge))
        near.setdefault(edge["right"], []).append((edge["left"], edge))
    paths: dict[str, list[dict[str, str]]] = {left: []}
    queue = [left]
    for record in queue:
        for neighbour, edge in near.get(record, []):
            if neighbour not in paths:
                paths[neighbour] = [*paths[record], edge]
                queue.append(neighbour)
    return paths.get(right, [])
