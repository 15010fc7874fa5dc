"""Which lines of a shared file do not go together, whatever their order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from overt.ledger import Judgement, Verdict
from overt.resolve.review.conflicts import Step

Pair = tuple[str, str]
Near = Mapping[str, Sequence[str]]


class Statement(NamedTuple):
    """What a line says of its pair; `left` sorts before `right`."""

    line: int
    left: str
    right: str
    verdict: Verdict


def contradicting(standing: Iterable[Judgement], lines: Sequence[Statement]) -> dict[int, str]:
    """The lines that contradict one another, alone or together with judgements that stand, each with how.

    Every line of a contradiction is among them: two that judge one pair in two ways; and where `same` leads from one record to
    another of which somebody says `different` or `unsure`, that line and every line on any way between the two. What is left
    goes together, and depends on no order. None of the lines may contradict what stands by itself.
    """
    found: dict[int, str] = {}
    said: dict[tuple[Pair, Verdict], list[int]] = defaultdict(list)
    for one in lines:
        said[(one.left, one.right), one.verdict].append(one.line)
    for (pair, verdict), numbers in said.items():
        for other in get_args(Verdict):
            if other != verdict and (others := said.get((pair, other))):
                told = f"{pair[0]} and {pair[1]} are {verdict}; line {others[0]} says {other}"
                found |= {line: told for line in numbers if line not in found}
    steps = {(pair, verdict): Step(*pair, verdict, None, numbers[0]) for (pair, verdict), numbers in said.items()}
    for held in standing:
        steps[(held.left, held.right), held.verdict] = Step(held.left, held.right, held.verdict, held.sequence)
    for involved, words in _cycles(steps, said):
        found |= {line: words for line in involved if line not in found}
    return found


def _cycles(
    steps: Mapping[tuple[Pair, Verdict], Step], said: Mapping[tuple[Pair, Verdict], Sequence[int]]
) -> Iterator[tuple[list[int], str]]:
    """For each pair that `same` joins though somebody parts it: the lines of that contradiction, and it in words."""
    same = {pair: step for (pair, verdict), step in sorted(steps.items()) if verdict == "same"}
    near = _near(same)
    thing = _things(_near(pair for pair, step in same.items() if step.entry is not None))
    # Lines between what stands here as one thing already: only these bring anything together.
    between: dict[Pair, list[int]] = defaultdict(list)
    for (left, right), verdict in sorted(said):
        if verdict == "same" and thing.get(left, left) != thing.get(right, right):
            between[_pair(thing.get(left, left), thing.get(right, right))] += said[(left, right), verdict]
    beside = _near(between)
    block = blocks(beside)
    for (pair, verdict), step in sorted(steps.items()):
        way = _way(beside, *(thing.get(record, record) for record in pair)) if verdict != "same" else []
        if way:
            crossed = {block[_pair(*edge)] for edge in way}
            joins = sorted(line for edge, number in block.items() if number in crossed for line in between[edge])
            shown = [same[_pair(*edge)]._replace(left=edge[0], right=edge[1]) for edge in _way(near, *pair)]
            yield [*joins, *said.get((pair, verdict), ())], f"does not go with others: {', '.join(map(str, [*shown, step]))}"


def _things(near: Near) -> dict[str, str]:
    """Each record of the graph with the first of those that it is one with."""
    found: dict[str, str] = {}
    for start in sorted(near):
        queue = [start] if start not in found else []
        for record in queue:
            if record not in found:
                found[record] = start
                queue += near[record]
    return found


def _near(pairs: Iterable[Pair]) -> Near:
    near: dict[str, list[str]] = defaultdict(list)
    for left, right in pairs:
        near[left].append(right)
        near[right].append(left)
    return near


def blocks(near: Near) -> dict[Pair, int]:
    """The number of the block that each edge of a graph is in: two edges are in one when a circle goes through both.

    An edge is on some way from one record to another exactly when it is in a block that any one way between them crosses.
    (Tarjan, Depth-first search and linear graph algorithms, 1972.)
    """
    found: dict[Pair, int] = {}
    depth: dict[str, int] = {}
    low: dict[str, int] = {}
    trail: list[Pair] = []
    count = 0
    for root in sorted(near):
        if root in depth:
            continue
        depth[root] = low[root] = 0
        stack = [(root, "", iter(near[root]))]
        while stack:
            record, above, others = stack[-1]
            other = next(others, None)
            if other is None:
                stack.pop()
                if stack:
                    low[above] = min(low[above], low[record])
                    if low[record] >= depth[above]:
                        while trail[-1] != (above, record):
                            found[_pair(*trail.pop())] = count
                        found[_pair(*trail.pop())] = count
                        count += 1
            elif other not in depth:
                depth[other] = low[other] = depth[record] + 1
                trail.append((record, other))
                stack.append((other, record, iter(near[other])))
            elif other != above and depth[other] < depth[record]:
                trail.append((record, other))
                low[record] = min(low[record], depth[other])
    return found


def _way(near: Near, start: str, end: str) -> list[Pair]:
    """The shortest way over `same`, as its pairs; empty where there is none."""
    before: dict[str, str] = {start: start}
    queue = [start]
    for record in queue:
        for other in near.get(record, ()):
            if other not in before:
                before[other] = record
                queue.append(other)
        if end in before:
            break
    way: list[Pair] = []
    while end in before and end != start:
        way.append((before[end], end))
        end = before[end]
    return way[::-1]


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)
