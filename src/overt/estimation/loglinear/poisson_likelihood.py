"""Poisson likelihoods that stay precise for any number of people.

For 10^12 people a log-likelihood is about 10^13. A double of that size has only two decimals, but an interval ends where the
log-likelihood has fallen by 1.92. So a likelihood is stored as its shortfall from the saturated model, which fits each cell
exactly.
"""

import numpy as np
from scipy.special import gammaln

from overt.estimation.array_types import Floats

_SERIES = 16.0
"""Number from which four terms of Stirling's series are exact in double precision."""


def shortfall(counts: Floats, mean: Floats) -> Floats:
    """Return the log-probability that each count loses if its mean is `mean` instead of the count itself.

    This is half of the deviance, and at least 0. A count of 0 in a cell of mean 0 has a shortfall of 0.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = counts - mean
        ratio = counts / mean
        # For a ratio near 1, the logarithm is more precise if computed from the difference; near 0, the difference loses the
        # count.
        short = counts * np.where(ratio > 0.5, np.log1p(difference / mean), np.log(ratio)) - difference
    return np.maximum(np.where(counts > 0, short, mean), 0.0)


def saturated(counts: Floats) -> Floats:
    """Return the log-probability of each count if its mean is the count itself."""
    positive = np.maximum(counts, 1.0)
    return np.where(counts > 0, -0.5 * np.log(2 * np.pi * positive) - stirling_remainder(positive), 0.0)


def stirling_remainder(number: Floats) -> Floats:
    """Return the remainder of Stirling's formula, log Γ(x + 1) − (x log x − x + ½ log 2πx), for x above 0.

    NIST Digital Library of Mathematical Functions, 5.11.1.
    """
    large = np.maximum(number, _SERIES)
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * large**2)) / large**2) / large**2) / large
    small = np.minimum(number, _SERIES)
    exact = gammaln(small + 1) - (small * np.log(small) - small + 0.5 * np.log(2 * np.pi * small))
    remainder: Floats = np.where(number >= _SERIES, series, exact)
    return remainder
