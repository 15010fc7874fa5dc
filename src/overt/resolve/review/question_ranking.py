"""Rank questions by their effect on published figures."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from overt.resolve.review.question import Question


class Impact(NamedTuple):
    """The numbers of rows, figures and records in a release that depend on a pair."""

    rows: int = 0
    """Number of rows of published figures that involve either entity."""
    figures: int = 0
    """Number of figures with such rows."""
    links: int = 0
    """Number of records that refer to either entity: roles, commitments, places …"""


class RankedQuestion(NamedTuple):
    """A question with its impact."""

    question: Question
    impact: Impact

    @property
    def weight(self) -> float:
        """Uncertainty × published rows: the expected number of rows that a decision changes."""
        return self.question.uncertainty * self.impact.rows


def rank_questions(questions: Iterable[Question], impacts: Mapping[tuple[str, str], Impact]) -> list[RankedQuestion]:
    """Return the questions with their impact. Those whose answers are expected to change most published rows come first.

    `impacts`: pair of records → impact; pairs that are missing have no impact. Questions with equal `weight` are sorted by
    uncertainty × `links`, then by uncertainty, then by the probability that the published state is wrong (all descending), and
    then by pair.
    """
    ranked = [
        RankedQuestion(question, impacts.get((question.left.record, question.right.record), Impact())) for question in questions
    ]
    return sorted(ranked, key=_rank)


def _rank(ranked: RankedQuestion) -> tuple[float, float, float, float, str, str]:
    question = ranked.question
    uncertainty = question.uncertainty
    agreement = question.probability if question.joined else 1 - question.probability
    records = question.left.record, question.right.record
    return -ranked.weight, -uncertainty * ranked.impact.links, -uncertainty, agreement, *records
