"""Log-normal intervals for a number of people."""

import math

import numpy as np
from scipy.special import ndtri


def log_normal_interval(number: float, error: float, observed: int, level: float) -> tuple[float, float]:
    """Return the ends of a confidence interval for an estimate of `number` people, `observed` of whom are on a list.

    The number of people on no list is taken to be log-normal. `error`: standard error of `number`. Both ends are `number` if it
    isn't greater than `observed`, or if the error is 0. Chao (1987), Biometrics 43, 787.
    """
    unseen = number - observed
    if unseen <= 0 or error == 0:
        return number, number
    factor = math.exp(float(ndtri((1 + level) / 2)) * math.sqrt(np.log1p((error / unseen) ** 2)))
    return observed + unseen / factor, observed + unseen * factor
