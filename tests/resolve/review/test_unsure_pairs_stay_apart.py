"""The machine never joins what people judged unsure, whatever the edges and their order."""

from hypothesis import given
from hypothesis import strategies as st

from overt.resolve.clusters import Clusters, Edge

RECORDS = [f"s:{number}" for number in range(7)]
PAIR = st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).filter(lambda pair: pair[0] != pair[1])
PAIRS = st.lists(PAIR, max_size=8)


def groups(pairs) -> dict[str, set[str]]:
    group_of = {record: {record} for record in RECORDS}
    for left, right in pairs:
        union = group_of[left] | group_of[right]
        for record in union:
            group_of[record] = union
    return group_of


@given(machine=PAIRS, people=PAIRS, unsure=PAIRS)
def test_only_people_join_unsure_pairs(machine, people, unsure) -> None:
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
    for contradiction in clusters.contradictions:
        assert {contradiction.first, contradiction.second} in [set(pair) for pair in unsure]
        assert (contradiction.edge.left, contradiction.edge.right) in machine


@given(machine=PAIRS, unsure=PAIRS)
def test_all_other_pairs_are_joined(machine, unsure) -> None:
    """Unsure pairs have no effect if no edges connect them."""
    free = groups(machine)
    apart = [pair for pair in unsure if pair[1] not in free[pair[0]]]
    clusters = Clusters([], {}, {}, dict.fromkeys(RECORDS, "organization"), apart)
    for left, right in machine:
        assert clusters.join(Edge(left, right, "name", "k"))
    assert clusters.contradictions == []
    for record in RECORDS:
        assert {other for other in RECORDS if clusters.find(other) == clusters.find(record)} == free[record]
