"""A question to an editor: whether two records are the same entity."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from overt.resolve.relations.stated_and_proposed_relations import RelationProposal
from overt.resolve.review.member_lookup import Member

UNSCORED = 0.5
"""Probability of a pair without a score, such as a refused join, which has a reason for it and a reason against it."""


@dataclass(frozen=True)
class Question:
    """Two source records. An editor is to judge whether they are the same entity."""

    left: Member
    right: Member
    probability: float
    """The machine's probability that both records are the same entity."""
    parts: Mapping[str, Any]
    """Parts of the probability, as in `scored_pair_table.CANDIDATES`."""
    refused: str | None = None
    """Why a join of the two was refused; None if it wasn't."""
    left_open: bool = False
    """Whether editors judged the pair, or another pair between the same entities, unsure."""
    proposal: RelationProposal | None = None
    """The relation that the machine proposes; None if there is none, or if an editor has judged it."""

    @property
    def joined(self) -> bool:
        """Whether both records are currently published as the same entity."""
        return self.left.id == self.right.id

    @property
    def uncertainty(self) -> float:
        """How doubtful the published state is: 0 if the machine is certain of it, 1 if the opposite is at least as likely.

        In between, it is the Shannon entropy of the probability, in bits. It is 1 for two records that are very likely the same
        but that the machine may not join, because editors should see such records first.
        """
        wrong = 1 - self.probability if self.joined else self.probability
        return 1.0 if wrong >= 0.5 else sum(-p * math.log2(p) for p in (wrong, 1 - wrong) if p > 0)
