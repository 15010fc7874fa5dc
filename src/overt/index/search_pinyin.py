"""How Chinese names are read: pinyin without tones, sign by sign, by the words of CC-CEDICT.

A sign alone does not tell its reading: 行 is xing, but hang in 银行, and 重 is chong in 重庆. So a name is cut into the longest
words that the dictionary has, from its beginning on.
"""

from collections import Counter, defaultdict
from functools import cache

from overt.index.search_text import IS_HAN, as_sound, reading
from overt.resolve.names.cedict import lines, toneless

LONGEST = 6
"""Signs of the longest word that is looked up."""


def read_aloud(signs: str) -> list[str]:
    """How each sign is read, as `sound` writes it; empty for scripts whose signs are not read one by one."""
    by_itself = reading(signs)
    if not by_itself or not IS_HAN.search(signs):
        return by_itself
    words = _words()
    found: list[str] = []
    while len(found) < len(signs):
        at = len(found)
        sizes = range(min(LONGEST, len(signs) - at), 0, -1)
        word = next((held for size in sizes if (held := words.get(signs[at : at + size]))), None)
        found += map(_syllable, word) if word else by_itself[at : at + 1]
    return found


@cache
def _words() -> dict[str, list[str]]:
    """Syllables of every headword, of several readings the first; signs alone as most words read them."""
    words: dict[str, list[str]] = {}
    signs: list[str] = []
    spoken: list[str] = []
    for _, word, syllables, _ in lines():
        if len(word) == len(syllables) and len(word) <= LONGEST:
            words.setdefault(word, syllables)
            signs += word
            spoken += syllables
    alone: dict[str, Counter[str]] = defaultdict(Counter)
    for (sign, syllable), count in Counter(zip(signs, spoken, strict=True)).items():
        alone[sign][toneless(syllable)] += count
    return words | {sign: [max(counts, key=counts.__getitem__)] for sign, counts in alone.items()}


@cache
def _syllable(written: str) -> str:
    return as_sound(toneless(written))
