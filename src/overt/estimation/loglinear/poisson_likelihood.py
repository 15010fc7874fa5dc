"""Poisson likelihoods to the last digit, however many people are counted.

A log-likelihood of 10^12 people is a number of 10^13, of which a double holds two digits behind the point, and an interval ends
where it has fallen by 1.92. So it is held as what it falls short of that of a model that fits each cell.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]
_SERIES = 16.0
"""From here on four terms of Stirling's series are exact to the last digit."""


def shortfall(counts: Floats, mean: Floats) -> Floats:
    """By how much the log-probability of each count with this mean falls short of that with the mean that fits it: half of its
    deviance, 0 or more. A count of 0 in a cell of mean 0 falls short of nothing.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = counts - mean
        ratio = counts / mean
        # Near 1 the difference tells the logarithm better than the ratio; near 0 the difference has forgotten the count.
        short = counts * np.where(ratio > 0.5, np.log1p(apart / mean), np.log(ratio)) - apart
    return np.maximum(np.where(counts > 0, short, mean), 0.0)


def saturated(counts: Floats) -> Floats:
    """Log-probability of each count where it is its own mean."""
    some = np.maximum(counts, 1.0)
    return np.where(counts > 0, -0.5 * np.log(2 * np.pi * some) - remainder(some), 0.0)


def remainder(number: Floats) -> Floats:
    """What Stirling's formula leaves of log x!: log Γ(x + 1) − (x log x − x + ½ log 2πx), for x above 0.

    NIST Digital Library of Mathematical Functions, 5.11.1.
    """
    large = np.maximum(number, _SERIES)
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * large**2)) / large**2) / large**2) / large
    small = np.minimum(number, _SERIES)
    exact = gammaln(small + 1) - (small * np.log(small) - small + 0.5 * np.log(2 * np.pi * small))
    left: Floats = np.where(number >= _SERIES, series, exact)
    return left
