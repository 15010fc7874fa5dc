"""Lines that contradict one another are told, each of them and no other: against every subset of the lines."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.line_conflicts import JudgedLine, find_blocks, find_line_conflicts
from tests.resolve.review.support import judged

RECORDS = "abcde"
PAIR = st.lists(st.sampled_from(RECORDS), min_size=2, max_size=2, unique=True).map(sorted).map(tuple)
VERDICT = st.sampled_from(["same", "same", "different", "unsure"])
HERE = st.dictionaries(PAIR, VERDICT, max_size=4)
LINES = st.lists(st.tuples(PAIR, VERDICT), max_size=6)


def joined(same, one, other) -> bool:
    reached, queue = {one}, [one]
    for record in queue:
        for pair in same:
            if record in pair:
                beyond = pair[1] if pair[0] == record else pair[0]
                if beyond not in reached:
                    reached.add(beyond)
                    queue.append(beyond)
    return other in reached


def expected(here, lines) -> set[int]:
    """Two verdicts on one pair; and for whatever is parted, every smallest set of lines that joins it all the same."""
    found = set()
    for one, other in itertools.permutations(range(len(lines)), 2):
        if lines[one][0] == lines[other][0] and lines[one][1] != lines[other][1]:
            found.add(one)
    stands = [pair for pair, verdict in here.items() if verdict == "same"]
    same = [place for place, (_, verdict) in enumerate(lines) if verdict == "same"]
    parted = [(set(), pair) for pair, verdict in here.items() if verdict != "same"]
    parted += [({place}, pair) for place, (pair, verdict) in enumerate(lines) if verdict != "same"]
    for size in range(1, len(same) + 1):
        for chosen in itertools.combinations(same, size):
            for line, pair in parted:
                if joins(stands, lines, chosen, pair) and not any(
                    joins(stands, lines, [place for place in chosen if place != left_out], pair) for left_out in chosen
                ):
                    found |= set(chosen) | line
    return found


def joins(stands, lines, chosen, pair) -> bool:
    return joined([*stands, *(lines[place][0] for place in chosen)], *pair)


@settings(max_examples=400, deadline=None)
@given(HERE, LINES)
def test_each_line_of_a_contradiction_is_told_and_no_other(here, lines) -> None:
    standing = judged(*((*pair, verdict) for pair, verdict in here.items()))
    # Lines that contradict what stands by themselves are told before.
    lines = [line for line in lines if line[0] not in here and not clashes(standing, line)]
    found = find_line_conflicts(standing, [JudgedLine(place, *pair, verdict) for place, (pair, verdict) in enumerate(lines)])
    assert found.keys() == expected(here, lines)
    left = [line for place, line in enumerate(lines) if place not in found]
    assert expected(here, left) == set(), "what is left goes together"


def clashes(standing, line) -> bool:
    (left, right), verdict = line
    conflict = JudgementGraph(standing).conflict(left, right, verdict)
    return conflict is not None and conflict.kind != "stays"


@settings(max_examples=200, deadline=None)
@given(st.sets(PAIR, max_size=8))
def test_two_edges_are_in_one_block_when_a_circle_goes_through_both(edges) -> None:
    near = {record: [*{one for pair in edges if record in pair for one in pair if one != record}] for record in RECORDS}
    found = find_blocks(near)
    assert found.keys() == edges
    circles = [set(circle) for circle in all_circles(sorted(edges))]
    for one, other in itertools.combinations(sorted(edges), 2):
        assert (found[one] == found[other]) == any({one, other} <= circle for circle in circles)


def all_circles(edges):
    for size in range(3, len(edges) + 1):
        for chosen in itertools.combinations(edges, size):
            records = [record for pair in chosen for record in pair]
            if all(records.count(record) == 2 for record in records) and all(
                joined(chosen, records[0], record) for record in records
            ):
                yield chosen
