"""Limits the verdict on every estimate to what the table and the method support."""

from dataclasses import replace

from overt.estimation.estimate_result_and_verdicts import (
    COMPARISON,
    ESTIMATE,
    LOWER_BOUND,
    REFUSED,
    Estimate,
    too_few_shared,
)
from overt.estimation.goodness_of_fit import is_untested, misfit_reason, own_model_fits
from overt.estimation.loglinear.candidate_models import NEAR
from overt.estimation.overlap_tables.overlap_table import MAX_CELLS, OverlapTable, too_few_lists
from overt.estimation.sweep_over_models_and_left_out_lists import Sweep


def apply_gate(estimate: Estimate, table: OverlapTable, sweep: Sweep | None) -> Estimate:
    """Return an estimate with the strongest verdict that the table and the sweep support.

    The verdict `ESTIMATE` needs all of the following:

    - at least three different lists, and at least `MIN_SHARED` people on two or more of them;
    - a sweep in which some model has an estimate;
    - near-best models of which at least one fits, at least one can be tested by the table, and each sets an upper limit;
    - if the method's model has a BIC: this model is near-best, and its number lies within the range over models;
    - an interval that is not entirely outside that range.

    An estimate that lacks any of these becomes a comparison. With enough lists and shared people, it is refused instead if no
    model has an estimate, or if only the upper limit is missing. A weaker verdict stays as it is, with two exceptions. With
    fewer than three lists (identical lists count once) or fewer than `MIN_SHARED` shared people, every number becomes a
    comparison. A lower bound also becomes one if neither its own model nor any near-best model fits. A refused estimate stays
    refused.
    """
    if estimate.verdict == REFUSED:
        return estimate
    reason = unpublishable_reason(table, sweep)
    if too_few_lists(table) or too_few_shared(table.shared):
        return replace(estimate, verdict=COMPARISON, reason=reason)
    misfit = bool(sweep and misfit_reason(sweep.candidates))
    if misfit and estimate.verdict == LOWER_BOUND and not own_model_fits(estimate):
        return replace(estimate, verdict=COMPARISON, reason=reason)
    if estimate.verdict != ESTIMATE:
        return estimate
    if sweep is None or misfit or is_untested(sweep.candidates):
        return replace(estimate, verdict=COMPARISON, reason=reason)
    if reason:
        return _refuse(estimate, reason)
    candidates = sweep.candidates
    best = candidates.best(candidates.bic)
    criterion = estimate.detail.get("bic")
    if best is not None and isinstance(criterion, float) and criterion - candidates.bic[best] > NEAR:
        worse = criterion - float(candidates.bic[best])
        label = candidates.space.label(candidates.models[best])
        reason = f"this model fits worse than {label} (BIC {worse:,.0f} more)"
        return replace(estimate, verdict=COMPARISON, reason=reason)
    if isinstance(criterion, float) and estimate.estimate is not None and not sweep.includes(estimate.estimate):
        span = f"{sweep.low:,.0f} to {sweep.high:,.0f}"
        return replace(estimate, verdict=COMPARISON, reason=f"its number lies outside the range over models, {span}")
    if side := side_of_range(estimate, sweep):
        span = f"{sweep.low:,.0f} to {sweep.high:,.0f}"
        reason = f"its interval lies wholly {side} the range over models, {span}: the two contradict each other"
        return replace(estimate, verdict=COMPARISON, reason=reason)
    return replace(estimate, reason=sweep.sentence())


def side_of_range(estimate: Estimate, sweep: Sweep | None) -> str:
    """Return `above` or `below` if the whole interval of an estimate lies outside the range over models.

    Return an empty string if it doesn't, or if the interval or the range lacks an end.
    """
    if sweep is None or sweep.low is None or sweep.high is None or estimate.low is None or estimate.high is None:
        return ""
    return "above" if estimate.low > sweep.high else "below" if estimate.high < sweep.low else ""


def _refuse(estimate: Estimate, reason: str) -> Estimate:
    return replace(estimate, estimate=None, low=None, high=None, verdict=REFUSED, reason=reason)


def unpublishable_reason(table: OverlapTable, sweep: Sweep | None) -> str:
    """Return why no estimate from a table can be published; an empty string if one can. A lower bound may still be possible.

    `sweep`: the result of `sweep_models`.
    """
    if reason := too_few_lists(table):
        return reason
    if reason := too_few_shared(table.shared):
        return reason
    if sweep is None:
        return f"with more than {MAX_CELLS} lists, independence is the only model tried, so how far it holds is unknown"
    if sweep.range is None:
        return "no model has an estimate"
    if reason := misfit_reason(sweep.candidates):
        return reason
    if is_untested(sweep.candidates):
        return f"nothing in the table tests the best models, which have as many terms as it has cells ({sweep.sentence()})"
    if sweep.high is None:
        return f"models that fit about as well as the best set no upper limit ({sweep.sentence()})"
    return ""
