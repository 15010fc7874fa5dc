"""Folding: one way of writing for what is written in many, letter by letter."""

import unicodedata
from functools import cache, lru_cache
from typing import Any

LONGEST = 400
"""Only so many characters of a name are compared."""
_MARKS = "\u00ad\u061c\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Signs that only steer how text is laid out: soft hyphen, direction marks, joiners. They are no border between words."""
_GENERAL_MARKS_END = 0x0370


def fold(name: str) -> str:
    """Case, width, accents and punctuation gone; words of letters and digits of any script, joined by one space.

    Unicode NFKD with combining marks dropped for Latin, Greek and Cyrillic; marks that other scripts spell with stay. "The"
    is dropped, & is "and", signs that only steer the layout (direction marks, joiners) are not there.
    """
    return " ".join(folded_words(name))


def folded_words(name: str) -> list[str]:
    """The words of a folded name."""
    name = name[:LONGEST]
    if name.isascii():
        words = name.lower().translate(_WRITTEN).split()
        return [word for word in words if word != "the"] if "the" in words else words
    # Decomposed before and after: 𝓐 becomes a letter that has a small one, and a small one may have an accent.
    written = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(_WRITTEN)
    return unicodedata.normalize("NFC", " ".join(word for word in written.split() if word != "the")).split()


class _Written(dict[int, str]):
    """How each sign is written in a folded name; filled as signs are met."""

    def __missing__(self, code: int) -> str:
        self[code] = written = _written(chr(code))
        return written


def _written(sign: str) -> str:
    if unicodedata.combining(sign) and ord(sign) < _GENERAL_MARKS_END:
        return ""
    if sign in "'’ʼ":  # "People's": part of the word, not a border
        return ""
    if sign in _MARKS:
        return ""
    if sign == "&":
        return " and "
    return sign if sign.isalnum() or unicodedata.category(sign).startswith("M") else " "


_WRITTEN = _Written()


class _Simplified(dict[int, str]):
    """The simplified form of each Han sign; filled as signs are met."""

    def __missing__(self, code: int) -> str:
        self[code] = simple = str(_converter().convert(chr(code))) if code >= 0x2E80 else chr(code)
        return simple


@cache
def _converter() -> Any:
    from opencc import OpenCC  # reads its dictionaries, which a run without Han names need not wait for

    return OpenCC("t2s")


_SIMPLIFIED = _Simplified()


def simplified(text: str) -> str:
    """Traditional Han signs as simplified ones, sign by sign (OpenCC's t2s); everything else as it is."""
    return text if text.isascii() else text.translate(_SIMPLIFIED)


@lru_cache(maxsize=1 << 16)
def latin(word: str) -> str:
    """A folded word in the letters a–z and digits (AnyAscii's transliteration); empty when nothing is left.

    Han signs come out as pinyin syllables without tones; whoever wants to compare Han names should not use it for them.
    """
    if word.isascii():
        return word
    from anyascii import anyascii

    return "".join(sign for sign in anyascii(word).casefold() if sign.isalnum())


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
    """The script of each sign; empty for digits, marks and spaces; filled as signs are met."""

    def __missing__(self, sign: str) -> str:
        name = unicodedata.name(sign, "") if sign.isalpha() else ""
        self[sign] = script = next((script for start, script in _SCRIPTS if name.startswith(start)), "other" if name else "")
        return script


_SCRIPT_OF = _ScriptOf()


def script_of(sign: str) -> str:
    """`latin`, `han`, `cyrillic`, `arabic`, `hangul`, `kana`, `greek`, `other`, or nothing for what is no letter."""
    return _SCRIPT_OF[sign]


def has_han(text: str) -> bool:
    """Whether a Han sign is in it."""
    return not text.isascii() and any(_SCRIPT_OF[sign] == "han" for sign in text)


def runs(word: str) -> list[tuple[str, str]]:
    """A word cut where its script changes: (script, piece), digits and marks with the piece before them."""
    found: list[tuple[str, str]] = []
    for sign in word:
        script = _SCRIPT_OF[sign]
        if found and script in ("", found[-1][0]):
            found[-1] = (found[-1][0], found[-1][1] + sign)
        elif found and not found[-1][0]:
            found[-1] = (script, found[-1][1] + sign)
        else:
            found.append((script, sign))
    return found
