"""What a method answers."""

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
    """Whether a model has an estimate, as SparseMSE counts (Chan, Silverman and Vincent 2021)."""

    FINE = 0
    NO_ESTIMATE = 1
    """The likelihood has no maximum at a finite number of people who are on no list."""
    UNIDENTIFIABLE = 2
    """Many numbers of people fit equally well: the cells say less than the model asks."""
    BOTH = 3
    """Neither: the likelihood has no maximum, and would not be told from others if it had."""


ESTIMATE: Final = "estimate"
"""The number may be published, with its interval and the range over models."""
LOWER_BOUND: Final = "lower bound only"
"""There are at least so many; how many there are cannot be said."""
COMPARISON: Final = "comparison only"
"""A number for experts who compare methods: it stands on an assumption that nothing in the table tests."""
REFUSED: Final = "refused"
"""There is no number to publish; `reason` says why."""
VERDICTS: Final = (ESTIMATE, LOWER_BOUND, COMPARISON, REFUSED)

TWO_LISTS: Final = "one table of two lists cannot show whether they reach the same people or different ones; it takes three"
"""Two lists give the same table whether they depend on each other one way, the other, or not, so no number bounds anything."""
FEWEST_SHARED: Final = 10
"""Things on two lists or more, below which no model of how the lists hang together says anything."""
MOST_BAYESIAN: Final = 10**12
"""People beyond whom posterior densities lose the digits that tell one number from the next."""
NO_INTERVAL: Final = "the interval has no lower end: the table does not say how many there are at least"


@dataclass(frozen=True)
class Estimate:
    """A method's answer: how many there are in all, those on no list included.

    `estimate`, `low` and `high` are numbers of people, or None where there is none; `level` is that of the interval (0.95);
    `model` what was fitted, such as `[123,14,34]`: the largest terms by the lists' places, 1 for the first; `code` as in `Code`;
    `verdict` one of `VERDICTS` and `reason` why; `detail` is what else the method has to say, as plain JSON values.
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
        """As `overt estimate --json` prints it."""
        return {**asdict(self), "code": int(self.code), "detail": dict(self.detail)}


def refused(method: str, reason: str, *, level: float, code: int = Code.FINE, model: str = "", **detail: object) -> Estimate:
    """An answer without a number."""
    return Estimate(method, None, None, None, level, model, int(code), REFUSED, reason, detail)


def few_shared(shared: int) -> str:
    """Why so few on two lists or more tell nothing; empty where they are enough."""
    if shared >= FEWEST_SHARED:
        return ""
    are = "nobody is" if not shared else "1 is" if shared == 1 else f"{shared} are"
    return f"{are} on two lists or more, and from fewer than {FEWEST_SHARED} nothing shows how the lists hang together"
