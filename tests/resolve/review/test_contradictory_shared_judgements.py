"""Exactly the contradicting lines are found, compared with a search over all subsets of lines."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.contradictory_shared_judgements import JudgedLine, find_blocks, find_line_conflicts
from tests.resolve.review.hand_made_judgements_and_resolved_tables import judged

RECORDS = "abcde"
PAIR = st.lists(st.sampled_from(RECORDS), min_size=2, max_size=2, unique=True).map(sorted).map(tuple)
VERDICT = st.sampled_from(["same", "same", "different", "unsure"])
HERE = st.dictionaries(PAIR, VERDICT, max_size=4)
LINES = st.lists(st.tuples(PAIR, VERDICT), max_size=6)


def joined(same, start, end) -> bool:
    reached, queue = {start}, [start]
    for record in queue:
        for pair in same:
            if record in pair:
                neighbour = pair[1] if pair[0] == record else pair[0]
                if neighbour not in reached:
                    reached.add(neighbour)
                    queue.append(neighbour)
    return end in reached


def expected(here, lines) -> set[int]:
    """Return the numbers of the lines that contradict each other or `here`, by a search over all subsets of lines.

    Lines contradict each other if they give one pair two verdicts. The `same` lines of a minimal set that joins a pair also
    contradict another verdict on that pair, in another line or in `here`.
    """
    numbers = set()
    for first, second in itertools.permutations(range(len(lines)), 2):
        if lines[first][0] == lines[second][0] and lines[first][1] != lines[second][1]:
            numbers.add(first)
    joined_here = [pair for pair, verdict in here.items() if verdict == "same"]
    same = [place for place, (_, verdict) in enumerate(lines) if verdict == "same"]
    separated = [(set(), pair) for pair, verdict in here.items() if verdict != "same"]
    separated += [({place}, pair) for place, (pair, verdict) in enumerate(lines) if verdict != "same"]
    for size in range(1, len(same) + 1):
        for subset in itertools.combinations(same, size):
            for line, pair in separated:
                if joins(joined_here, lines, subset, pair) and not any(
                    joins(joined_here, lines, [place for place in subset if place != left_out], pair) for left_out in subset
                ):
                    numbers |= set(subset) | line
    return numbers


def joins(joined_here, lines, subset, pair) -> bool:
    return joined([*joined_here, *(lines[place][0] for place in subset)], *pair)


@pytest.mark.ci
@settings(max_examples=400, deadline=None)
@given(HERE, LINES)
def test_exactly_the_lines_of_a_contradiction_are_reported(here, lines) -> None:
    in_force = judged(*((*pair, verdict) for pair, verdict in here.items()))
    # Lines that contradict judgements in force on their own are excluded.
    lines = [line for line in lines if line[0] not in here and not clashes(in_force, line)]
    conflicts = find_line_conflicts(in_force, [JudgedLine(place, *pair, verdict) for place, (pair, verdict) in enumerate(lines)])
    assert conflicts.keys() == expected(here, lines)
    consistent = [line for place, line in enumerate(lines) if place not in conflicts]
    assert expected(here, consistent) == set(), "the remaining lines are consistent"


def clashes(in_force, line) -> bool:
    (left, right), verdict = line
    conflict = JudgementGraph(in_force).conflict(left, right, verdict)
    return conflict is not None and conflict.kind != "stays"


@settings(max_examples=200, deadline=None)
@given(st.sets(PAIR, max_size=8))
def test_two_edges_are_in_one_block_if_a_cycle_has_both(edges) -> None:
    graph = {record: [*{end for pair in edges if record in pair for end in pair if end != record}] for record in RECORDS}
    block = find_blocks(graph)
    assert block.keys() == edges
    cycles = [set(cycle) for cycle in all_cycles(sorted(edges))]
    for first, second in itertools.combinations(sorted(edges), 2):
        assert (block[first] == block[second]) == any({first, second} <= cycle for cycle in cycles)


def all_cycles(edges):
    for size in range(3, len(edges) + 1):
        for cycle in itertools.combinations(edges, size):
            records = [record for pair in cycle for record in pair]
            if all(records.count(record) == 2 for record in records) and all(
                joined(cycle, records[0], record) for record in records
            ):
                yield cycle
