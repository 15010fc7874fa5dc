"""What the machine joined by a score alone, and what a release would be if it had not."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.duckdb_connection import quote_literal, sql
from overt.model.record_ids import canonical_id
from overt.release.graph_components import bridges, parts
from overt.release.counterfactual import SQL, Otherwise


def apart(clusters: Mapping[str, Sequence[Collection[str]]], positions: Mapping[str, int]) -> Otherwise:
    """Clusters (by their id) in parts: the first part keeps the id, the others take that of their own anchor. `positions`: where
    in the archive's order each record first stood.
    """
    regrouped: dict[str, str] = {}
    for split in clusters.values():
        for part in split[1:]:
            anchor = min(part, key=lambda record: (positions[record], record))
            regrouped |= dict.fromkeys(part, canonical_id(anchor))
    ids = ", ".join(quote_literal(identity) for identity in sorted(clusters))
    return Otherwise(f"id IN ({ids}) OR target IN ({ids})", regrouped=regrouped)


class Merge(NamedTuple):
    """Two records that the machine joined by their score and nobody judged."""

    left: str
    right: str
    probability: float
    id: str
    """Of their cluster."""


class Merges:
    """All such pairs without which a cluster falls apart, the least sure first; of record types whose tables are `wanted`.

    A cluster keeps of its scored pairs those alone that joined two parts of it. Others whose score would have joined these parts
    too hold them together when such a pair is taken out, as they would if it had never been scored.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, content: Catalogue, wanted: Collection[str]) -> None:
        types = {kind.name for kind in content.schema.types.values() if kind.table in wanted}
        types |= {"project"} if "project_kinds" in wanted else set()
        listed = "SELECT unnest(?::VARCHAR[]) AS type"
        pairs = connection.execute(sql(SQL / "otherwise", "merges", {"types": f"({listed})"}), [sorted(types)]).fetchall()
        connection.register("wanted_ids", pa.table({"id": pa.array(sorted({held[3] for held in pairs}), pa.string())}))
        self._positions: dict[str, int] = {}
        self._members: dict[str, list[str]] = {}
        for record, identity, position in connection.execute(sql(SQL / "otherwise", "members")).fetchall():
            self._members.setdefault(identity, []).append(record)
            self._positions[record] = position
        self._sure: dict[str, list[tuple[str, str]]] = {identity: [] for identity in self._members}
        self._scored: dict[str, list[tuple[str, str]]] = {identity: [] for identity in self._members}
        for left, right, identity, scored in connection.execute(sql(SQL / "otherwise", "joins")).fetchall():
            (self._scored if scored else self._sure)[identity].append((left, right))
        for identity, members in self._members.items():  # what a record that is not in this edition held together stays so
            ends = sorted(min(part) for part in parts(members, self._sure[identity] + self._scored[identity]))
            self._sure[identity] += [(ends[0], other) for other in ends[1:]]
        found = [Merge(left, right, float(probability), identity) for left, right, probability, identity in pairs]
        needed = {identity: bridges(self._sure[identity] + self._scored[identity]) for identity in {held.id for held in found}}
        self.found = [held for held in found if (held.left, held.right) in needed[held.id]]
        self.held = len(found) - len(self.found)
        """How many are no such pairs, since others hold the two together as well."""
        self._clusters = sorted({held.id for held in found})

    def apart(self, merge: Merge) -> Otherwise:
        """What would be without one."""
        left = [pair for pair in self._sure[merge.id] + self._scored[merge.id] if pair != (merge.left, merge.right)]
        away = next(part for part in parts(self._members[merge.id], left) if merge.right in part)
        rest = [record for record in self._members[merge.id] if record not in away]
        return apart({merge.id: [rest, sorted(away)]}, self._positions)

    def all_apart(self) -> Otherwise:
        """What would be without any score."""
        clusters = {}
        for identity in self._clusters:
            found = [sorted(part) for part in parts(self._members[identity], self._sure[identity])]
            anchor = min(self._members[identity], key=lambda record: (self._positions[record], record))
            clusters[identity] = sorted(found, key=lambda part: (anchor not in part, part))
        return apart(clusters, self._positions)
