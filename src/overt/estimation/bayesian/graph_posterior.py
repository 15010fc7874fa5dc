"""Posterior density of decomposable graphs as a function of the number of people on no list, and its peaks."""

import math

import numpy as np
from scipy.special import digamma, gammaln

from overt.estimation.array_types import Floats, Integers, Positions
from overt.estimation.bayesian.decomposable_graphs import DecomposableGraphs
from overt.estimation.overlap_tables.overlap_table import OverlapTable

_HALVINGS = 60
"""Maximum number of halvings of a bracket. This is enough for numbers of people up to 10^16."""


class GraphPosterior:
    """The log posterior density of a table's graphs, up to a constant.

    The prior is hyper-Dirichlet with `delta` people per cell. The number of people has the prior 1/N, or is Poisson with a
    gamma-distributed mean (`prior`: shape and scale). All graphs are equally likely a priori. Madigan and York (1997), Biometrika
    84. A cell in the marginal table of s lists has the prior weight of the 2^(t − s) cells that it sums.
    """

    def __init__(self, table: OverlapTable, graphs: DecomposableGraphs, delta: float, prior: tuple[float, float] | None) -> None:
        t = len(table.names)
        code = table.patterns @ (1 << np.arange(t))
        self.observed, self.prior = table.observed, prior
        self.exponents = graphs.exponents.astype(np.float64)
        self.total = delta * 2**t
        self.fixed, self.empty = np.zeros(1 << t), np.ones(1 << t)
        for members in range(1, 1 << t):
            size = members.bit_count()
            weight = delta * 2 ** (t - size)
            cells = np.bincount(code & members, weights=table.counts, minlength=1 << t)
            filled = cells[1:][cells[1:] > 0]
            empty = 2**size - 1 - len(filled)
            self.fixed[members] = float(gammaln(filled + weight).sum()) + (empty - 2**size) * math.lgamma(weight)
            self.fixed[members] += math.lgamma(self.total)
            self.empty[members] = cells[0] + weight

    def log_density(self, rows: Positions, missing: Integers) -> Floats:
        """Return the log density of the graphs in `rows` for each number of people on no list (graphs × numbers)."""
        number = (self.observed + missing).astype(np.float64)
        sets = self.fixed[:, None] + gammaln(missing + self.empty[:, None]) - gammaln(number + self.total)
        sets[0] = 0.0
        common = gammaln(number + 1) - gammaln(missing + 1.0)
        if self.prior is None:
            common -= np.log(np.maximum(number, 1.0))
        else:
            shape, scale = self.prior
            common += number * math.log(scale / (1 + scale)) + gammaln(number + shape) - gammaln(number + 1)
        density: Floats = self.exponents[rows] @ sets + common
        return density

    def peaks(self, most: int) -> tuple[Integers, Floats]:
        """Return two values for each graph: the number of people on no list at which its density is highest, and the log of the
        density's integral.

        The number is at most `most`. The integral is approximated by Laplace's method.
        """
        scanned = np.unique(np.concatenate([[0], np.geomspace(1, max(most, 2), 400).astype(np.int64)]))
        graphs = np.arange(len(self.exponents))
        highest = self.log_density(graphs, scanned).argmax(axis=1)
        low = scanned[np.maximum(highest - 1, 0)].astype(np.float64)
        high = scanned[np.minimum(highest + 1, len(scanned) - 1)].astype(np.float64)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            rising = self._slope(middle) > 0
            low, high = np.where(rising, middle, low), np.where(rising, high, middle)
            if (high - low).max() < 0.25:
                break
        peak = np.rint((low + high) / 2).astype(np.int64)
        step = np.maximum(1e-4 * peak, 0.5)
        curvature = (self._slope(np.maximum(peak - step, 0.0)) - self._slope(peak + step)) / (2 * step)
        width = np.sqrt(2 * math.pi / np.maximum(curvature, 1e-300))
        distinct, place = np.unique(peak, return_inverse=True)
        height = np.empty(len(peak))
        for start in range(0, len(distinct), 200):
            rows = np.flatnonzero((place >= start) & (place < start + 200))
            densities = self.log_density(rows, distinct[start : start + 200])
            height[rows] = densities[np.arange(len(rows)), place[rows] - start]
        return peak, height + np.log(np.clip(width, 1.0, most + 1.0))

    def _slope(self, missing: Floats) -> Floats:
        """Return the derivative of each graph's log density at the graph's own number in `missing`."""
        number = self.observed + missing
        sets = digamma(missing[:, None] + self.empty) - digamma(number + self.total)[:, None]
        sets[:, 0] = 0.0
        common = digamma(number + 1) - digamma(missing + 1)
        if self.prior is None:
            common -= 1 / np.maximum(number, 1.0)
        else:
            shape, scale = self.prior
            common += math.log(scale / (1 + scale)) + digamma(number + shape) - digamma(number + 1)
        slope: Floats = (self.exponents * sets).sum(axis=1) + common
        return slope
