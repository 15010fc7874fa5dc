"""Conflicts of a judgement, and the path of pairs that explains them."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.decision import judgement_notes
from tests.resolve.review.hand_made_judgements_and_resolved_tables import judged

RECORDS = ["a:1", "b:1", "c:1", "d:1", "e:1"]
PAIRS = list(combinations(RECORDS, 2))


def test_same_after_different_over_a_third_record() -> None:
    graph = JudgementGraph(judged(("a:1", "c:1", "different"), ("b:1", "c:1", "same")))
    conflict = graph.conflict("a:1", "b:1", "same")
    assert conflict is not None and conflict.kind == "contradiction"
    assert str(conflict).startswith(
        "contradicts earlier judgements: a:1 ≠ c:1 (entry 1), c:1 = b:1 (entry 2), a:1 = b:1 (this one); `different` wins"
    )
    assert "\n" not in str(conflict)


def test_different_after_same_over_other_records() -> None:
    graph = JudgementGraph(judged(("a:1", "c:1", "same"), ("c:1", "d:1", "same"), ("b:1", "d:1", "same")))
    conflict = graph.conflict("a:1", "b:1", "different")
    assert conflict is not None and conflict.kind == "contradiction"
    assert [(step.left, step.right, step.verdict, step.entry) for step in conflict.path] == [
        ("a:1", "c:1", "same", 1),
        ("c:1", "d:1", "same", 2),
        ("d:1", "b:1", "same", 3),
        ("a:1", "b:1", "different", None),
    ]


def test_the_path_is_the_shortest() -> None:
    long = [("a:1", "c:1", "same"), ("c:1", "d:1", "same"), ("d:1", "b:1", "different")]
    graph = JudgementGraph(judged(*long, ("a:1", "e:1", "same"), ("e:1", "b:1", "different")))
    conflict = graph.conflict("a:1", "b:1", "same")
    assert conflict is not None
    assert [step.entry for step in conflict.path] == [4, 5, None]


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        ([], "same"),
        ([("a:1", "b:1", "different")], "same"),  # the judgement on the same pair is overridden, not contradicted
        ([("a:1", "b:1", "same")], "different"),
        ([("a:1", "c:1", "different"), ("b:1", "c:1", "different")], "same"),
        ([("a:1", "c:1", "same"), ("b:1", "c:1", "different")], "different"),
        ([("a:1", "c:1", "same"), ("b:1", "c:1", "unsure")], "different"),
        ([("a:1", "c:1", "same")], "unsure"),
    ],
)
def test_consistent_judgements_do_not_conflict(before, verdict) -> None:
    assert JudgementGraph(judged(*before)).conflict("a:1", "b:1", verdict) is None


def test_conflicts_of_unsure() -> None:
    graph = JudgementGraph(judged(("a:1", "c:1", "same"), ("b:1", "c:1", "same")))
    stays = graph.conflict("a:1", "b:1", "unsure")
    assert str(stays) == "has no effect, because these judgements join the two: a:1 = c:1 (entry 1), c:1 = b:1 (entry 2)"
    settles = JudgementGraph(judged(("a:1", "c:1", "unsure"), ("b:1", "c:1", "same"))).conflict("b:1", "a:1", "same")
    assert settles is not None and settles.kind == "settles"


def test_an_override_is_noted_with_who_and_why() -> None:
    before = JudgementGraph(judged(("a:1", "b:1", "different")))
    assert judgement_notes(before, "b:1", "a:1", "same") == ("overrides entry 1: different, Ada on 2026-11-24: seen",)
    assert judgement_notes(before, "a:1", "c:1", "same") == ()


@given(st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(["same", "different", "unsure"])), st.sampled_from(PAIRS))
def test_conflicts_equal_those_of_a_plain_search(verdicts, pair) -> None:
    other_pairs = {judged_pair: verdict for judged_pair, verdict in verdicts.items() if judged_pair != pair}
    groups = {record: {record} for record in RECORDS}
    for (left, right), verdict in other_pairs.items():
        if verdict == "same":
            union = groups[left] | groups[right]
            for record in union:
                groups[record] = union
    left, right = pair
    connected = right in groups[left]

    def between(kind: str) -> bool:
        return any(
            verdict == kind and any(first in groups[a] and second in groups[b] for a, b in (pair, pair[::-1]))
            for (first, second), verdict in other_pairs.items()
        )

    graph = JudgementGraph(judged(*((*judged_pair, verdict) for judged_pair, verdict in verdicts.items())))
    same, different, unsure = (graph.conflict(left, right, verdict) for verdict in ("same", "different", "unsure"))
    if connected:
        assert same is None
    else:
        expected = "contradiction" if between("different") else "settles" if between("unsure") else None
        assert (same.kind if same else None) == expected
    assert (different is not None) == (unsure is not None) == connected
    for conflict in (same, different, unsure):
        for step in conflict.path if conflict else ():
            known = verdicts.get((min(step.left, step.right), max(step.left, step.right)))
            assert step.entry is None or known == step.verdict
        if conflict and conflict.kind != "stays":
            ends = [record for step in conflict.path for record in (step.left, step.right)]
            assert all(ends.count(record) == 2 for record in set(ends)), "the path is a ring"
