"""The model of independent lists, solved by a formula that works for any number of lists."""

import math
from typing import Any

import numpy as np
from scipy.optimize import brentq

from overt.estimation.array_types import Floats
from overt.estimation.estimate_result_and_verdicts import NO_ESTIMATE_REASONS, Code, Estimate, refuse
from overt.estimation.loglinear.bca_bootstrap import bootstrap
from overt.estimation.loglinear.estimate_with_intervals import BCA, PROFILE, estimate_with_intervals
from overt.estimation.loglinear.poisson_likelihood import saturated, shortfall
from overt.estimation.loglinear.profile_likelihood import independence_profile
from overt.estimation.overlap_tables.overlap_table import OverlapTable


def independence(
    table: OverlapTable, *, level: float, seed: int, interval: str | None = None, replicates: int | None = None
) -> Estimate:
    """Estimate from independent lists, each with its own probability.

    J. N. Darroch (1958), The multiple-recapture census, Biometrika 45, 343–359. The estimate N solves n = N (1 − Π (1 − nⱼ/N)).
    It needs only the numbers of people on each list and in total, so it works for any number of lists. It is refused if nobody is
    on two lists, if one list has everybody, or if the interval has no lower end. `interval`: one of `INTERVALS`; None for the
    profile likelihood. `replicates`: as in `bootstrap`. Raises UsageError for an unknown interval.
    """
    return _independence("independence", table, level, seed, interval, replicates)


def main_effects(
    table: OverlapTable, *, level: float, seed: int, interval: str | None = None, replicates: int | None = None
) -> Estimate:
    """Estimate from the log-linear model without interactions, in which lists are independent.

    R. M. Cormack (1989), Log-linear models for capture–recapture, Biometrics 45, 395–413. The estimate is the peak of the profile
    likelihood, as published by B. W. Silverman (2020), Journal of the Royal Statistical Society A 183, 691–736. It is refused
    if nobody is on two lists, if one list has everybody, or if the interval has no lower end. `interval`: one of `INTERVALS`;
    None for the profile likelihood. `replicates`: as in `bootstrap`. Raises UsageError for an unknown interval.
    """
    return _independence("main-effects", table, level, seed, interval, replicates)


def _independence(
    method: str, table: OverlapTable, level: float, seed: int, interval: str | None, replicates: int | None
) -> Estimate:
    totals, observed = table.totals().astype(np.float64), table.observed
    model = f"[{','.join(map(str, range(1, len(totals) + 1)))}]"
    if totals.max() >= observed or totals.sum() <= observed:
        why = "nobody is on two lists" if totals.sum() <= observed else f"everybody is on {table.names[int(totals.argmax())]}"
        reason = f"{NO_ESTIMATE_REASONS[Code.NO_ESTIMATE]} ({why})"
        return refuse(method, reason, level=level, code=Code.NO_ESTIMATE, model=model)
    number = _darroch(totals, observed)
    missed = 1 - totals / number
    error = math.sqrt(number / (1 / missed.prod() + len(totals) - 1 - (1 / missed).sum()))
    mean = number * np.where(table.patterns, totals / number, missed).prod(axis=1)
    counts = table.counts.astype(np.float64)
    # The means of all cells add up to the number of people observed, so the means of the empty cells equal what the filled cells
    # lack.
    deviance = 2 * (float(shortfall(counts, mean).sum()) + max(observed - float(mean.sum()), 0.0))
    likelihood = float(saturated(counts).sum()) - deviance / 2
    size = len(totals) + 1
    detail: dict[str, Any] = {
        "se": error,
        "aic": 2 * size - 2 * likelihood,
        "bic": math.log(observed) * size - 2 * likelihood,
        "deviance": deviance,
        "df": 2 ** len(totals) - 1 - size,
        "parameters": size,
        "terms": [],
        "minus_infinity": [],
    }
    draws = None
    if interval == BCA:

        def estimator(tables: Floats) -> Floats:
            totals_of_tables = tables @ table.patterns
            return np.array(
                [_darroch(totals, float(counts.sum())) for totals, counts in zip(totals_of_tables, tables, strict=True)]
            )

        draws = bootstrap(counts, estimator, seed, replicates)
    profile = independence_profile(table.patterns, counts)
    return estimate_with_intervals(method, table, number, error, model, profile, detail, level, interval or PROFILE, draws)


def _darroch(totals: Floats, observed: float) -> float:
    """Return the N above n at which n/N = 1 − Π (1 − nⱼ/N); NaN if there is none."""
    if totals.sum() <= observed or totals.max() >= observed:
        return math.nan

    def gap(logarithm: float) -> float:
        number = observed + math.exp(logarithm)
        return logarithm - math.log(number) - float(np.log1p(-totals / number).sum())

    top = math.log(observed)
    while gap(top) < 0:
        top += 2
    return observed + math.exp(brentq(gap, -30.0, top, xtol=1e-13))
