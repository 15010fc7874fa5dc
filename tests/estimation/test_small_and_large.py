"""Tables of a handful of people and of a million million: every number is finite and in order, or there is none."""

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import overt
from overt.estimation.estimates import ESTIMATE, LOWER_BOUND, REFUSED
from overt.estimation.methods import METHODS
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.model.errors import UsageError

WAYS = [(name, {}) for name in METHODS if METHODS[name].always and name not in ("lcmcr", "stepwise-p")]
WAYS += [(name, {"interval": "log-normal"}) for name in ("main-effects", "stepwise-aic", "stepwise-p", "bic")]
WAYS += [("stepwise-p", {"interval": "profile"}), ("stepwise-p", {"replicates": 100})]


def cells(size):
    return [list(row) for row in product([1, 0], repeat=size)][:-1]


@st.composite
def handfuls(draw):
    """Counts of 0 to 5 on three or four lists, often 0; None where a list would be empty."""
    size = draw(st.sampled_from([3, 4]))
    counts = draw(st.lists(st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5]), min_size=2**size - 1, max_size=2**size - 1))
    try:
        return Lists.of("ABCD"[:size], cells(size), counts)
    except UsageError:
        return None


def in_order(found, lists):
    """Whether an answer is a number within its interval, above those who are seen, or none at all with a reason."""
    if found.verdict == REFUSED:
        return found.reason != "" or found.estimate is not None  # the gate takes the number of what has no lower end
    ends = [found.low, found.estimate, *([] if found.high is None else [found.high])]
    known = found.high is not None or found.verdict == LOWER_BOUND
    return known and all(math.isfinite(end) for end in ends) and lists.observed <= ends[0] and ends == sorted(ends)


@settings(max_examples=25, deadline=None)
@given(handfuls())
def test_every_method_of_a_handful_gives_a_finite_number_in_order_or_none(lists):
    if lists is None:
        return
    for name, options in WAYS:
        found = METHODS[name](lists, level=0.95, seed=1, **options)
        assert in_order(found, lists), (name, options, found)


@settings(max_examples=10, deadline=None)
@given(handfuls())
def test_whatever_is_published_of_a_handful_is_in_order(lists):
    if lists is None:
        return
    report = overt.estimate(lists, "bic")
    if report.verdict == ESTIMATE:
        assert lists.observed <= report.low <= report.high < math.inf
        assert lists.shared >= 10
    for one in report.estimates:
        assert in_order(one, lists)
        assert (one.estimate is None) == (one.verdict == REFUSED)


def test_an_interval_of_draws_holds_its_number():
    lists = Lists.of("ABCD", cells(4), [0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    found = METHODS["bic"](lists, level=0.95, seed=1, interval="bca", replicates=100)
    assert found.low <= found.estimate <= found.high


def test_a_peak_with_nobody_unseen_is_the_number_of_the_seen():
    lists = Lists.of("ABCD", cells(4), [72, 5, 29, 53, 24, 3, 12, 14, 0, 0, 0, 1, 0, 0, 2])
    assert METHODS["main-effects"](lists, level=0.95, seed=1).estimate == 215


TABLES = {
    "independent": [24, 24, 36, 36, 56, 56, 84],
    "dependent": [12, 60, 30, 200, 20, 100, 300],
    "sparse": [5, 3, 2, 40, 1, 30, 20],
}
FIXED = ("[1,2,3]", "[12,3]", "[12,23]", "[12,13,23]")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("scale", [10**3, 10**6, 10**9, 10**12])
def test_intervals_shrink_by_the_root_of_the_scale(table, scale):
    """A table many times as large has the same estimate to scale, and an interval that is the root of that narrower."""
    whole = 10**4
    for model in FIXED:
        one, other = (METHODS["fixed"](scaled(table, times), level=0.95, seed=1, model=model) for times in (whole, scale))
        assert other.estimate / scale == pytest.approx(one.estimate / whole, rel=1e-9)
        for kind in ("profile", "log-normal"):
            for side, (end, wanted) in enumerate(
                zip(other.detail["intervals"][kind], one.detail["intervals"][kind], strict=True)
            ):
                reach = (end - other.estimate) / math.sqrt(scale)
                assert reach == pytest.approx((wanted - one.estimate) / math.sqrt(whole), rel=0.1), (model, kind, side)
        assert other.detail["deviance"] / scale == pytest.approx(one.detail["deviance"] / whole, abs=1e-6)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("scale", [1, 10**3, 10**6, 10**9, 10**12])
def test_every_method_at_every_scale_is_in_order(table, scale):
    lists = scaled(table, scale)
    for name, options in WAYS:
        found = METHODS[name](lists, level=0.95, seed=1, **options)
        assert in_order(found, lists), (name, options, found)


def test_independence_by_formula_and_by_newton_agree_at_a_million_million():
    lists = scaled("independent", 10**12)
    formula, newton = (
        METHODS["independence"](lists, level=0.95, seed=1),
        METHODS["fixed"](lists, level=0.95, seed=1, model="[1,2,3]"),
    )
    for key in ("low", "high"):
        reach = [getattr(one, key) - one.estimate for one in (formula, newton)]
        assert reach[0] == pytest.approx(reach[1], rel=0.03)
    assert formula.detail["aic"] == pytest.approx(newton.detail["aic"], abs=0.1)


def test_averaging_over_graphs_ends_at_a_million_million_people():
    assert "up to 1,000,000,000,000 people" in METHODS["dga"](scaled("dependent", 10**12), level=0.95, seed=1).reason
    with pytest.raises(UsageError, match="1,000,000,000,000,000 is the most"):
        scaled("dependent", 10**13)


def scaled(table, times):
    return Lists.of("ABC", cells(3), [count * times for count in TABLES[table]])
