"""Tell who lends, gives or owns from verbs around countries: “who owes China”, “grants that China gave”, “中国拥有海康威视吗”."""

from collections.abc import Mapping, Sequence

from overt.queries.questions.function_words import WHO
from overt.queries.questions.understood_question import Part, Question

GIVING = (("given",), ("give",), ("gives",), ("gave",), ("offered",), ("provided",), ("extended",))
"""Verbs after a country that gives or lends."""
_OWING = frozenset({"owe", "owes", "owed", "欠"})
_HAS = "拥有"


def ask_for_debtors(question: Question, areas: Sequence[Part]) -> None:
    """Read “who owes China” as a question for countries: lenders don’t owe."""
    who = next((at for at, word in enumerate(question.tokens) if word in WHO), None)
    owed = any(is_owed(question, part) for part in areas)
    if who is not None and owed and "places" not in question.ids("intent"):
        question.ask_for("places", question.tokens[who], who, who + 1)


def is_owed(question: Question, part: Part) -> bool:
    """Return whether a country is right after “owe” or 欠, perhaps with “to” between."""
    end = part.start - 1 if question.tokens[part.start - 1 : part.start] == ("to",) else part.start
    return end > 0 and question.tokens[end - 1] in _OWING


def settle_own_owners(question: Question, seats: Mapping[str, str]) -> None:
    """Read 拥有 between an organisation's own country and the organisation as a question for owners: “中国拥有海康威视吗”.

    Elsewhere, it means “has”: “墨西哥拥有飞马吗”. `seats`: countries by organisation id.
    """
    for at, marker in enumerate(question.markers):
        owned = [part for part in question.parts if part.type == "organization" and part.start == marker.end]
        owners = [part for part in question.parts if part.type == "area" and part.end <= marker.start]
        if marker.text == _HAS and any(seats.get(part.id) == owner.id for part in owned for owner in owners):
            question.markers[at] = marker._replace(id="owners")
