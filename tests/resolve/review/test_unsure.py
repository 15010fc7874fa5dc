"""What people left open the machine leaves open, whatever it has to go by and in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from overt.resolve.clusters import Clusters, Edge

RECORDS = [f"s:{number}" for number in range(7)]
PAIR = st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).filter(lambda pair: pair[0] != pair[1])
PAIRS = st.lists(PAIR, max_size=8)


def groups(pairs) -> dict[str, set[str]]:
    found = {record: {record} for record in RECORDS}
    for left, right in pairs:
        whole = found[left] | found[right]
        for record in whole:
            found[record] = whole
    return found


@given(machine=PAIRS, people=PAIRS, unsure=PAIRS)
def test_only_people_bring_together_what_was_left_open(machine, people, unsure) -> None:
    clusters = Clusters([], {}, {}, dict.fromkeys(RECORDS, "organization"), unsure)
    for left, right in people:
        assert clusters.join(Edge(left, right, "judgement", ""), decided=True)
    for left, right in machine:
        clusters.join(Edge(left, right, "name", "k"))
    decided = groups(people)
    for left, right in unsure:
        if clusters.find(left) == clusters.find(right):
            assert right in decided[left]
    for left, right in people:
        assert clusters.find(left) == clusters.find(right)
    for refused in clusters.contradictions:
        assert {refused.one, refused.other} in [set(pair) for pair in unsure]
        assert (refused.edge.left, refused.edge.right) in machine


@given(machine=PAIRS, unsure=PAIRS)
def test_nothing_else_is_held_back(machine, unsure) -> None:
    """Without such a pair among what the machine would join, it joins as ever."""
    free = groups(machine)
    apart = [pair for pair in unsure if pair[1] not in free[pair[0]]]
    clusters = Clusters([], {}, {}, dict.fromkeys(RECORDS, "organization"), apart)
    for left, right in machine:
        assert clusters.join(Edge(left, right, "name", "k"))
    assert clusters.contradictions == []
    for record in RECORDS:
        assert {other for other in RECORDS if clusters.find(other) == clusters.find(record)} == free[record]
