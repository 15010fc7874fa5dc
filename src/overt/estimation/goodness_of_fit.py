"""Goodness of fit: whether the candidate models, or the model behind an estimate, describe the table."""

import numpy as np
from scipy.special import chdtrc

from overt.estimation.array_types import Mask
from overt.estimation.estimate_result_and_verdicts import Estimate
from overt.estimation.loglinear.candidate_models import CandidateModels

MIN_PROBABILITY = 1e-4
"""Minimum upper-tail probability of a model's deviance, under chi-square, for the model to fit.

The deviance of a true model follows a chi-square distribution with the model's degrees of freedom: Y. M. M. Bishop, S. E.
Fienberg and P. W. Holland (1975), Discrete Multivariate Analysis, MIT Press, chapter 4. In tables with many cells of few people
that is only approximately true, so the limit is far below the usual 0.05.
"""


def misfit_reason(candidates: CandidateModels) -> str:
    """Return why none of the near-best models fits; an empty string if one of them fits.

    The string is also empty if no model has an estimate.
    """
    ranked = candidates.ranked()
    fits = _fits(candidates)
    if not len(ranked) or fits[candidates.near_best()].any():
        return ""
    best = int(ranked[0])
    deviance = f"the best leaves a deviance of {candidates.deviance[best]:,.1f} on {_degrees(int(candidates.degrees[best]))}"
    if fits[ranked].any():
        return f"no model near the best by BIC fits: {deviance}"
    return f"no model that has an estimate fits: {deviance}"


def own_model_fits(estimate: Estimate) -> bool:
    """Return whether the model behind an estimate fits, by the deviance and `df` in the estimate's detail.

    Return False if the detail lacks one of them, and True if `df` is 0 or less.
    """
    deviance, degrees = estimate.detail.get("deviance"), estimate.detail.get("df")
    if not isinstance(deviance, float) or not isinstance(degrees, int):
        return False
    return degrees <= 0 or float(chdtrc(degrees, deviance)) >= MIN_PROBABILITY


def is_untested(candidates: CandidateModels) -> bool:
    """Return whether every near-best model has 0 degrees of freedom, so that the table can't test any of them.

    The result is false if no model has an estimate. A model with 0 degrees of freedom fits any table. Its number rests on the
    assumption that the highest interaction is zero, which the table can't test (Aleshin-Guendel, Sadinle and Wakefield 2024,
    The central role of the identifying assumption in population size estimation, Biometrics 80). In studies with three lists,
    such a model often gives far too many people (van Hest and others 2008, Epidemiology and Infection 136, 14-22).
    """
    near = candidates.near_best()
    return bool(len(near)) and not candidates.degrees[near].any()


def _fits(candidates: CandidateModels) -> Mask:
    """Return a mask of the models that fit. A model without an estimate doesn't."""
    tail = chdtrc(np.maximum(candidates.degrees, 1), candidates.deviance)
    fits: Mask = (candidates.degrees == 0) | (tail >= MIN_PROBABILITY)
    return fits


def _degrees(number: int) -> str:
    return f"{number} degree{'' if number == 1 else 's'} of freedom"
