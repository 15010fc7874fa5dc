"""Poisson log-linear models by Newton's method, many tables and models at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overt.estimation.loglinear.model_space import Floats, Mask, Space
from overt.estimation.loglinear.poisson_likelihood import saturated, shortfall

_STEPS = 60
_SMALLEST = 1e-6
"""Smallest part of a step that is tried."""
_FURTHEST = 200.0
"""Largest logarithm of a mean."""
_CLOSE = 1e-9
"""Relative change of the deviance at which a fit has converged; glm in R stops at 1e-8."""
_AT_ONCE = 2_000_000
"""Numbers that one array of a chunk may hold."""


@dataclass(frozen=True, eq=False)
class Fits:
    """Fits of m tables, each with a model: `beta` (m × terms; 0 outside the model), `mean` (m × cells), and what follows from
    them.

    `free` (m × terms) are the terms that have a coefficient.

    A term whose lists nobody shares is at −∞ (`infinite`, m × terms): its cells are empty for certain and its `beta` is 0 here
    (Chan, Silverman and Vincent 2021, Journal of the American Statistical Association 116, 1297–1306).
    """

    beta: Floats
    mean: Floats
    free: Mask
    infinite: Mask
    deviance: Floats
    likelihood: Floats
    """Log-likelihood, with the factorials, as R reports it."""
    parameters: Floats
    """Numbers of terms, those at −∞ included."""

    def rows(self, at: NDArray[np.intp]) -> "Fits":
        """Some of the fits."""
        return Fits(*(held[at] for held in vars(self).values()))

    def replaced(self, at: NDArray[np.intp], others: "Fits") -> "Fits":
        """With others in the place of some."""
        both = {name: held.copy() for name, held in vars(self).items()}
        for name, held in vars(others).items():
            both[name][at] = held
        return Fits(**both)

    @property
    def unseen(self) -> Floats:
        """Expected numbers of people on no list."""
        unseen: Floats = np.exp(self.beta[:, 0])
        return unseen

    @property
    def aic(self) -> Floats:
        """Akaike's criterion."""
        return 2 * self.parameters - 2 * self.likelihood

    def variance(self, space: Space) -> Floats:
        """Variances of the coefficients (m × terms); infinite where a term has none."""
        at, inner = compact(space, self.mean, self.free)
        found = np.full(self.beta.shape, np.inf)
        np.put_along_axis(found, at, np.diagonal(np.linalg.inv(inner), axis1=1, axis2=2), axis=1)
        return np.where(self.free, found, np.inf)

    def bic(self, observed: Floats) -> Floats:
        """Schwarz's criterion; the sample is the people observed, as in Rcapture."""
        return np.log(observed) * self.parameters - 2 * self.likelihood


@dataclass(frozen=True, eq=False)
class Support:
    """What is fitted of m tables, each with a model: the terms that get a coefficient (`free`, m × terms), and the cells that can
    hold somebody (`cells`, m × cells)."""

    free: Mask
    cells: Mask

    def rows(self, at: "NDArray[np.intp] | Mask | slice") -> "Support":
        """Of some of the tables."""
        return Support(self.free[at], self.cells[at])


def boundary(space: Space, counts: Floats, models: Mask) -> tuple[Mask, Mask]:
    """Terms at −∞ (m × terms), since nobody is on all their lists, and cells that remain (m × cells)."""
    infinite = models & (counts @ space.columns == 0)
    infinite[:, 0] = False
    if not infinite.any():
        return infinite, np.ones(counts.shape, dtype=np.bool_)
    return infinite, infinite.astype(np.float64) @ space.columns.T == 0


def fit(space: Space, counts: Floats, models: Mask, start: Floats | None = None, support: Support | None = None) -> Fits:
    """Fit to each table (m × cells) its model (m × terms); `start` are coefficients to begin at, `support` what of each is
    fitted, where that is less than `boundary` leaves (`overt.estimation.loglinear.existence.supports`).

    The models have to have an estimate (`overt.estimation.loglinear.existence`); where one has none the numbers mean nothing.
    """
    rows = len(counts)
    if not rows:
        none = np.zeros(models.shape)
        return Fits(none, np.zeros(counts.shape), models, models, *np.zeros((3, 0)))
    size = max(1, _AT_ONCE // (len(space.terms) ** 2 + len(counts[0])))
    parts = [slice(at, at + size) for at in range(0, rows, size)]
    done = [
        _fit(
            space,
            counts[part],
            models[part],
            None if start is None else start[part],
            None if support is None else support.rows(part),
        )
        for part in parts
    ]
    if len(done) == 1:
        return done[0]
    return Fits(*(np.concatenate(held) for held in zip(*(tuple(vars(one).values()) for one in done), strict=True)))


def _fit(space: Space, counts: Floats, models: Mask, start: Floats | None, support: Support | None) -> Fits:
    infinite, cells = boundary(space, counts, models)
    free = models & ~infinite
    if support is not None:
        free, cells = support.free, support.cells
    beta = _first(space, counts, free, cells) if start is None else np.where(free, start, 0.0)
    mean = _mean(space, beta, cells)
    deviance = _deviance(counts, mean)
    scale = np.ones(len(counts))
    going = np.arange(len(counts))
    for _ in range(_STEPS):
        score = (counts[going] - mean[going]) @ space.columns
        tried = beta[going] + scale[going, None] * _solved(space, mean[going], free[going], score)
        reached = _mean(space, tried, cells[going])
        after = _deviance(counts[going], reached)
        gain = deviance[going] - after
        good = gain >= -_CLOSE * (after + 0.1)  # else the step went too far, and half of it is tried
        taken = going[good]
        beta[taken], mean[taken], deviance[taken] = tried[good], reached[good], after[good]
        scale[going] = np.where(good, 1.0, scale[going] / 2)
        going = going[~good & (scale[going] > _SMALLEST) | good & (gain > _CLOSE * (after + 0.1))]
        if not len(going):
            break
    likelihood = saturated(counts).sum(axis=1) - deviance / 2
    return Fits(beta, mean, free, infinite, deviance, likelihood, models.sum(axis=1).astype(np.float64))


def _first(space: Space, counts: Floats, free: Mask, cells: Mask) -> Floats:
    """Coefficients of a weighted regression of the logarithms of the counts, as glm in R begins."""
    begun = (counts + 0.5) * cells
    return _solved(space, begun, free, (begun * np.log(counts + 0.5)) @ space.columns)


def _mean(space: Space, beta: Floats, cells: Mask) -> Floats:
    mean: Floats = np.exp(np.clip(beta @ space.columns.T, -_FURTHEST, _FURTHEST)) * cells
    return mean


def _deviance(counts: Floats, mean: Floats) -> Floats:
    deviance: Floats = 2 * shortfall(counts, mean).sum(axis=1)
    return deviance


def _solved(space: Space, weights: Floats, terms: Mask, right: Floats) -> Floats:
    """The solution of (X′WX) b = `right` among `terms`, zero elsewhere (m × terms)."""
    at, inner = compact(space, weights, terms)
    held = np.take_along_axis(terms, at, axis=1)
    small = np.linalg.solve(inner, np.where(held, np.take_along_axis(right, at, axis=1), 0.0)[:, :, None])[:, :, 0]
    solution = np.zeros_like(right)
    np.put_along_axis(solution, at, small, axis=1)
    return solution


def compact(space: Space, weights: Floats, terms: Mask) -> tuple[NDArray[np.intp], Floats]:
    """X′WX of those terms alone, as the numbers of the terms (m × most terms of a model) and matrices; filled up with ones."""
    at = np.argsort(~terms, axis=1, kind="stable")[:, : int(terms.sum(axis=1).max(initial=1))]
    held = np.take_along_axis(terms, at, axis=1)
    inner = information(space, weights)[np.arange(len(at))[:, None, None], space.spread[at[:, :, None], at[:, None, :]]]
    inner *= held[:, :, None] & held[:, None, :]
    # A trace of a ridge: a fit that runs away to infinity ends instead of failing.
    inner[:, np.arange(at.shape[1]), np.arange(at.shape[1])] += ~held + 1e-12
    return at, inner


def information(space: Space, weights: Floats) -> Floats:
    """X′WX of all terms for each row of `weights` (m × cells): the upper triangle (m × pairs, as in `Space.triangle`)."""
    if len(weights) > 4:
        return weights @ space.products
    full = np.matmul(space.columns.T[None] * weights[:, None, :], space.columns)
    one, other = space.triangle
    upper: Floats = full[:, one, other]
    return upper
