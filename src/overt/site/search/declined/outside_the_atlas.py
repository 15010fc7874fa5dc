"""Reply to questions for what lies outside the atlas: say so first, and then what is on record of the names in them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from overt.language.language import N_, Language
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.understood_question import Question
from overt.site.search.blocking.restrictions_in_month import month_of
from overt.site.search.declined.topics_outside import LAWS, Topic

OUTSIDE = "outside"
FEW = 3
"""Maximum number of records whose texts may answer a question about courts, and whose names a reply has."""
_NAMES = frozenset({"organization", "area", "region", "place", "kind", "service", "restriction", "project_name", "year"})
"""Types of parts that are asked again without the words for what isn't recorded."""
_LIMITS = _NAMES - {"year"}
_EXPLANATIONS: Mapping[str, str] = {
    "help": N_(
        "Not answered: Overt can’t check, clean or protect a device. Helplines for digital security, such as Access Now’s, help "
        "journalists, activists and associations; Overt only records which systems were supplied to whom."
    ),
    "advice": N_(
        "Not answered: Overt gives no advice, such as which tool to use or how to get around a block. It records what is "
        "restricted, by which laws, and who supplied the systems."
    ),
    "contacts": N_(
        "Not answered: Overt has no persons, posts, pay or contact details. It records organisations and their projects."
    ),
    "losses": N_(
        "Not answered: Overt doesn’t record incomes, profits or losses, and so neither what a firm earned nor what a restriction "
        "cost. It records systems and restrictions, and the prices and loans that sources give."
    ),
    "arrests": N_(
        "Not answered: Overt doesn’t count arrests, trials or solved crimes. It records systems, their suppliers and customers."
    ),
    "victims": N_(
        "Not answered: Overt has no list or number of the people who were watched. It records which systems were supplied to "
        "whom."
    ),
    "courts": N_(
        "Not answered: Overt has no register of court cases. Only some descriptions and statements on its records mention them."
    ),
    LAWS: N_("Not answered: no law or agreement on record here has the name “%(name)s”, so nothing can be said of its text."),
}


def without_answer(question: Question) -> Question:
    """Return a question as one that is declined."""
    return replace(question, intent="", reason=OUTSIDE, unknown_at=set(), unweighed=[])


def about_outside(
    language: Language, lexicon: Lexicon, question: Question, topic: Topic, answer: Callable[[str], Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the fields of an answer that declines a question: why, and what is on record of the other names in it.

    If few records are, they are named. `answer`: returns the fields of the answer to another question.
    """
    known = "" if topic.kind == LAWS else _known(lexicon, question)
    sentence = _on_record(language, answer(known)) if known else None
    return {
        "understood": False,
        "intent": None,
        "reason": OUTSIDE,
        "explanation": language.gettext(_EXPLANATIONS[topic.kind], name=topic.law),
        "unweighed": [],
        "limits_left_out": [],
        "unknown": [],
        "known": known if sentence else "",
        "known_sentence": sentence,
        "sentence": None,
        "address": None,
        "total": 0,
        "items": [],
        "notes": [],
    }


def _on_record(language: Language, answer: Mapping[str, Any]) -> str | None:
    """Return the sentence of an answer, with the names of its items if they are few; None if nothing is on record."""
    sentence, items = answer["sentence"], answer["items"]
    if not (answer["understood"] and answer["total"] and sentence):
        return None
    more = [item["label"] for item in items if item["label"] not in sentence] if len(items) <= FEW else []
    return language.gap.join([sentence, language.comma.join(more) + language.gettext(".")] if more else [sentence])


def _known(lexicon: Lexicon, question: Question) -> str:
    """Return the names in a question, and its month, as a question of their own, in its order; empty without any but years."""
    texts = {part.start: part.text for part in question.parts if part.type in _NAMES}
    if question.years and (month := month_of(lexicon, question)):
        texts[month.start] = join(question.tokens[month.start : month.end])
    is_named = any(part.type in _LIMITS for part in question.parts)
    return join(tokens(" ".join(texts[start] for start in sorted(texts)))) if is_named else ""
