"""Intervals from the profile likelihood of the total."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import digamma, gammaln, xlogy
from scipy.stats import chi2

from overt.estimation.design import Floats, Mask, Space
from overt.estimation.newton import boundary

Given = Callable[[float], tuple[float, float]]
"""From a number of people on no list, the largest log-likelihood of the table with them, and the log-probability of their
cell."""
_FURTHEST = 1e7
"""An upper limit so many times the people observed is none."""


def profile_interval(given: Given, observed: int, level: float) -> tuple[float, float | None, float | None]:
    """The total at which the profile likelihood is largest, and the interval around it; no upper end where there is none.

    The likelihood is multinomial, with the total as a parameter: R. M. Cormack (1992), Interval estimation for mark-recapture
    studies of closed populations, Biometrics 48, 567–576; `closedpCI.t` of Rcapture does the same. Its largest value lies a
    little below the Poisson estimate.
    """

    def value(unseen: float) -> float:
        return given(unseen)[0] + float(gammaln(observed + unseen + 1) - gammaln(unseen + 1))

    def slope(unseen: float) -> float:  # the table's own part does not move at its best
        return given(unseen)[1] + float(digamma(observed + unseen + 1) - digamma(unseen + 1))

    top = float(observed)
    while slope(top) > 0:
        top *= 4
        if top > _FURTHEST * observed:
            return float("inf"), None, None
    peak = brentq(slope, _LEAST, top, xtol=1e-6) if slope(_LEAST) > 0 else _LEAST
    wanted = value(peak) - float(chi2.ppf(level, 1)) / 2
    low = brentq(lambda unseen: value(unseen) - wanted, _LEAST, peak, xtol=1e-6) if value(_LEAST) < wanted else 0.0
    while value(top) > wanted:
        top *= 4
        if top > _FURTHEST * observed:
            return observed + peak, observed + low, None
    high = brentq(lambda unseen: value(unseen) - wanted, peak, top, xtol=1e-6)
    return observed + peak, observed + low, observed + high


_LEAST = 1e-9
"""Nobody on no list, nearly: the logarithm of zero people has no slope."""


def of_model(space: Space, counts: Floats, model: Mask, start: Floats) -> Given:
    """`Given` for a log-linear model of a table (cells), by Newton's method from where it was last."""
    infinite, cells = (held[0] for held in boundary(space, counts[None], model[None]))
    free = np.flatnonzero(model & ~infinite)
    nobody = np.zeros((1, len(free)))
    nobody[0, 0] = 1
    columns = np.concatenate([space.columns[np.ix_(cells, free)], nobody])
    begun = start[free].copy()

    def given(unseen: float) -> tuple[float, float]:
        nonlocal begun
        held = np.append(counts[cells], unseen)
        begun = largest(columns, held, begun)
        logs = columns @ begun - np.log(held.sum())
        return float(xlogy(held, np.exp(logs)).sum()), float(logs[-1])

    return given


def of_independence(totals: Floats, observed: int) -> Given:
    """`Given` for independent lists, from how many are on each: then every list's share is its probability."""

    def given(unseen: float) -> tuple[float, float]:
        share = totals / (observed + unseen)
        nobody = float(np.log1p(-share).sum())
        return float(xlogy(totals, share).sum() + ((observed + unseen - totals) * np.log1p(-share)).sum()), nobody

    return given


def largest(columns: Floats, counts: Floats, beta: Floats) -> Floats:
    """The coefficients of largest Poisson likelihood for one table (cells) and any columns (cells × coefficients)."""
    mean = np.exp(columns @ beta)
    value = counts @ (columns @ beta) - mean.sum()
    for _ in range(50):
        step = np.linalg.solve((columns.T * mean) @ columns + 1e-12 * np.eye(len(beta)), columns.T @ (counts - mean))
        size = 1.0
        while True:
            tried = beta + size * step
            logs = columns @ tried
            reached = np.exp(np.minimum(logs, 700.0))
            after = counts @ logs - reached.sum()
            if after >= value - 1e-9 * (abs(value) + 1) or size < 1e-4:
                break
            size /= 2
        gain, beta, mean, value = after - value, tried, reached, after
        if abs(gain) < 1e-11 * (abs(value) + 1):
            break
    return beta
