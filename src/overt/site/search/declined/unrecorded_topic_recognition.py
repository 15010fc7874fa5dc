"""Recognise questions about what the atlas doesn't record, such as help, advice, contacts, victims and missing laws."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import GAP, tokens
from overt.queries.questions.understood_question import Part, Question
from overt.queries.questions.words_sought_in_texts import sought_word
from overt.site.search.blocking.restrictions_in_month import month_of
from overt.site.search.texts.records_by_name import all_with_words

COURTS, FORECASTS, LAWS, MOTIVES, NETWORKS = "courts", "forecasts", "laws", "motives", "networks"
_PLACES = frozenset({"area", "region", "place"})
_BLOCKED = frozenset({"service", "restriction"})
"""A question with a part of one of these types is about what is blocked."""


class Topic(NamedTuple):
    """What a question asks for that the atlas doesn't record."""

    kind: str
    """A key of `QuestionGrammar.outside`, or `LAWS` for a law or agreement that no record is about."""
    law: str = ""
    """The name of the law or agreement; empty for other kinds."""


def topic_outside(reader: Reader, lexicon: Lexicon, question: Question) -> Topic | None:
    """Return the topic of a question that the atlas doesn't record, or None.

    A phrase doesn't count if it is only a part of a name, or if the next word changes its meaning.
    """
    words = tokens(question.text)
    unless, continued = _phrases(lexicon, "outside_unless"), _phrases(lexicon, "outside_continued")
    parts = [part for part in question.parts if part.type != "intent"] if question.tokens == words else []
    for kind, phrases in _phrases(lexicon, "outside").items():
        if kind == NETWORKS and _names_place(question) and not _is_about_blocking(question):
            continue  # “In my country, Kenya” means the country, not its networks.
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
    if _asks_what_will_be_blocked(lexicon, question) and not _has_any(words, unless.get(FORECASTS, [])):
        return Topic(FORECASTS)
    return None


def _begins_after_release(lexicon: Lexicon, question: Question) -> bool:
    """Return whether a question's period, which may be a month of a year, begins after the day of the release."""
    first, last = question.years or (None, None)
    if first is None or not datetime.MINYEAR <= first <= datetime.MAXYEAR:
        return False
    month = month_of(lexicon, question) if first == last else None
    return datetime.date(first, month.number if month else 1, 1) > lexicon.words.release_day


def asks_for_motives(lexicon: Lexicon, question: Question) -> bool:
    """Return whether a question asks why somebody did something. No record has a field for that.

    Characters of names don't count, because 华为什么时候 (when did Huawei …) contains 为什么 (why).
    """
    named = {at for part in question.parts if part.type != "intent" for at in range(part.start, part.end)}
    words = tuple("" if at in named else word for at, word in enumerate(question.tokens))
    return _has_any(words, _phrases(lexicon, "outside_beside")[MOTIVES])


def _phrases(lexicon: Lexicon, field: str) -> dict[str, list[list[tuple[str, ...]]]]:
    """Return the phrases of a field of the grammar by kind, each split at its gaps into runs of tokens. They are cached."""
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
    """Return whether a question asks what is blocked, or names a service, a restriction or a service group."""
    types = {part.type for part in question.parts}
    return bool(types & _BLOCKED or "blocked" in question.ids("intent") or question.service_groups)


def _asks_what_will_be_blocked(lexicon: Lexicon, question: Question) -> bool:
    """Return whether a question asks for restrictions in a period after the release.

    Projects and laws can have planned dates, so questions about these are ordinary ones.
    """
    intents = {question.intent, *question.ids("intent")}
    is_about_others = "agreements" in intents or bool(question.ids("organization"))
    return _is_about_blocking(question) and not is_about_others and _begins_after_release(lexicon, question)


def _cuts_any(spans: Sequence[tuple[int, int]], parts: Sequence[Part]) -> bool:
    """Return whether a phrase cuts a name in two, as “which general” does with “General Directorate of Security”."""
    return any(
        max(start, part.start) < min(end, part.end) and (part.start < start or end < part.end)
        for start, end in spans
        for part in parts
    )


def _is_continued(
    words: tuple[str, ...], spans: Sequence[tuple[int, int]], continued: Sequence[Sequence[tuple[str, ...]]]
) -> bool:
    """Return whether words right after a phrase change its meaning: “price of a camera system”."""
    end = spans[-1][1]
    return any(words[end : end + len(run)] == run for [run] in continued)


def _has_any(words: tuple[str, ...], phrases: Sequence[Sequence[tuple[str, ...]]]) -> bool:
    """Return whether the tokens contain one of the phrases."""
    return any(_has_runs(words, runs) for runs in phrases)


def _has_runs(words: tuple[str, ...], runs: Sequence[tuple[str, ...]]) -> bool:
    """Return whether a question contains the runs of tokens in this order, possibly with gaps."""
    return next(_matches(words, runs), None) is not None


def _matches(words: tuple[str, ...], runs: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the spans of runs of tokens that occur in a question in this order, for each position of the first run."""
    for first in _starts(words, runs[0], 0):
        spans = [(first, first + len(runs[0]))]
        for run in runs[1:]:
            start = next(_starts(words, run, spans[-1][1]), None)
            if start is None:
                return
            spans.append((start, start + len(run)))
        yield spans


def _starts(words: tuple[str, ...], run: tuple[str, ...], at: int) -> Iterator[int]:
    """Yield the positions of a run of tokens, at or after the position `at`."""
    return (start for start in range(at, len(words) - len(run) + 1) if words[start : start + len(run)] == run)
