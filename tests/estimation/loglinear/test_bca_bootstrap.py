"""BCa bootstrap intervals. Methods that select a model select it again in every draw."""

import numpy as np
import pytest

from overt.estimation.loglinear.bca_bootstrap import Bootstrap
from overt.estimation.methods import METHODS
from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from tests.estimation.tables_folder import TABLES

KOSOVO = read_overlap_table(TABLES / "Kosovo.csv")


@pytest.mark.ci
def test_uk_stepwise_interval():
    estimate = METHODS["stepwise-p"](read_overlap_table(TABLES / "UKdat.csv"), level=0.95, seed=1)
    assert (estimate.low, estimate.high) == (pytest.approx(9_267, rel=0.05), pytest.approx(14_307, rel=0.05))
    assert estimate.detail["bootstrap"]["replicates"] == 10_000


def test_equal_seeds_give_equal_intervals():
    table = read_overlap_table(TABLES / "Kosovo.csv")
    first, same, other = (METHODS["bic"](table, level=0.95, seed=seed, interval="bca", replicates=200) for seed in (3, 3, 4))
    assert first == same
    assert (first.low, first.high) != (other.low, other.high)
    profile = first.detail["intervals"]["profile"]
    assert first.high > profile[1]  # some draws select other models, which widens the interval


def test_bca_without_bias_and_acceleration_is_the_percentile_interval():
    replicates = np.arange(1.0, 1000.0)
    low, high = Bootstrap(500.0, replicates, 0.0).interval(0.9)
    assert low == pytest.approx(50, abs=1)
    assert high == pytest.approx(950, abs=1)
    moved = Bootstrap(600.0, replicates, 0.0).interval(0.9)
    assert moved[0] > low
    assert moved[1] > high


def test_draws_without_an_estimate_are_left_out_and_counted():
    replicates = np.array([1.0, 2.0, 3.0, np.nan])
    bootstrap = Bootstrap(2.0, replicates, 0.0)
    assert bootstrap.failed == 1
    assert bootstrap.interval(0.95)[1] <= 3
    assert Bootstrap(2.0, np.array([1.0, np.nan, np.nan]), 0.0).interval(0.95) == (None, None)


KOREA = OverlapTable.from_rows("bcd", [[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]], [41, 5, 5, 54, 6, 12])


@pytest.mark.parametrize(
    ("table", "options", "ends"),
    [
        (KOREA, {"replicates": 10_000}, (128, 349)),
        (KOSOVO, {"replicates": 2_000}, (6_900, 18_000)),
        (KOSOVO, {"model": "[123,14,34]", "replicates": 2_000}, (9_100, 12_000)),
    ],
)
def test_choosing_by_bic_in_every_draw(table, options, ends):
    """The expected ends are from tables 2 and 3 of Silverman, Chan and Vincent (2024), rounded to hundreds for Kosovo."""
    method = METHODS["fixed" if "model" in options else "bic"]
    estimate = method(table, level=0.95, seed=1, interval="bca", **options)
    assert (estimate.low, estimate.high) == (pytest.approx(ends[0], rel=0.05), pytest.approx(ends[1], rel=0.05))


def test_acceleration_is_that_of_leaving_out_one_person():
    """The expected values are from MultipleSystemsEstimation, for Korea with and without interactions."""
    chosen = METHODS["bic"](KOREA, level=0.95, seed=1, interval="bca", replicates=100)
    assert chosen.detail["bootstrap"]["acceleration"] == pytest.approx(-0.008783628, abs=1e-8)
    plain = METHODS["independence"](KOREA, level=0.95, seed=1, interval="bca", replicates=100)
    assert plain.detail["bootstrap"]["acceleration"] == pytest.approx(-0.001934882, abs=1e-8)


def test_tables_of_many_lists_have_fewer_replicates():
    rows = [[int(at == on) for at in range(9)] for on in range(9)] + [
        [int(at in (on, on + 1)) for at in range(9)] for on in range(8)
    ]
    table = OverlapTable.from_rows([f"L{at}" for at in range(9)], rows, [20] * 9 + [3] * 8)
    estimate = METHODS["fixed"](table, level=0.95, seed=1, interval="bca", model="[12]")
    assert estimate.detail["bootstrap"]["replicates"] == 1_000
    assert estimate.low < estimate.estimate < estimate.high
