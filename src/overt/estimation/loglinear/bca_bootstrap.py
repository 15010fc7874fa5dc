"""Intervals by drawing the people anew, with the choice of the model repeated in every draw."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from overt.estimation.loglinear.model_space import Floats

Estimator = Callable[[Floats], Floats]
"""From tables (m × cells) to their estimates (m), choosing a model for each; not a number where there is none."""
REPLICATES = 10_000
"""Draws. BCa may look at the last in a thousand of them, so that the 1,000 of SparseMSE move its ends by a tenth."""
FEWER = 1_000
"""Draws of tables of nine lists and more."""
_LARGE = 255
"""Cells of eight lists."""


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """Estimates of tables drawn anew (`drawn`), and the acceleration of BCa."""

    estimate: float
    drawn: Floats
    acceleration: float

    @property
    def failed(self) -> int:
        """Draws that have no estimate; intervals are of the others."""
        return int(np.isnan(self.drawn).sum())

    def interval(self, level: float) -> tuple[float | None, float | None]:
        """The bias-corrected and accelerated interval, or None where more than half of the draws have no estimate.

        B. Efron (1987), Better bootstrap confidence intervals, JASA 82, 171–185; quantiles as in SparseMSE (type 8).
        """
        drawn = self.drawn[~np.isnan(self.drawn)]
        if len(drawn) <= len(self.drawn) / 2:
            return None, None
        edge = 0.5 / len(drawn)  # all draws on one side would put the bias at infinity
        bias = ndtri(np.clip((drawn < self.estimate).mean(), edge, 1 - edge))
        ends = bias + ndtri([(1 - level) / 2, (1 + level) / 2])
        low, high = np.quantile(drawn, ndtr(bias + ends / (1 - self.acceleration * ends)), method="median_unbiased")
        return float(low), float(high)


def bootstrap(counts: Floats, estimator: Estimator, seed: int, replicates: int | None = None) -> Bootstrap:
    """Draw as many people as there are from the table's cells, again and again, and estimate from each draw.

    The acceleration is that of leaving out one person, which is one table for each filled cell. L. Chan, B. W. Silverman and
    K. Vincent (2021), JASA 116, section 3.3; B. W. Silverman, L. Chan and K. Vincent (2024), Bootstrapping multiple systems
    estimates to account for model selection, Statistics and Computing 34, 44.
    """
    people = int(counts.sum())
    draws = replicates or (REPLICATES if len(counts) <= _LARGE else FEWER)
    tables = np.random.default_rng(seed).multinomial(people, counts / people, size=draws)
    filled = np.flatnonzero(counts)
    without = np.repeat(counts[None], len(filled), axis=0)
    without[np.arange(len(filled)), filled] -= 1
    found = estimator(np.concatenate([counts[None], without, tables.astype(np.float64)]))
    left_out = found[1 : 1 + len(filled)]
    known = ~np.isnan(left_out)
    weights = counts[filled][known]
    influence = np.average(left_out[known], weights=weights) - left_out[known] if known.any() else np.zeros(0)
    spread = float((weights * influence**2).sum()) ** 1.5
    acceleration = float((weights * influence**3).sum()) / (6 * spread) if spread > 0 else 0.0
    return Bootstrap(float(found[0]), found[1 + len(filled) :], acceleration)
