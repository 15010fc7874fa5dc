"""Ranks questions by how much they affect published figures."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from overt.resolve.review.question import Question


class Impact(NamedTuple):
    """The numbers of rows, figures and records in a release that depend on a pair."""

    rows: int = 0
    """Number of rows of published figures in which either thing takes part."""
    figures: int = 0
    """Number of figures with such rows."""
    links: int = 0
    """Number of records that refer to either thing: roles, commitments, places …"""


class RankedQuestion(NamedTuple):
    """A question with its impact."""

    question: Question
    impact: Impact

    @property
    def weight(self) -> float:
        """Uncertainty × published rows: the number of rows that a decision is expected to change."""
        return self.question.uncertainty * self.impact.rows


def rank_questions(questions: Iterable[Question], impacts: Mapping[tuple[str, str], Impact]) -> list[RankedQuestion]:
    """Return the questions, the one whose decision is expected to change most first.

    `impacts`: pair of records → impact; a pair without one has no impact. Pairs of equal weight are sorted by the number of
    records that refer to them, then by uncertainty, then by pair.
    """
    ranked = [
        RankedQuestion(question, impacts.get((question.left.record, question.right.record), Impact())) for question in questions
    ]
    return sorted(ranked, key=_rank)


def _rank(ranked: RankedQuestion) -> tuple[float, float, float, str, str]:
    question = ranked.question
    uncertainty = question.uncertainty
    return -ranked.weight, -uncertainty * ranked.impact.links, -uncertainty, question.left.record, question.right.record
