"""Conflicts between a new judgement and those in force, each explained by a path of pairs."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from overt.ledger import Judgement, Verdict

Reached = Mapping[str, tuple[str, int] | None]
"""Record → the previous record on the path and the entry that connects them; None for the start."""
_SIGNS: Mapping[Verdict, str] = {"same": "=", "different": "≠", "unsure": "?"}


class Step(NamedTuple):
    """A pair on a path, with the ledger entry, or the line of a file, that judges it.

    The pair of the new judgement has neither an entry nor a line.
    """

    left: str
    right: str
    verdict: Verdict
    entry: int | None
    line: int | None = None

    def __str__(self) -> str:
        by = f"entry {self.entry}" if self.entry else f"line {self.line}" if self.line else "this one"
        return f"{self.left} {_SIGNS[self.verdict]} {self.right} ({by})"


class Conflict(NamedTuple):
    """A conflict between a new judgement and those in force, explained by a path of pairs."""

    kind: Literal["contradiction", "settles", "stays"]
    """`contradiction`: not all judgements can be true. `settles`: a `same` joins records that were judged unsure. `stays`: an
    `unsure` has no effect, because earlier judgements join the two records.
    """
    path: tuple[Step, ...]
    """The shortest path that explains the conflict. It ends with the new judgement, except for `stays`."""

    def __str__(self) -> str:
        path = ", ".join(map(str, self.path))
        match self.kind:
            case "contradiction":
                return f"contradicts earlier judgements: {path}; `different` wins, so a join is refused: undo what is wrong"
            case "settles":
                return f"joins what was left open: {path}"
            case "stays":
                return f"has no effect, because these judgements join the two: {path}"


class JudgementGraph:
    """The judgements in force, as a graph of records."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._pairs: dict[tuple[str, str], Judgement] = {}
        self._near: dict[Verdict, dict[str, dict[str, int]]] = {"same": {}, "different": {}, "unsure": {}}
        for judgement in judgements:
            self.add(judgement)

    def add(self, judgement: Judgement) -> None:
        """Add a judgement, which overrides any earlier judgement on the same pair."""
        pair = judgement.left, judgement.right
        if (overridden := self._pairs.get(pair)) is not None:
            for left, right in (pair, pair[::-1]):
                del self._near[overridden.verdict][left][right]
        self._pairs[pair] = judgement
        for left, right in (pair, pair[::-1]):
            self._near[judgement.verdict].setdefault(left, {})[right] = judgement.sequence

    def judgement(self, left: str, right: str) -> Judgement | None:
        """Return the judgement on a pair, in either order; None if it was not judged."""
        return self._pairs.get((min(left, right), max(left, right)))

    def connects(self, left: str, right: str) -> bool:
        """Return whether `same` judgements join two records, directly or through other records."""
        return right in self._reach(left, set())

    def conflict(self, left: str, right: str, verdict: Verdict) -> Conflict | None:
        """Return the conflict of a new judgement with those in force; None if there is none.

        An earlier judgement on the same pair is ignored, because the new judgement would override it.
        """
        without = {(left, right), (right, left)}
        here = self._reach(left, without)
        if right in here:
            path = _path_to(here, right)
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
        if path := self._path_between(here, there, "different", without):
            return Conflict("contradiction", (*path, last))
        if path := self._path_between(here, there, "unsure", without):
            return Conflict("settles", (*path, last))
        return None

    def _reach(self, start: str, without: set[tuple[str, str]]) -> Reached:
        """Return all records that `same` judgements connect with `start`, with the shortest paths to them.

        `without`: pairs whose judgements are ignored.
        """
        reached: dict[str, tuple[str, int] | None] = {start: None}
        queue = [start]
        for record in queue:
            for neighbour, entry in sorted(self._near["same"].get(record, {}).items()):
                if neighbour not in reached and (record, neighbour) not in without:
                    reached[neighbour] = record, entry
                    queue.append(neighbour)
        return reached

    def _path_between(self, here: Reached, there: Reached, verdict: Verdict, without: set[tuple[str, str]]) -> tuple[Step, ...]:
        """Return the shortest path from the start of `here` to that of `there` through a pair with this verdict, or ()."""
        paths = []
        for record in here:
            for neighbour, entry in self._near[verdict].get(record, {}).items():
                if neighbour in there and (record, neighbour) not in without:
                    back = [
                        Step(step.right, step.left, step.verdict, step.entry) for step in reversed(_path_to(there, neighbour))
                    ]
                    paths.append((*_path_to(here, record), Step(record, neighbour, verdict, entry), *back))
        return min(paths, key=lambda path: (len(path), [step.entry or 0 for step in path]), default=())


def _path_to(reached: Reached, record: str) -> tuple[Step, ...]:
    """Return the pairs on the path from the start to a record in `reached`."""
    steps: list[Step] = []
    while (before := reached[record]) is not None:
        steps.append(Step(before[0], record, "same", before[1]))
        record = before[0]
    return tuple(reversed(steps))
