"""What may be said of a table and of each method's number: the one gate that every estimate goes through."""

from dataclasses import replace

from overt.estimation.estimates import COMPARISON, ESTIMATE, LOWER_BOUND, NO_INTERVAL, REFUSED, Estimate, few_shared
from overt.estimation.goodness_of_fit import explains_itself, misfit
from overt.estimation.loglinear.candidate_models import NEAR
from overt.estimation.model_sweep import Sweep
from overt.estimation.overlap_tables.overlap_table import MOST_CELLS, Lists, too_few


def gate(one: Estimate, lists: Lists, swept: Sweep | None) -> Estimate:
    """An estimate with the verdict it may bear: none is published on two lists, on a handful of people whom lists share, without
    a sweep, of a model that is not near-best, where no model fits, or of a method whose interval lies apart from that over
    models.

    A verdict that is already less than `ESTIMATE` stays, but of two lists (equal ones are one) and of a handful every number is
    only to compare, and so is a bound whose own model does not fit where no other does. What is refused bears no number.
    """
    if one.verdict == REFUSED:
        return _without(one, one.reason or NO_INTERVAL)
    reason = table_reason(lists, swept)
    if too_few(lists) or few_shared(lists.shared):
        return replace(one, verdict=COMPARISON, reason=reason)
    if swept and one.verdict == LOWER_BOUND and misfit(swept.whole) and not explains_itself(one):
        return replace(one, verdict=COMPARISON, reason=reason)
    if one.verdict != ESTIMATE:
        return one
    if swept is None or misfit(swept.whole):
        return replace(one, verdict=COMPARISON, reason=reason)
    if reason:
        return _without(one, reason)
    best = swept.whole.best(swept.whole.bic)
    criterion = one.detail.get("bic")
    if best is not None and isinstance(criterion, float) and criterion - swept.whole.bic[best] > NEAR:
        worse = criterion - float(swept.whole.bic[best])
        name = swept.whole.space.name(swept.whole.models[best])
        reason = f"this model fits worse than {name} (BIC {worse:,.0f} more)"
        return replace(one, verdict=COMPARISON, reason=reason)
    if isinstance(criterion, float) and one.estimate is not None and not _within(one.estimate, swept):
        span = f"{swept.low:,.0f} to {swept.high:,.0f}"
        return replace(one, verdict=COMPARISON, reason=f"its number lies outside the range over models, {span}")
    if side := apart(one, swept):
        span = f"{swept.low:,.0f} to {swept.high:,.0f}"
        reason = f"its interval lies wholly {side} the range over models, {span}: the two contradict each other"
        return replace(one, verdict=COMPARISON, reason=reason)
    return replace(one, reason=swept.words())


def apart(one: Estimate, swept: Sweep | None) -> str:
    """Whether a method's interval lies `above` or `below` the range over models; empty where they meet or there is none."""
    if swept is None or swept.low is None or swept.high is None or one.low is None or one.high is None:
        return ""
    return "above" if one.low > swept.high else "below" if one.high < swept.low else ""


def _within(number: float, swept: Sweep) -> bool:
    return swept.low is None or swept.high is None or swept.low <= number <= swept.high


def _without(one: Estimate, reason: str) -> Estimate:
    return replace(one, estimate=None, low=None, high=None, verdict=REFUSED, reason=reason)


def table_reason(lists: Lists, swept: Sweep | None) -> str:
    """Why nothing can be published of a table, whatever the method; empty where something can."""
    if reason := too_few(lists):
        return reason
    if reason := few_shared(lists.shared):
        return reason
    if swept is None:
        return f"with more than {MOST_CELLS} lists no model but independence is tried, so nothing is known of how far it holds"
    if swept.range is None:
        return "no model has an estimate"
    if reason := misfit(swept.whole):
        return reason
    if swept.high is None:
        return f"models that fit about as well as the best set no upper limit ({swept.words()})"
    return ""
