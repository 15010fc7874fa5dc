"""Recognises words that don't name a record: ordinary and function words, amounts, and numbers of people."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from overt.index.search_text import IS_HAN
from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Question
from overt.queries.questions.words_sought_in_texts import stem

_KEY = "common stems"
_NAMES = frozenset({"organization", "area", "place", "project_name", "kind"})
"""Types of parts that are names or fixed terms. Words for people in them don't count: 人 (person) in 人脸识别 (facial
recognition).
"""
_SCALES = frozenset(
    {"thousand", "million", "millions", "billion", "billions", "bn", "mn", "dollars", "euros", "yuan", "万", "亿", "元"}
)
"""Words that follow the number in an amount."""
SHORT_NUMBER = 2
"""Maximum number of digits of a number that is too short to name a record."""
_LOWER_CASE = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")


def common_stems(reader: Reader, lexicon: Lexicon) -> frozenset[str]:
    """Return the stems of the lower-case words of at least four letters in descriptions, summaries and notes of records.

    The lexicon, which belongs to one release, caches them.
    """
    if _KEY not in lexicon.derived:
        rows = reader.rows("question_texts_and_facts.descriptions")
        lexicon.derived[_KEY] = frozenset(stem(word) for row in rows for word in _LOWER_CASE.findall(row["value"]))
    stems: frozenset[str] = lexicon.derived[_KEY]
    return stems


def is_common(reader: Reader, lexicon: Lexicon, word: str) -> bool:
    """Return whether a word is an ordinary word rather than a name, because it is in the texts of records or in `text_words` of
    the grammar.

    Chinese words are looked for in the translations of phrases in sources instead of the texts of records.
    """
    if any(word in group for group in lexicon.text_words):
        return True
    if IS_HAN.search(word):
        return any(word in text for text in lexicon.chinese.values())
    return stem(word) in common_stems(reader, lexicon)


def is_function_word(lexicon: Lexicon, word: str) -> bool:
    """Return whether a word can't name a record.

    Such words are short numbers, fillers, words about years, and words that are never looked for in texts.
    """
    phrase = tokens(word)
    is_filler = any(sense.type in ("filler", "years") for sense in lexicon.senses(phrase))
    return phrase in lexicon.unsearched or is_filler or (word.isdigit() and len(word) <= SHORT_NUMBER)


def has_amount(words: Sequence[str]) -> bool:
    """Return whether words contain an amount, such as “500 million”, which can't be looked up in texts."""
    return any(word.isdigit() and after in _SCALES for word, after in pairwise(words))


def counts_people(question: Question, lexicon: Lexicon) -> bool:
    """Return whether a question asks for a number of people. A text that only contains its words doesn't answer it.

    Words in the names of organisations, places, projects and kinds don't count, such as 几 (“how many”) in 几内亚 (Guinea), and
    neither do those in `no_people` of the grammar: 人脸 (face) and 无人机 (drone) have 人 (person) in them.
    """
    words = question.tokens
    in_names = {at for part in question.parts if part.type in _NAMES for at in range(part.start, part.end)}
    in_names |= _positions(words, lexicon.people["no_people"])
    return all(_positions(words, lexicon.people[name]) - in_names for name in ("how_many", "people"))


def _positions(words: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> set[int]:
    """Return the positions of all words that belong to an occurrence of one of the phrases."""
    starts = ((at, at + len(phrase)) for phrase in phrases for at in range(len(words)) if words[at : at + len(phrase)] == phrase)
    return {at for start, end in starts for at in range(start, end)}
