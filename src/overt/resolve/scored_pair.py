"""A scored pair of records, from any of the models, and conversions between probabilities and log2 odds."""

import math
from typing import NamedTuple

from overt.resolve.relations.relation_labels_and_verdict import RelationVerdict

_MIN_DISTANCE = 1e-6
"""Minimum distance of probabilities from 0 and 1, to which they are clipped before conversion to odds."""


class ScorePart(NamedTuple):
    """A part of a pair's score: a comparison, or the prior."""

    comparison: str
    bits: float
    """Weight: log2 of the Bayes factor, or of the prior odds."""
    level: str | None = None
    """Level of the comparison, or the matching words; None for the prior and for comparisons without levels."""


class ScoredPair(NamedTuple):
    """A pair of records of one type, `left` before `right`."""

    left: str
    right: str
    probability: float
    """Probability that both records are the same entity."""
    parts: tuple[ScorePart, ...]
    """Parts whose bits add up to log2 of the odds."""
    same: bool
    """Whether the machine may join the two by this score alone."""
    verdict: RelationVerdict | None = None
    """How the two organisations are related.

    None for other types and for names in different scripts. Usually None, too, if the verdict proposes no relation.
    """
    apart: bool = False
    """Whether the two must stay apart even if scores join both of them to a third record."""


def log2_odds(probability: float) -> float:
    """Return log2 of the odds of a probability."""
    clipped = min(max(probability, _MIN_DISTANCE), 1 - _MIN_DISTANCE)
    return math.log2(clipped / (1 - clipped))


def probability_from_log2_odds(bits: float) -> float:
    """Return the probability whose odds are two to the power of `bits`."""
    return 1 / (1 + math.exp2(-min(max(bits, -60.0), 60.0)))
