"""Normalises text for search: folds it, transcribes its sound in Latin letters, splits it into terms, and makes FTS5 queries.

Text in scripts with spaces is split into words. Text in other scripts (Chinese, Japanese, Korean, Thai …) is split into
overlapping pairs of characters, so that 华为 (Huawei) finds 华为技术有限公司 (Huawei Technologies Co., Ltd.).
Names and queries are split in the same way.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from anyascii import anyascii

from overt.resolve.names.folding_and_scripts import script_of, simplified

MAX_QUERY_LENGTH = 200
"""Maximum number of characters of a query that are used."""
MAX_WORDS = 12
"""Maximum number of words of a query that are used."""
MAX_WORD_LENGTH = 24
"""Maximum number of letters of a word that are indexed."""
FIRST = "\ue000"
"""Marks the first term of a name, so that names that begin with a query rank before those that only contain it.

It is a private-use character, which folded text never has.
"""
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# In these scripts, including Japanese and Korean, each character is a syllable or a word.
_READ = f"{_HAN}\u3041-\u30ff\u31f0-\u31ff\u1100-\u11ff\uac00-\ud7af"
_UNSPACED = f"{_READ}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # This adds Thai, Lao, Burmese and Khmer.
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_ALL_READ = re.compile(f"[{_READ}]+")
IS_HAN = re.compile(f"[{_HAN}]")
_AS_LATIN = frozenset({"latin", "cyrillic", "greek"})
_ALSO_AS_LATIN = ("GEORGIAN", "ARMENIAN")
_ONE_LETTER = str.maketrans({"w": "v", "y": "i", "c": "k", "q": "k", "x": "ks"})
"""Maps letters that sound alike to the same letter, and x to ks. No replacement depends on neighbouring letters, so that a
prefix of a name stays a prefix.
"""
_ALIKE = {"х": "h", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": ""}
"""Replacements for Cyrillic х, to distinguish it from ч; for Arabic letters that people type in place of each other; and for
the Arabic elongation mark, which is removed."""
_ARABIC_MARKS = range(0x064B, 0x0660)
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]+")
_ALPHABETS = (
    (0x61, 0x7A), (0x80, 0x2AF), (0x370, 0x58F), (0x600, 0x6FF), (0x10A0, 0x10FF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF),
)  # fmt: skip
_TWICE = re.compile(r"([a-z])\1+")


def fold(text: str) -> str:
    """Return text without case, width, accents and punctuation: words of any script, separated by one space."""
    if text.isascii():
        return " ".join(text.lower().translate(_FOLDED).split())
    # Decompose before and after casefold: 𝓐 becomes a letter that has a lower case, and a lower-case letter may have an accent.
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", " ".join(small.translate(_FOLDED).split()))


def written(text: str) -> str:
    """Return folded text with simplified Chinese characters, for comparing queries letter by letter."""
    return simplified(fold(text))


def sound(text: str) -> str:
    """Return the sound of a text's words in Latin letters: Huawei and Хуавэй are both `huavei`.

    Cyrillic, Greek, Georgian and Armenian are transliterated by AnyAscii, letters with the same sound become one letter, and
    double letters become single. Other scripts are kept, without marks and variants that people often don't type. Chinese
    characters are simplified but not read; see `reading`.
    """
    if text.isascii():
        return " ".join(settled(text.lower().translate(_HEARD)).split())
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    heard = simplified(unicodedata.normalize("NFC", small.translate(_HEARD)))
    return " ".join(settled(heard).split())


def reading(characters: str) -> list[str]:
    """Return the reading of each character on its own (AnyAscii), as `sound` writes it; empty for scripts such as Thai."""
    return [_READINGS[character] for character in characters] if _ALL_READ.fullmatch(characters) else []


def read_character(character: str) -> str:
    """Return the reading of a single character, which may be Arabic; empty if it has none."""
    return _READINGS[character]


def heard_characters() -> dict[str, str]:
    """Return the unaccented lower-case letters of `_ALPHABETS` that `sound` changes, each with its replacement."""
    spellings = {}
    for first, last in _ALPHABETS:
        for code in range(first, last + 1):
            character = chr(code)
            small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
            if small == character and _HEARD[code] != _folded(character):
                spellings[character] = _HEARD[code]
    return spellings


def simple_characters(known: Collection[str]) -> dict[str, str]:
    """Return the simplified form of each traditional Chinese character, if that form is in `known`."""
    characters = map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00)))
    return {character: simple for character in characters if (simple := simplified(character)) != character and simple in known}


def vowelled(word: str) -> str:
    """Return a word in Arabic letters as `sound` writes Latin ones: هواوي (Huawei) becomes `huavi`. Other words stay unchanged.

    Arabic does not write short vowels, so the result only approximates a name and typically has one or two errors.
    """
    if not _ARABIC.fullmatch(word):
        return word
    heard = ""
    for character in word:
        after_consonant = heard and heard[-1] not in "aiu"
        heard += "a" if character == "ا" else "u" if character == "و" and after_consonant else _READINGS[character]
    return settled(heard)


def as_sound(syllable: str) -> str:
    """Return a syllable of pinyin (ü written as v) as `sound` writes it."""
    return settled(syllable.translate(_ONE_LETTER))


def settled(text: str) -> str:
    """Return text with double letters reduced to single ones, and lv and nv (typed for lü and nü) as lu and nu.

    A prefix of the text stays a prefix.
    """
    return _TWICE.sub(r"\1", text).replace("lv", "lu").replace("nv", "nu")


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of `sound`'s output, split between scripts with and without spaces.

    Each item is a run of characters, and whether its script lacks spaces.
    """
    for word in text.split():
        for run in _RUNS.findall(word):
            yield run, bool(_IS_UNSPACED.match(run))


def pairs(run: str) -> list[str]:
    """Return the overlapping pairs of characters of a run; a run of one character is returned as it is."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def joined(syllables: list[str]) -> list[str]:
    """Return the overlapping pairs of syllables, each joined into one word; a single syllable is returned as it is."""
    return [_two(first, second) for first, second in pairwise(syllables)] or syllables


@lru_cache(maxsize=1 << 16)
def _two(first: str, second: str) -> str:
    return settled(first + second)


def squeeze(text: str) -> str:
    """Return `sound`'s output without spaces, so that 'hua wei' equals 'huawei'."""
    return settled(text.replace(" ", ""))


def match(query: str) -> str | None:
    """Return the FTS5 expression for names that contain each word of a query (see `prefix`). None if the query has no word.

    Only the first `MAX_QUERY_LENGTH` characters and the first `MAX_WORDS` words count.
    """
    parts = [prefix(run, unspaced) for run, unspaced in list(runs(sound(query[:MAX_QUERY_LENGTH])))[:MAX_WORDS]]
    return " AND ".join(parts) or None


def prefix(run: str, unspaced: bool) -> str:
    """Return the FTS5 expression for names in which a word begins with a run.

    If the script is `unspaced` and the run has several characters, the expression finds names with all of the run's pairs of
    characters instead.
    """
    if unspaced and len(run) > 1:
        return "(" + " AND ".join(f'"{pair}"' for pair in dict.fromkeys(pairs(run))) + ")"
    return f'"{run[:MAX_WORD_LENGTH]}"*'


def _folded(character: str) -> str:
    if (
        (unicodedata.combining(character) and ord(character) < 0x0370)
        or character in "'’ʼ"
        or unicodedata.category(character) == "Cf"
    ):
        return ""  # Layout marks (direction, joiners) do not separate words.
    return character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "


def _heard(character: str) -> str:
    folded = _folded(character)
    if folded in ("", " "):
        return folded
    if ord(character) in _ARABIC_MARKS:
        return ""
    if character in _ALIKE:
        return _ALIKE[character]
    if script_of(character) in _AS_LATIN or unicodedata.name(character, "").startswith(_ALSO_AS_LATIN):
        return _letters(character)
    return character


def _letters(character: str) -> str:
    plain = anyascii(character).casefold()
    return "".join(letter for letter in plain if letter.isalnum() and letter.isascii()).translate(_ONE_LETTER)


class _Table(dict[int, str]):
    """Replacement of each character, computed on first use."""

    def __init__(self, write: Callable[[str], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, code: int) -> str:
        self[code] = text = self._write(chr(code))
        return text


class _Readings(dict[str, str]):
    """Reading of each character on its own, computed on first use."""

    def __missing__(self, character: str) -> str:
        self[character] = read = settled(_letters(character))
        return read


_FOLDED = _Table(_folded)
_HEARD = _Table(_heard)
_READINGS = _Readings()


def hashed(squeezed: str) -> int:
    """Return the hash by which complete names are looked up. Different names may share a hash, so matches must be checked."""
    return crc32(squeezed.encode())
