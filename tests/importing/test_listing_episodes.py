"""Episodes are runs of measured days, with intervals for starts and ends that are not known to the day."""

import datetime

import numpy as np
import pytest

from overt.importing.listing_episodes import EPOCH, Days, find_episodes


def naive(listed: dict[int, set[int]], count: int) -> list[tuple[int, int, int]]:
    """Return (name, first, last position) of each episode, by a plain loop.

    `listed`: the positions at which each name is listed; `count`: the number of positions.
    """
    runs = []
    for name, positions in sorted(listed.items()):
        begin = None
        for position in range(count + 1):
            if position in positions and begin is None:
                begin = position
            elif position not in positions and begin is not None:
                runs.append((name, begin, position - 1))
                begin = None
    return runs


@pytest.mark.parametrize("seed", range(20))
def test_runs_equal_those_of_a_plain_loop(seed: int) -> None:
    random = np.random.default_rng(seed)
    names, count = int(random.integers(1, 30)), int(random.integers(1, 40))
    listed = random.random((names, count)) < random.random()
    name, position = np.nonzero(listed)
    order = random.permutation(len(name))
    runs = find_episodes(name[order], position[order], count)
    expected = naive({number: set(np.flatnonzero(row).tolist()) for number, row in enumerate(listed)}, count)
    assert list(zip(runs.name.tolist(), runs.first.tolist(), runs.last.tolist(), strict=True)) == expected
    assert runs.measurements.sum() == listed.sum(), "each day listed is in one episode"


def make_days(*texts: str) -> Days:
    return Days(np.array([(datetime.date.fromisoformat(text) - EPOCH).days for text in texts]))


def test_an_end_is_a_day_next_to_measured_days_and_an_interval_in_a_gap() -> None:
    days = make_days("2024-02-28", "2024-02-29", "2024-03-03", "2024-03-04")
    assert days.start == ["../2024-02-28", "2024-02-29", "2024-03-01/2024-03-03", "2024-03-04"]
    assert days.end == ["2024-02-28", "2024-02-29/2024-03-02", "2024-03-03", "2024-03-04/.."]
    assert days.gaps() == ["2024-03-01/2024-03-02"]
    assert days.unmeasured(np.array([0, 1, 2]), np.array([3, 2, 3])).tolist() == [2, 2, 0]


def test_with_one_day_both_ends_are_unknown() -> None:
    days = make_days("2024-02-28")
    assert (days.start, days.end, days.gaps()) == (["../2024-02-28"], ["2024-02-28/.."], [])
    assert (days.start_from.to_pylist(), days.end_to.to_pylist()) == ([None], [None])


def test_a_gap_of_one_day_is_that_day() -> None:
    assert make_days("2024-03-01", "2024-03-03").gaps() == ["2024-03-02"]
