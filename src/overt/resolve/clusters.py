"""Clusters of records, joined pair by pair. Records that must be kept apart are never in one cluster."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from overt.resolve.identity_conflicts import IdentityConflicts

_BY_NAME = ("name", "score")
"""Reasons for joins that facts about an organisation's identity can prevent."""


class Edge(NamedTuple):
    """A join of two records, with its reason."""

    left: str
    right: str
    reason: str
    """`judgement`, `renamed`, `identifier`, `name`, `event`, `link` or `score`."""
    key: str
    """The details of the reason.

    These are, for `identifier`, the shared identifier; for `name`, the shared name, or other evidence that two names mean the
    same; for `event`, its country and day; for `link`, the projects' phase, if known; for `score`, the probability. Empty for
    `judgement` and `renamed`.
    """


class Contradiction(NamedTuple):
    """A refused join, with the two records that must be kept apart."""

    edge: Edge
    first: str
    second: str
    why: str
    by: str
    """The record of the relation that separates the two; empty if they are separated for another reason."""
    path: tuple[Edge, ...]
    """The joins from `first` to `second`, including the refused join. In each join, the left record is nearer to `first`."""


class Clusters:
    """Union–find over records that refuses to join clusters if two of their records must be kept apart."""

    def __init__(
        self,
        different: Iterable[tuple[str, str]],
        related: Mapping[tuple[str, str], str],
        one_to_one: Mapping[str, str],
        types: Mapping[str, str],
        unsure: Iterable[tuple[str, str]] = (),
        distinct: Mapping[str, str] | None = None,
        identities: IdentityConflicts | None = None,
    ) -> None:
        """Set up one cluster per record.

        `different`: pairs that editors judged different. `related`: pairs in a stated relation → the record of the relation.
        `one_to_one`: record → its source, for sources without duplicates; a cluster has at most one record of each such source.
        `types`: record → type, for every known record. `unsure`: pairs that editors judged unsure, which only editors may join.
        `distinct`: record → its source, for sources in which two rows are two entities; no score joins two records of such a
        source. `identities`: facts that keep two organisations apart, whatever their names are.
        """
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._different = _neighbours(different)
        self._related = _neighbours(related)
        self._unsure = _neighbours(unsure)
        self._unlikely: dict[str, set[str]] = {}
        self._identities = identities
        self._relations = related
        self._one_to_one = one_to_one
        self._distinct = distinct or {}
        self._registered: dict[str, dict[str, str]] = {}
        self._types = types
        self._joins: dict[str, list[Edge]] = defaultdict(list)
        """For each record, the edges that joined two clusters. They form a tree per cluster, so there is one path between any two
        records.
        """
        self._refused: dict[str, set[str]] = defaultdict(set)
        """Root → roots that the machine may not join with it. Clusters only grow, so a refusal remains valid."""
        self.contradictions: list[Contradiction] = []

    def find(self, record: str) -> str:
        """Return the current root of a record's cluster."""
        root = record
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(record, record)) != root:
            self._parent[record], record = root, above
        return root

    def members(self, root: str) -> list[str]:
        """Return all records of a cluster."""
        return self._members.get(root, [root])

    def keep_apart_by_score(self, unlikely: Iterable[tuple[str, str]]) -> None:
        """Refuse every later join by score that would put both records of an unlikely pair into one cluster."""
        self._unlikely = _neighbours(unlikely)

    def join(self, edge: Edge, *, decided: bool = False) -> bool:
        """Join the clusters of an edge, unless two of their records must be kept apart.

        Return whether both ends are now in one cluster. An edge with an unknown record joins nothing. A `decided` join, which
        an editor or source.yml demands, overrules `unsure`, relations and sources without duplicates, but neither `different`
        nor different types. A refused join is added to `contradictions`. Later joins of the same two clusters, unless they are
        decided, are refused without being added.
        """
        if edge.left not in self._types or edge.right not in self._types:
            return False
        left, right = self.find(edge.left), self.find(edge.right)
        if left == right:
            return True
        small, large = sorted((left, right), key=lambda root: len(self.members(root)))
        if not decided and small in self._refused.get(large, ()):
            return False
        if contradiction := self._contradiction(edge, small, large, decided=decided):
            self.contradictions.append(contradiction)
            self._refused[small].add(large)
            self._refused[large].add(small)
            return False
        self._registered[large] = self._registered_members(small) | self._registered_members(large)
        if self._identities:
            self._identities.join(small, large)
        self._parent[small] = large
        self._members.setdefault(large, [large]).extend(self._members.pop(small, [small]))
        self._joins[edge.left].append(edge)
        self._joins[edge.right].append(edge)
        for refused in self._refused.pop(small, set()) - {large}:
            self._refused[refused].remove(small)
            self._refused[refused].add(large)
            self._refused[large].add(refused)
        self._refused.get(large, set()).discard(small)
        return True

    def join_all(self, records: Sequence[str], reason: str, key: str) -> Iterator[Edge]:
        """Join each of the records, which share a key, to the first earlier record that it may join, and yield the edges.

        Two records that are already in the same cluster also get an edge.
        """
        heads: list[str] = []
        for record in records:
            for head in heads:
                edge = Edge(head, record, reason, key)
                if self.join(edge):
                    yield edge
                    break
            else:
                heads.append(record)

    def _contradiction(self, edge: Edge, small: str, large: str, *, decided: bool) -> Contradiction | None:
        types = self._types[edge.left], self._types[edge.right]
        if types[0] != types[1]:
            return self._refusal(edge, edge.left, edge.right, f"of two types: {types[0]}, {types[1]}")
        separated = [(self._different, "judged to be different")]
        if not decided:
            separated.append((self._unsure, "judged unsure, so it is for people to join them"))
            separated.append((self._related, "a source states a relation between them"))
        if edge.reason == "score":
            separated.append((self._unlikely, "the model finds it unlikely that they are one"))
        for neighbours, why in separated:
            for member in sorted(neighbours.keys() & self.members(small)):
                if met := [neighbour for neighbour in neighbours[member] if self.find(neighbour) == large]:
                    other = min(met)
                    by = self._relations.get((member, other)) or self._relations.get((other, member), "")
                    return self._refusal(edge, member, other, why, by if neighbours is self._related else "")
        ours, theirs = self._registered_members(small), self._registered_members(large)
        if not decided and (shared := ours.keys() & theirs.keys()):
            source = min(shared)
            return self._refusal(edge, ours[source], theirs[source], f"{source} has no duplicates")
        if edge.reason in _BY_NAME and self._identities and (conflict := self._identities.find(small, large)):
            return self._refusal(edge, *conflict)
        if edge.reason == "score" and (rows := self._distinct_rows(small, large)):
            return self._refusal(edge, *rows, f"two rows of {self._distinct[rows[0]]}, so not by a score")
        return None

    def _distinct_rows(self, small: str, large: str) -> tuple[str, str] | None:
        """Return two records, one from each cluster, that are rows of one source in `distinct`; None if there are none."""
        by_source = {self._distinct[record]: record for record in sorted(self.members(large)) if record in self._distinct}
        for record in sorted(self.members(small)):
            if (source := self._distinct.get(record)) in by_source:
                return record, by_source[source]
        return None

    def _refusal(self, edge: Edge, first: str, second: str, why: str, by: str = "") -> Contradiction:
        near, far = edge.left, edge.right
        if self.find(first) != self.find(near):
            near, far = far, near
        path = (*self._path(first, near), edge._replace(left=near, right=far), *self._path(far, second))
        return Contradiction(edge, first, second, why, by, path)

    def _path(self, start: str, end: str) -> list[Edge]:
        """Return the joins that lead from one record of a cluster to another."""
        before: dict[str, Edge | None] = {start: None}
        queue = [start]
        for record in queue:
            for edge in self._joins[record]:
                beyond = edge.right if edge.left == record else edge.left
                if beyond not in before:
                    before[beyond] = edge._replace(left=record, right=beyond)
                    queue.append(beyond)
        path: list[Edge] = []
        while (step := before[end]) is not None:
            path.append(step)
            end = step.left
        return path[::-1]

    def _registered_members(self, root: str) -> dict[str, str]:
        """Return, for each source without duplicates, the cluster's record from that source."""
        own = {self._one_to_one[root]: root} if root in self._one_to_one else {}
        return self._registered.get(root, own)


def _neighbours(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    neighbours: dict[str, set[str]] = {}
    for left, right in pairs:
        neighbours.setdefault(left, set()).add(right)
        neighbours.setdefault(right, set()).add(left)
    return neighbours
