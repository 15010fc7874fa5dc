"""Intervals from the profile likelihood of the total."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import digamma, gammaincinv

from overt.estimation.loglinear.model_space import Floats, Mask, Space
from overt.estimation.loglinear.poisson_likelihood import remainder, shortfall

Given = Callable[[float], tuple[float, float]]
"""From a number of people on no list, by how much the largest log-likelihood of the table with them falls short of that of a
model that fits each cell, and the log-probability of their cell."""
_FURTHEST = 1e7
"""An upper limit so many times the people observed is none."""
_LEAST = 1e-9
"""Nobody on no list, nearly: the logarithm of zero people has no slope."""
_CLOSE = 1e-9
"""Twice the log-likelihood that a step of Newton's has yet to gain when it is the last."""
_SMALLEST = 1e-9
"""Smallest part of a step that is tried."""


def profile_interval(given: Given, observed: int, level: float) -> tuple[float, float | None, float | None]:
    """The total at which the profile likelihood is largest, and the interval around it; no upper end where there is none.

    The likelihood is multinomial, with the total as a parameter: R. M. Cormack (1992), Interval estimation for mark-recapture
    studies of closed populations, Biometrics 48, 567–576; `closedpCI.t` of Rcapture does the same. Its largest value lies a
    little below the Poisson estimate.
    """

    def value(unseen: float) -> float:  # Stirling's formula cancels the large parts of (n + u)! / u! exactly
        ends = remainder(np.array([observed + unseen, unseen]))
        return float(0.5 * np.log1p(observed / unseen) + ends[0] - ends[1]) - given(unseen)[0]

    def slope(unseen: float) -> float:  # the table's own part does not move at its best
        return given(unseen)[1] + float(digamma(observed + unseen + 1) - digamma(unseen + 1))

    top = float(observed)
    while slope(top) > 0:
        top *= 4
        if top > _FURTHEST * observed:
            return float("inf"), None, None
    peak = brentq(slope, _LEAST, top, xtol=1e-6) if slope(_LEAST) > 0 else _LEAST
    most_likely = peak if peak > _LEAST else 0.0
    wanted = value(peak) - float(gammaincinv(0.5, level))
    low = brentq(lambda unseen: value(unseen) - wanted, _LEAST, peak, xtol=1e-6) if value(_LEAST) < wanted else 0.0
    while value(top) > wanted:
        top *= 4
        if top > _FURTHEST * observed:
            return observed + most_likely, observed + low, None
    high = brentq(lambda unseen: value(unseen) - wanted, peak, top, xtol=1e-6)
    return observed + most_likely, observed + low, observed + high


def of_model(space: Space, counts: Floats, free: Mask, cells: Mask, start: Floats) -> Given:
    """`Given` for a log-linear model of a table (cells), by Newton's method from where it was last.

    `free` (terms) and `cells` (cells): what of the model and of the table is fitted (`overt.estimation.loglinear.newton_fit.Support`).
    """
    at = np.flatnonzero(free)
    nobody = np.zeros((1, len(at)))
    nobody[0, 0] = 1
    columns = np.concatenate([space.columns[np.ix_(cells, at)], nobody])
    begun = start[at].copy()

    def given(unseen: float) -> tuple[float, float]:
        nonlocal begun
        held = np.append(counts[cells], unseen)
        begun = largest(columns, held, begun)
        logs = columns @ begun
        return float(shortfall(held, np.exp(logs)).sum()), float(logs[-1] - np.log(held.sum()))

    return given


def of_independence(patterns: NDArray[np.bool_], counts: Floats) -> Given:
    """`Given` for independent lists, from the filled cells (cells × lists): every list's share of all is its probability."""
    totals = counts @ patterns

    def given(unseen: float) -> tuple[float, float]:
        number = float(counts.sum()) + unseen
        on, off = np.log(totals / number), np.log1p(-totals / number)
        nobody = float(off.sum())
        mean = number * np.append(np.exp(np.where(patterns, on, off).sum(axis=1)), np.exp(nobody))
        empty = max(number - float(mean.sum()), 0.0)
        return float(shortfall(np.append(counts, unseen), mean).sum()) + empty, nobody

    return given


def largest(columns: Floats, counts: Floats, beta: Floats) -> Floats:
    """The coefficients of largest Poisson likelihood for one table (cells) and any columns (cells × coefficients).

    Newton's method from `beta`, or from a weighted regression of the logarithms of the counts, as glm in R begins: whichever fits
    better.
    """
    begun = counts + 0.5
    ridge = 1e-12 * np.eye(len(beta))
    right = columns.T @ (begun * np.log(begun))
    fresh = np.asarray(np.linalg.solve((columns.T * begun) @ columns + ridge, right), dtype=np.float64)
    warm, cold = _fitted(columns, counts, beta), _fitted(columns, counts, fresh)
    short, beta, mean = warm if warm[0] <= cold[0] else cold
    for _ in range(100):
        score = columns.T @ (counts - mean)
        step = np.linalg.solve((columns.T * mean) @ columns + ridge, score)
        last, size = float(score @ step) < _CLOSE, 1.0
        tried = _fitted(columns, counts, beta + step)
        while tried[0] >= short and not last and size > _SMALLEST:
            size /= 2
            tried = _fitted(columns, counts, beta + size * step)
        if tried[0] >= short and not last:
            break
        short, beta, mean = tried
        if last:
            break
    return beta


def _fitted(columns: Floats, counts: Floats, beta: Floats) -> tuple[float, Floats, Floats]:
    mean = np.exp(np.clip(columns @ beta, -700.0, 700.0))
    return float(shortfall(counts, mean).sum()), beta, mean
