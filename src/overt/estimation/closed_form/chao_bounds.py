"""Lower bounds that hold however unequal people's chances of being listed are, where lists reach the same people."""

import math
from typing import Any

import numpy as np

from overt.estimation.closed_form.chapman import log_normal
from overt.estimation.estimates import COMPARISON, LOWER_BOUND, Code, Estimate, refused
from overt.estimation.loglinear.existence import slack
from overt.estimation.loglinear.model_space import Floats
from overt.estimation.loglinear.poisson_likelihood import shortfall
from overt.estimation.loglinear.profile_likelihood import largest
from overt.estimation.overlap_tables.overlap_table import MOST_CELLS, Lists, too_few

_BOUND = (
    "a lower bound where whoever is easier to find for one list is easier for every other; not where lists reach different people"
)
_FEW = (
    "the formula takes many lists that reach equally many; with few or unequal ones it can exceed the truth (chao-mth does not)"
)


def chao(lists: Lists, *, level: float, seed: int) -> Estimate:
    """A lower bound by a formula: n + f₁²/2f₂, of those on one list only (f₁) and on exactly two (f₂).

    A. Chao (1987), Estimating the population size for capture–recapture data with unequal catchability, Biometrics 43, 783–791,
    with its variance. It is a bound for many lists that reach equally many. With t lists that are independent the formula expects
    t/(t − 1) times the unseen, so its verdict is no more than a comparison; `chao_mth` is the bound that may be told.
    """
    once, twice = (int(held) for held in lists.degrees()[:2])
    if not twice:
        return _none("chao", level)
    ratio, size = once / twice, len(lists.names)
    unseen = once * ratio / 2
    said = {
        "se": math.sqrt(twice * (ratio**4 / 4 + ratio**3 + ratio**2 / 2)),
        "equal_lists": lists.observed + unseen * (size - 1) / size,
    }
    return _answer("chao", lists, unseen, said, level, "f1²/2f2", COMPARISON, _FEW)


def chao_mth(lists: Lists, *, level: float, seed: int) -> Estimate:
    """A lower bound for lists of unequal reach: those on one list and on two bound those on none.

    L.-P. Rivest and S. Baillargeon (2007), Applications and extensions of Chao's moment estimator for the size of a closed
    population, Biometrics 63, 999–1006 (`Mth Chao (LB)` of Rcapture). It is the log-linear model of independent lists with a term
    for each number of lists from three on, of which those below zero are left out. Where lists
    reach different people it exceeds the truth; two lists cannot show that, and with them it is given to compare.
    Beyond twelve lists the bound is Σ nᵢnⱼ / Σ nᵢⱼ over pairs, from those on one and on exactly two.
    """
    once, twice = (int(held) for held in lists.degrees()[:2])
    if not twice:
        return _none("chao-mth", level)
    if len(lists.names) > MOST_CELLS:
        alone = lists.counts[lists.patterns.sum(axis=1) == 1] @ lists.patterns[lists.patterns.sum(axis=1) == 1]
        unseen = float(once**2 - (alone**2).sum()) / 2 / twice
        # Poisson variances of the singles and of the pairs, by the delta method.
        error = math.sqrt(float((((once - alone) / twice) ** 2 * alone).sum()) + unseen**2 / twice)
        return _answer("chao-mth", lists, unseen, {"se": error}, level, "pairs", LOWER_BOUND, _BOUND)
    patterns, counts = lists.cells()
    degrees = patterns.sum(axis=1)
    base = np.column_stack([np.ones(len(patterns)), patterns])
    extra = [np.maximum(degrees - more + 1, 0) for more in range(3, int(lists.patterns.sum(axis=1).max()) + 1)]
    fitted = _fitted(base, extra, counts.astype(np.float64))
    if fitted is None:
        return refused("chao-mth", "no bound exists: the lists overlap too little", level=level, code=Code.NO_ESTIMATE)
    unseen, error, kept, deviance = fitted
    said = {"se": error, "deviance": deviance, "df": len(counts) - base.shape[1] - kept}
    return _answer("chao-mth", lists, unseen, said, level, f"Mth Chao, {kept} of {len(extra)} terms", LOWER_BOUND, _BOUND)


def _none(method: str, level: float) -> Estimate:
    return refused(method, "nobody stands on exactly two lists", level=level, code=Code.NO_ESTIMATE)


def _answer(
    method: str, lists: Lists, unseen: float, said: dict[str, Any], level: float, model: str, verdict: str, reason: str
) -> Estimate:
    number = lists.observed + unseen
    low, high = log_normal(number, said["se"], lists.observed, level)
    if lists.distinct < 3 and verdict == LOWER_BOUND:
        verdict, reason = COMPARISON, too_few(lists)
    return Estimate(method, number, low, high, level, model, Code.FINE, verdict, reason, said)


def _fitted(base: Floats, extra: list[Floats], counts: Floats) -> tuple[float, float, int, float] | None:
    """The number on no list, its standard error, how many terms were kept, and the deviance; None where there is no estimate."""
    while True:
        columns = np.column_stack([base, *extra])
        if slack(columns, (counts > 0).astype(np.float64)) <= 0:
            return None
        start = np.linalg.lstsq(columns, np.log(counts + 0.5), rcond=None)[0]
        beta = largest(columns, counts, start)
        below = [at for at in range(len(extra)) if beta[base.shape[1] + at] < 0]
        if not below:
            unseen = math.exp(beta[0])
            mean = np.exp(columns @ beta)
            variance = np.linalg.inv((columns.T * mean) @ columns)[0, 0]
            deviance = 2 * float(shortfall(counts, mean).sum())
            return unseen, math.sqrt(unseen + unseen**2 * variance), len(extra), deviance
        del extra[below[0]]
