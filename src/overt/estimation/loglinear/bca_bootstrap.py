"""Bootstrap intervals (BCa). A method that chooses a model chooses again in every replicate."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from overt.estimation.array_types import Floats
from overt.estimation.time_limit import Checkpoint, no_checkpoint

Estimator = Callable[[Floats], Floats]
"""Function from tables (m × cells) to estimates (m). NaN means that there is no estimate."""
REPLICATES = 10_000
"""Default number of replicates for tables of up to 255 cells, the number of cells of eight lists.

An end of a BCa interval can depend on the most extreme thousandth of the replicates. Of the 1,000 that SparseMSE draws, that is
only one, so the ends would differ noticeably from seed to seed.
"""
FEWER_REPLICATES = 1_000
"""Default number of replicates for larger tables."""
_PART_CELLS, _PART = 25_000, 100
"""A checkpoint is called before each part of the tables. A part has about `_PART_CELLS` cells, but at least `_PART` tables."""
_EIGHT_LISTS = 255
"""Number of cells of a table of eight lists."""


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """The estimate from a table, the estimates from its bootstrap replicates, and the acceleration of the BCa interval."""

    estimate: float
    replicates: Floats
    """Estimates of the replicates; NaN for replicates without an estimate."""
    acceleration: float

    @property
    def failed(self) -> int:
        """Number of replicates without an estimate. Intervals ignore them."""
        return int(np.isnan(self.replicates).sum())

    def interval(self, level: float) -> tuple[float | None, float | None]:
        """Return the bias-corrected and accelerated interval.

        Both ends are None if half of the replicates or more have no estimate.

        B. Efron (1987), Better bootstrap confidence intervals, JASA 82, 171–185; quantiles as in SparseMSE (type 8).
        """
        replicates = self.replicates[~np.isnan(self.replicates)]
        if len(replicates) <= len(self.replicates) / 2:
            return None, None
        edge = 0.5 / len(replicates)  # If all replicates were on one side of the estimate, the bias would be infinite.
        bias = ndtri(np.clip((replicates < self.estimate).mean(), edge, 1 - edge))
        ends = bias + ndtri([(1 - level) / 2, (1 + level) / 2])
        low, high = np.quantile(replicates, ndtr(bias + ends / (1 - self.acceleration * ends)), method="median_unbiased")
        return float(low), float(high)


def bootstrap(
    counts: Floats,
    estimator: Estimator,
    seed: int,
    replicates: int | None = None,
    checkpoint: Checkpoint = no_checkpoint,
) -> Bootstrap:
    """Draw as many people as observed from the table's cells, many times, and estimate from each draw.

    The acceleration comes from leaving out one person, which gives one table for each filled cell. L. Chan, B. W. Silverman and
    K. Vincent (2021), JASA 116, section 3.3; B. W. Silverman, L. Chan and K. Vincent (2024), Bootstrapping multiple systems
    estimates to account for model selection, Statistics and Computing 34, 44. Equal `seed`s give equal draws. `replicates`:
    None for `REPLICATES`, or for `FEWER_REPLICATES` if the table has many cells. `checkpoint` is called regularly.
    """
    people = int(counts.sum())
    draws = replicates or (REPLICATES if len(counts) <= _EIGHT_LISTS else FEWER_REPLICATES)
    tables = np.random.default_rng(seed).multinomial(people, counts / people, size=draws)
    filled = np.flatnonzero(counts)
    jackknife = np.repeat(counts[None], len(filled), axis=0)
    jackknife[np.arange(len(filled)), filled] -= 1
    estimates = _estimate_in_parts(estimator, np.concatenate([counts[None], jackknife, tables.astype(np.float64)]), checkpoint)
    left_out = estimates[1 : 1 + len(filled)]
    known = ~np.isnan(left_out)
    weights = counts[filled][known]
    influence = np.average(left_out[known], weights=weights) - left_out[known] if known.any() else np.zeros(0)
    spread = float((weights * influence**2).sum()) ** 1.5
    acceleration = float((weights * influence**3).sum()) / (6 * spread) if spread > 0 else 0.0
    return Bootstrap(float(estimates[0]), estimates[1 + len(filled) :], acceleration)


def _estimate_in_parts(estimator: Estimator, tables: Floats, checkpoint: Checkpoint) -> Floats:
    parts = []
    size = max(_PART, _PART_CELLS // tables.shape[1])
    for begin in range(0, len(tables), size):
        checkpoint(f"{begin:,} of {len(tables):,} draws")
        parts.append(estimator(tables[begin : begin + size]))
    return np.concatenate(parts)
