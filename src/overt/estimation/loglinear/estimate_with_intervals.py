"""Estimates of log-linear methods, with each kind of interval."""

import math
from collections.abc import Mapping
from typing import Any

from overt.estimation.estimate_result_and_verdicts import ESTIMATE, LOWER_BOUND, NO_INTERVAL, Code, Estimate, refuse
from overt.estimation.log_normal_interval import log_normal_interval
from overt.estimation.loglinear.bca_bootstrap import Bootstrap
from overt.estimation.loglinear.profile_likelihood import Profile, profile_interval
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.model.errors import UsageError

PROFILE, LOG_NORMAL, BCA = "profile", "log-normal", "bca"
INTERVALS = (PROFILE, LOG_NORMAL, BCA)
_PEAK_METHODS = ("main-effects", "stepwise-aic")
"""Methods whose authors publish the peak of the multinomial profile likelihood. The other methods use the Poisson estimate."""


def estimate_with_intervals(
    method: str,
    table: OverlapTable,
    number: float,
    error: float,
    model: str,
    profile: Profile,
    detail: Mapping[str, object],
    level: float,
    interval: str,
    bootstrap: Bootstrap | None,
) -> Estimate:
    """Return the estimate of a log-linear method with the interval named `interval`; its detail also has the others.

    `number` is the maximum-likelihood estimate of the total number of people and `error` its standard error. For
    `_PEAK_METHODS`, the estimate is the peak of `profile` instead, if there is one. `detail`: further entries for the estimate's
    `detail`. `bootstrap` gives the interval `BCA`; if it is None, that interval is left out, and `interval` must be another
    one. The interval always includes the estimate. The estimate is a lower bound if its interval has no upper end, and refused
    if it has no lower end. Raises UsageError for an unknown interval.
    """
    if interval not in INTERVALS:
        raise UsageError(f"there is no interval {interval!r} (there are {', '.join(INTERVALS)})")
    peak, *profile_ends = profile_interval(profile, table.observed, level)
    likeliest = peak if method in _PEAK_METHODS and math.isfinite(peak) else number
    intervals: dict[str, tuple[float | None, float | None]] = {
        PROFILE: (profile_ends[0], profile_ends[1]),
        LOG_NORMAL: log_normal_interval(number, error, table.observed, level),
    }
    more: dict[str, Any] = {
        "unseen": likeliest - table.observed,
        "maximum_likelihood": number,
        "profile_peak": peak if math.isfinite(peak) else None,
    }
    if bootstrap is not None:
        intervals[BCA] = bootstrap.interval(level)
        more["bootstrap"] = {
            "replicates": len(bootstrap.replicates),
            "failed": bootstrap.failed,
            "acceleration": bootstrap.acceleration,
        }
    low, high = intervals[interval]
    more |= {"interval": interval, "intervals": {name: list(ends) for name, ends in intervals.items()}}
    bounded = high is not None
    reason = "" if bounded else f"the {interval} interval has no upper end: the table does not say how many there are at most"
    if low is None:
        return refuse(method, reason or NO_INTERVAL, level=level, model=model, **{**detail, **more})
    verdict = ESTIMATE if bounded else LOWER_BOUND
    # With only a few people, all bootstrap draws, and therefore the interval, can be on one side of the estimate.
    low, high = min(low, likeliest), None if high is None else max(high, likeliest)
    return Estimate(method, likeliest, low, high, level, model, Code.FINE, verdict, reason, {**detail, **more})
