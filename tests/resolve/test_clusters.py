"""Clusters never join records that must be kept apart, and they report why a join was refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.resolve.clusters import Clusters, Contradiction, Edge
from tests.resolve.resolved_hand_made_claims import World, record, relation


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def path_text(contradiction: Contradiction) -> str:
    """Return the path of a contradiction, with `~` for the refused edge."""
    edge = {contradiction.edge.left, contradiction.edge.right}
    path = contradiction.path
    return ", ".join(f"{step.left} {'~' if {step.left, step.right} == edge else '='} {step.right}" for step in path)


def test_a_contradiction_has_the_path_of_pairs_that_led_to_it(world: World) -> None:
    world.snapshot(
        record("a:parent", name="Parent", identifier="lei:1"),
        record("a:child", name="Child", identifier="lei:4"),
        relation("a:r", "a:child", "parent", "a:parent"),
        record("b:1", name="One", identifier=["lei:1", "lei:2"]),
        record("b:2", name="Two", identifier=["lei:2", "lei:3"]),
        record("b:3", name="Three", identifier=["lei:3", "lei:4"]),
    )
    [contradiction] = world.resolve().contradictions
    assert (contradiction.first, contradiction.second, contradiction.by) == ("a:child", "a:parent", "a:r")
    assert path_text(contradiction) == "a:child ~ b:3, b:3 = b:2, b:2 = b:1, b:1 = a:parent"
    assert [step.key for step in contradiction.path] == ["lei:4", "lei:3", "lei:2", "lei:1"]


def test_the_path_leads_through_joins_of_people(world: World) -> None:
    world.snapshot(*(record(f"{source}:1", name=source * 3) for source in "abcd"))
    same = [("a:1", "b:1"), ("b:1", "c:1"), ("c:1", "d:1")]
    [contradiction] = world.resolve(same=same, different=[("a:1", "d:1")]).contradictions
    assert (contradiction.why, contradiction.by) == ("judged to be different", "")
    assert path_text(contradiction) in ("a:1 = b:1, b:1 = c:1, c:1 ~ d:1", "d:1 ~ c:1, c:1 = b:1, b:1 = a:1")


def test_two_clusters_that_must_stay_apart_contradict_once(world: World) -> None:
    """There is one contradiction, not one per pair of members."""
    lefts, rights = ([f"{side}:{number}" for number in range(20)] for side in "ab")
    clusters = Clusters([("a:0", "b:0")], {}, {}, dict.fromkeys([*lefts, *rights, "c:0"], "organization"))
    assert all(clusters.join(Edge(side[0], name, "name", "x")) for side in (lefts, rights) for name in side[1:])
    assert not any(clusters.join(Edge(left, right, "score", "0.9")) for left in lefts for right in rights)
    assert [contradiction.edge[:2] for contradiction in clusters.contradictions] == [("a:0", "b:0")]
    assert clusters.join(Edge("c:0", "a:5", "name", "y"))
    assert not clusters.join(Edge("b:7", "c:0", "name", "y"))
    assert len(clusters.contradictions) == 1, "whatever joins one of them must not join the other"
    assert not clusters.join(Edge("a:3", "b:3", "judgement", ""), decided=True)
    assert len(clusters.contradictions) == 2, "every refused judgement is one"


def test_a_refusal_survives_when_either_side_joins_another_cluster() -> None:
    names = [f"{side}:{number}" for side in "abc" for number in range(4)]
    clusters = Clusters([("a:0", "b:0")], {}, {}, dict.fromkeys(names, "organization"))
    assert not clusters.join(Edge("a:0", "b:0", "name", "x"))
    for number in range(3):
        assert clusters.join(Edge(f"c:{number}", f"c:{number + 1}", "name", "x"))
    assert clusters.join(Edge("a:0", "c:0", "name", "x")), "the smaller cluster joins the larger"
    assert not clusters.join(Edge("c:3", "b:0", "name", "x"))
    assert len(clusters.contradictions) == 1
    assert clusters.join(Edge("b:0", "b:1", "name", "x"))
    assert not clusters.join(Edge("c:2", "b:1", "name", "x"))
    assert len(clusters.contradictions) == 1


def test_people_may_join_what_the_machine_may_not() -> None:
    clusters = Clusters([], {("a:1", "b:1"): "a:r"}, {}, dict.fromkeys(["a:1", "b:1", "c:1"], "organization"))
    assert not clusters.join(Edge("a:1", "b:1", "name", "x"))
    assert clusters.join(Edge("a:1", "b:1", "judgement", ""), decided=True)
    assert clusters.join(Edge("a:1", "c:1", "name", "x"))


@settings(max_examples=100, deadline=None)
@given(
    edges=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60),
    apart=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8),
)
def test_clusters_equal_those_of_a_plain_search(edges: list[tuple[int, int]], apart: list[tuple[int, int]]) -> None:
    """The plain search tries every edge, and refuses those that would join a pair that must be kept apart."""
    separated = {frozenset(map(str, pair)) for pair in apart if pair[0] != pair[1]}
    names = [str(number) for number in range(31)]
    groups = {name: {name} for name in names}
    clusters = Clusters([tuple(pair) for pair in separated], {}, {}, dict.fromkeys(names, "organization"))
    for left, right in edges:
        first, second = str(left), str(right)
        union = groups[first] | groups[second]
        allowed = groups[first] is groups[second] or not any(pair <= union for pair in separated)
        assert clusters.join(Edge(first, second, "name", "x")) == allowed
        if allowed:
            for name in union:
                groups[name] = union
    assert {frozenset(group) for group in groups.values()} == {frozenset(clusters.members(clusters.find(name))) for name in names}
