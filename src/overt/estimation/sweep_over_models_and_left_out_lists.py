"""Sweeps over models and lists: how the estimate differs between models, and how it changes without each list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from overt.estimation.array_types import Positions
from overt.estimation.estimate_result_and_verdicts import Code
from overt.estimation.goodness_of_fit import is_untested
from overt.estimation.loglinear.candidate_models import NEAR, CandidateModels, candidate_models
from overt.estimation.loglinear.newton_fit import fit
from overt.estimation.loglinear.profile_likelihood import model_profile, profile_interval
from overt.estimation.methods import limit_blas_threads
from overt.estimation.overlap_tables.overlap_table import MAX_CELLS, OverlapTable

_LISTED = 150
"""Maximum number of models that the JSON lists, best first: enough for all models of four lists."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """The candidate models of a table, and those of the same table with each of its lists left out."""

    candidates: CandidateModels
    without: dict[str, CandidateModels]
    """Candidate models by the list that is left out."""
    low: float | None
    """Lower end of the union of the near-best models' profile intervals.

    None if one of these intervals has no lower end, or if no model has an estimate.

    The union may be published, because it includes the uncertainty about the model.
    """
    high: float | None
    """Upper end of the same union; None if one of the intervals has no upper end, or if no model has an estimate."""

    @property
    def range(self) -> tuple[float, float] | None:
        """The smallest and the largest estimate of near-best models; None if no model has an estimate."""
        return _range(self.candidates, self.candidates.near_best())

    def as_dict(self) -> dict[str, Any]:
        """Return the sweep as plain data, as in `overt estimate --json`."""
        lists = [{"without": name, **_summarize(candidates, 0)} for name, candidates in self.without.items()]
        return {"low": self.low, "high": self.high, "models": _summarize(self.candidates, _LISTED), "lists": lists}

    def sentence(self) -> str:
        """Return a sentence with the estimates of the near-best models.

        If lists were left out, the sentence also has the estimate of the best model without each list.
        """
        if self.range is None:
            return "no model has an estimate"
        low, high = self.range
        near, models = len(self.candidates.near_best()), f"{len(self.candidates.models):,}"
        sentence = (
            f"one model of {models} fits best, and gives {low:,.0f}"
            if near == 1
            else f"{near} of {models} models fit about as well as the best and give {low:,.0f} to {high:,.0f}"
        )
        if is_untested(self.candidates):
            it = "it has" if near == 1 else "each has"
            sentence += f"; {it} 0 degrees of freedom"
        parts, outside = [], []
        for name, candidates in self.without.items():
            best = candidates.best(candidates.bic)
            number = f"{candidates.estimates[best]:,.0f}" if best is not None else "no estimate"
            parts.append(f"{number} without {name}")
            if best is not None and not self.includes(float(candidates.estimates[best])):
                outside.append(name)
        if not parts:
            return sentence
        sentence = f"{sentence}; the best model of the others gives {', '.join(parts)}"
        if outside and self.low is not None and self.high is not None:
            which = "any one list" if len(outside) == len(parts) else _either(outside)
            sentence += f": without {which} the result lies outside the range, {self.low:,.0f} to {self.high:,.0f}"
        return sentence

    def includes(self, number: float) -> bool:
        """Return whether a number is within the interval over models; true if the interval lacks an end."""
        return self.low is None or self.high is None or self.low <= number <= self.high


def _either(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def sweep_models(
    table: OverlapTable, level: float, *, over_lists: bool = True, progress: Callable[[str], None] = lambda _: None
) -> Sweep | None:
    """Fit all candidate models of a table and, if `over_lists` is set, of the table without each of its lists.

    Return None for fewer than three lists or more than `MAX_CELLS`. `level`: confidence level of the profile intervals.
    `progress` is called each time before a list is left out, because such a step can take a minute.
    """
    if not 3 <= len(table.names) <= MAX_CELLS:
        return None
    with limit_blas_threads():
        candidates = candidate_models(table)
        low, high = interval_over_models(table, level)
        without: dict[str, CandidateModels] = {}
        for name in table.names if over_lists else ():
            progress(f"models without {name}")
            without[name] = candidate_models(table.drop(name))
        return Sweep(candidates, without, low, high)


def interval_over_models(table: OverlapTable, level: float) -> tuple[float | None, float | None]:
    """Return the ends of the union of the near-best models' profile intervals.

    An end is None if one of the intervals lacks it, or if no model has an estimate. Raises UsageError for more than `MAX_CELLS`
    lists.
    """
    candidates = candidate_models(table)
    counts = table.cells()[1].astype(np.float64)
    near = candidates.near_best()
    support = candidates.support.rows(near)
    fits = fit(candidates.space, np.repeat(counts[None], len(near), axis=0), candidates.models[near], support=support)
    lows: list[float | None] = []
    highs: list[float | None] = []
    for free, cells, start in zip(support.free, support.cells, fits.beta, strict=True):
        profile = model_profile(candidates.space, counts, free, cells, start)
        _, low, high = profile_interval(profile, table.observed, level)
        lows.append(low)
        highs.append(high)
    return outer_end(min, lows), outer_end(max, highs)


def outer_end(choose: Callable[[list[float]], float], ends: list[float | None]) -> float | None:
    """Return the outermost of several ends, chosen by `min` or `max`.

    Return None if there are no ends, or if one of them is None.
    """
    known = [end for end in ends if end is not None]
    return choose(known) if known and len(known) == len(ends) else None


def _range(candidates: CandidateModels, models: Positions) -> tuple[float, float] | None:
    estimates = candidates.estimates[models]
    return (float(estimates.min()), float(estimates.max())) if len(models) else None


def _summarize(candidates: CandidateModels, listed: int) -> dict[str, Any]:
    ranked = candidates.ranked()
    span, near = _range(candidates, ranked), _range(candidates, candidates.near_best())
    summary = {
        "scope": candidates.scope,
        "tried": len(candidates.models),
        "with_estimate": len(ranked),
        "no_estimate": int((candidates.codes & Code.NO_ESTIMATE > 0).sum()),
        "unidentifiable": int((candidates.codes & Code.UNIDENTIFIABLE > 0).sum()),
        "low": span[0] if span else None,
        "high": span[1] if span else None,
        "near_best": (
            {"bic_within": NEAR, "models": len(candidates.near_best()), "low": near[0], "high": near[1]} if near else None
        ),
        "best_aic": _describe_model(candidates, candidates.best(candidates.aic)),
        "best_bic": _describe_model(candidates, candidates.best(candidates.bic)),
    }
    if listed:
        rest = np.flatnonzero(candidates.codes != Code.FINE)
        summary["list"] = [_describe_model(candidates, int(model)) for model in [*ranked, *rest][:listed]]
    return summary


def _describe_model(candidates: CandidateModels, model: int | None) -> dict[str, Any] | None:
    if model is None:
        return None
    fine = candidates.codes[model] == Code.FINE
    numbers = {"estimate": candidates.estimates[model], "aic": candidates.aic[model], "bic": candidates.bic[model]}
    values = {name: float(value) if fine else None for name, value in numbers.items()}
    return {"model": candidates.space.label(candidates.models[model]), **values, "code": int(candidates.codes[model])}
