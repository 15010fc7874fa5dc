"""Joining records into clusters without ever joining what must stay apart."""

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


class Clusters:
    """Union–find over records, each cluster with what it must not meet."""

    def __init__(
        self,
        judged: Iterable[tuple[str, str]],
        stated: Iterable[tuple[str, str]],
        alone_in: Mapping[str, str],
        types: Mapping[str, str],
        unsure: Iterable[tuple[str, str]] = (),
    ) -> None:
        """`judged`, `stated`: pairs that are different, as a person or a source says; `alone_in`: record → source without
        duplicates, one of which a cluster may hold; `types`: record → type of every record that there is; `unsure`: pairs that
        people left open, which the machine may not bring together by any way, and people may.
        """
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._judged = _pairs(judged)
        self._stated = _pairs(stated)
        self._unsure = _pairs(unsure)
        self._alone_in = alone_in
        self._sources: dict[str, dict[str, str]] = {}
        self._types = types
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
        never beats another person's `different`.
        """
        if edge.left not in self._types or edge.right not in self._types:
            return False
        left, right = self.find(edge.left), self.find(edge.right)
        if left == right:
            return True
        small, large = sorted((left, right), key=lambda root: len(self.members(root)))
        if refused := self._refusal(edge, small, large, decided=decided):
            self.contradictions.append(refused)
            return False
        self._sources[large] = self._alone(small) | self._alone(large)
        self._parent[small] = large
        self._members.setdefault(large, [large]).extend(self._members.pop(small, [small]))
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
        one, other = self._types[edge.left], self._types[edge.right]
        if one != other:
            return Contradiction(edge, edge.left, edge.right, f"of two types: {one}, {other}")
        apart = [(self._judged, "judged to be different")]
        if not decided:
            apart.append((self._unsure, "judged unsure, so it is for people to join them"))
            apart.append((self._stated, "a source states a relation between them"))
        for foes, why in apart:
            for member in sorted(self.members(small)):
                if met := [foe for foe in foes.get(member, ()) if self.find(foe) == large]:
                    return Contradiction(edge, member, min(met), why)
        mine, theirs = self._alone(small), self._alone(large)
        if not decided and (shared := mine.keys() & theirs.keys()):
            source = min(shared)
            return Contradiction(edge, mine[source], theirs[source], f"{source} has no duplicates")
        return None

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
