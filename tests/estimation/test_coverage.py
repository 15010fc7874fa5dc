"""What is published holds the truth where the truth is among the models; the whole measurement is `bench.estimation.coverage`."""

from itertools import islice

from bench.estimation.populations import dependent, unequal
from overt.estimation.methods import METHODS, one_core
from overt.estimation.model_sweep import over_models


def held(populations, find):
    return sum(
        low is not None and low <= one.people <= (high or float("inf")) for one in populations for low, high in [find(one.lists)]
    )


def independent(lists):
    one = METHODS["independence"](lists, level=0.95, seed=1)
    return one.low, one.high


def test_intervals_over_models_hold_the_truth_and_those_of_independence_do_not():
    populations = list(islice((one for one in dependent(11) if len(one.lists.names) < 5), 40))
    with one_core():
        assert held(populations, lambda lists: over_models(lists, 0.95)) >= 36
    assert held(populations, independent) < 30


def test_nothing_reveals_that_people_are_unequal():
    """Every lower bound stays below the truth then, and independence far below."""
    for one in islice(unequal(11), 10):
        assert METHODS["chao-mth"](one.lists, level=0.95, seed=1).low < one.people
        assert METHODS["independence"](one.lists, level=0.95, seed=1).high < one.people
