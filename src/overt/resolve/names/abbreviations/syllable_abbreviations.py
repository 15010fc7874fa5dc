"""Abbreviations made of the first letters and syllables of a name's words: ENTEL for Empresa Nacional de TELecomunicaciones."""

from collections.abc import Sequence
from functools import lru_cache

MIN_SYLLABLE = 3
"""Minimum number of letters that a word contributes if they aren't consecutive, as in TLK for TeLeKom."""

_MIN_INITIALS = 4
_LETTERS_PER_GAP = 4
"""An abbreviation may leave out one word of the name for each of this many letters."""


@lru_cache(maxsize=1 << 16)
def abbreviates_words(short: str, words: tuple[str, ...]) -> bool:
    """Return whether letters abbreviate a name.

    Each word contributes at least its first letter, in order, and `short` has no other letters. A word contributes its
    beginning (TEL of telecommunications), or three or more of its letters in order from the first (TELKOM of telekomunikasi).
    Letters that begin with the entire first word, or are more than two thirds of the words' letters, aren't an abbreviation. A
    single word has no abbreviation. `short` and `words` are in lower-case Latin letters.
    """
    is_short = 3 * len(short) <= 2 * sum(map(len, words))  # Novatech is Nova Tech written as one word, not an abbreviation
    return 2 <= len(words) <= len(short) and is_short and not short.startswith(words[0]) and _matches(short, words)


def abbreviates_most_words(short: str, words: tuple[str, ...]) -> bool:
    """Return whether at least four letters are the initials of a name's words, in order from the first.

    One word may be left out for every four letters: CEIEC leaves out “national” of China National Electronics Import and Export
    Corporation.
    """
    if len(short) < _MIN_INITIALS or not words or not len(short) <= len(words) <= len(short) + len(short) // _LETTERS_PER_GAP:
        return False
    initials = iter(word[0] for word in words)
    return short[0] == words[0][0] and all(letter in initials for letter in short)


def _matches(short: str, words: Sequence[str]) -> bool:
    if not words:
        return not short
    word, rest = words[0], words[1:]
    if len(short) < len(words) or short[0] != word[0]:
        return False
    return any(_gives(short[:size], word) and _matches(short[size:], rest) for size in range(1, len(short) - len(rest) + 1))


def _gives(letters: str, word: str) -> bool:
    if word.startswith(letters):
        return True
    if len(letters) < MIN_SYLLABLE or len(letters) >= len(word):
        return False
    remaining = iter(word)
    return all(letter in remaining for letter in letters)
