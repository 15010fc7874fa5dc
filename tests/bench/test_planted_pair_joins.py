"""The planted pairs of records: which are joined, and which stay apart."""

from pathlib import Path

import pytest

from bench.linkage.planted_pair_joins import LABELS, SETS, PlantedPair, clusters_of, count_joins, import_planted, planted_pairs
from tests.support.command_runs import overt


def test_joins_are_counted_by_kind_of_record() -> None:
    pairs = [
        PlantedPair("T1", "project", True, "a:1", "b:1"),
        PlantedPair("T2", "project", True, "a:2", "b:2"),
        PlantedPair("F1", "project", False, "a:1", "b:2"),
        PlantedPair("F2", "organisation", False, "a:3", "b:3"),
    ]
    clusters = {"a:1": "x", "b:1": "x", "a:2": "y", "b:2": "z", "a:3": "w", "b:3": "w"}
    assert count_joins(pairs, clusters) == {
        "project": {"same": 2, "joined": 1, "different": 1, "wrong": 0, "errors": ["T2"]},
        "organisation": {"same": 0, "joined": 0, "different": 1, "wrong": 1, "errors": ["F2"]},
    }


@pytest.mark.parametrize("name", SETS)
def test_every_planted_pair_has_two_records(name: str) -> None:
    pairs = planted_pairs(LABELS / name)
    assert [sum(pair.is_same is is_same for pair in pairs) for is_same in (True, False)] == [30, 30]
    assert all(pair.left != pair.right for pair in pairs)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "least", "wrong"),
    [
        ("planted", 30, 0),
        ("planted_second", 28, 0),
        ("planted_third", 28, 0),
        ("planted_fourth", 27, 0),
        ("planted_fifth", 28, 0),
        ("planted_sixth", 29, 0),
        ("planted_seventh", 27, 0),
        ("planted_eighth", 27, 0),
        ("planted_ninth", 28, 0),
        ("planted_tenth", 27, 0),
        ("planted_eleventh", 29, 0),
        ("planted_twelfth", 28, 0),
        ("planted_thirteenth", 29, 0),
        ("planted_fourteenth", 28, 0),
        ("planted_fifteenth", 28, 0),
        ("planted_sixteenth", 29, 0),
        ("planted_seventeenth", 30, 0),
        ("planted_eighteenth", 29, 0),
        ("planted_nineteenth", 27, 0),
        ("planted_twentieth", 29, 0),
        ("planted_twenty_first", 27, 0),
        ("planted_twenty_second", 29, 0),
        ("planted_twenty_third", 28, 0),
        ("planted_twenty_fourth", 24, 0),
        ("planted_twenty_fifth", 28, 0),
        ("planted_twenty_sixth", 24, 0),
    ],
)
def test_no_set_joins_fewer_pairs_or_more_look_alikes(name: str, least: int, wrong: int, tmp_path: Path) -> None:
    """All sets but the last two were used to improve the rules, so their counts say little about other data."""
    atlas = tmp_path / "atlas"
    import_planted(atlas, shipped=False, planted=LABELS / name)
    assert overt("-w", atlas, "resolve").code == 0
    counts = count_joins(planted_pairs(LABELS / name), clusters_of(atlas)).values()
    assert sum(count["wrong"] for count in counts) <= wrong
    assert sum(count["joined"] for count in counts) >= least
