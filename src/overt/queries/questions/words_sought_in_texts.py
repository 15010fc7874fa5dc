"""Searches texts for words that the grammar of questions doesn't know, such as “patrols” or 车牌追踪 (licence plate tracking)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from overt.index.search_text import IS_HAN, written

_WORDS = re.compile(r"[^\W_\u3400-\u9fff]+")
_ENDINGS = ("ings", "ing", "ied", "ies", "ed", "es", "s", "e", "y")
"""Endings of English words that are cut off, longest first, so that “patrols” and “patrolled” are the same word.

Endings that make another word are kept: “officer” is not “office”.
"""
_WITH_Y = ("ied", "ies", "y")
_MIN_STEM, _MIN_BEFORE_S = 4, 3
_MAX_EXCERPT = 280
"""Maximum number of characters of an excerpt."""
_SENTENCES = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])")
_SENTENCE_START = re.compile(r"[.!?:;。！？；：“\"(]\s*$")
_SEVERAL = 3
_HALF = 0.5


class SoughtWord(NamedTuple):
    """A word that is looked for in texts, with the forms that count as the same."""

    typed: str
    stems: frozenset[str]
    """Stems of single ASCII words."""
    strings: tuple[str, ...]
    """All other forms, such as Chinese words, and phrases of several words."""


def sought_word(typed: str, groups: Iterable[Sequence[str]]) -> SoughtWord:
    """Return a word with its forms. `groups`: words that count as the same, such as “penalty” and “fine”."""
    own = written(typed)
    forms = dict.fromkeys([own])
    for group in groups:
        words = [*map(written, group)]
        if own in words or (own.isascii() and stem(own) in map(stem, filter(str.isascii, words))):
            forms |= dict.fromkeys(words)
    is_word = {form: form.isascii() and " " not in form for form in forms}
    return SoughtWord(
        typed,
        frozenset(stem(form) for form in forms if is_word[form]),
        tuple(form for form in forms if not is_word[form]),
    )


@lru_cache(16_384)
def stem(word: str) -> str:
    """Return an English word without its ending: `patrol` for “patrolled” and “patrols”."""
    if not word.isascii() or word.isdigit():
        return word
    for ending in _ENDINGS:
        least = _MIN_BEFORE_S if ending == "s" else _MIN_STEM
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word.removesuffix(ending) + ("i" if ending in _WITH_Y else "")  # “policy” is not “police”
            break
    return word[:-1] if len(word) > _MIN_STEM and word[-1] == word[-2] else word


def mentions(text: str, word: SoughtWord) -> bool:
    """Return whether a text contains a word in one of its forms (see `forms_in`).

    A Chinese word of three characters or more also counts if the text has at least half of its pairs of characters, and
    at least two.
    """
    return bool(forms_in(text, word))


@lru_cache(8_192)
def read_text(text: str) -> tuple[str, frozenset[str]]:
    """Return a text, folded, and the stems of its words."""
    folded = written(text)
    return folded, frozenset(map(stem, _WORDS.findall(folded)))


def has_word(folded: str, stems: frozenset[str], word: SoughtWord, *, in_full: bool = False) -> bool:
    """Return whether a folded text with these stems has a word; with `in_full`, half of a Chinese word isn't enough."""
    return not word.stems.isdisjoint(stems) or any(_has_string(folded, string, in_full) for string in word.strings)


def forms_in(text: str, word: SoughtWord, *, is_name: bool = False) -> list[str]:
    """Return the forms in which a text has a word: “stops” for “stopped”, 车牌 (licence plate) for 车牌追踪 (licence
    plate tracking). Empty if it doesn't have the word.

    A form other than the typed one doesn't count if it has a capital letter inside a sentence, because it then belongs to a
    name: “Human Rights Watch” has no “watched”. `is_name`: whether the text is a name, in which such words do count.
    """
    folded, stems = read_text(text)
    if not has_word(folded, stems, word):
        return []
    forms = [string for string in word.strings if _has_string(folded, string, in_full=True)]
    for match in _WORDS.finditer(text):
        form = written(match[0])
        if stem(form) in word.stems:
            is_part_of_name = match[0][0].isupper() and match.start() and not _SENTENCE_START.search(text[: match.start()])
            if is_name or form == written(word.typed) or not is_part_of_name:
                forms.append(form)
    if not forms:
        forms = [part for string in word.strings if IS_HAN.search(string) for part in _parts(folded, string)]
    return list(dict.fromkeys(forms))


def _parts(folded: str, string: str) -> Iterator[str]:
    """Yield the longest parts of a Chinese word that occur in a folded text. Each has at least two characters."""
    text, start = folded.replace(" ", ""), 0
    while start < len(string) - 1:
        end = start
        while end < len(string) and string[start : end + 1] in text:
            end += 1
        if end - start > 1:
            yield string[start:end]
        start = max(end, start + 1)


def excerpt(text: str, words: Sequence[SoughtWord]) -> str:
    """Return the sentences of a text that mention one of the words, shortened; the beginning of the text if none does."""
    sentences = [sentence.strip() for sentence in _SENTENCES.split(text) if sentence.strip()]
    mentioning = [sentence for sentence in sentences if any(mentions(sentence, word) for word in words)]
    chosen = mentioning or sentences
    gap = "" if IS_HAN.search(text) else " "
    cut = gap.join(chosen)
    return cut if len(cut) <= _MAX_EXCERPT else f"{cut[: _MAX_EXCERPT - 1].rstrip()}…"


def _has_string(folded: str, string: str, in_full: bool) -> bool:
    if not IS_HAN.search(string):
        return f" {string} " in f" {folded} "
    if string in folded.replace(" ", ""):
        return True
    pairs = ["".join(pair) for pair in pairwise(string)]
    return not in_full and len(string) >= _SEVERAL and sum(pair in folded for pair in pairs) >= max(2, _HALF * len(pairs))
