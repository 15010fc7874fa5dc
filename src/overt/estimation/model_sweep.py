"""How far the answer moves with the model and with each list, and what may be said then."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overt.estimation.estimates import Code
from overt.estimation.goodness_of_fit import untested
from overt.estimation.loglinear.candidate_models import NEAR, Candidates, candidates
from overt.estimation.loglinear.newton_fit import fit
from overt.estimation.loglinear.profile_likelihood import of_model, profile_interval
from overt.estimation.methods import one_core
from overt.estimation.overlap_tables.overlap_table import MOST_CELLS, Lists
from overt.model.errors import UsageError

_LISTED = 150
"""Models that are listed one by one: all 113 of four lists; else the best of them."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """Models of a table, and of the table without each of its lists in turn. `without` has None where nobody is left.

    `low` and `high` are the ends of the profile intervals of all near-best models together: the interval that may be published,
    since it knows that the model was chosen. Either is None where an interval has no such end, or no model has an estimate.
    """

    whole: Candidates
    without: dict[str, Candidates | None]
    low: float | None
    high: float | None

    @property
    def range(self) -> tuple[float, float] | None:
        """The smallest and largest estimate of near-best models, or None where no model has an estimate."""
        return _range(self.whole, self.whole.near())

    def as_dict(self) -> dict[str, Any]:
        """As `overt estimate --json` prints it."""
        lists = [{"without": name, **_told(held, 0)} for name, held in self.without.items()]
        return {"low": self.low, "high": self.high, "models": _told(self.whole, _LISTED), "lists": lists}

    def words(self) -> str:
        """The result in a sentence."""
        if self.range is None:
            return "no model has an estimate"
        low, high = self.range
        near, tried = len(self.whole.near()), f"{len(self.whole.models):,}"
        said = (
            f"one model of {tried} fits best, and gives {low:,.0f}"
            if near == 1
            else f"{near} of {tried} models fit about as well as the best and give {low:,.0f} to {high:,.0f}"
        )
        if untested(self.whole):
            it = "it has" if near == 1 else "each has"
            said += f"; {it} 0 degrees of freedom, so nothing in the table tests it"
        parts, outside = [], []
        for name, held in self.without.items():
            best = held.best(held.bic) if held else None
            number = f"{held.estimates[best]:,.0f}" if held and best is not None else "no estimate"
            parts.append(f"{number} without {name}")
            if held and best is not None and not self._holds(float(held.estimates[best])):
                outside.append(name)
        if not parts:
            return said
        said = f"{said}; the best model of the others gives {', '.join(parts)}"
        if outside and self.low is not None and self.high is not None:
            which = "any one list" if len(outside) == len(parts) else _either(outside)
            said += f": without {which} the result lies outside the range, {self.low:,.0f} to {self.high:,.0f}"
        return said

    def _holds(self, number: float) -> bool:
        return self.low is None or self.high is None or self.low <= number <= self.high


def _either(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def sweep(
    lists: Lists, level: float, *, over_lists: bool = True, progress: Callable[[str], None] = lambda _: None
) -> Sweep | None:
    """Look at all models of a table of three to twelve lists, and of the table without each list (unless `over_lists` is false);
    None for other tables. `progress` is told which of the latter is looked at: each can
    take a minute from five lists on.
    """
    if not 3 <= len(lists.names) <= MOST_CELLS:
        return None
    with one_core():
        whole = candidates(lists)
        low, high = over_models(lists, level)
        without: dict[str, Candidates | None] = {}
        for name in lists.names if over_lists else ():
            progress(f"models without {name}")
            without[name] = _spared(lists, name)
        return Sweep(whole, without, low, high)


def over_models(lists: Lists, level: float) -> tuple[float | None, float | None]:
    """The ends of the profile intervals of all near-best models together; None where one has no such end or there is none."""
    held = candidates(lists)
    counts = lists.cells()[1].astype(np.float64)
    near = held.near()
    support = held.support.rows(near)
    fits = fit(held.space, np.repeat(counts[None], len(near), axis=0), held.models[near], support=support)
    lows: list[float | None] = []
    highs: list[float | None] = []
    for free, cells, start in zip(support.free, support.cells, fits.beta, strict=True):
        _, low, high = profile_interval(of_model(held.space, counts, free, cells, start), lists.observed, level)
        lows.append(low)
        highs.append(high)
    return _end(min, lows), _end(max, highs)


def _end(choose: Callable[[list[float]], float], ends: list[float | None]) -> float | None:
    known = [end for end in ends if end is not None]
    return choose(known) if known and len(known) == len(ends) else None


def _spared(lists: Lists, name: str) -> Candidates | None:
    try:
        return candidates(lists.drop(name))
    except UsageError:  # nobody is left
        return None


def _range(held: Candidates, at: NDArray[np.intp]) -> tuple[float, float] | None:
    return (float(held.estimates[at].min()), float(held.estimates[at].max())) if len(at) else None


def _told(held: Candidates | None, listed: int) -> dict[str, Any]:
    if held is None:
        return {"scope": None, "tried": 0}
    ranked = held.ranked()
    span, near = _range(held, ranked), _range(held, held.near())
    told = {
        "scope": held.scope,
        "tried": len(held.models),
        "with_estimate": len(ranked),
        "no_estimate": int((held.codes & Code.NO_ESTIMATE > 0).sum()),
        "unidentifiable": int((held.codes & Code.UNIDENTIFIABLE > 0).sum()),
        "low": span[0] if span else None,
        "high": span[1] if span else None,
        "near_best": {"bic_within": NEAR, "models": len(held.near()), "low": near[0], "high": near[1]} if near else None,
        "best_aic": _model(held, held.best(held.aic)),
        "best_bic": _model(held, held.best(held.bic)),
    }
    if listed:
        rest = np.flatnonzero(held.codes != Code.FINE)
        told["list"] = [_model(held, int(at)) for at in [*ranked, *rest][:listed]]
    return told


def _model(held: Candidates, at: int | None) -> dict[str, Any] | None:
    if at is None:
        return None
    fine = held.codes[at] == Code.FINE
    numbers = {"estimate": held.estimates[at], "aic": held.aic[at], "bic": held.bic[at]}
    told = {key: float(value) if fine else None for key, value in numbers.items()}
    return {"model": held.space.name(held.models[at]), **told, "code": int(held.codes[at])}
