"""What a log-linear method answers: its number with each kind of interval."""

import math
from collections.abc import Mapping
from typing import Any

from overt.estimation.closed_form.chapman import log_normal
from overt.estimation.estimates import ESTIMATE, LOWER_BOUND, NO_INTERVAL, Code, Estimate, refused
from overt.estimation.loglinear.bca_bootstrap import Bootstrap
from overt.estimation.loglinear.profile_likelihood import Given, profile_interval
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.model.errors import UsageError

PROFILE, LOG_NORMAL, BCA = "profile", "log-normal", "bca"
INTERVALS = (PROFILE, LOG_NORMAL, BCA)
_PEAKS = ("main-effects", "stepwise-aic")
"""Methods whose number is the peak of the multinomial profile likelihood, as their authors print it; others are Poisson's."""


def answer(
    method: str,
    lists: Lists,
    number: float,
    error: float,
    name: str,
    given: Given,
    said: Mapping[str, object],
    level: float,
    interval: str,
    drawn: Bootstrap | None,
) -> Estimate:
    """The estimate of a log-linear method, with its intervals, of which `interval` says which one is meant.

    `number`, `error`: people in all, by maximum likelihood, and its standard error; `given`: what the profile is of; `said`:
    what else the detail says. Raises UsageError for an interval that there is not.
    """
    if interval not in INTERVALS:
        raise UsageError(f"there is no interval {interval!r} (there are {', '.join(INTERVALS)})")
    peak, *profile = profile_interval(given, lists.observed, level)
    likeliest = peak if method in _PEAKS and math.isfinite(peak) else number
    intervals: dict[str, tuple[float | None, float | None]] = {
        PROFILE: (profile[0], profile[1]),
        LOG_NORMAL: log_normal(number, error, lists.observed, level),
    }
    more: dict[str, Any] = {
        "unseen": likeliest - lists.observed,
        "maximum_likelihood": number,
        "profile_peak": peak if math.isfinite(peak) else None,
    }
    if drawn is not None:
        intervals[BCA] = drawn.interval(level)
        more["bootstrap"] = {"replicates": len(drawn.drawn), "failed": drawn.failed, "acceleration": drawn.acceleration}
    low, high = intervals[interval]
    more |= {"interval": interval, "intervals": {key: list(held) for key, held in intervals.items()}}
    bounded = high is not None
    reason = "" if bounded else f"the {interval} interval has no upper end: the table does not say how many there are at most"
    if low is None:
        return refused(method, reason or NO_INTERVAL, level=level, model=name, **{**said, **more})
    verdict = ESTIMATE if bounded else LOWER_BOUND
    # Draws of a handful of people can all lie on one side of the number, and the interval with them.
    low, high = min(low, likeliest), None if high is None else max(high, likeliest)
    return Estimate(method, likeliest, low, high, level, name, Code.FINE, verdict, reason, {**said, **more})
