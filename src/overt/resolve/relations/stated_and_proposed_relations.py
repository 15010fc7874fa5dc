"""Relations between organisations, stated by sources and editors or proposed by the machine: `resolved/relations.parquet`.

A proposal is not a claim. It becomes a record when an editor accepts it.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import orjson
import pyarrow as pa

from overt.resolve.relations.relation_labels_and_verdict import RelationVerdict
from overt.resolve.resolution_inputs import ResolutionInputs, claims_query, register_retracted
from overt.resolve.resolved_table_reader_and_digests import read_rows
from overt.resolve.scored_pair import ScoredPair
from overt.resolve.sql_queries import fill_query

_TEXTS: list[tuple[str, pa.DataType]] = [(name, pa.string()) for name in ("from", "kind", "to", "record", "parts")]
RELATIONS = pa.schema([*_TEXTS, ("probability", pa.float64())])
"""`from` and `to` are source records. A stated relation has a `record` of its own. A proposed relation has the `probability` of
its kind, and `parts`, a JSON list of clues (`name`, `words`, `bits`).
"""


class StatedRelation(NamedTuple):
    """A relation that a source or an editor states. Its ends are source records."""

    from_: str
    kind: str
    to: str
    record: str
    """The record of the relation itself."""

    @property
    def source(self) -> str:
        """Slug of the source that states it."""
        return self.record.partition(":")[0]


class RelationProposal(NamedTuple):
    """A relation that the machine proposes. A parent or subsidiary is always proposed as `parent`, from the subsidiary."""

    from_: str
    kind: str
    to: str
    probability: float
    """Probability of the kind among all labels of `relation_labels_and_verdict.LABELS`."""
    parts: tuple[Mapping[str, Any], ...]
    """Clues: `name`, `words` (the level, such as `same`), and `bits` (the weight for the kind less the mean of all labels)."""

    @property
    def pair(self) -> tuple[str, str]:
        """The two records, sorted."""
        return min(self.from_, self.to), max(self.from_, self.to)


def stated_relations(inputs: ResolutionInputs, connection: duckdb.DuckDBPyConnection) -> list[StatedRelation]:
    """Return the relations stated by claims in force, sorted.

    The caller must have registered the table `editorial` if `inputs` has editorial claims.
    """
    claims = claims_query(inputs, connection)
    if not claims:
        return []
    condition = " ".join(register_retracted(inputs, connection))
    query = fill_query("claims.stated_relations", claims=claims, condition=condition)
    return [StatedRelation(*row) for row in connection.execute(query).fetchall()]


def propose_relation(left: str, right: str, verdict: RelationVerdict) -> RelationProposal | None:
    """Return the relation that a verdict on two records proposes; None if they are the same or unrelated."""
    relation = verdict.relation(left, right)
    if relation is None:
        return None
    ends = (relation.to, "parent", relation.from_) if relation.kind == "subsidiary" else relation
    return RelationProposal(*ends, verdict.probability, clues_data(verdict))


def clues_data(verdict: RelationVerdict) -> tuple[Mapping[str, Any], ...]:
    """Return the clues of a verdict as plain data: `name`, `words` and `bits`."""
    return tuple({"name": clue.clue, "words": clue.level, "bits": clue.bits} for clue in verdict.clues)


def propose_relations(
    scored: Iterable[ScoredPair], ids: Mapping[str, str], stated: Iterable[StatedRelation]
) -> list[RelationProposal]:
    """Return the likeliest proposed relation for each pair of clusters without a stated relation, sorted by pair.

    `ids`: record → published id of its cluster. Within a cluster, only a renaming is proposed.
    """
    known = {_cluster_pair(relation.from_, relation.to, ids) for relation in stated}
    proposals: dict[tuple[str, str], RelationProposal] = {}
    for pair in scored:
        proposal = propose_relation(pair.left, pair.right, pair.verdict) if pair.verdict is not None else None
        if proposal is None or (ids[pair.left] == ids[pair.right] and proposal.kind != "renamed"):
            continue
        clusters = _cluster_pair(*proposal.pair, ids)
        if clusters in known:
            continue
        best = proposals.get(clusters)
        if best is None or (-proposal.probability, proposal.pair) < (-best.probability, best.pair):
            proposals[clusters] = proposal
    return sorted(proposals.values(), key=lambda proposal: proposal.pair)


def relations_table(scored: Iterable[ScoredPair], ids: Mapping[str, str], stated: Sequence[StatedRelation]) -> pa.Table:
    """Return stated and proposed relations with the columns of RELATIONS. `ids`: record → published id of its cluster."""
    rows: list[dict[str, Any]] = [
        {"from": relation.from_, "kind": relation.kind, "to": relation.to, "record": relation.record} for relation in stated
    ]
    for proposal in propose_relations(scored, ids, stated):
        ends = {"from": proposal.from_, "kind": proposal.kind, "to": proposal.to}
        rows.append({**ends, "probability": proposal.probability, "parts": orjson.dumps(proposal.parts).decode()})
    return pa.Table.from_pylist(rows, schema=RELATIONS)


def read_relations(resolved: Path) -> tuple[list[StatedRelation], list[RelationProposal]]:
    """Return the stated and proposed relations in `resolved/`; both lists are empty if nothing is resolved.

    Raises OvertError for a table that cannot be used.
    """
    stated, proposals = [], []
    for row in read_rows(resolved / "relations.parquet", RELATIONS.names):
        ends = row["from"], row["kind"], row["to"]
        if row["record"] is not None:
            stated.append(StatedRelation(*ends, row["record"]))
        else:
            proposals.append(RelationProposal(*ends, row["probability"], tuple(orjson.loads(row["parts"]))))
    return stated, proposals


def _cluster_pair(left: str, right: str, ids: Mapping[str, str]) -> tuple[str, str]:
    first, second = ids.get(left, left), ids.get(right, right)
    return min(first, second), max(first, second)
