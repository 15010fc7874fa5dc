"""Profile likelihood of the number of people, and intervals derived from it."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import digamma, gammaincinv

from overt.estimation.array_types import Floats, Mask
from overt.estimation.loglinear.model_space import ModelSpace
from overt.estimation.loglinear.poisson_likelihood import shortfall, stirling_remainder

Profile = Callable[[float], tuple[float, float]]
"""Function from a number of people on no list to two numbers for the best fit.

The first is the shortfall of its log-likelihood from the saturated model; the second is the log-probability of the cell of
people on no list.
"""
_FURTHEST = 1e7
"""A peak or an upper end beyond this multiple of the people observed counts as infinite."""
_MIN_MISSING = 1e-9
"""Minimum number of people on no list, because the logarithm has no slope at exactly zero."""
_CONVERGED = 1e-9
"""Newton's method ends when twice the log-likelihood that it can still gain is below this."""
_MIN_STEP = 1e-9
"""Smallest fraction of a step that is tried."""


def profile_interval(profile: Profile, observed: int, level: float) -> tuple[float, float | None, float | None]:
    """Return the number of people with the largest profile likelihood, and the ends of the interval.

    If the likelihood has no maximum, the number is infinite and both ends are None. The upper end is None if there is no limit.

    The likelihood is multinomial, with the number of people as a parameter: R. M. Cormack (1992), Interval estimation for
    mark-recapture studies of closed populations, Biometrics 48, 567–576; `closedpCI.t` of Rcapture does the same. Its peak is
    slightly below the Poisson estimate.
    """

    def value(unseen: float) -> float:  # Stirling's formula lets the large parts of (n + u)! / u! cancel exactly.
        ends = stirling_remainder(np.array([observed + unseen, unseen]))
        return float(0.5 * np.log1p(observed / unseen) + ends[0] - ends[1]) - profile(unseen)[0]

    def slope(unseen: float) -> float:
        # The coefficients already maximize the likelihood, so their change adds nothing to the slope.
        return profile(unseen)[1] + float(digamma(observed + unseen + 1) - digamma(unseen + 1))

    top = float(observed)
    while slope(top) > 0:
        top *= 4
        if top > _FURTHEST * observed:
            return float("inf"), None, None
    peak = brentq(slope, _MIN_MISSING, top, xtol=1e-6) if slope(_MIN_MISSING) > 0 else _MIN_MISSING
    most_likely = peak if peak > _MIN_MISSING else 0.0
    limit = value(peak) - float(gammaincinv(0.5, level))
    low = brentq(lambda unseen: value(unseen) - limit, _MIN_MISSING, peak, xtol=1e-6) if value(_MIN_MISSING) < limit else 0.0
    while value(top) > limit:
        top *= 4
        if top > _FURTHEST * observed:
            return observed + most_likely, observed + low, None
    high = brentq(lambda unseen: value(unseen) - limit, peak, top, xtol=1e-6)
    return observed + most_likely, observed + low, observed + high


def model_profile(space: ModelSpace, counts: Floats, free: Mask, cells: Mask, start: Floats) -> Profile:
    """Return the profile of a log-linear model of a table (cells). The first fit starts from `start`, and each later fit from
    the one before.

    `free` (terms) and `cells` (cells) are the part that is fitted (`overt.estimation.loglinear.newton_fit.Support`).
    """
    terms = np.flatnonzero(free)
    no_list = np.zeros((1, len(terms)))
    no_list[0, 0] = 1
    columns = np.concatenate([space.columns[np.ix_(cells, terms)], no_list])
    beta = start[terms].copy()

    def profile(unseen: float) -> tuple[float, float]:
        nonlocal beta
        all_counts = np.append(counts[cells], unseen)
        beta = maximize_likelihood(columns, all_counts, beta)
        logs = columns @ beta
        return float(shortfall(all_counts, np.exp(logs)).sum()), float(logs[-1] - np.log(all_counts.sum()))

    return profile


def independence_profile(patterns: Mask, counts: Floats) -> Profile:
    """Return the profile of independent lists from the filled cells (cells × lists).

    The probability of each list is its share of the people.
    """
    totals = counts @ patterns

    def profile(unseen: float) -> tuple[float, float]:
        number = float(counts.sum()) + unseen
        on, off = np.log(totals / number), np.log1p(-totals / number)
        no_list = float(off.sum())
        mean = number * np.append(np.exp(np.where(patterns, on, off).sum(axis=1)), np.exp(no_list))
        empty = max(number - float(mean.sum()), 0.0)
        return float(shortfall(np.append(counts, unseen), mean).sum()) + empty, no_list

    return profile


def maximize_likelihood(columns: Floats, counts: Floats, beta: Floats) -> Floats:
    """Return the coefficients with the largest Poisson likelihood for one table (cells) and any columns (cells × coefficients).

    Newton's method starts from `beta` or from a weighted regression on the logarithms of the counts + 0.5, whichever fits better.
    """
    weights = counts + 0.5
    ridge = 1e-12 * np.eye(len(beta))
    right = columns.T @ (weights * np.log(weights))
    regression = np.asarray(np.linalg.solve((columns.T * weights) @ columns + ridge, right), dtype=np.float64)
    warm, cold = _evaluate(columns, counts, beta), _evaluate(columns, counts, regression)
    short, beta, mean = warm if warm[0] <= cold[0] else cold
    for _ in range(100):
        score = columns.T @ (counts - mean)
        step = np.linalg.solve((columns.T * mean) @ columns + ridge, score)
        last, size = float(score @ step) < _CONVERGED, 1.0
        attempt = _evaluate(columns, counts, beta + step)
        while attempt[0] >= short and not last and size > _MIN_STEP:
            size /= 2
            attempt = _evaluate(columns, counts, beta + size * step)
        if attempt[0] >= short and not last:
            break
        short, beta, mean = attempt
        if last:
            break
    return beta


def _evaluate(columns: Floats, counts: Floats, beta: Floats) -> tuple[float, Floats, Floats]:
    """Return the shortfall, the coefficients and the means for these coefficients."""
    mean = np.exp(np.clip(columns @ beta, -700.0, 700.0))
    return float(shortfall(counts, mean).sum()), beta, mean
