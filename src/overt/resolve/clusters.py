"""Joining records into clusters without ever joining what must stay apart."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Edge(NamedTuple):
    """A reason to hold two records for the same thing: `judgement`, `renamed`, `identifier` or `name`, and by which key."""

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

    def __init__(self, apart: Iterable[tuple[str, str]], alone_in: Mapping[str, str]) -> None:
        """`apart`: pairs that are different; `alone_in`: record → source without duplicates, one of which a cluster may hold."""
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._foes: dict[str, set[str]] = {}
        self._alone_in = alone_in
        for left, right in apart:
            self._foes.setdefault(left, set()).add(right)
            self._foes.setdefault(right, set()).add(left)
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

    def join(self, edge: Edge, *, judged: bool = False) -> bool:
        """Join the two clusters of an edge unless a pair in them must stay apart. A person's `same` beats a source's claim
        to have no duplicates, never another person's `different`.
        """
        left, right = self.find(edge.left), self.find(edge.right)
        if left == right:
            return True
        small, large = sorted((left, right), key=lambda root: len(self.members(root)))
        inside = set(self.members(large))
        for member in self.members(small):
            if foes := sorted(self._foes.get(member, set()) & inside):
                self.contradictions.append(Contradiction(edge, member, foes[0], "judged or stated to be different"))
                return False
        if not judged:
            sources = {self._alone_in[member]: member for member in self.members(large) if member in self._alone_in}
            for member in self.members(small):
                if (source := self._alone_in.get(member)) in sources:
                    why = f"{source} has no duplicates"
                    self.contradictions.append(Contradiction(edge, member, sources[source], why))
                    return False
        self._parent[small] = large
        self._members[large] = [*self.members(large), *self.members(small)]
        self._members.pop(small, None)
        return True
