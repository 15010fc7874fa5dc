"""Recognise questions about what lies outside the atlas, such as help, advice, contacts, victims and laws that it lacks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import GAP, tokens
from overt.queries.questions.understood_question import Part, Question
from overt.queries.questions.words_sought_in_texts import sought_word
from overt.site.search.texts.records_by_name import all_with_words

COURTS, FORECASTS, LAWS, MOTIVES, NETWORKS = "courts", "forecasts", "laws", "motives", "networks"
_PLACES = frozenset({"area", "region", "place"})
_BLOCKED = frozenset({"service", "restriction"})
"""Types of parts of questions about what is blocked."""


class Topic(NamedTuple):
    """What a question asks for that the atlas doesn't record."""

    kind: str
    """A key of `QuestionGrammar.outside`, or `LAWS` for a law or agreement that no record is about."""
    law: str = ""
    """The name of that law; empty for other kinds."""


def topic_outside(reader: Reader, lexicon: Lexicon, question: Question) -> Topic | None:
    """Return what a question asks for that the atlas doesn't record, or None.

    A phrase doesn't count if it has only some words of a name, or if the next word changes its meaning.
    """
    words = tokens(question.text)
    unless, continued = _phrases(lexicon, "outside_unless"), _phrases(lexicon, "outside_continued")
    parts = [part for part in question.parts if part.type != "intent"] if question.tokens == words else []
    for kind, phrases in _phrases(lexicon, "outside").items():
        if kind == NETWORKS and _names_place(question) and not _is_about_blocking(question):
            continue  # “in my country, Kenya”
        matches = (spans for runs in phrases for spans in _matches(words, runs))
        is_meant = any(
            not _cuts_any(spans, parts) and not _is_continued(words, spans, continued.get(kind, [])) for spans in matches
        )
        if is_meant and not _has_any(words, unless.get(kind, [])):
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


def _names_place(question: Question) -> bool:
    return any(part.type in _PLACES for part in question.parts)


def _is_about_blocking(question: Question) -> bool:
    """Return whether a question is about what is blocked: it names a service, a restriction or a group of services."""
    types = {part.type for part in question.parts}
    return bool(types & _BLOCKED or "blocked" in question.ids("intent") or question.service_groups)


def _cuts_any(spans: Sequence[tuple[int, int]], parts: Sequence[Part]) -> bool:
    """Return whether a phrase has only some of the words of a name: “which general” of “General Directorate of Security”."""
    return any(
        max(start, part.start) < min(end, part.end) and (part.start < start or end < part.end)
        for start, end in spans
        for part in parts
    )


def _is_continued(
    words: tuple[str, ...], spans: Sequence[tuple[int, int]], continued: Sequence[Sequence[tuple[str, ...]]]
) -> bool:
    """Return whether one of some words right after a phrase changes its meaning: “price of a camera system”."""
    end = spans[-1][1]
    return any(words[end : end + len(run)] == run for [run] in continued)


def _has_any(words: tuple[str, ...], phrases: Sequence[Sequence[tuple[str, ...]]]) -> bool:
    """Return whether tokens have one of some phrases."""
    return any(_has_runs(words, runs) for runs in phrases)


def _has_runs(words: tuple[str, ...], runs: Sequence[tuple[str, ...]]) -> bool:
    """Return whether runs of tokens are in a question, one after another."""
    return next(_matches(words, runs), None) is not None


def _matches(words: tuple[str, ...], runs: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the positions of runs of tokens that are in a question one after another, for each position of the first."""
    for first in _starts(words, runs[0], 0):
        spans = [(first, first + len(runs[0]))]
        for run in runs[1:]:
            start = next(_starts(words, run, spans[-1][1]), None)
            if start is None:
                return
            spans.append((start, start + len(run)))
        yield spans


def _starts(words: tuple[str, ...], run: tuple[str, ...], at: int) -> Iterator[int]:
    """Yield the positions of a run of tokens from a position on."""
    return (start for start in range(at, len(words) - len(run) + 1) if words[start : start + len(run)] == run)
