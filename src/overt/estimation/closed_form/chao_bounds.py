"""Chao's lower bounds: a formula for many lists of equal size, and a model for lists of different sizes."""

import math
from typing import Any

import numpy as np

from overt.estimation.array_types import Floats
from overt.estimation.estimate_result_and_verdicts import COMPARISON, LOWER_BOUND, Code, Estimate, refuse
from overt.estimation.log_normal_interval import log_normal_interval
from overt.estimation.loglinear.maximum_likelihood_existence import slack
from overt.estimation.loglinear.poisson_likelihood import shortfall
from overt.estimation.loglinear.profile_likelihood import maximize_likelihood
from overt.estimation.overlap_tables.overlap_table import MAX_CELLS, OverlapTable, too_few_lists

_BOUND_REASON = (
    "a lower bound where whoever is easier to find for one list is easier for every other; not where lists reach different people"
)
_FORMULA_REASON = (
    "the formula takes many lists that reach equally many; with few or unequal ones it can exceed the truth (chao-mth does not)"
)


def chao(table: OverlapTable, *, level: float, seed: int) -> Estimate:
    """Return the lower bound n + f₁²/2f₂ for n people observed, f₁ of them on exactly one list and f₂ on exactly two.

    A. Chao (1987), Estimating the population size for capture–recapture data with unequal catchability, Biometrics 43, 783–791,
    which also gives the variance. The formula is a bound if there are many lists of equal size. For t independent lists of
    equal size, f₁²/2f₂ is about t/(t − 1) times the number of people on no list, so the verdict is only a comparison. Without
    people on exactly two lists, the result is refused. `chao_mth` is the bound that may be published.
    """
    once, twice = (int(people) for people in table.degrees()[:2])
    if not twice:
        return _refuse_without_pairs("chao", level)
    ratio, size = once / twice, len(table.names)
    unseen = once * ratio / 2
    detail = {
        "se": math.sqrt(twice * (ratio**4 / 4 + ratio**3 + ratio**2 / 2)),
        "equal_lists": table.observed + unseen * (size - 1) / size,
    }
    return _bound("chao", table, unseen, detail, level, "f1²/2f2", COMPARISON, _FORMULA_REASON)


def chao_mth(table: OverlapTable, *, level: float, seed: int) -> Estimate:
    """Return the lower bound for lists of different sizes, which comes mainly from the people on one list and on two.

    L.-P. Rivest and S. Baillargeon (2007), Applications and extensions of Chao's moment estimator for the size of a closed
    population, Biometrics 63, 999–1006 (`Mth Chao (LB)` of Rcapture). The model is that of independent lists with an extra
    term for each number of lists from three on; negative terms are left out. If the lists reach different people, the bound can
    exceed the true number. Two lists can't reveal that, so with two lists (identical lists count once) the bound is only a
    comparison. For more than `MAX_CELLS` lists the people on no list are at least Σ nᵢnⱼ / Σ nᵢⱼ, summed over all pairs
    of lists; nᵢ people are on list i only, and nᵢⱼ on the lists i and j only. Tables without people on exactly two lists, or
    for which the model has no estimate, are refused.
    """
    once, twice = (int(people) for people in table.degrees()[:2])
    if not twice:
        return _refuse_without_pairs("chao-mth", level)
    if len(table.names) > MAX_CELLS:
        on_one_list = table.patterns.sum(axis=1) == 1
        only = table.counts[on_one_list] @ table.patterns[on_one_list]
        unseen = float(once**2 - (only**2).sum()) / 2 / twice
        # Poisson variances of the numbers of people on one list and on two, by the delta method.
        error = math.sqrt(float((((once - only) / twice) ** 2 * only).sum()) + unseen**2 / twice)
        return _bound("chao-mth", table, unseen, {"se": error}, level, "pairs", LOWER_BOUND, _BOUND_REASON)
    patterns, counts = table.cells()
    degrees = patterns.sum(axis=1)
    base = np.column_stack([np.ones(len(patterns)), patterns])
    extra = [np.maximum(degrees - more + 1, 0) for more in range(3, int(table.patterns.sum(axis=1).max()) + 1)]
    fitted = _fit_bound(base, extra, counts.astype(np.float64))
    if fitted is None:
        return refuse("chao-mth", "no bound exists: the lists overlap too little", level=level, code=Code.NO_ESTIMATE)
    unseen, error, terms, deviance = fitted
    detail = {"se": error, "deviance": deviance, "df": len(counts) - base.shape[1] - terms}
    model = f"Mth Chao, {terms} of {len(extra)} terms"
    return _bound("chao-mth", table, unseen, detail, level, model, LOWER_BOUND, _BOUND_REASON)


def _refuse_without_pairs(method: str, level: float) -> Estimate:
    return refuse(method, "nobody is on exactly two lists", level=level, code=Code.NO_ESTIMATE)


def _bound(
    method: str, table: OverlapTable, unseen: float, detail: dict[str, Any], level: float, model: str, verdict: str, reason: str
) -> Estimate:
    number = table.observed + unseen
    low, high = log_normal_interval(number, detail["se"], table.observed, level)
    if table.distinct < 3 and verdict == LOWER_BOUND:
        verdict, reason = COMPARISON, too_few_lists(table)
    return Estimate(method, number, low, high, level, model, Code.FINE, verdict, reason, detail)


def _fit_bound(base: Floats, extra: list[Floats], counts: Floats) -> tuple[float, float, int, float] | None:
    """Return the number of people on no list, its standard error, the number of remaining extra terms, and the deviance.

    Return None if there is no estimate.
    """
    while True:
        columns = np.column_stack([base, *extra])
        if slack(columns, (counts > 0).astype(np.float64)) <= 0:
            return None
        start = np.linalg.lstsq(columns, np.log(counts + 0.5), rcond=None)[0]
        beta = maximize_likelihood(columns, counts, start)
        negative = [term for term in range(len(extra)) if beta[base.shape[1] + term] < 0]
        if not negative:
            unseen = math.exp(beta[0])
            mean = np.exp(columns @ beta)
            variance = np.linalg.inv((columns.T * mean) @ columns)[0, 0]
            deviance = 2 * float(shortfall(counts, mean).sum())
            return unseen, math.sqrt(unseen + unseen**2 * variance), len(extra), deviance
        del extra[negative[0]]
