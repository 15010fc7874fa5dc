"""Episodes: runs over the days that were measured, with what is not known of their ends."""

import datetime

import numpy as np
import pytest

from overt.importing.episodes import EPOCH, Days, episodes


def naive(listed: dict[int, set[int]], count: int) -> list[tuple[int, int, int]]:
    """The same, a name and a list at a time."""
    found = []
    for name, places in sorted(listed.items()):
        begin = None
        for place in range(count + 1):
            if place in places and begin is None:
                begin = place
            elif place not in places and begin is not None:
                found.append((name, begin, place - 1))
                begin = None
    return found


@pytest.mark.parametrize("seed", range(20))
def test_runs_are_those_that_a_plain_loop_finds(seed: int) -> None:
    random = np.random.default_rng(seed)
    names, count = int(random.integers(1, 30)), int(random.integers(1, 40))
    on = random.random((names, count)) < random.random()
    name, place = np.nonzero(on)
    order = random.permutation(len(name))
    runs = episodes(name[order], place[order], count)
    expected = naive({one: set(np.flatnonzero(row).tolist()) for one, row in enumerate(on)}, count)
    assert list(zip(runs.name.tolist(), runs.first.tolist(), runs.last.tolist(), strict=True)) == expected
    assert runs.measurements.sum() == on.sum(), "each day listed is in one episode"


def days(*texts: str) -> Days:
    return Days(np.array([(datetime.date.fromisoformat(text) - EPOCH).days for text in texts]))


def test_an_end_beside_a_measured_day_is_a_day_and_one_in_a_gap_an_interval() -> None:
    held = days("2024-02-28", "2024-02-29", "2024-03-03", "2024-03-04")
    assert held.start == ["../2024-02-28", "2024-02-29", "2024-03-01/2024-03-03", "2024-03-04"]
    assert held.end == ["2024-02-28", "2024-02-29/2024-03-02", "2024-03-03", "2024-03-04/.."]
    assert held.gaps() == ["2024-03-01/2024-03-02"]
    assert held.unmeasured(np.array([0, 1, 2]), np.array([3, 2, 3])).tolist() == [2, 2, 0]


def test_one_day_knows_neither_end() -> None:
    held = days("2024-02-28")
    assert (held.start, held.end, held.gaps()) == (["../2024-02-28"], ["2024-02-28/.."], [])
    assert (held.start_from.to_pylist(), held.end_to.to_pylist()) == ([None], [None])


def test_a_gap_of_one_day_is_that_day() -> None:
    assert days("2024-03-01", "2024-03-03").gaps() == ["2024-03-02"]
