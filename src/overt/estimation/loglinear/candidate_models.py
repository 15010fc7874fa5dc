"""The models that a table is looked at with: all hierarchical ones, or those of pairs, or those that a search meets."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overt.estimation.estimates import Code
from overt.estimation.loglinear.existence import supports
from overt.estimation.loglinear.model_space import MOST_ENUMERATED, Floats, Mask, Space, hierarchical_models, space_of
from overt.estimation.loglinear.newton_fit import Support, fit
from overt.estimation.overlap_tables.overlap_table import Lists

NEAR = 6.0
"""Models whose BIC is no further from the best are near-best; beyond, the evidence against one is strong (Raftery 1995)."""
ALL, PAIRS, SEARCHED = (
    "all hierarchical models",
    "all models with terms of two lists",
    "models with terms of two lists that a search met",
)


@dataclass(frozen=True, eq=False)
class Candidates:
    """Models (k × terms of `space`) of a table, with a `Code` each, and the estimate, AIC, BIC, deviance and degrees of freedom
    of those that have one (else NaN), and what of it is fitted.

    Degrees of freedom are the cells that can hold somebody less the terms that have a coefficient: Y. M. M. Bishop, S. E.
    Fienberg and P. W. Holland (1975), Discrete Multivariate Analysis, MIT Press, chapter 5.

    `scope` says which models these are: `ALL` up to five lists, `PAIRS` for six, else `SEARCHED`.
    """

    space: Space
    models: Mask
    codes: NDArray[np.int64]
    estimates: Floats
    aic: Floats
    bic: Floats
    deviance: Floats
    degrees: Floats
    support: Support
    scope: str

    def best(self, criterion: Floats) -> int | None:
        """The model with the smallest criterion, or None where no model has an estimate."""
        return None if np.isnan(criterion).all() else int(np.nanargmin(criterion))

    def ranked(self) -> NDArray[np.intp]:
        """The models that have an estimate, by BIC."""
        order = np.argsort(self.bic, kind="stable")
        return order[: int((~np.isnan(self.bic)).sum())]

    def near(self) -> NDArray[np.intp]:
        """The near-best models, by BIC."""
        ranked = self.ranked()
        return ranked[self.bic[ranked] <= self.bic[ranked[:1]] + NEAR]


@lru_cache(maxsize=32)
def candidates(lists: Lists) -> Candidates:
    """All models of a table that are looked at. Raises UsageError beyond twelve lists."""
    size = len(lists.names)
    if size > MOST_ENUMERATED + 1:
        return _searched(lists)
    order = size - 1 if size <= MOST_ENUMERATED else 2
    return _tried(lists, space_of(size, order), hierarchical_models(size, order), ALL if size <= MOST_ENUMERATED else PAIRS)


def _tried(lists: Lists, space: Space, models: Mask, scope: str) -> Candidates:
    counts = np.broadcast_to(lists.cells()[1].astype(np.float64), (len(models), len(space.patterns)))
    found, support = supports(space, counts, models)
    fine = found == Code.FINE
    fits = fit(space, counts[fine], models[fine], support=support.rows(fine))
    estimates, aic, bic, deviance, degrees = np.full((5, len(models)), np.nan)
    estimates[fine], aic[fine], deviance[fine] = lists.observed + fits.unseen, fits.aic, fits.deviance
    degrees[fine] = support.cells[fine].sum(axis=1) - support.free[fine].sum(axis=1)
    bic[fine] = fits.bic(np.full(int(fine.sum()), float(lists.observed)))
    return Candidates(space, models, found, estimates, aic, bic, deviance, degrees, support, scope)


def _joined(one: Candidates, other: Candidates) -> Candidates:
    pairs = zip(_columns(one), _columns(other), strict=True)
    models, found, estimates, aic, bic, deviance, degrees, free, cells = (np.concatenate(pair) for pair in pairs)
    return Candidates(one.space, models, found, estimates, aic, bic, deviance, degrees, Support(free, cells), one.scope)


def _columns(held: Candidates) -> tuple[NDArray[Any], ...]:
    numbers = held.estimates, held.aic, held.bic, held.deviance, held.degrees
    return held.models, held.codes, *numbers, held.support.free, held.support.cells


def _searched(lists: Lists) -> Candidates:
    """Downhill from independent lists: a pair more or less, whatever lowers BIC most; every model on the way is kept."""
    space = space_of(len(lists.names), 2)
    met = _tried(lists, space, space.main_effects()[None], SEARCHED)
    known = {met.models[0].tobytes()}
    pairs = np.flatnonzero(space.order == 2)
    at: int | None = 0
    while at is not None:
        beside = np.repeat(met.models[at][None], len(pairs), axis=0)
        beside[np.arange(len(pairs)), pairs] ^= True
        fresh = beside[[model.tobytes() not in known for model in beside]]
        known |= {model.tobytes() for model in fresh}
        if not len(fresh):
            break
        more = _tried(lists, space, fresh, SEARCHED)
        met = _joined(met, more)
        best = met.best(met.bic)
        at = best if best != at else None
    return met
