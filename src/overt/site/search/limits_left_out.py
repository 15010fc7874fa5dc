"""Which words of a question an answer must name first, because without them the answer covers more than the question asks for."""

from collections.abc import Iterable, Sequence

from overt.language.formats import Formats
from overt.language.language import Language
from overt.queries.questions.blocking_words import cause_of
from overt.queries.questions.common_words import is_function_word
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Question

_LIMITS = frozenset(
    {"area", "region", "seat", "place", "kind", "service", "restriction", "status", "organization", "project_name", "series"}
    | {"adjective", "area_group", "region_group", "name"}
)
"""Types of parts and senses that limit an answer to places, things, states or parties."""


def limits_left_out(language: Language, lexicon: Lexicon, question: Question, unused: Iterable[str]) -> list[str]:
    """Return the words among `unused` for a place, region, kind, party, year or number, and those that weren't understood.

    `question`: as it was read, before an answer from single records replaced it. `unused`: the words that the answer doesn't use.
    """
    named = {part.text for part in (*question.parts, *question.excluded) if part.type in _LIMITS | {"year"}}
    named |= {*question.unknown, *([question.threshold.text] if question.threshold else [])}
    if question.years:
        first, last = (str(year) if year else None for year in question.years)
        named.add(Formats(language).period(first, last))
    words = [word for word in dict.fromkeys(unused) if word in named or _is_limit(lexicon, word)]
    return [word for word in words if not is_function_word(lexicon, word) or tokens(word) in lexicon.limits]


def sentence_about_limits(language: Language, words: Sequence[str]) -> str:
    """Return the sentence that says which limits of the question the answer doesn't have; empty without any."""
    if not words:
        return ""
    named = language.comma.join(f"“{word}”" for word in words)
    return language.gettext("This leaves out %(words)s, so it may cover more than you ask for.", words=named)


def _is_limit(lexicon: Lexicon, word: str) -> bool:
    """Return whether words are a limit by the grammar: its `limits`, causes, years, and names of places, kinds and parties."""
    phrase = tokens(word)
    if cause_of(lexicon, word):
        return True
    if phrase in lexicon.limits or any(token.isdigit() for token in phrase):
        return True
    senses = lexicon.senses(phrase)
    return bool(senses) and senses[0].type in _LIMITS
