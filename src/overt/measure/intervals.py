"""Intervals for a share, by Wilson's score.

Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927). With few of few it stays within 0
and 1 and keeps its level better than the usual approximation (Brown, Cai, DasGupta, Interval Estimation for a Binomial
Proportion, Statistical Science 16 (2001)).
"""

from functools import cache
from math import sqrt
from statistics import NormalDist


def wilson(hits: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """The interval of a share of `hits` in `trials`, both ends between 0 and 1; (0, 1) where nothing was tried."""
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials} is no share")
    if not trials:
        return 0.0, 1.0
    z = _deviations(level)
    share, square = hits / trials, z * z / trials
    centre = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / trials + square / (4 * trials)) / (1 + square)
    return (0.0 if not hits else max(0.0, centre - half)), (1.0 if hits == trials else min(1.0, centre + half))


@cache
def _deviations(level: float) -> float:
    """Half the width of a two-sided interval of this level, in standard deviations."""
    return NormalDist().inv_cdf(0.5 + level / 2)
