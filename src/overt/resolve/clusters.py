"""Joining records into clusters without ever joining what must stay apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple


class Edge(NamedTuple):
    """A reason to hold two records for the same thing: `judgement`, `renamed`, `identifier`, `name` or `score`, and by which key:
    of a score its probability.
    """

    left: str
    right: str
    reason: str
    key: str


class Contradiction(NamedTuple):
    """An edge that was refused, and the two records that must stay apart."""

    edge: Edge
    one: str
    other: str
    why: str
    by: str
    """The record of the relation that keeps them apart; empty where something else does."""
    path: tuple[Edge, ...]
    """The pairs that lead from `one` to `other`: the joins behind either end of the refused edge, and that edge between them.
    Each has the side on which it was come to as its left."""


class Clusters:
    """Union–find over records, each cluster with what it must not meet."""

    def __init__(
        self,
        judged: Iterable[tuple[str, str]],
        stated: Mapping[tuple[str, str], str],
        alone_in: Mapping[str, str],
        types: Mapping[str, str],
        unsure: Iterable[tuple[str, str]] = (),
    ) -> None:
        """`judged`: pairs that are different, as people say; `stated`: pairs that a source sets in a relation, and the record of
        it; `alone_in`: record → source without duplicates, one of which a cluster may hold; `types`: record → type of every
        record that there is; `unsure`: pairs that people left open, which the machine may not bring together by any way, and
        people may.
        """
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._judged = _pairs(judged)
        self._stated = _pairs(stated)
        self._unsure = _pairs(unsure)
        self._relations = stated
        self._alone_in = alone_in
        self._sources: dict[str, dict[str, str]] = {}
        self._types = types
        self._joins: dict[str, list[Edge]] = defaultdict(list)
        """The edges at each record that joined two clusters: a tree over each, so that one path leads from record to record."""
        self._refused: dict[str, set[str]] = defaultdict(set)
        """Root → roots that the machine may not join it with; clusters only grow, so what keeps them apart stays."""
        self.contradictions: list[Contradiction] = []

    def find(self, record: str) -> str:
        """The cluster's present root."""
        root = record
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(record, record)) != root:
            self._parent[record], record = root, above
        return root

    def members(self, root: str) -> list[str]:
        """All records of a cluster."""
        return self._members.get(root, [root])

    def join(self, edge: Edge, *, decided: bool = False) -> bool:
        """Join the two clusters of an edge unless a pair in them must stay apart; a record that there is not joins nothing.

        What people decided (`decided`) beats what sources say: that two stand in a relation, that there are no duplicates. It
        never beats another person's `different`. Of all edges by which the machine would join two clusters the first alone is
        kept as a contradiction; of what people decided, each.
        """
        if edge.left not in self._types or edge.right not in self._types:
            return False
        left, right = self.find(edge.left), self.find(edge.right)
        if left == right:
            return True
        small, large = sorted((left, right), key=lambda root: len(self.members(root)))
        if not decided and small in self._refused.get(large, ()):
            return False
        if refused := self._refusal(edge, small, large, decided=decided):
            self.contradictions.append(refused)
            self._refused[small].add(large)
            self._refused[large].add(small)
            return False
        self._sources[large] = self._alone(small) | self._alone(large)
        self._parent[small] = large
        self._members.setdefault(large, [large]).extend(self._members.pop(small, [small]))
        self._joins[edge.left].append(edge)
        self._joins[edge.right].append(edge)
        for foe in self._refused.pop(small, set()) - {large}:
            self._refused[foe].remove(small)
            self._refused[foe].add(large)
            self._refused[large].add(foe)
        self._refused.get(large, set()).discard(small)
        return True

    def join_all(self, records: Sequence[str], reason: str, key: str) -> Iterator[Edge]:
        """Join records that share a key, each with the first of them that it may meet; yields the joins that were made."""
        heads: list[str] = []
        for record in records:
            for head in heads:
                edge = Edge(head, record, reason, key)
                if self.join(edge):
                    yield edge
                    break
            else:
                heads.append(record)

    def _refusal(self, edge: Edge, small: str, large: str, *, decided: bool) -> Contradiction | None:
        types = self._types[edge.left], self._types[edge.right]
        if types[0] != types[1]:
            return self._contradiction(edge, edge.left, edge.right, f"of two types: {types[0]}, {types[1]}")
        apart = [(self._judged, "judged to be different")]
        if not decided:
            apart.append((self._unsure, "judged unsure, so it is for people to join them"))
            apart.append((self._stated, "a source states a relation between them"))
        for foes, why in apart:
            for member in sorted(foes.keys() & self.members(small)):
                if met := [foe for foe in foes[member] if self.find(foe) == large]:
                    other = min(met)
                    by = self._relations.get((member, other)) or self._relations.get((other, member), "")
                    return self._contradiction(edge, member, other, why, by if foes is self._stated else "")
        mine, theirs = self._alone(small), self._alone(large)
        if not decided and (shared := mine.keys() & theirs.keys()):
            source = min(shared)
            return self._contradiction(edge, mine[source], theirs[source], f"{source} has no duplicates")
        return None

    def _contradiction(self, edge: Edge, one: str, other: str, why: str, by: str = "") -> Contradiction:
        near, far = edge.left, edge.right
        if self.find(one) != self.find(near):
            near, far = far, near
        path = (*self._path(one, near), edge._replace(left=near, right=far), *self._path(far, other))
        return Contradiction(edge, one, other, why, by, path)

    def _path(self, start: str, end: str) -> list[Edge]:
        """The joins that lead from one record of a cluster to another."""
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

    def _alone(self, root: str) -> dict[str, str]:
        """The cluster's record of each source without duplicates."""
        own = {self._alone_in[root]: root} if root in self._alone_in else {}
        return self._sources.get(root, own)


def _pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for left, right in pairs:
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    return found
