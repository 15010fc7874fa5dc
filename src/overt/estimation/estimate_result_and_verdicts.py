"""The estimate that a method returns, and the verdict on it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from typing import Any, Final

CAVEAT = (
    "Individual heterogeneity cannot be revealed by list data: where people's chances of being listed differ, populations of "
    "different size give the same table (Link 2003, Biometrics 59, 1123). Within its model every number here assumes that they "
    "do not differ."
)


class Code(IntEnum):
    """Why a method has no estimate, as a coarse code; `Estimate.reason` gives details. Any other reason has the code `FINE`.

    0 to 3 are the codes of SparseMSE for a log-linear model (Chan, Silverman and Vincent 2021). 4 and 8 are our own, for the
    Bayesian methods, which have no likelihood to maximise.
    """

    FINE = 0
    NO_ESTIMATE = 1
    """The likelihood has no maximum: it grows as the number on no list goes to infinity, or the mean of some cell to zero."""
    UNIDENTIFIABLE = 2
    """Many numbers of people fit equally well: the cells that can be filled do not determine all terms of the model."""
    BOTH = 3
    """The likelihood has no maximum, and even a maximum would not be identified."""
    ISOLATED_LIST = 4
    """A list shares nobody with any other list, so only the prior says how many people the list misses."""
    UNBOUNDED = 8
    """The posterior has much of its probability far above the people observed: the table sets no upper limit."""


NO_ESTIMATE_REASONS = {
    Code.NO_ESTIMATE: "no estimate exists: the likelihood grows towards an edge, where the number on no list is without limit "
    "or some cell has to be empty",
    Code.UNIDENTIFIABLE: "not identifiable: every number on no list fits equally well",
    Code.BOTH: "no estimate exists, and none would be identifiable",
}
"""Why a log-linear model has no estimate, by code."""

ESTIMATE: Final = "estimate"
"""The number may be published with its interval and the range over models."""
LOWER_BOUND: Final = "lower bound only"
"""The number is a lower bound; no upper limit may be published."""
COMPARISON: Final = "comparison only"
"""The number may not be published, for the reason in `reason`. It is for experts who compare methods."""
REFUSED: Final = "refused"
"""There is no number to publish, for the reason in `reason`."""
VERDICTS: Final = (ESTIMATE, LOWER_BOUND, COMPARISON, REFUSED)
"""All verdicts, from the strongest to the weakest."""

TWO_LISTS: Final = "one table of two lists cannot show whether they reach the same people or different ones; it takes three"
"""Why two lists are not enough: their table looks the same whether the lists depend on each other positively, negatively or not
at all.
"""
MIN_SHARED: Final = 10
"""Minimum number of people on two or more lists for which a model of dependence between lists is meaningful."""
MAX_BAYESIAN_PEOPLE: Final = 10**12
"""Maximum number of people for Bayesian methods.

Above it, posterior densities can't distinguish neighbouring numbers in double precision.
"""
NO_INTERVAL: Final = "the interval has no lower end: the table does not say how many there are at least"


@dataclass(frozen=True)
class Estimate:
    """A method's estimate of how many people there are in all, including those on no list.

    `estimate`, `low` and `high` are numbers of people, or None. `level` is the level of the interval, such as 0.95. `model`
    describes the fitted model: a log-linear one by its largest terms, each as the positions of its lists: `[123,14,34]`. `code`
    is a `Code`. `verdict` is one of `VERDICTS`, and `reason` explains it. `detail` has the method's other results as plain JSON
    values.
    """

    method: str
    estimate: float | None
    low: float | None
    high: float | None
    level: float
    model: str
    code: int
    verdict: str
    reason: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the estimate as plain data, as in `overt estimate --json`."""
        return {**asdict(self), "code": int(self.code), "detail": dict(self.detail)}


def refuse(method: str, reason: str, *, level: float, code: int = Code.FINE, model: str = "", **detail: object) -> Estimate:
    """Return a refused estimate: a reason instead of a number. `detail`: the method's other results."""
    return Estimate(method, None, None, None, level, model, int(code), REFUSED, reason, detail)


def too_few_shared(shared: int) -> str:
    """Return why `shared` people on two or more lists are too few; an empty string if they suffice."""
    if shared >= MIN_SHARED:
        return ""
    are = "nobody is" if not shared else "1 is" if shared == 1 else f"{shared} are"
    return f"{are} on two lists or more, and from fewer than {MIN_SHARED} one cannot tell how the lists depend on each other"
