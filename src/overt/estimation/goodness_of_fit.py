"""Whether any model fits the table at all, however well it does beside the others."""

import numpy as np
from scipy.special import chdtrc

from overt.estimation.estimates import Estimate
from overt.estimation.loglinear.candidate_models import Candidates

WORST = 1e-4
"""Upper tail of chi-square below which a deviance is no chance.

That a deviance of a model that holds is distributed as chi-square with the model's degrees of freedom: Y. M. M. Bishop, S. E.
Fienberg and P. W. Holland (1975), Discrete Multivariate Analysis, MIT Press, chapter 4. In tables with many cells of few people
it is so only roughly, hence a limit far below the usual 0.05.
"""


def misfit(held: Candidates) -> str:
    """Why none of the near-best models describes the table; empty where one does, or no model has an estimate."""
    ranked = held.ranked()
    if not len(ranked) or _fits(held)[held.near()].any():
        return ""
    best = int(ranked[0])
    left = f"the best leaves a deviance of {held.deviance[best]:,.1f} on {_degrees(int(held.degrees[best]))}"
    if _fits(held)[ranked].any():
        return f"no model near the best by BIC fits: {left}"
    return f"no model that has an estimate fits: {left}"


def explains_itself(one: Estimate) -> bool:
    """Whether the model behind an answer that tells its deviance fits."""
    deviance, degrees = one.detail.get("deviance"), one.detail.get("df")
    if not isinstance(deviance, float) or not isinstance(degrees, int):
        return False
    return degrees <= 0 or float(chdtrc(degrees, deviance)) >= WORST


def untested(held: Candidates) -> bool:
    """Whether all near-best models have as many terms as the table has cells that can be filled, so that nothing tests them."""
    near = held.near()
    return bool(len(near)) and not held.degrees[near].any()


def _fits(held: Candidates) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Of each model; false where it has no estimate."""
    tail = chdtrc(np.maximum(held.degrees, 1), held.deviance)
    fits: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (held.degrees == 0) | (tail >= WORST)
    return fits


def _degrees(number: int) -> str:
    return f"{number} degree{'' if number == 1 else 's'} of freedom"
