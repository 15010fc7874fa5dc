"""Intervals that repeat the choice of the model in every draw."""

from pathlib import Path

import numpy as np
import pytest

from overt.estimation.bootstrap import Bootstrap
from overt.estimation.methods import METHODS
from overt.estimation.reading import read_lists

TABLES = Path(__file__).parent / "tables"


def test_uk_bca():
    found = METHODS["stepwise-p"](read_lists(TABLES / "UKdat.csv"), level=0.95, seed=1)
    assert (found.low, found.high) == (pytest.approx(9_267, rel=0.05), pytest.approx(14_307, rel=0.05))
    assert found.detail["bootstrap"]["replicates"] == 10_000


def test_equal_seeds_give_equal_intervals():
    lists = read_lists(TABLES / "Kosovo.csv")
    one, same, other = (METHODS["bic"](lists, level=0.95, seed=seed, interval="bca", replicates=200) for seed in (3, 3, 4))
    assert one == same
    assert (one.low, one.high) != (other.low, other.high)
    profile = one.detail["intervals"]["profile"]
    assert one.high > profile[1]  # other models are chosen in some draws, and the interval knows it


def test_bca_without_bias_and_acceleration_is_the_percentile_interval():
    drawn = np.arange(1.0, 1000.0)
    low, high = Bootstrap(500.0, drawn, 0.0).interval(0.9)
    assert low == pytest.approx(50, abs=1)
    assert high == pytest.approx(950, abs=1)
    moved = Bootstrap(600.0, drawn, 0.0).interval(0.9)
    assert moved[0] > low
    assert moved[1] > high


def test_draws_without_an_estimate_are_left_out_and_counted():
    drawn = np.array([1.0, 2.0, 3.0, np.nan])
    held = Bootstrap(2.0, drawn, 0.0)
    assert held.failed == 1
    assert held.interval(0.95)[1] <= 3
    assert Bootstrap(2.0, np.array([1.0, np.nan, np.nan]), 0.0).interval(0.95) == (None, None)
