"""Transliterate names into Latin letters, and merge spellings that transliterations use for the same sound."""

import re
import unicodedata
from functools import lru_cache

from overt.resolve.names.folding_and_scripts import MAX_NAME_LENGTH

_TOKEN = re.compile(r"[^\W_]+")
_ARABIC = str.maketrans("أإآٱىیکةۀؤئ", "ااااييكههوي")
_ALEF = str.maketrans("اع", "aa")
"""Arabic letters that AnyAscii leaves out although many names begin with them."""
_HANGUL_FINAL_NG = re.compile(r"ng$")
# Script → spelling → replacement that sounds the same. Replaced in this order, in transliterations and in Latin words.
_SOUNDS: dict[str, dict[str, str]] = {
    "cyrillic": {
        "shch": "s",
        "sch": "s",
        "dzh": "j",
        "tch": "c",
        "zh": "j",
        "kh": "h",
        "sh": "s",
        "ch": "c",
        "ts": "c",
        "tz": "c",
        "ph": "f",
        "th": "t",
        "ck": "k",
        "qu": "kv",
        "x": "ks",
        "q": "k",
        "w": "v",
        "z": "s",
    },
    "arabic": {
        "sh": "s",
        "ch": "s",
        "kh": "k",
        "gh": "k",
        "dh": "d",
        "th": "t",
        "ph": "f",
        "ck": "k",
        "x": "ks",
        "zh": "j",
        "q": "k",
        "g": "k",
        "c": "k",
        "p": "b",
        "v": "f",
        "z": "s",
        "w": "",
        "`": "",
        "'": "",
    },
    "hangul": {
        "sch": "s",
        "sh": "s",
        "ch": "j",
        "th": "s",
        "ph": "p",
        "ck": "k",
        "x": "ks",
        "qu": "k",
        "q": "k",
        "c": "k",
        "g": "k",
        "f": "p",
        "v": "p",
        "b": "p",
        "d": "t",
        "z": "j",
        "l": "r",
        "w": "",
    },
    "kana": {
        "sch": "s",
        "sh": "s",
        "tch": "t",
        "ch": "t",
        "th": "s",
        "ph": "h",
        "ck": "k",
        "ts": "t",
        "x": "ks",
        "qu": "k",
        "q": "k",
        "c": "k",
        "f": "h",
        "v": "b",
        "z": "s",
        "j": "s",
        "l": "r",
        "w": "",
    },
}
KANA = 30.0
"""Count of the usual spelling of each kana. Its other spellings have lower counts."""
_LOANS = {
    "r": "l", "k": "c", "se": "ce", "b": "v", "chi": "ti", "shi": "si", "tsu": "tu", "ji": "gi", "fu": "f", "su": "s", "to": "t",
}  # fmt: skip
"""Letters in the transliteration of a kana → letters that a borrowed English word may have instead."""
_SOFT_C = re.compile(r"c(?=[eiy])")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouy]")


def fold_script(name: str, script: str) -> list[str]:
    """Return the words of a name in lower case, with е for ё, and without Arabic vowel signs and variants of letters."""
    text = unicodedata.normalize("NFKC", name[:MAX_NAME_LENGTH]).casefold().replace("ё", "е")
    if script == "arabic":
        text = unicodedata.normalize("NFC", re.sub(r"[\u064b-\u0655\u0670ـ]", "", text).translate(_ARABIC)).replace("\u200c", " ")
    return _TOKEN.findall(text)


@lru_cache(maxsize=1 << 16)
def transliterate(text: str) -> str:
    """Transliterate a word or a character into lower-case Latin letters (AnyAscii). A character's final ng becomes n."""
    from anyascii import anyascii

    letters = anyascii(text.translate(_ALEF)).casefold().replace("-", "")
    return _HANGUL_FINAL_NG.sub("n", letters) if len(text) == 1 else letters


@lru_cache(maxsize=1 << 17)
def sound_key(letters: str, script: str) -> tuple[str, str]:
    """Return the consonants, and all letters, of a text in Latin letters, after merging spellings of the same sound.

    An initial vowel becomes `a` and counts as a consonant. `script`: the script that is compared with Latin letters.
    """
    text = letters if script == "cyrillic" else _SOFT_C.sub("s", letters)
    if script in ("hangul", "kana"):
        text = re.sub(r"n[gk](?=[^aeiou]|$)", "n", text)
    if script == "kana":
        text = re.sub(r"m(?=[bp])", "n", text)  # モンバサ is Mombasa
    for spelling, sound in _SOUNDS[script].items():
        text = text.replace(spelling, sound)
    text = _TWICE.sub(r"\1", text)
    first, rest = text[:1], text[1:]
    consonants = ("a" if first in "aeiouy" else first) + _VOWELS.sub("", rest).replace("h", "" if script != "cyrillic" else "h")
    return _TWICE.sub(r"\1", consonants), text


def kana_spellings() -> dict[str, dict[str, float]]:
    """Return kana → spelling → count.

    `latin_spellings_of_chinese_sounds` adds these to the counts of Chinese characters, because a name can mix kana with
    Chinese characters: 京セラ, Kyocera.
    """
    table: dict[str, dict[str, float]] = {}
    for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB)):
        sound = transliterate(chr(code))
        if sound.isalpha():
            table[chr(code)] = {sound: KANA, **{sound.replace(old, new): KANA / 2 for old, new in _LOANS.items() if old in sound}}
    table["ー"] = {"": KANA, "r": KANA / 4}
    return table
