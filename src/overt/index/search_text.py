"""Text made findable: folded, then written as it sounds in Latin letters, and cut into what a reader may type of it.

A script that writes words apart is cut at its words; one that does not (Chinese, Japanese, Korean, Thai …) into overlapping pairs
of signs, so that 华为 finds 华为技术有限公司. Index and query go through the same cut.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from anyascii import anyascii

from overt.resolve.names.folding import script_of, simplified

LONGEST_QUERY = 200
"""Only so many characters of a query are read."""
MOST_WORDS = 12
"""Only so many words of a query are looked for."""
LONGEST_WORD = 24
"""Letters of a word that the index keeps."""
FIRST = "\ue000"
"""Stands before the first word of a name, so that names that begin with a query are told from those that only contain it.
A sign for private use: no text that was folded has it."""
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_READ = f"{_HAN}\u3041-\u30ff\u31f0-\u31ff\u1100-\u11ff\uac00-\ud7af"  # each sign is a syllable or a word: also Japanese, Korean
_UNSPACED = f"{_READ}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_ALL_READ = re.compile(f"[{_READ}]+")
IS_HAN = re.compile(f"[{_HAN}]")
_AS_LATIN = frozenset({"latin", "cyrillic", "greek"})
_ALSO_AS_LATIN = ("GEORGIAN", "ARMENIAN")
_ONE_LETTER = str.maketrans({"w": "v", "y": "i", "c": "k", "q": "k", "x": "ks"})
"""Letters that languages use for one sound. None depends on the letters around it: what begins a name still begins it."""
_ALIKE = {"х": "h", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": ""}
"""Cyrillic х, so that it is not the ch of ч; Arabic letters that are typed for one another, and its stretch."""
_ARABIC_MARKS = range(0x064B, 0x0660)
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]+")
_ALPHABETS = (
    (0x61, 0x7A), (0x80, 0x2AF), (0x370, 0x58F), (0x600, 0x6FF), (0x10A0, 0x10FF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF),
)  # fmt: skip
_TWICE = re.compile(r"([a-z])\1+")


def fold(text: str) -> str:
    """Case, width, accents and punctuation gone; words of letters and digits of any script, joined by one space."""
    if text.isascii():
        return " ".join(text.lower().translate(_FOLDED).split())
    # Decomposed before and after: 𝓐 becomes a letter that has a small one, and a small one may have an accent.
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", " ".join(small.translate(_FOLDED).split()))


def written(text: str) -> str:
    """A folded text with traditional Chinese signs as simplified ones: what a query is compared with, letter by letter."""
    return simplified(fold(text))


def sound(text: str) -> str:
    """The words of a text as they sound, in Latin letters: Huawei and Хуавэй are both `huavei`.

    AnyAscii's transliteration of alphabets that Latin readers spell out (Cyrillic, Greek, Georgian, Armenian), letters of one
    sound as one, doubled ones once. Other scripts stay, without the marks and variants that are often not typed; Chinese
    signs are simplified and not read: `reading` does that.
    """
    if text.isascii():
        return " ".join(settled(text.lower().translate(_HEARD)).split())
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    heard = simplified(unicodedata.normalize("NFC", small.translate(_HEARD)))
    return " ".join(settled(heard).split())


def reading(signs: str) -> list[str]:
    """How each sign of a text without spaces is read by itself, as `sound` writes it (AnyAscii); Thai and the like not at all."""
    return [_READINGS[sign] for sign in signs] if _ALL_READ.fullmatch(signs) else []


def read_sign(sign: str) -> str:
    """How one sign is read by itself, also an Arabic one; empty where it is not."""
    return _READINGS[sign]


def heard_signs() -> dict[str, str]:
    """How signs of alphabets are written by `sound`, once they are small and without accents; those that stay are left out."""
    spellings = {}
    for first, last in _ALPHABETS:
        for code in range(first, last + 1):
            sign = chr(code)
            small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
            if small == sign and _HEARD[code] != _folded(sign):
                spellings[sign] = _HEARD[code]
    return spellings


def simple_signs(known: Collection[str]) -> dict[str, str]:
    """The simplified form of traditional Chinese signs, where that is one of the `known` signs."""
    signs = map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00)))
    return {sign: simple for sign in signs if (simple := simplified(sign)) != sign and simple in known}


def vowelled(word: str) -> str:
    """A word in Arabic letters that `sound` wrote, with the vowels that are written: هواوي as `huavi`; any other word as it is.

    Short vowels are not written, so what comes out is only near to a name: a slip or two away.
    """
    if not _ARABIC.fullmatch(word):
        return word
    heard = ""
    for sign in word:
        after_consonant = heard and heard[-1] not in "aiu"
        heard += "a" if sign == "ا" else "u" if sign == "و" and after_consonant else _READINGS[sign]
    return settled(heard)


def as_sound(syllable: str) -> str:
    """A syllable of pinyin, with ü as v, as `sound` writes it."""
    return settled(syllable.translate(_ONE_LETTER))


def settled(text: str) -> str:
    """Doubled letters once, and lv and nv, which are typed for lü and nü, as lu and nu. What begins a word still begins it."""
    return _TWICE.sub(r"\1", text).replace("lv", "lu").replace("nv", "nu")


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text that `sound` wrote, cut where scripts with and without spaces meet; whether each is of one without."""
    for word in text.split():
        for run in _RUNS.findall(word):
            yield run, bool(_IS_UNSPACED.match(run))


def pairs(run: str) -> list[str]:
    """Overlapping pairs of signs; a sign alone is itself."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def joined(syllables: list[str]) -> list[str]:
    """Overlapping pairs of syllables, each as one word; one alone is itself."""
    return [_two(first, second) for first, second in pairwise(syllables)] or syllables


@lru_cache(maxsize=1 << 16)
def _two(first: str, second: str) -> str:
    return settled(first + second)


def squeeze(text: str) -> str:
    """A text that `sound` wrote, without its spaces: 'hua wei' and 'huawei' are the same."""
    return settled(text.replace(" ", ""))


def match(query: str) -> str | None:
    """The query in FTS5's language: every word must begin a word of the name; None when there is nothing to look for."""
    parts = [prefix(run, unspaced) for run, unspaced in list(runs(sound(query[:LONGEST_QUERY])))[:MOST_WORDS]]
    return " AND ".join(parts) or None


def prefix(run: str, unspaced: bool) -> str:
    """FTS5's expression for what begins with a run: one word, or pairs of signs that must all be there."""
    if unspaced and len(run) > 1:
        return "(" + " AND ".join(f'"{pair}"' for pair in dict.fromkeys(pairs(run))) + ")"
    return f'"{run[:LONGEST_WORD]}"*'


def _folded(sign: str) -> str:
    if (unicodedata.combining(sign) and ord(sign) < 0x0370) or sign in "'’ʼ" or unicodedata.category(sign) == "Cf":
        return ""  # marks that only steer the layout (direction, joiners) are no border between words
    return sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " "


def _heard(sign: str) -> str:
    folded = _folded(sign)
    if folded in ("", " "):
        return folded
    if ord(sign) in _ARABIC_MARKS:
        return ""
    if sign in _ALIKE:
        return _ALIKE[sign]
    if script_of(sign) in _AS_LATIN or unicodedata.name(sign, "").startswith(_ALSO_AS_LATIN):
        return _letters(sign)
    return sign


def _letters(sign: str) -> str:
    plain = anyascii(sign).casefold()
    return "".join(letter for letter in plain if letter.isalnum() and letter.isascii()).translate(_ONE_LETTER)


class _Table(dict[int, str]):
    """What is written for each sign; filled as signs are met."""

    def __init__(self, write: Callable[[str], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, code: int) -> str:
        self[code] = made = self._write(chr(code))
        return made


class _Readings(dict[str, str]):
    """How a sign is read by itself; filled as signs are met."""

    def __missing__(self, sign: str) -> str:
        self[sign] = read = settled(_letters(sign))
        return read


_FOLDED = _Table(_folded)
_HEARD = _Table(_heard)
_READINGS = _Readings()


def hashed(squeezed: str) -> int:
    """The number under which a whole name is found; others may have the same, so what is found must be looked at."""
    return crc32(squeezed.encode())
