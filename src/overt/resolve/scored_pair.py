"""A pair of records that was scored, whatever scored it."""

import math
from typing import TYPE_CHECKING, NamedTuple

from overt.resolve.review.review_queue import Part

if TYPE_CHECKING:
    from overt.resolve.relations import Verdict

_LEAST = 1e-6
"""Probabilities are told no nearer to 0 and 1."""


class Scored(NamedTuple):
    """A pair of records of one type, `left` before `right`."""

    left: str
    right: str
    probability: float
    """That they are one thing."""
    parts: tuple[Part, ...]
    """Bits that add up to log2 of the odds."""
    same: bool
    """Whether the machine may join them by this alone."""
    kin: "Verdict | None" = None
    """How two organisations stand to each other; of other records, and of names in two scripts, nothing is told."""


def odds_in_bits(probability: float) -> float:
    """log2 of the odds."""
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log2(held / (1 - held))


def probability_of(bits: float) -> float:
    """The probability whose odds have so many bits."""
    return 1 / (1 + math.exp2(-min(max(bits, -60.0), 60.0)))
