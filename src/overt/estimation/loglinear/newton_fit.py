"""Fits Poisson log-linear models by Newton's method, many tables and models at once."""

from dataclasses import dataclass

import numpy as np

from overt.estimation.array_types import Floats, Mask, Positions
from overt.estimation.loglinear.model_space import ModelSpace
from overt.estimation.loglinear.poisson_likelihood import saturated, shortfall

_STEPS = 60
_MIN_STEP = 1e-6
"""Smallest fraction of a step that is tried."""
_MAX_LOG_MEAN = 200.0
_CONVERGED = 1e-9
"""Relative change of the deviance below which a fit has converged; glm in R stops at 1e-8."""
_CHUNK_NUMBERS = 2_000_000
"""Maximum number of values in a chunk: for each fit, a matrix of terms × terms and the cells."""


@dataclass(frozen=True, eq=False)
class Fits:
    """Fits of m tables, each with a model.

    A term whose lists share nobody is at −∞: its cells are certainly empty, and its `beta` is 0 here (Chan, Silverman and Vincent
    2021, Journal of the American Statistical Association 116, 1297–1306).
    """

    beta: Floats
    """Coefficients (m × terms); 0 outside the model."""
    mean: Floats
    """Expected counts (m × cells)."""
    free: Mask
    """Terms that have a coefficient (m × terms)."""
    infinite: Mask
    """Terms at −∞ (m × terms)."""
    deviance: Floats
    likelihood: Floats
    """Log-likelihood, with the factorials, as R reports it."""
    parameters: Floats
    """Number of terms of each model, including those without a finite coefficient."""

    def rows(self, index: Positions) -> "Fits":
        """Return the fits at these positions."""
        return Fits(*(array[index] for array in vars(self).values()))

    def replaced(self, index: Positions, fits: "Fits") -> "Fits":
        """Return a copy in which the fits at `index` are replaced by `fits`."""
        arrays = {name: array.copy() for name, array in vars(self).items()}
        for name, array in vars(fits).items():
            arrays[name][index] = array
        return Fits(**arrays)

    @property
    def unseen(self) -> Floats:
        """Expected numbers of people on no list, for each fit."""
        unseen: Floats = np.exp(self.beta[:, 0])
        return unseen

    @property
    def aic(self) -> Floats:
        """Akaike's criterion, for each fit."""
        return 2 * self.parameters - 2 * self.likelihood

    def variance(self, space: ModelSpace) -> Floats:
        """Return the variances of the coefficients (m × terms); infinite for terms without a coefficient."""
        columns, inner = compact_information(space, self.mean, self.free)
        variances = np.full(self.beta.shape, np.inf)
        np.put_along_axis(variances, columns, np.diagonal(np.linalg.inv(inner), axis1=1, axis2=2), axis=1)
        return np.where(self.free, variances, np.inf)

    def bic(self, observed: Floats) -> Floats:
        """Return Schwarz's criterion; the sample size is the number of people observed, as in Rcapture."""
        return np.log(observed) * self.parameters - 2 * self.likelihood


@dataclass(frozen=True, eq=False)
class Support:
    """The parts of m tables and models that are fitted."""

    free: Mask
    """Terms that get a coefficient (m × terms)."""
    cells: Mask
    """Cells that can be filled (m × cells)."""

    def rows(self, index: "Positions | Mask | slice") -> "Support":
        """Return the support of the tables at these positions."""
        return Support(self.free[index], self.cells[index])


def boundary(space: ModelSpace, counts: Floats, models: Mask) -> tuple[Mask, Mask]:
    """Return the terms at −∞, whose lists share nobody (m × terms), and the cells that remain (m × cells)."""
    infinite = models & (counts @ space.columns == 0)
    infinite[:, 0] = False
    if not infinite.any():
        return infinite, np.ones(counts.shape, dtype=np.bool_)
    return infinite, infinite.astype(np.float64) @ space.columns.T == 0


def fit(space: ModelSpace, counts: Floats, models: Mask, start: Floats | None = None, support: Support | None = None) -> Fits:
    """Fit each table (m × cells) with its model (m × terms).

    `start`: initial coefficients; None for those of a weighted regression. `support`: the part of each model to fit, as
    `maximum_likelihood_existence.find_supports` returns it; None for what `boundary` leaves. Each model must have an estimate
    (`maximum_likelihood_existence`); otherwise its fit is meaningless.
    """
    rows = len(counts)
    if not rows:
        none = np.zeros(models.shape)
        return Fits(none, np.zeros(counts.shape), models, models, *np.zeros((3, 0)))
    size = max(1, _CHUNK_NUMBERS // (len(space.terms) ** 2 + len(counts[0])))
    chunks = [slice(begin, begin + size) for begin in range(0, rows, size)]
    fits = [
        _fit_chunk(
            space,
            counts[chunk],
            models[chunk],
            None if start is None else start[chunk],
            None if support is None else support.rows(chunk),
        )
        for chunk in chunks
    ]
    if len(fits) == 1:
        return fits[0]
    return Fits(*(np.concatenate(arrays) for arrays in zip(*(tuple(vars(part).values()) for part in fits), strict=True)))


def _fit_chunk(space: ModelSpace, counts: Floats, models: Mask, start: Floats | None, support: Support | None) -> Fits:
    infinite, cells = boundary(space, counts, models)
    free = models & ~infinite
    if support is not None:
        free, cells = support.free, support.cells
    beta = _initial_beta(space, counts, free, cells) if start is None else np.where(free, start, 0.0)
    mean = _mean(space, beta, cells)
    deviance = _deviance(counts, mean)
    scale = np.ones(len(counts))
    active = np.arange(len(counts))
    for _ in range(_STEPS):
        score = (counts[active] - mean[active]) @ space.columns
        new_beta = beta[active] + scale[active, None] * _solve(space, mean[active], free[active], score)
        new_mean = _mean(space, new_beta, cells[active])
        new_deviance = _deviance(counts[active], new_mean)
        gain = deviance[active] - new_deviance
        # If the deviance rose, the step was too large, and half of it is tried next.
        good = gain >= -_CONVERGED * (new_deviance + 0.1)
        accepted = active[good]
        beta[accepted], mean[accepted], deviance[accepted] = new_beta[good], new_mean[good], new_deviance[good]
        scale[active] = np.where(good, 1.0, scale[active] / 2)
        active = active[~good & (scale[active] > _MIN_STEP) | good & (gain > _CONVERGED * (new_deviance + 0.1))]
        if not len(active):
            break
    likelihood = saturated(counts).sum(axis=1) - deviance / 2
    return Fits(beta, mean, free, infinite, deviance, likelihood, models.sum(axis=1).astype(np.float64))


def _initial_beta(space: ModelSpace, counts: Floats, free: Mask, cells: Mask) -> Floats:
    """Return starting coefficients: a weighted regression on the logarithms of the counts + 0.5. R's glm starts similarly."""
    weights = (counts + 0.5) * cells
    return _solve(space, weights, free, (weights * np.log(counts + 0.5)) @ space.columns)


def _mean(space: ModelSpace, beta: Floats, cells: Mask) -> Floats:
    mean: Floats = np.exp(np.clip(beta @ space.columns.T, -_MAX_LOG_MEAN, _MAX_LOG_MEAN)) * cells
    return mean


def _deviance(counts: Floats, mean: Floats) -> Floats:
    deviance: Floats = 2 * shortfall(counts, mean).sum(axis=1)
    return deviance


def _solve(space: ModelSpace, weights: Floats, terms: Mask, right: Floats) -> Floats:
    """Solve (X′WX) b = `right` for the terms in `terms`; b is zero for all other terms (m × terms)."""
    columns, inner = compact_information(space, weights, terms)
    used = np.take_along_axis(terms, columns, axis=1)
    compact = np.linalg.solve(inner, np.where(used, np.take_along_axis(right, columns, axis=1), 0.0)[:, :, None])[:, :, 0]
    solution = np.zeros_like(right)
    np.put_along_axis(solution, columns, compact, axis=1)
    return solution


def compact_information(space: ModelSpace, weights: Floats, terms: Mask) -> tuple[Positions, Floats]:
    """Return X′WX restricted to each model's terms: the column positions (m × k) and the matrices (m × k × k).

    k is the largest number of terms in any model. Smaller models are padded with the identity.
    """
    columns = np.argsort(~terms, axis=1, kind="stable")[:, : int(terms.sum(axis=1).max(initial=1))]
    used = np.take_along_axis(terms, columns, axis=1)
    inner = information(space, weights)[
        np.arange(len(columns))[:, None, None], space.spread[columns[:, :, None], columns[:, None, :]]
    ]
    inner *= used[:, :, None] & used[:, None, :]
    # With a tiny ridge, a fit that diverges ends without an error.
    inner[:, np.arange(columns.shape[1]), np.arange(columns.shape[1])] += ~used + 1e-12
    return columns, inner


def information(space: ModelSpace, weights: Floats) -> Floats:
    """Return X′WX of all terms for each row of `weights` (m × cells).

    The result is the upper triangle in the order of `ModelSpace.triangle`.
    """
    if len(weights) > 4:
        return weights @ space.products
    full = np.matmul(space.columns.T[None] * weights[:, None, :], space.columns)
    rows, columns = space.triangle
    upper: Floats = full[:, rows, columns]
    return upper
