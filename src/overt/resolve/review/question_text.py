"""Describe a question in words, for the terminal and the desk: its reason, the parts of its score, and the proposed relation."""

from collections.abc import Mapping
from typing import Any

from overt.resolve.explanation_text import format_probability, relation_sentence
from overt.resolve.review.question import Question

_UNLABELLED = ("level", "says")
"""Keys of a part whose values are printed without a label."""


def describe_parts(parts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the name and a description of each part of a score, heaviest first, whether it speaks for or against a match.

    `parts`: as in `Question.parts`.
    """
    return [(name, _describe(part)) for name, part in sorted(parts.items(), key=lambda item: (-abs(_weight(item[1])), item[0]))]


def question_reason(question: Question) -> str:
    """Return the reason why a pair is a question: its score, and why a join was refused or how the pair is published."""
    probability = f"{question.probability:.0%}".replace("%", " %")
    if question.refused is not None:
        score = f"scored {probability}; " if question.parts else ""
        return f"{score}{question.refused}"
    return f"scored {probability}; {'published as one record now' if question.joined else 'published as two records now'}"


def describe_proposal(question: Question, left: str, right: str) -> str:
    """Return a sentence for the proposed relation, with the names of both sides; empty if there is no proposal."""
    proposal = question.proposal
    if proposal is None:
        return ""
    from_, to = (left, right) if proposal.from_ == question.left.record else (right, left)
    return f"proposed with {format_probability(proposal.probability)}: {relation_sentence(proposal.kind, from_, to)}"


def _weight(part: Any) -> float:
    weight = part.get("weight") if isinstance(part, dict) else part
    return float(weight) if isinstance(weight, int | float) else 0.0


def _describe(part: Any) -> str:
    if isinstance(part, dict):
        values = [
            _plain(value) if name in _UNLABELLED else f"{name} {_plain(value)}"
            for name, value in part.items()
            if name != "weight"
        ]
        return "; ".join([*([_bits(_weight(part))] if "weight" in part else []), *values])
    return _bits(part) if isinstance(part, int | float) and not isinstance(part, bool) else _plain(part)


def _bits(weight: float) -> str:
    return f"{weight:+.2f} bits".replace("-", "−")


def _plain(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
