"""Find lines of a shared file that contradict each other. The order of the lines doesn't matter."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from overt.ledger import Judgement, Verdict
from overt.resolve.review.conflicts import Step

Pair = tuple[str, str]
Graph = Mapping[str, Sequence[str]]
"""Record → its neighbours."""


class JudgedLine(NamedTuple):
    """The verdict of a line on its pair; `left` sorts before `right`."""

    line: int
    left: str
    right: str
    verdict: Verdict


def find_line_conflicts(in_force: Iterable[Judgement], lines: Sequence[JudgedLine]) -> dict[int, str]:
    """Return the lines that contradict each other, alone or together with judgements in force, each with a description.

    All lines of a contradiction are included. If lines give one pair different verdicts, these are all lines on that pair. If a
    path of `same` connects two records that are judged `different` or `unsure`, they are all lines on any such path, and all
    lines with that verdict. The remaining lines are consistent in any order. Precondition: no single line contradicts a
    judgement in force.
    """
    conflicts: dict[int, str] = {}
    numbers: dict[tuple[Pair, Verdict], list[int]] = defaultdict(list)
    for line in lines:
        numbers[(line.left, line.right), line.verdict].append(line.line)
    for (pair, verdict), own in numbers.items():
        for opposite in get_args(Verdict):
            if opposite != verdict and (contrary := numbers.get((pair, opposite))):
                text = f"{pair[0]} and {pair[1]} are {verdict}; line {contrary[0]} says {opposite}"
                conflicts |= {line: text for line in own if line not in conflicts}
    steps = {(pair, verdict): Step(*pair, verdict, None, own[0]) for (pair, verdict), own in numbers.items()}
    for judgement in in_force:
        step = Step(judgement.left, judgement.right, judgement.verdict, judgement.sequence)
        steps[(judgement.left, judgement.right), judgement.verdict] = step
    for involved, text in _path_conflicts(steps, numbers):
        conflicts |= {line: text for line in involved if line not in conflicts}
    return conflicts


def _path_conflicts(
    steps: Mapping[tuple[Pair, Verdict], Step], numbers: Mapping[tuple[Pair, Verdict], Sequence[int]]
) -> Iterator[tuple[list[int], str]]:
    """Yield, for each contradiction between the verdict on a pair and a path of `same`, the lines and a description."""
    same = {pair: step for (pair, verdict), step in sorted(steps.items()) if verdict == "same"}
    graph = _graph(same)
    cluster = _clusters(_graph(pair for pair, step in same.items() if step.entry is not None))
    # A `same` line within a cluster of judgements in force has no effect, so only lines between clusters count.
    between: dict[Pair, list[int]] = defaultdict(list)
    for (left, right), verdict in sorted(numbers):
        if verdict == "same" and cluster.get(left, left) != cluster.get(right, right):
            between[_pair(cluster.get(left, left), cluster.get(right, right))] += numbers[(left, right), verdict]
    cluster_graph = _graph(between)
    block = find_blocks(cluster_graph)
    for (pair, verdict), step in sorted(steps.items()):
        path = _path(cluster_graph, *(cluster.get(record, record) for record in pair)) if verdict != "same" else []
        if path:
            crossed = {block[_pair(*edge)] for edge in path}
            joins = sorted(line for edge, number in block.items() if number in crossed for line in between[edge])
            example = [same[_pair(*edge)]._replace(left=edge[0], right=edge[1]) for edge in _path(graph, *pair)]
            text = f"contradicts other lines or judgements: {', '.join(map(str, [*example, step]))}"
            yield [*joins, *numbers.get((pair, verdict), ())], text


def _clusters(graph: Graph) -> dict[str, str]:
    """Return, for each record, the first record of its connected component."""
    first: dict[str, str] = {}
    for start in sorted(graph):
        queue = [start] if start not in first else []
        for record in queue:
            if record not in first:
                first[record] = start
                queue += graph[record]
    return first


def _graph(pairs: Iterable[Pair]) -> Graph:
    neighbours: dict[str, list[str]] = defaultdict(list)
    for left, right in pairs:
        neighbours[left].append(right)
        neighbours[right].append(left)
    return neighbours


def find_blocks(graph: Graph) -> dict[Pair, int]:
    """Return the number of the block (biconnected component) of each edge. Two edges on a simple cycle are in the same block.

    An edge is on a simple path between two records if and only if its block is one that every path between them crosses.
    Method: Tarjan, Depth-first search and linear graph algorithms, 1972.
    """
    block: dict[Pair, int] = {}
    depth: dict[str, int] = {}
    low: dict[str, int] = {}
    trail: list[Pair] = []
    count = 0
    for root in sorted(graph):
        if root in depth:
            continue
        depth[root] = low[root] = 0
        stack = [(root, "", iter(graph[root]))]
        while stack:
            record, above, neighbours = stack[-1]
            neighbour = next(neighbours, None)
            if neighbour is None:
                stack.pop()
                if stack:
                    low[above] = min(low[above], low[record])
                    if low[record] >= depth[above]:
                        while trail[-1] != (above, record):
                            block[_pair(*trail.pop())] = count
                        block[_pair(*trail.pop())] = count
                        count += 1
            elif neighbour not in depth:
                depth[neighbour] = low[neighbour] = depth[record] + 1
                trail.append((record, neighbour))
                stack.append((neighbour, record, iter(graph[neighbour])))
            elif neighbour != above and depth[neighbour] < depth[record]:
                trail.append((record, neighbour))
                low[record] = min(low[record], depth[neighbour])
    return block


def _path(graph: Graph, start: str, end: str) -> list[Pair]:
    """Return the pairs on the shortest path between two records; empty if no path connects them."""
    before: dict[str, str] = {start: start}
    queue = [start]
    for record in queue:
        for neighbour in graph.get(record, ()):
            if neighbour not in before:
                before[neighbour] = record
                queue.append(neighbour)
        if end in before:
            break
    path: list[Pair] = []
    while end in before and end != start:
        path.append((before[end], end))
        end = before[end]
    return path[::-1]


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left <= right else (right, left)
