"""Tables of a handful of people and of a trillion: every number is finite and in order, or there is none."""

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import overt
from overt.estimation.estimate_result_and_verdicts import ESTIMATE, LOWER_BOUND, REFUSED
from overt.estimation.methods import METHODS
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.model.errors import UsageError

RUNS = [(name, {}) for name in METHODS if METHODS[name].in_all and name not in ("lcmcr", "stepwise-p")]
RUNS += [(name, {"interval": "log-normal"}) for name in ("main-effects", "stepwise-aic", "stepwise-p", "bic")]
RUNS += [("stepwise-p", {"interval": "profile"}), ("stepwise-p", {"replicates": 100})]


def cells(size):
    return [list(row) for row in product([1, 0], repeat=size)][:-1]


@st.composite
def handfuls(draw):
    """Draw a table of three or four lists with counts of 0 to 5, often 0; None if a list would be empty."""
    size = draw(st.sampled_from([3, 4]))
    counts = draw(st.lists(st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5]), min_size=2**size - 1, max_size=2**size - 1))
    try:
        return OverlapTable.from_rows("ABCD"[:size], cells(size), counts)
    except UsageError:
        return None


def in_order(estimate, table):
    """Return whether an estimate is finite and in its interval, which begins at or above the number observed.

    Only a lower bound may lack the upper end. A refused estimate is in order if it has a reason and no numbers.
    """
    if estimate.verdict == REFUSED:
        return estimate.reason != "" and estimate.estimate is estimate.low is estimate.high is None
    ends = [estimate.low, estimate.estimate, *([] if estimate.high is None else [estimate.high])]
    known = estimate.high is not None or estimate.verdict == LOWER_BOUND
    return known and all(math.isfinite(end) for end in ends) and table.observed <= ends[0] and ends == sorted(ends)


@pytest.mark.ci
@settings(max_examples=25, deadline=None)
@given(handfuls())
def test_every_method_is_in_order_on_a_handful(table):
    if table is None:
        return
    for method, options in RUNS:
        estimate = METHODS[method](table, level=0.95, seed=1, **options)
        assert in_order(estimate, table), (method, options, estimate)


@pytest.mark.ci
@settings(max_examples=10, deadline=None)
@given(handfuls())
def test_reports_of_a_handful_are_in_order(table):
    if table is None:
        return
    report = overt.estimate(table, "bic")
    if report.verdict == ESTIMATE:
        assert table.observed <= report.low <= report.high < math.inf
        assert table.shared >= 10
    for estimate in report.estimates:
        assert in_order(estimate, table)
        assert (estimate.estimate is None) == (estimate.verdict == REFUSED)


def test_a_bootstrap_interval_contains_its_estimate():
    table = OverlapTable.from_rows("ABCD", cells(4), [0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    estimate = METHODS["bic"](table, level=0.95, seed=1, interval="bca", replicates=100)
    assert estimate.low <= estimate.estimate <= estimate.high


def test_a_peak_with_nobody_unseen_equals_the_number_observed():
    table = OverlapTable.from_rows("ABCD", cells(4), [72, 5, 29, 53, 24, 3, 12, 14, 0, 0, 0, 1, 0, 0, 2])
    assert METHODS["main-effects"](table, level=0.95, seed=1).estimate == 215


TABLES = {
    "independent": [24, 24, 36, 36, 56, 56, 84],
    "dependent": [12, 60, 30, 200, 20, 100, 300],
    "sparse": [5, 3, 2, 40, 1, 30, 20],
}
FIXED = ("[1,2,3]", "[12,3]", "[12,23]", "[12,13,23]")


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("scale", [10**3, 10**6, 10**9, 10**12])
def test_intervals_shrink_by_the_root_of_the_scale(name, scale):
    """Scaling a table scales its estimate. Relative to the estimate, the interval shrinks by the square root of the scale."""
    base = 10**4
    for model in FIXED:
        first, second = (METHODS["fixed"](scaled(name, times), level=0.95, seed=1, model=model) for times in (base, scale))
        assert second.estimate / scale == pytest.approx(first.estimate / base, rel=1e-9)
        for kind in ("profile", "log-normal"):
            ends = zip(second.detail["intervals"][kind], first.detail["intervals"][kind], strict=True)
            for side, (end, expected) in enumerate(ends):
                reach = (end - second.estimate) / math.sqrt(scale)
                assert reach == pytest.approx((expected - first.estimate) / math.sqrt(base), rel=0.1), (model, kind, side)
        assert second.detail["deviance"] / scale == pytest.approx(first.detail["deviance"] / base, abs=1e-6)


@pytest.mark.slow(after=5)
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("scale", [1, 10**3, 10**6, 10**9, 10**12])
def test_every_method_at_every_scale_is_in_order(name, scale):
    table = scaled(name, scale)
    for method, options in RUNS:
        estimate = METHODS[method](table, level=0.95, seed=1, **options)
        assert in_order(estimate, table), (method, options, estimate)


def test_independence_by_formula_and_by_newton_agree_at_a_trillion():
    table = scaled("independent", 10**12)
    formula, newton = (
        METHODS["independence"](table, level=0.95, seed=1),
        METHODS["fixed"](table, level=0.95, seed=1, model="[1,2,3]"),
    )
    for key in ("low", "high"):
        reach = [getattr(estimate, key) - estimate.estimate for estimate in (formula, newton)]
        assert reach[0] == pytest.approx(reach[1], rel=0.03)
    assert formula.detail["aic"] == pytest.approx(newton.detail["aic"], abs=0.1)


def test_averaging_over_graphs_refuses_more_than_a_trillion_people():
    assert "up to 1,000,000,000,000 people" in METHODS["dga"](scaled("dependent", 10**12), level=0.95, seed=1).reason
    with pytest.raises(UsageError, match="1,000,000,000,000,000 is the most"):
        scaled("dependent", 10**13)


def scaled(name, times):
    return OverlapTable.from_rows("ABC", cells(3), [count * times for count in TABLES[name]])
