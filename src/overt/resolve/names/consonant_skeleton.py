"""Consonants of words, for comparing names that were transliterated into another script and back."""

import re
from functools import lru_cache

_SAME = (
    ("dzh", "j"),
    ("shch", "sh"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("ph", "f"),
    ("kh", "h"),
    ("ck", "k"),
    ("ks", "x"),
    ("th", "t"),
    ("gh", "g"),
    ("ts", "c"),
    ("tz", "c"),
    ("qu", "k"),
    ("q", "k"),
    ("w", "v"),
    ("z", "s"),
)
_SOFT = re.compile(r"[aeiouyh]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """Return the consonants of a word in Latin letters; empty for other scripts.

    Consonants that transliterations confuse are merged, and double consonants become single. After the first letter, y and h
    are dropped like vowels. An initial vowel or y becomes `a`.
    """
    if not word.isascii():
        return ""
    for letters, sound in _SAME:
        word = word.replace(letters, sound)
    first, rest = word[:1], word[1:]
    return _TWICE.sub(r"\1", ("a" if first in "aeiouy" else first) + _SOFT.sub("", rest))
