"""What is published holds the truth where the truth is among the models; the whole measurement is `bench.estimation_coverage`."""

from itertools import islice

from bench.estimation_populations import dependent, unequal
from overt.estimation.methods import METHODS
from overt.estimation.sweep import sweep


def held(populations, find):
    return sum(
        low is not None and low <= one.people <= (high or float("inf")) for one in populations for low, high in [find(one.lists)]
    )


def over_models(lists):
    found = sweep(lists, 0.95)
    return found.low, found.high


def independent(lists):
    one = METHODS["independence"](lists, level=0.95, seed=1)
    return one.low, one.high


def test_intervals_over_models_hold_the_truth_and_those_of_independence_do_not():
    populations = list(islice(dependent(11), 40))
    assert held(populations, over_models) >= 36
    assert held(populations, independent) < 30


def test_nothing_reveals_that_people_are_unequal():
    """Every lower bound stays below the truth then, and independence far below."""
    for one in islice(unequal(11), 10):
        assert METHODS["chao"](one.lists, level=0.95, seed=1).low < one.people
        assert METHODS["independence"](one.lists, level=0.95, seed=1).high < one.people
