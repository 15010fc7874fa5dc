"""Reads the years of a question: “2019”, “since 2019”, “2015年以前” (“before 2015”)."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.queries.questions.question_tokens import join

_BETWEEN = frozenset({"the", "year", "of", "around", "年"})
"""Words that may be between a year and the word that applies to it."""

_AMBIGUOUS = frozenset({"from", "by", "up", "to", "自", "从", "起", "以", "后"})
"""Words that also have a meaning without a year."""


class YearWord(NamedTuple):
    """A word that may apply to a year, such as “since”."""

    id: str
    """A field of `YearWords`."""
    start: int
    end: int


def years_of(
    years: Sequence[tuple[int, int]], words: Sequence[YearWord], tokens: Sequence[str]
) -> tuple[int | None, int | None] | None:
    """Return the first and last year that a question asks for, each None if that side is open.

    Return None instead of the pair if the question has no year, more than two, or two with words that point outside them
    (“before 2010 and after 2020”). Any other two years are the ends of a range. A word applies only to a year beside it: “by
    Huawei in 2019” isn't “by 2019”. `years`: years and their positions.
    """
    if not years or len(years) > 2:
        return None
    if len(years) == 2:
        (first, first_at), (last, last_at) = sorted(years)
        outside = (("before", first_at), ("until", first_at), ("after", last_at), ("since", last_at))
        if any(_is_shifted(word, at, words, tokens) for word, at in outside):
            return None
        after, before = _is_shifted("after", first_at, words, tokens), _is_shifted("before", last_at, words, tokens)
        return first + after, last - before
    [(year, at)] = years
    shifts: dict[str, tuple[int | None, int | None]] = {
        "since": (year, None), "after": (year + 1, None), "until": (None, year), "before": (None, year - 1),
    }  # fmt: skip
    beside = (word.id for word in words if word.id in shifts and _is_beside(word, at, tokens))
    return next((shifts[word] for word in beside), (year, year))


def unused_year_words(years: Sequence[tuple[int, int]], words: Sequence[YearWord], tokens: Sequence[str]) -> list[str]:
    """Return the words such as “after” that apply to no year: “after the election”.

    Words that also have another meaning, such as “from” and “by”, are left out, and so is “between”.
    """
    return [
        join(tokens[word.start : word.end])
        for word in words
        if word.id != "between"
        and not set(tokens[word.start : word.end]) <= _AMBIGUOUS
        and not any(_is_beside(word, at, tokens) for _, at in years)
    ]


def _is_shifted(word_id: str, at: int, words: Sequence[YearWord], tokens: Sequence[str]) -> bool:
    return any(word.id == word_id and _is_beside(word, at, tokens) for word in words)


def _is_beside(word: YearWord, at: int, tokens: Sequence[str]) -> bool:
    phrase = join(tokens[word.start : word.end])
    if word.start > at and phrase.isascii() and not phrase.startswith("onward"):
        return False  # In “completed in 2019 by Huawei”, “by” isn't about 2019.
    between = tokens[word.end : at] if word.end <= at else tokens[at + 1 : word.start]
    return set(between) <= _BETWEEN
