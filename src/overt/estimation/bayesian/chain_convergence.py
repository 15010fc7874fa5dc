"""Convergence diagnostics for a sampler's chains: R-hat and effective sample sizes (arviz-stats)."""

from typing import NamedTuple

import numpy as np

from overt.estimation.array_types import Floats


class Convergence(NamedTuple):
    """Diagnostics of Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Bayesian Analysis 16."""

    rhat: float
    """Rank-normalized split R-hat: the larger of the values for location and spread. It is 1 if the chains agree, and NaN if
    all draws are equal.
    """
    bulk_size: float
    """Bulk effective sample size: the number of independent draws that would locate the middle equally precisely."""
    tail_size: float
    """Tail effective sample size: the number of independent draws that would locate the worse end of the interval equally
    precisely.
    """


def convergence(draws: Floats, level: float) -> Convergence:
    """Return the diagnostics of `draws` (chains × draws). `level`: level of the interval whose ends `tail_size` describes."""
    # Imported here because it loads scipy.stats, which takes half a second and is only needed by samplers.
    from arviz_stats.base import array_stats

    with np.errstate(divide="ignore", invalid="ignore"):  # Chains that never move have no within-chain variance.
        rhat = array_stats.rhat(draws)
        bulk_size = array_stats.ess(draws)
        tail_size = array_stats.ess(draws, method="tail", prob=((1 - level) / 2, (1 + level) / 2))
    return Convergence(float(rhat), float(bulk_size), float(tail_size))
