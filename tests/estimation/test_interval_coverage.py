"""Ranges over models nearly always contain the true number, and lower bounds are below it, in simulated populations.

`bench.estimation.coverage` measures this in full.
"""

from itertools import islice

import pytest

from bench.estimation.simulated_populations import dependent, unequal
from overt.estimation.methods import METHODS, limit_blas_threads
from overt.estimation.sweep_over_models_and_left_out_lists import interval_over_models


def count_covered(populations, interval):
    intervals = [(population.people, *interval(population.lists)) for population in populations]
    return sum(low is not None and low <= people <= (high or float("inf")) for people, low, high in intervals)


def independence_interval(table):
    estimate = METHODS["independence"](table, level=0.95, seed=1)
    return estimate.low, estimate.high


@pytest.mark.ci
def test_intervals_over_models_cover_the_truth_and_those_of_independence_do_not():
    populations = list(islice((population for population in dependent(11) if len(population.lists.names) < 5), 40))
    with limit_blas_threads():
        assert count_covered(populations, lambda table: interval_over_models(table, 0.95)) >= 36
    assert count_covered(populations, independence_interval) < 30


def test_unequal_people_give_bounds_below_the_truth():
    """If people have unequal chances, every lower bound is below the truth, and so is the whole interval of independence."""
    for population in islice(unequal(11), 10):
        assert METHODS["chao-mth"](population.lists, level=0.95, seed=1).low < population.people
        assert METHODS["independence"](population.lists, level=0.95, seed=1).high < population.people
