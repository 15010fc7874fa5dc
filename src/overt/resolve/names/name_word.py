"""One word of a name: what it is, and what it says."""

import re
from typing import NamedTuple

from overt.resolve.names.folding import latin, runs
from overt.resolve.names.lexicon import UNSPACED, Kind, Lexicon

_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)?")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}
_OF_A_PLACE = re.compile(r"(?<=\w{3})ск(?:ии|ая|ое|ие|ого|ои)$")
"""The ending of Russian adjectives, folded: Муромский завод is the plant of Murom."""


class Word(NamedTuple):
    """A word of a name."""

    kind: Kind
    meaning: str
    """Equal for words that say the same in any language; of a brand's word its Latin letters, or its Han signs."""
    written: str
    """Its own letters, in Latin where it is not Han."""


class Words(dict[str, Word]):
    """What each token is; filled as tokens are met, emptied when it has grown too long. Tokens to be cut have no `written`."""

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
        letters = token if token.isascii() else latin(_OF_A_PLACE.sub("", token))
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
    return sum(-one if one < next_one else one for one, next_one in zip(digits, [*digits[1:], 0], strict=True))


def is_han(token: str) -> bool:
    """Whether a word begins with a Han sign."""
    return not token.isascii() and runs(token)[0][0] == "han"


def letters_of(token: str) -> str:
    """A word in Latin letters; as it is when it is in Han signs, or in a script that has no transliteration."""
    return token if token.isascii() or is_han(token) else latin(token) or token
