"""A word of a name and its meaning."""

import re
from typing import NamedTuple

from overt.resolve.names.folding_and_scripts import latin, runs
from overt.resolve.names.lexicon import UNSPACED, Kind, Lexicon

_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)?")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}
_ADJECTIVE_ENDING = re.compile(r"(?<=\w{3})ск(?:ии|ая|ое|ие|ого|ои)$")
"""Matches the ending of a folded Russian adjective made from a place name: Муромский завод is a plant in Murom."""


class Word(NamedTuple):
    """A word of a name."""

    kind: Kind
    meaning: str
    """An id shared by words with the same meaning in any language. A brand's word has its Latin letters or Chinese characters
    as its id.
    """
    written: str
    """The word's letters, in Latin script unless it is Chinese."""


class WordCache(dict[str, Word]):
    """Token → word, for the parser. Filled on demand, and emptied when it grows too large.

    Tokens in Chinese characters or Hangul have an empty `written`, because the parser still has to split them.
    """

    def __init__(self, known: Lexicon) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, token: str) -> Word:
        if len(self) > 1 << 20:
            self.clear()
        self[token] = word = self._word(token)
        return word

    def _word(self, token: str) -> Word:
        if not token.isascii() and runs(token)[0][0] in UNSPACED:
            return Word("brand", "", "")
        letters = token if token.isascii() else latin(_ADJECTIVE_ENDING.sub("", token))
        words = self._known.words
        if meaning := words.get(token) or words.get(letters):
            return Word(meaning.kind, meaning.id, letters or token)
        first = letters[:1]
        if first.isdigit() and (number := _ORDINAL.fullmatch(letters)):
            return Word("number", number[1].lstrip("0") or "0", number[1])
        if first in ROMAN_DIGITS and len(letters) > 1 and _ROMAN.fullmatch(letters):
            digits = str(_roman(letters))
            return Word("number", digits, digits)
        return Word("brand", letters, letters)


def _roman(letters: str) -> int:
    digits = [ROMAN_DIGITS[letter] for letter in letters]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, [*digits[1:], 0], strict=True))


def is_han(token: str) -> bool:
    """Return whether a word begins with a Chinese character."""
    return not token.isascii() and runs(token)[0][0] == "han"


def letters_of(token: str) -> str:
    """Return a word in Latin letters; unchanged if it is Chinese or its script has no transliteration."""
    return token if token.isascii() or is_han(token) else latin(token) or token
