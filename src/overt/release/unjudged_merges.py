"""Merges that rest on a score alone because no editor judged them, and the changes to a release that undo them."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import duckdb
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.record_ids import canonical_id
from overt.release.counterfactual_release import Counterfactual
from overt.release.graph_components_and_bridges import bridges, connected_components
from overt.release.release_sql import release_query


def split_clusters(clusters: Mapping[str, Sequence[Collection[str]]], positions: Mapping[str, int]) -> Counterfactual:
    """Return the change that splits clusters into parts.

    `clusters` has the parts by cluster id. The first part keeps the id; each other part gets an id made from whichever of its
    records was archived first. `positions` is the first position of each record in the archive.
    """
    new_ids: dict[str, str] = {}
    for parts in clusters.values():
        for part in parts[1:]:
            anchor = min(part, key=lambda record: (positions[record], record))
            new_ids |= dict.fromkeys(part, canonical_id(anchor))
    ids = ", ".join(quote_literal(identity) for identity in sorted(clusters))
    return Counterfactual(f"id IN ({ids}) OR target IN ({ids})", new_ids=new_ids)


class Merge(NamedTuple):
    """Two records that were joined because of their score alone."""

    left: str
    right: str
    probability: float
    id: str
    """Published id of the cluster with both records."""


class UnjudgedMerges:
    """The merges without which a cluster falls apart, least certain first, for record types whose tables are in `tables`.

    A cluster stores only the scored pairs that joined two of its parts. If such a merge is left out, other pairs whose score
    would have joined these parts connect them instead.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, content: Catalogue, tables: Collection[str]) -> None:
        types = {kind.name for kind in content.schema.types.values() if kind.table in tables}
        types |= {"project"} if "project_kinds" in tables else set()
        query = release_query("counterfactual.merges", types="(SELECT unnest(?::VARCHAR[]) AS type)")
        rows = connection.execute(query, [sorted(types)]).fetchall()
        merges = [Merge(left, right, float(probability), identity) for left, right, probability, identity in rows]
        self._clusters = sorted({merge.id for merge in merges})
        connection.register("merged_ids", pa.table({"id": pa.array(self._clusters, pa.string())}))
        self._positions: dict[str, int] = {}
        self._members: dict[str, list[str]] = {}
        for record, identity, position in connection.execute(release_query("counterfactual.members")).fetchall():
            self._members.setdefault(identity, []).append(record)
            self._positions[record] = position
        self._sure: dict[str, list[tuple[str, str]]] = {identity: [] for identity in self._members}
        self._scored: dict[str, list[tuple[str, str]]] = {identity: [] for identity in self._members}
        for left, right, identity, scored in connection.execute(release_query("counterfactual.joins")).fetchall():
            (self._scored if scored else self._sure)[identity].append((left, right))
        # Members can be joined through a record that this edition leaves out. They stay joined.
        for identity, members in self._members.items():
            components = connected_components(members, self._sure[identity] + self._scored[identity])
            ends = sorted(min(component) for component in components)
            self._sure[identity] += [(ends[0], other) for other in ends[1:]]
        needed = {identity: bridges(self._sure[identity] + self._scored[identity]) for identity in self._clusters}
        self.merges = [merge for merge in merges if (merge.left, merge.right) in needed[merge.id]]
        self.redundant = len(merges) - len(self.merges)
        """Number of merges that change nothing if left out, because other pairs connect the same two records."""

    def without(self, merge: Merge) -> Counterfactual:
        """Return the change that leaves out one merge."""
        pairs = [pair for pair in self._sure[merge.id] + self._scored[merge.id] if pair != (merge.left, merge.right)]
        components = connected_components(self._members[merge.id], pairs)
        split_off = next(component for component in components if merge.right in component)
        rest = [record for record in self._members[merge.id] if record not in split_off]
        return split_clusters({merge.id: [rest, sorted(split_off)]}, self._positions)

    def without_all(self) -> Counterfactual:
        """Return the change that leaves out all merges by score."""
        clusters = {}
        for identity in self._clusters:
            parts = [sorted(part) for part in connected_components(self._members[identity], self._sure[identity])]
            anchor = min(self._members[identity], key=lambda record: (self._positions[record], record))
            clusters[identity] = sorted(parts, key=lambda part: (anchor not in part, part))
        return split_clusters(clusters, self._positions)
