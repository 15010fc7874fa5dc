"""Confidence intervals for a proportion, by Wilson's score.

Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927). With few trials, such an interval
stays within 0 and 1 and keeps its level better than the normal approximation (Brown, Cai, DasGupta, Interval Estimation for a
Binomial Proportion, Statistical Science 16 (2001)).
"""

from functools import cache
from math import sqrt
from statistics import NormalDist


def wilson_interval(hits: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """Return the interval with confidence `level` of the proportion `hits` / `trials`; (0, 1) if there are no trials.

    Raises ValueError if `hits` is negative or greater than `trials`.
    """
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials} is not a proportion")
    if not trials:
        return 0.0, 1.0
    z = _normal_quantile(level)
    share, square = hits / trials, z * z / trials
    centre = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / trials + square / (4 * trials)) / (1 + square)
    return (0.0 if not hits else max(0.0, centre - half)), (1.0 if hits == trials else min(1.0, centre + half))


@cache
def _normal_quantile(level: float) -> float:
    """Return half the width of a two-sided interval with this confidence level, in standard deviations."""
    return NormalDist().inv_cdf(0.5 + level / 2)
