"""Fold, simplify and transliterate names, and find their scripts."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

MAX_NAME_LENGTH = 400
"""Number of characters of a name that are read. The rest is ignored."""
_MARKS = "\u00ad\u061c\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Layout characters: soft hyphen, direction marks, joiners. They don't separate words."""
_GENERAL_MARKS_END = 0x0370
_LETTER_MARK = re.compile("(?<=[^\\W\\d_])[`\u2018\u02bb](?=[^\\W\\d_])")
"""Matches the mark of Uzbek letters and of transliterations within a word: O\u2018zbekiston, O`zbekiston, Ma\u02bblumot."""
_INDIAN_C = re.compile("[चচਚચଚచಚചච]")
"""Matches the letter that AnyAscii writes as c, in Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Telugu, Kannada, Malayalam and
Sinhala."""


def fold(name: str) -> str:
    """Return a name without case, width, accents and punctuation: words of any script, joined by single spaces.

    The result is in Unicode NFKC without the combining marks of Latin, Greek and Cyrillic; marks of other scripts stay. "The",
    apostrophes, the marks of Uzbek letters (Oʻzbekiston) and layout characters (direction marks, joiners) are dropped, and &
    becomes "and". Only MAX_NAME_LENGTH characters are read.
    """
    return " ".join(folded_words(name))


def folded_words(name: str) -> list[str]:
    """Return the words of a name, folded as by `fold`."""
    name = name[:MAX_NAME_LENGTH]
    if "`" in name or "\u2018" in name or "\u02bb" in name:
        name = _LETTER_MARK.sub("", name)
    if name.isascii():
        words = name.lower().translate(_FOLDED).split()
        return [word for word in words if word != "the"] if "the" in words else words
    # The name is decomposed before casefold, because letters such as 𝓐 have no lower case until then, and again after it,
    # because casefolded letters may have accents.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(_FOLDED)
    return unicodedata.normalize("NFC", " ".join(word for word in folded.split() if word != "the")).split()


class _Folded(dict[int, str]):
    """Code point → folded form. Filled as characters occur."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if unicodedata.combining(character) and ord(character) < _GENERAL_MARKS_END:
        return ""
    if character in "'’ʼ":  # "People's" is one word
        return ""
    if character in _MARKS:
        return ""
    if character == "&":
        return " and "
    return character if character.isalnum() or unicodedata.category(character).startswith("M") else " "


_FOLDED = _Folded()


class _Simplified(dict[int, str]):
    """Code point → simplified Chinese character. Filled as characters occur."""

    def __missing__(self, code: int) -> str:
        self[code] = simple = str(_converter().convert(chr(code))) if code >= 0x2E80 else chr(code)
        return simple


@cache
def _converter() -> Any:
    from opencc import OpenCC  # imported here because it is slow to load, and only Chinese names need it

    return OpenCC("t2s")


_SIMPLIFIED = _Simplified()


def simplified(text: str) -> str:
    """Return a string with each traditional Chinese character replaced by the simplified one (OpenCC's t2s)."""
    return text if text.isascii() else text.translate(_SIMPLIFIED)


@lru_cache(maxsize=1 << 16)
def latin(word: str) -> str:
    """Return a folded word in letters a–z and digits (AnyAscii's transliteration); empty if nothing is left.

    Chinese characters become pinyin without tones, which is not enough to compare Chinese names. The c of Indian scripts
    becomes ch, as in English spellings: दूरसञ्चार, Doorsanchar.
    """
    if word.isascii():
        return word
    from anyascii import anyascii

    text = _INDIAN_C.sub("ch", word) if _INDIAN_C.search(word) else word
    return "".join(character for character in anyascii(text).casefold() if character.isalnum())


_SCRIPTS = (
    ("LATIN", "latin"),
    ("CJK", "han"),
    ("CYRILLIC", "cyrillic"),
    ("ARABIC", "arabic"),
    ("HANGUL", "hangul"),
    ("HIRAGANA", "kana"),
    ("KATAKANA", "kana"),
    ("GREEK", "greek"),
)


class _ScriptOf(dict[str, str]):
    """Character → its script; empty for digits, marks and spaces. Filled as characters occur."""

    def __missing__(self, character: str) -> str:
        name = unicodedata.name(character, "") if character.isalpha() else ""
        self[character] = script = next((script for start, script in _SCRIPTS if name.startswith(start)), "other" if name else "")
        return script


_SCRIPT_OF = _ScriptOf()


def script_of(character: str) -> str:
    """Return `latin`, `han`, `cyrillic`, `arabic`, `hangul`, `kana`, `greek` or `other`; empty for digits, marks and spaces."""
    return _SCRIPT_OF[character]


def has_han(text: str) -> bool:
    """Return whether a string contains Chinese characters."""
    return not text.isascii() and "han" in map(_SCRIPT_OF.__getitem__, text)


def runs(word: str) -> list[tuple[str, str]]:
    """Split a word where its script changes, into pairs of a script and a piece of the word.

    Digits and marks belong to the piece before them or, at the start of the word, to the piece after them.
    """
    pieces: list[tuple[str, str]] = []
    for character in word:
        script = _SCRIPT_OF[character]
        if pieces and script in ("", pieces[-1][0]):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + character)
        elif pieces and not pieces[-1][0]:
            pieces[-1] = (script, pieces[-1][1] + character)
        else:
            pieces.append((script, character))
    return pieces
