"""Labelled clusters of organisations, and counts of the joins that agree or disagree with the labels."""

import pytest

from bench.linkage.labelled_organization_joins import SEPARATORS, ClusterLabel, count_joins, labels

LABELS = [
    ClusterLabel(("a:1", "b:1", "c:1"), "same", "the same name"),
    ClusterLabel(("a:2", "b:2"), "same", "the same name"),
    ClusterLabel(("a:1", "a:3"), "different", "two countries"),
]


def test_joins_are_counted_by_what_a_person_read() -> None:
    clusters = {"a:1": "x", "b:1": "x", "c:1": "y", "a:2": "z", "b:2": "z", "a:3": "x", "d:4": "w", "d:5": "w"}
    counts = count_joins(clusters, LABELS)
    assert counts["true"] == 2
    assert counts["missed"] == [("a:1", "b:1", "c:1")]
    assert counts["false"] == [("a:1", "a:3")]
    assert counts["unread"] == [["a:1", "a:3", "b:1"], ["d:4", "d:5"]]
    assert counts["absent"] == []


@pytest.mark.parametrize("label", labels(), ids=lambda label: label.members[0])
def test_each_label_says_what_and_why(label: ClusterLabel) -> None:
    assert len(set(label.members)) == len(label.members) >= 2
    assert label.verdict in SEPARATORS
    assert len(label.why) > 10
