"""Candidate models of a table: all hierarchical models, all with terms of at most two lists, or those that a search tries."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overt.estimation.array_types import Floats, Integers, Mask, Positions
from overt.estimation.estimate_result_and_verdicts import Code
from overt.estimation.loglinear.maximum_likelihood_existence import find_supports
from overt.estimation.loglinear.model_space import MAX_ENUMERATED_LISTS, ModelSpace, hierarchical_models, model_space
from overt.estimation.loglinear.newton_fit import Support, fit
from overt.estimation.overlap_tables.overlap_table import OverlapTable

NEAR = 6.0
"""Maximum difference between the BIC of a near-best model and the best BIC.

With a larger difference, the evidence against a model is strong (Raftery 1995).
"""
ALL, PAIRS, SEARCHED = (
    "all hierarchical models",
    "all models with terms of two lists",
    "models with terms of two lists that a search met",
)


@dataclass(frozen=True, eq=False)
class CandidateModels:
    """Models of a table with their results; numbers are NaN for models without an estimate.

    The degrees of freedom are the number of cells that can be filled minus the number of terms with a coefficient: Y. M. M.
    Bishop, S. E. Fienberg and P. W. Holland (1975), Discrete Multivariate Analysis, MIT Press, chapter 5.
    """

    space: ModelSpace
    models: Mask
    """The terms of each model, as a mask of shape (models, terms of `space`)."""
    codes: Integers
    """A `Code` for each model."""
    estimates: Floats
    """Estimated total number of people for each model."""
    aic: Floats
    bic: Floats
    deviance: Floats
    degrees: Floats
    """Degrees of freedom of each model."""
    support: Support
    scope: str
    """How the candidates were chosen: `ALL` for up to MAX_ENUMERATED_LISTS lists, `PAIRS` for one more, otherwise `SEARCHED`."""

    def best(self, criterion: Floats) -> int | None:
        """Return the position of the model with the smallest criterion; None if no model has an estimate."""
        return None if np.isnan(criterion).all() else int(np.nanargmin(criterion))

    def ranked(self) -> Positions:
        """Return the positions of the models with an estimate, sorted by BIC."""
        order = np.argsort(self.bic, kind="stable")
        return order[: int((~np.isnan(self.bic)).sum())]

    def near_best(self) -> Positions:
        """Return the positions of the near-best models, sorted by BIC."""
        ranked = self.ranked()
        return ranked[self.bic[ranked] <= self.bic[ranked[:1]] + NEAR]


@lru_cache(maxsize=32)
def candidate_models(table: OverlapTable) -> CandidateModels:
    """Fit all candidate models of a table. Raises UsageError for more than `MAX_CELLS` lists."""
    size = len(table.names)
    if size > MAX_ENUMERATED_LISTS + 1:
        return _search(table)
    order = size - 1 if size <= MAX_ENUMERATED_LISTS else 2
    scope = ALL if size <= MAX_ENUMERATED_LISTS else PAIRS
    return _fit_models(table, model_space(size, order), hierarchical_models(size, order), scope)


def _fit_models(table: OverlapTable, space: ModelSpace, models: Mask, scope: str) -> CandidateModels:
    counts = np.broadcast_to(table.cells()[1].astype(np.float64), (len(models), len(space.patterns)))
    codes, support = find_supports(space, counts, models)
    fine = codes == Code.FINE
    fits = fit(space, counts[fine], models[fine], support=support.rows(fine))
    estimates, aic, bic, deviance, degrees = np.full((5, len(models)), np.nan)
    estimates[fine], aic[fine], deviance[fine] = table.observed + fits.unseen, fits.aic, fits.deviance
    degrees[fine] = support.cells[fine].sum(axis=1) - support.free[fine].sum(axis=1)
    bic[fine] = fits.bic(np.full(int(fine.sum()), float(table.observed)))
    return CandidateModels(space, models, codes, estimates, aic, bic, deviance, degrees, support, scope)


def _concatenate(first: CandidateModels, second: CandidateModels) -> CandidateModels:
    pairs = zip(_arrays(first), _arrays(second), strict=True)
    models, codes, estimates, aic, bic, deviance, degrees, free, cells = (np.concatenate(pair) for pair in pairs)
    support = Support(free, cells)
    return CandidateModels(first.space, models, codes, estimates, aic, bic, deviance, degrees, support, first.scope)


def _arrays(candidates: CandidateModels) -> tuple[NDArray[Any], ...]:
    numbers = candidates.estimates, candidates.aic, candidates.bic, candidates.deviance, candidates.degrees
    return candidates.models, candidates.codes, *numbers, candidates.support.free, candidates.support.cells


def _search(table: OverlapTable) -> CandidateModels:
    """Search downhill, starting from independent lists: each step adds or removes the pair that lowers BIC most.

    All models that are tried along the way become candidates.
    """
    space = model_space(len(table.names), 2)
    candidates = _fit_models(table, space, space.main_effects()[None], SEARCHED)
    visited = {candidates.models[0].tobytes()}
    pairs = np.flatnonzero(space.order == 2)
    current: int | None = 0
    while current is not None:
        neighbours = np.repeat(candidates.models[current][None], len(pairs), axis=0)
        neighbours[np.arange(len(pairs)), pairs] ^= True
        fresh = neighbours[[model.tobytes() not in visited for model in neighbours]]
        visited |= {model.tobytes() for model in fresh}
        if not len(fresh):
            break
        candidates = _concatenate(candidates, _fit_models(table, space, fresh, SEARCHED))
        best = candidates.best(candidates.bic)
        current = best if best != current else None
    return candidates
