"""What may be said of a table and of each method's number: the one gate that every estimate goes through."""

from dataclasses import replace

from overt.estimation.lists import MOST_CELLS, Lists
from overt.estimation.result import COMPARISON, ESTIMATE, NO_INTERVAL, REFUSED, TWO_LISTS, Estimate, few_shared
from overt.estimation.sweep import Sweep

_POOR = 10.0
"""A model whose BIC is so far from the best fits too badly to be published: the evidence against it is very strong."""


def gate(one: Estimate, lists: Lists, swept: Sweep | None) -> Estimate:
    """An estimate with the verdict it may bear: none is published on two lists, on a handful of people whom lists share, without
    a sweep, of a model that fits badly, or of a method whose interval lies apart from that over models.

    A verdict that is already less than `ESTIMATE` stays, but of two lists and of a handful every number is only to compare. What
    is refused bears no number.
    """
    if one.verdict == REFUSED:
        return _without(one, one.reason or NO_INTERVAL)
    if len(lists.names) < 3 or few_shared(lists.shared):
        return replace(one, verdict=COMPARISON, reason=table_reason(lists, swept))
    if one.verdict != ESTIMATE:
        return one
    reason = table_reason(lists, swept)
    if reason or swept is None:
        return _without(one, reason)
    best = swept.whole.best(swept.whole.bic)
    criterion = one.detail.get("bic")
    if best is not None and isinstance(criterion, float) and criterion - swept.whole.bic[best] > _POOR:
        worse = criterion - float(swept.whole.bic[best])
        name = swept.whole.space.name(swept.whole.models[best])
        reason = f"this model fits far worse than {name} (BIC {worse:,.0f} more)"
        return replace(one, verdict=COMPARISON, reason=reason)
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


def _without(one: Estimate, reason: str) -> Estimate:
    return replace(one, estimate=None, low=None, high=None, verdict=REFUSED, reason=reason)


def table_reason(lists: Lists, swept: Sweep | None) -> str:
    """Why nothing can be published of a table, whatever the method; empty where something can."""
    if len(lists.names) < 3:
        return TWO_LISTS
    if reason := few_shared(lists.shared):
        return reason
    if swept is None:
        return f"with more than {MOST_CELLS} lists no model but independence is tried, so nothing is known of how far it holds"
    if swept.range is None:
        return "no model has an estimate"
    if swept.high is None:
        return f"models that fit about as well as the best set no upper limit ({swept.words()})"
    return ""
