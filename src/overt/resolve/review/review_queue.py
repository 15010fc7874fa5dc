"""What to look at next: pairs of which the machine is not sure, those first on which most published numbers hang."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
import pyarrow as pa

from overt.resolve.review.members import Member

if TYPE_CHECKING:
    from overt.resolve.relation_table import Proposal

_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("left", pa.string()),
    ("right", pa.string()),
    ("probability", pa.float64()),
    ("parts", pa.string()),
    ("same", pa.bool_()),
]
CANDIDATES = pa.schema(_COLUMNS)
"""`resolved/candidates.parquet`, pairs of source records that were scored: `left` sorts before `right`; the probability, 0 to 1,
that the two are one thing; `parts`, a JSON object of what makes it up: each comparison by its name, with a `weight` (bits:
log2 of the Bayes factor) and a `level` or other words, where it has them; `same`, whether the machine may join the two by it
alone. A pair stands once; sorted by pair.
"""
UNSCORED = 0.5
"""Of a refused join that no score speaks of: one clue for it and one against."""


@dataclass(frozen=True)
class Question:
    """Two source records of which nobody has said yet whether they are one thing."""

    left: Member
    right: Member
    probability: float
    """That they are one, as the machine has it."""
    parts: Mapping[str, Any]
    """What the probability is made of."""
    refused: str | None = None
    """Why a join of the two was refused, where it was."""
    left_open: bool = False
    """Whether somebody has judged it unsure."""
    proposal: "Proposal | None" = None
    """How the machine holds the two for related, where it does and nobody has said so yet."""

    @property
    def joined(self) -> bool:
        """Whether the two are published as one thing now."""
        return self.left.id == self.right.id

    @property
    def uncertainty(self) -> float:
        """Shannon's entropy of the probability, in bits: 1 at one half, 0 where the machine is certain."""
        return sum(-p * math.log2(p) for p in (self.probability, 1 - self.probability) if p > 0)


class Part(NamedTuple):
    """One comparison of a scored pair."""

    comparison: str
    bits: float
    """Its weight: log2 of the Bayes factor; what all pairs have in common is a part of its own."""
    level: str | None = None
    """How the two compare, in a word."""


def candidates_table(scored: Iterable[tuple[str, str, float, bool, Iterable[Part]]]) -> pa.Table:
    """Pairs, with their probability, `same` and parts, as CANDIDATES has them, in any order; of two of a pair the likelier."""
    held: dict[tuple[str, str], tuple[float, str, bool]] = {}
    for one, other, probability, same, parts in scored:
        said = {part.comparison: {"weight": part.bits} | ({"level": part.level} if part.level else {}) for part in parts}
        pair = (one, other) if one <= other else (other, one)
        row = probability, orjson.dumps(said).decode(), same
        held[pair] = max(held.get(pair, row), row)
    columns = list(zip(*((*pair, *held[pair]) for pair in sorted(held)), strict=True)) or [()] * len(_COLUMNS)
    return pa.Table.from_arrays(
        [pa.array(column, kind) for column, (_, kind) in zip(columns, _COLUMNS, strict=True)], schema=CANDIDATES
    )


class Impact(NamedTuple):
    """What hangs on a pair in a release."""

    rows: int = 0
    """Rows of published figures in which either thing takes part."""
    figures: int = 0
    """The figures that have these rows."""
    links: int = 0
    """Records that name either thing: roles, commitments, places …"""


class Ranked(NamedTuple):
    """A question with what hangs on it."""

    question: Question
    impact: Impact

    @property
    def weight(self) -> float:
        """Uncertainty × published rows: how much of what is published a decision is expected to move."""
        return self.question.uncertainty * self.impact.rows


def order(questions: Iterable[Question], impacts: Mapping[tuple[str, str], Impact]) -> list[Ranked]:
    """The queue: what a decision would change most first. `impacts` by the pair of records; a pair without one moves nothing.

    Among pairs of equal weight the one that more records name comes first, then the one that is less certain, then by pair.
    """
    ranked = [Ranked(held, impacts.get((held.left.record, held.right.record), Impact())) for held in questions]
    return sorted(ranked, key=_place)


def _place(ranked: Ranked) -> tuple[float, float, float, str, str]:
    held = ranked.question
    unsure = held.uncertainty
    return -ranked.weight, -unsure * ranked.impact.links, -unsure, held.left.record, held.right.record
