"""Recognise questions for what lies outside the atlas, such as help, advice, contacts, victims and laws that it lacks."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import GAP, tokens
from overt.queries.questions.sought_words import sought_word
from overt.queries.questions.understood_question import Question
from overt.site.search.texts.records_by_name import all_with_words

COURTS, LAWS = "courts", "laws"
_KEY = "phrases outside the atlas"


class Topic(NamedTuple):
    """What a question asks for that the atlas doesn't record."""

    kind: str
    """A key of `QuestionGrammar.outside`, or `LAWS` for a law or agreement that no record is about."""
    law: str = ""
    """The name of that law; empty for other kinds."""


def topic_outside(reader: Reader, lexicon: Lexicon, question: Question) -> Topic | None:
    """Return what a question asks for that the atlas doesn't record, or None."""
    words = tokens(question.text)
    for kind, phrases in _phrases(lexicon):
        for runs in phrases:
            if _has_runs(words, runs):
                return Topic(kind)
    for name in lexicon.grammar.unregistered_laws:
        is_named = _has_runs(words, [tokens(name)])
        if is_named and not all_with_words(reader, lexicon, [sought_word(word, []) for word in name.split()], []):
            return Topic(LAWS, name)
    return None


def _phrases(lexicon: Lexicon) -> list[tuple[str, list[list[tuple[str, ...]]]]]:
    """Return the phrases of the grammar by kind, each as its runs of tokens between gaps. The lexicon keeps them."""
    if _KEY not in lexicon.derived:
        lexicon.derived[_KEY] = [
            (kind, [[tokens(run) for run in phrase.split(GAP)] for phrase in phrases])
            for kind, phrases in lexicon.grammar.outside.items()
        ]
    phrases: list[tuple[str, list[list[tuple[str, ...]]]]] = lexicon.derived[_KEY]
    return phrases


def _has_runs(words: tuple[str, ...], runs: Sequence[tuple[str, ...]]) -> bool:
    """Return whether runs of tokens are in a question, one after another."""
    at = 0
    for run in runs:
        start = next((start for start in range(at, len(words) - len(run) + 1) if words[start : start + len(run)] == run), None)
        if start is None:
            return False
        at = start + len(run)
    return True
