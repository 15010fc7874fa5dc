"""Stepwise selection of models for many tables at once. Every step is taken for all tables together."""

from collections.abc import Callable

import numpy as np
from scipy.special import ndtri, pdtr, pdtrc

from overt.estimation.array_types import Floats, Mask, Positions
from overt.estimation.loglinear.maximum_likelihood_existence import estimable_additions
from overt.estimation.loglinear.model_space import ModelSpace
from overt.estimation.loglinear.newton_fit import Fits, fit

Selection = tuple[Mask, Fits]
"""The selected models (m × terms) and their fits."""


def select_by_overlap(space: ModelSpace, counts: Floats, threshold: float) -> Selection:
    """Select a model for each table (m × cells) by adding pairs of lists with surprising overlaps to the independent lists.

    Pairs are added one at a time, the one with the most surprising overlap first, while the overlap's probability is below
    `threshold`. This is a one-sided Poisson probability under the current model: that of an overlap at most as large as the
    observed one, or that of one at least as large, whichever is smaller. Pairs that would leave no estimate are skipped. Chan,
    Silverman and Vincent (2021), JASA 116, section 3.2; `stepwisefit` of SparseMSE does the same.
    """

    def choose(tables: Floats, models: Mask, fits: Fits) -> Mask:
        expected, observed = fits.mean @ space.columns, tables @ space.columns
        above = np.where(observed > 0, pdtrc(np.maximum(observed - 1, 0), expected), 1.0)
        surprise = np.minimum(pdtr(observed, expected), above)
        surprise[models | (space.order != 2)] = 1.0
        best, row = surprise.argmin(axis=1), np.arange(len(tables))
        doubtful = row
        while len(doubtful):  # If no estimate would exist with the best pair, the next best is tried.
            tested = doubtful[surprise[doubtful, best[doubtful]] < threshold]
            fine = estimable_additions(space, tables[tested], models[tested], _term_mask(space, best[tested], True)).any(axis=1)
            doubtful = tested[~fine]
            surprise[doubtful, best[doubtful]] = 1.0
            best[doubtful] = surprise[doubtful].argmin(axis=1)
        return _term_mask(space, best, surprise[row, best] < threshold)

    return _select(space, counts, choose)


def select_by_aic(space: ModelSpace, counts: Floats, threshold: float) -> Selection:
    """Select a model for each table (m × cells): start from independent lists, and add significant pairs that lower AIC.

    Pairs are added one at a time: each step adds the pair that lowers AIC most. The search ends if no pair lowers AIC, or if
    this pair is not significant, because the p-value of its Wald test is above `threshold`.

    K. Bales, O. Hesketh and B. Silverman (2015), Modern slavery in the UK: how many victims?, Significance 12(3), 16–21. A pair
    of lists that share nobody is at −∞, so it has no standard error and isn't significant; the search ends there, as with glm in
    R. Pairs that would leave no estimate are skipped.
    """
    quantile = -float(ndtri(threshold / 2))

    def choose(tables: Floats, models: Mask, fits: Fits) -> Mask:
        allowed = estimable_additions(space, tables, models, ~models & (space.order == 2))
        rows, terms = np.nonzero(allowed)
        larger = models[rows]
        larger[np.arange(len(rows)), terms] = True
        larger_fits = fit(space, tables[rows], larger, fits.beta[rows])
        criterion = np.full(models.shape, np.inf)
        criterion[rows, terms] = larger_fits.aic
        significant = np.zeros_like(models)
        added = np.arange(len(rows)), terms
        significant[rows, terms] = np.abs(larger_fits.beta[added]) >= quantile * np.sqrt(larger_fits.variance(space)[added])
        best = criterion.argmin(axis=1)
        row = np.arange(len(best))
        return _term_mask(space, best, (criterion[row, best] < fits.aic) & significant[row, best])

    return _select(space, counts, choose)


def _select(space: ModelSpace, counts: Floats, choose: Callable[[Floats, Mask, Fits], Mask]) -> Selection:
    models = np.repeat(space.main_effects()[None], len(counts), axis=0)
    fits = fit(space, counts, models)
    active = np.arange(len(counts))
    while len(active):
        added = choose(counts[active], models[active], fits.rows(active))
        grown = added.any(axis=1)
        active = active[grown]
        if len(active):
            models[active] |= added[grown]
            fits = fits.replaced(active, fit(space, counts[active], models[active], fits.beta[active]))
    return models, fits


def _term_mask(space: ModelSpace, terms: Positions, selected: "Mask | bool") -> Mask:
    """Return a mask (m × terms) with one term set in each selected row."""
    mask = np.zeros((len(terms), len(space.terms)), dtype=np.bool_)
    mask[np.arange(len(terms)), terms] = selected
    return mask
