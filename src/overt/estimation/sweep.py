"""How far the answer moves with the model and with each list, and what may be said then."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overt.estimation.candidates import NEAR, Candidates, candidates
from overt.estimation.lists import MOST_CELLS, Lists
from overt.estimation.result import COMPARISON, ESTIMATE, LOWER_BOUND, REFUSED, Code, Estimate
from overt.model.errors import UsageError

_LISTED = 150
"""Models that are listed one by one: all 113 of four lists; else the best of them."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """Models of a table, and of the table without each of its lists in turn. `without` has None where a list cannot be spared."""

    whole: Candidates
    without: dict[str, Candidates | None]

    @property
    def range(self) -> tuple[float, float] | None:
        """The smallest and largest estimate of near-best models, or None where no model has an estimate."""
        return _range(self.whole, self.whole.near())

    def as_dict(self) -> dict[str, Any]:
        """As `overt estimate --json` prints it."""
        lists = [{"without": name, **_told(held, 0)} for name, held in self.without.items()]
        return {"models": _told(self.whole, _LISTED), "lists": lists}

    def words(self) -> str:
        """The result in a sentence."""
        if self.range is None:
            return "no model has an estimate"
        low, high = self.range
        near = len(self.whole.near())
        said = f"{near} near-best of {len(self.whole.models):,} models give {low:,.0f} to {high:,.0f}"
        parts = []
        for name, held in self.without.items():
            best = held.best(held.bic) if held else None
            number = f"{held.estimates[best]:,.0f}" if held and best is not None else "no estimate"
            parts.append(f"{number} without {name}")
        return f"{said}; the best model gives {', '.join(parts)}"


def sweep(lists: Lists) -> Sweep | None:
    """Look at all models of a table of three to twelve lists, and of the table without each list; None for other tables."""
    if not 3 <= len(lists.names) <= MOST_CELLS:
        return None
    return Sweep(candidates(lists), {name: _spared(lists, name) for name in lists.names})


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


def gate(one: Estimate, lists: Lists, swept: Sweep | None) -> Estimate:
    """An estimate with the verdict it may bear: none is published on two lists, without a sweep, or of a model that fits badly.

    A verdict that is already less than `ESTIMATE` stays.
    """
    if one.verdict != ESTIMATE:
        return one
    if len(lists.names) < 3:
        return replace(one, verdict=LOWER_BOUND, reason=_TWO)
    if swept is None:
        return replace(one, verdict=REFUSED, reason=_MANY)
    if swept.range is None:
        return replace(one, verdict=REFUSED, reason=swept.words())
    best = swept.whole.best(swept.whole.bic)
    criterion = one.detail.get("bic")
    if best is not None and isinstance(criterion, float) and criterion - swept.whole.bic[best] > NEAR:
        worse = criterion - float(swept.whole.bic[best])
        name = swept.whole.space.name(swept.whole.models[best])
        reason = f"this model fits far worse than {name} (BIC {worse:,.0f} more)"
        return replace(one, verdict=COMPARISON, reason=reason)
    return replace(one, reason=swept.words())


_TWO = "two lists cannot show whether they depend on each other; three or more are needed for an estimate"
_MANY = f"with more than {MOST_CELLS} lists other models than independence are not tried, so nothing is known of how far it holds"
