"""The words of a question that an answer leaves out and must name first, because the answer may cover too much without them."""

from collections.abc import Iterable, Sequence

from overt.index.search_text import IS_HAN
from overt.language.language import Language
from overt.language.number_and_money_formats import Formats
from overt.queries.questions.names.non_name_words import is_function_word
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Question
from overt.site.search.blocking.restriction_cause_recognition import cause_of
from overt.site.search.limits.questions_that_need_all_limits import is_decisive, superlatives_among

_BOTH = "both"
_LIMITS = frozenset(
    {"area", "region", "seat", "place", "kind", "service", "restriction", "status", "organization", "project_name", "series"}
    | {"adjective", "area_group", "region_group", "name"}
)
"""Types of parts and senses that limit an answer to places, kinds, services, statuses, parties and the like."""
_OF_ANY_TIME = frozenset(
    {"answer", "projects", "places", "suppliers", "amounts", "money", "agreements", "blocked", "absent", "listed"}
)
"""Intents of questions whose answers include what has ended."""


def limits_left_out(
    language: Language, lexicon: Lexicon, question: Question, unused: Iterable[str], *, is_strict: bool = False
) -> list[str]:
    """Return the words among `unused` that limit a question: a place, kind, party, year, number, “both” or unknown word.

    In a decisive question, superlatives and subjects count, too. If `is_strict` is true, all words that narrow a question down
    count.

    `question`: the question as it was read, before an answer from single records replaced it. `unused`: words that the answer
    doesn't use.
    """
    named = {part.text for part in (*question.parts, *question.excluded) if part.type in _LIMITS | {"year"}}
    named |= {*question.unknown, *([question.threshold.text] if question.threshold else [])}
    if question.years:
        first, last = (str(year) if year else None for year in question.years)
        named.add(Formats(language).period(first, last))
    unused = list(dict.fromkeys(unused))
    decisive = _deciding(lexicon, question, unused) if is_decisive(question) else []
    if is_strict:
        narrowing = (word for word in unused if word in question.unweighed and word not in lexicon.present_words)
        decisive += [word for word in narrowing if not is_function_word(lexicon, word)]
    # If “both” is left out, the list includes records that meet only one condition.
    both = {marker.text for marker in question.markers if marker.id == _BOTH}
    named |= both
    words = [word for word in unused if word in named or word in decisive or _is_limit(lexicon, word)]
    return [
        word
        for word in words
        if word in decisive or word in both or not is_function_word(lexicon, word) or tokens(word) in lexicon.limits
    ]


def present_words_left_out(lexicon: Lexicon, question: Question, unused: Iterable[str]) -> list[str]:
    """Return the words among `unused` that limit a question to the present, such as “currently”.

    Answers that give the status of each record, or the facts about a named record, aren't limited by them.

    `question`: the question that is answered. `unused`: words that the answer doesn't use.
    """
    gives_status = question.ids("status") or question.law_statuses or question.missing_law_statuses
    if gives_status or question.intent not in _OF_ANY_TIME:
        return []
    return [word for word in dict.fromkeys(unused) if _begins_with_present(lexicon, word)]


def sentence_about_limits(language: Language, words: Sequence[str], *, is_decisive: bool) -> str:
    """Return a sentence with the limits of the question that the answer leaves out; empty if there are none.

    `is_decisive`: whether the question remains open without them.
    """
    if not words:
        return ""
    named = language.comma.join(f"“{word}”" for word in words)
    if is_decisive:
        return language.gettext("This leaves out %(words)s, so what you ask for remains open. Without that:", words=named)
    return language.gettext("This leaves out %(words)s, so it may cover more than you ask for.", words=named)


def _begins_with_present(lexicon: Lexicon, word: str) -> bool:
    """Return whether a phrase is a word for the present or begins with one: “still in use”, 仍在使用."""
    return word in lexicon.present_words or any(
        word.startswith(present if IS_HAN.search(present) else f"{present} ") for present in lexicon.present_words
    )


def _deciding(lexicon: Lexicon, question: Question, words: Sequence[str]) -> list[str]:
    """Return the superlatives among some words, and the words for subjects, such as “journalists”, that narrow a question."""
    narrowing = [word for word in words if word in question.unweighed]
    subjects = [word for word in narrowing if any(sense.type == "subject" for sense in lexicon.senses(tokens(word)))]
    return [*superlatives_among(question, words), *subjects]


def _is_limit(lexicon: Lexicon, word: str) -> bool:
    """Return whether a phrase is a limit: in the grammar's `limits`, a cause, a year, or a name of a place, kind or party."""
    phrase = tokens(word)
    if cause_of(lexicon, word):
        return True
    if phrase in lexicon.limits or any(token.isdigit() for token in phrase):
        return True
    senses = lexicon.senses(phrase)
    return bool(senses) and senses[0].type in _LIMITS
