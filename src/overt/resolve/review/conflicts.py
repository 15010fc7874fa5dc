"""What a judgement would contradict among those that stand, with the path of pairs that shows it."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from overt.ledger import Judgement, Verdict

Found = Mapping[str, tuple[str, int] | None]
"""Each record that was reached, with the one before it and the entry between; the first has none."""
_SIGNS: Mapping[Verdict, str] = {"same": "=", "different": "≠", "unsure": "?"}


class Step(NamedTuple):
    """One pair of a path, and the entry that judged it, or the line of a file; none for the judgement that is being made."""

    left: str
    right: str
    verdict: Verdict
    entry: int | None
    line: int | None = None

    def __str__(self) -> str:
        by = f"entry {self.entry}" if self.entry else f"line {self.line}" if self.line else "this one"
        return f"{self.left} {_SIGNS[self.verdict]} {self.right} ({by})"


class Conflict(NamedTuple):
    """What does not go together, shown by the shortest path of pairs; the judgement that is being made ends it."""

    kind: Literal["contradiction", "settles", "stays"]
    """Three judgements or more that cannot all hold; a `same` that joins what others left open; an `unsure` without effect."""
    path: tuple[Step, ...]

    def __str__(self) -> str:
        path = ", ".join(map(str, self.path))
        match self.kind:
            case "contradiction":
                return f"contradicts what stands: {path}; `different` wins, so a join among these is refused: undo what is wrong"
            case "settles":
                return f"joins what was left open: {path}"
            case "stays":
                return f"has no effect while these stand, which make the two one: {path}"


class Standing:
    """The judgements that stand, as a graph over records."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._pairs: dict[tuple[str, str], Judgement] = {}
        self._near: dict[Verdict, dict[str, dict[str, int]]] = {"same": {}, "different": {}, "unsure": {}}
        for judgement in judgements:
            self.add(judgement)

    def add(self, judgement: Judgement) -> None:
        """Take a further judgement in; it overrides what stands for its pair."""
        pair = judgement.left, judgement.right
        if (held := self._pairs.get(pair)) is not None:
            for one, other in (pair, pair[::-1]):
                del self._near[held.verdict][one][other]
        self._pairs[pair] = judgement
        for one, other in (pair, pair[::-1]):
            self._near[judgement.verdict].setdefault(one, {})[other] = judgement.sequence

    def of(self, one: str, other: str) -> Judgement | None:
        """What stands for a pair, whichever way round it is named."""
        return self._pairs.get((min(one, other), max(one, other)))

    def joined(self, one: str, other: str) -> bool:
        """Whether people's `same` make the two one thing, directly or through others."""
        return other in self._reach(one, set())

    def conflict(self, left: str, right: str, verdict: Verdict) -> Conflict | None:
        """What a new judgement on the pair would contradict; what stands for the pair itself does not count, it is overridden."""
        without = {(left, right), (right, left)}
        here = self._reach(left, without)
        if right in here:
            path = _way(here, right)
            match verdict:
                case "same":
                    return None
                case "different":
                    return Conflict("contradiction", (*path, Step(left, right, verdict, None)))
                case "unsure":
                    return Conflict("stays", path)
        if verdict != "same":
            return None
        there = self._reach(right, without)
        last = Step(left, right, verdict, None)
        if path := self._between(here, there, "different", without):
            return Conflict("contradiction", (*path, last))
        if path := self._between(here, there, "unsure", without):
            return Conflict("settles", (*path, last))
        return None

    def _reach(self, start: str, without: set[tuple[str, str]]) -> Found:
        """Every record that `same` leads to from `start`, with the one before it on a shortest way and the entry between."""
        found: dict[str, tuple[str, int] | None] = {start: None}
        queue = [start]
        for record in queue:
            for other, entry in sorted(self._near["same"].get(record, {}).items()):
                if other not in found and (record, other) not in without:
                    found[other] = record, entry
                    queue.append(other)
        return found

    def _between(self, here: Found, there: Found, verdict: Verdict, without: set[tuple[str, str]]) -> tuple[Step, ...]:
        """The shortest path from the start of `here` over a pair of this verdict to the start of `there`, if any."""
        paths = []
        for one in here:
            for other, entry in self._near[verdict].get(one, {}).items():
                if other in there and (one, other) not in without:
                    back = [Step(step.right, step.left, step.verdict, step.entry) for step in reversed(_way(there, other))]
                    paths.append((*_way(here, one), Step(one, other, verdict, entry), *back))
        return min(paths, key=lambda path: (len(path), [step.entry or 0 for step in path]), default=())


def _way(found: Found, record: str) -> tuple[Step, ...]:
    """The pairs from the start of `found` to a record in it."""
    steps: list[Step] = []
    while (before := found[record]) is not None:
        steps.append(Step(before[0], record, "same", before[1]))
        record = before[0]
    return tuple(reversed(steps))
