"""Models chosen step by step, for many tables at once: the steps of all tables are taken together."""

from collections.abc import Callable

import numpy as np
from scipy.special import ndtri, pdtr, pdtrc

from overt.estimation.loglinear.existence import additions
from overt.estimation.loglinear.model_space import Floats, Mask, Space
from overt.estimation.loglinear.newton_fit import Fits, fit

Chosen = tuple[Mask, Fits]
"""The models (m × terms) and their fits."""


def by_overlap(space: Space, counts: Floats, threshold: float) -> Chosen:
    """Add the pair whose overlap surprises most, as long as its Poisson probability is below the threshold.

    The probability is that of an overlap at least as extreme as that seen, on the smaller side, given the model so far. Pairs
    with which there would be no estimate are passed over. Chan, Silverman and Vincent (2021), JASA 116, section 3.2;
    `stepwisefit` of SparseMSE does the same.
    """

    def choose(part: Floats, models: Mask, fits: Fits) -> Mask:
        expected, seen = fits.mean @ space.columns, part @ space.columns
        above = np.where(seen > 0, pdtrc(np.maximum(seen - 1, 0), expected), 1.0)
        surprise = np.minimum(pdtr(seen, expected), above)
        surprise[models | (space.order != 2)] = 1.0
        best, row = surprise.argmin(axis=1), np.arange(len(part))
        doubtful = row
        while len(doubtful):  # the next best, where the best would leave no estimate
            held = doubtful[surprise[doubtful, best[doubtful]] < threshold]
            fine = additions(space, part[held], models[held], _one(space, best[held], True)).any(axis=1)
            doubtful = held[~fine]
            surprise[doubtful, best[doubtful]] = 1.0
            best[doubtful] = surprise[doubtful].argmin(axis=1)
        return _one(space, best, surprise[row, best] < threshold)

    return _stepwise(space, counts, choose)


def by_aic(space: Space, counts: Floats, threshold: float) -> Chosen:
    """Add the pair that lowers Akaike's criterion most, as long as it lowers it and Wald's test finds the pair significant.

    K. Bales, O. Hesketh and B. Silverman (2015), Modern slavery in the UK: how many victims?, Significance 12(3), 16–21. A pair
    that nobody shares is at −∞, has no standard error and is not significant: there the search ends, as with glm in R. Pairs
    with which there would be no estimate are passed over.
    """
    quantile = -float(ndtri(threshold / 2))

    def choose(part: Floats, models: Mask, fits: Fits) -> Mask:
        allowed = additions(space, part, models, ~models & (space.order == 2))
        rows, terms = np.nonzero(allowed)
        larger = models[rows]
        larger[np.arange(len(rows)), terms] = True
        tried = fit(space, part[rows], larger, fits.beta[rows])
        criterion = np.full(models.shape, np.inf)
        criterion[rows, terms] = tried.aic
        significant = np.zeros_like(models)
        at = np.arange(len(rows)), terms
        significant[rows, terms] = np.abs(tried.beta[at]) >= quantile * np.sqrt(tried.variance(space)[at])
        best = criterion.argmin(axis=1)
        row = np.arange(len(best))
        return _one(space, best, (criterion[row, best] < fits.aic) & significant[row, best])

    return _stepwise(space, counts, choose)


def _stepwise(space: Space, counts: Floats, choose: Callable[[Floats, Mask, Fits], Mask]) -> Chosen:
    models = np.repeat(space.main_effects()[None], len(counts), axis=0)
    fits = fit(space, counts, models)
    going = np.arange(len(counts))
    while len(going):
        added = choose(counts[going], models[going], fits.rows(going))
        grown = added.any(axis=1)
        going = going[grown]
        if len(going):
            models[going] |= added[grown]
            fits = fits.replaced(going, fit(space, counts[going], models[going], fits.beta[going]))
    return models, fits


def _one(space: Space, terms: np.ndarray, wanted: "np.ndarray | bool") -> Mask:
    added = np.zeros((len(terms), len(space.terms)), dtype=np.bool_)
    added[np.arange(len(terms)), terms] = wanted
    return added
