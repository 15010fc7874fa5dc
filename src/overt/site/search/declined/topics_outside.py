"""Recognise questions about what lies outside the atlas, such as help, advice, contacts, victims and laws that it lacks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import GAP, tokens
from overt.queries.questions.sought_words import sought_word
from overt.queries.questions.understood_question import Question
from overt.site.search.texts.records_by_name import all_with_words

COURTS, FORECASTS, LAWS, MOTIVES, NETWORKS = "courts", "forecasts", "laws", "motives", "networks"


class Topic(NamedTuple):
    """What a question asks for that the atlas doesn't record."""

    kind: str
    """A key of `QuestionGrammar.outside`, or `LAWS` for a law or agreement that no record is about."""
    law: str = ""
    """The name of that law; empty for other kinds."""


def topic_outside(reader: Reader, lexicon: Lexicon, question: Question) -> Topic | None:
    """Return what a question asks for that the atlas doesn't record, or None."""
    words = tokens(question.text)
    unless = _phrases(lexicon, "outside_unless")
    for kind, phrases in _phrases(lexicon, "outside").items():
        if _has_any(words, phrases) and not _has_any(words, unless.get(kind, [])):
            return Topic(kind)
    for name in lexicon.grammar.unregistered_laws:
        is_named = _has_runs(words, [tokens(name)])
        if is_named and not all_with_words(reader, lexicon, [sought_word(word, []) for word in name.split()], []):
            return Topic(LAWS, name)
    return None


def asks_for_motives(lexicon: Lexicon, question: Question) -> bool:
    """Return whether a question asks why somebody did something. No record has a field for that.

    Words in names don’t count: 华为什么时候 has 为什么 in it.
    """
    named = {at for part in question.parts if part.type != "intent" for at in range(part.start, part.end)}
    words = tuple("" if at in named else word for at, word in enumerate(question.tokens))
    return _has_any(words, _phrases(lexicon, "outside_beside")[MOTIVES])


def _phrases(lexicon: Lexicon, field: str) -> dict[str, list[list[tuple[str, ...]]]]:
    """Return the phrases of a field of the grammar by kind, each as its runs of tokens between gaps. The lexicon keeps them."""
    key = f"phrases {field}"
    if key not in lexicon.derived:
        by_kind: Mapping[str, Sequence[str]] = getattr(lexicon.grammar, field)
        lexicon.derived[key] = defaultdict(
            list,
            {kind: [[tokens(run) for run in phrase.split(GAP)] for phrase in phrases] for kind, phrases in by_kind.items()},
        )
    phrases: dict[str, list[list[tuple[str, ...]]]] = lexicon.derived[key]
    return phrases


def _has_any(words: tuple[str, ...], phrases: Sequence[Sequence[tuple[str, ...]]]) -> bool:
    """Return whether tokens have one of some phrases."""
    return any(_has_runs(words, runs) for runs in phrases)


def _has_runs(words: tuple[str, ...], runs: Sequence[tuple[str, ...]]) -> bool:
    """Return whether runs of tokens are in a question, one after another."""
    at = 0
    for run in runs:
        start = next((start for start in range(at, len(words) - len(run) + 1) if words[start : start + len(run)] == run), None)
        if start is None:
            return False
        at = start + len(run)
    return True
