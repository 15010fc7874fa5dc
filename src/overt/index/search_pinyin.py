"""How Chinese names are read: pinyin without tones, sign by sign, by the words of CC-CEDICT.

A sign alone does not tell its reading: 行 is xing, but hang in 银行, and 重 is chong in 重庆. So a name is cut into the longest
words that the dictionary has, from its beginning on.
"""

from collections import Counter, defaultdict
from functools import cache

from overt.index.search_text import IS_HAN, as_sound, reading
from overt.resolve.names.cedict import readings, strip_tone

LONGEST = 6
"""Signs of the longest word that is looked up."""


def read_aloud(signs: str) -> list[str]:
    """Return how each sign is read, as `sound` writes it; nothing for scripts whose signs are not read one by one."""
    by_sign = reading(signs)
    if not by_sign or not IS_HAN.search(signs):
        return by_sign
    words = _words()
    syllables: list[str] = []
    while len(syllables) < len(signs):
        start = len(syllables)
        sizes = range(min(LONGEST, len(signs) - start), 0, -1)
        pinyin = next((pinyin for size in sizes if (pinyin := words.get(signs[start : start + size]))), None)
        syllables += map(_syllable, pinyin.split()) if pinyin else by_sign[start : start + 1]
    return syllables


@cache
def _words() -> dict[str, str]:
    """Return the pinyin of every headword, the first of several readings; of single signs, what most words read them."""
    words = [(word, pinyin) for word, pinyin in readings() if len(word) <= LONGEST and len(word) == pinyin.count(" ") + 1]
    signs, spoken = "".join(word for word, _ in words), " ".join(pinyin for _, pinyin in words).split(" ")
    by_sign: dict[str, Counter[str]] = defaultdict(Counter)
    for (sign, syllable), count in Counter(zip(signs, spoken, strict=True)).items():
        by_sign[sign][strip_tone(syllable)] += count
    return dict(reversed(words)) | {sign: max(counts, key=counts.__getitem__) for sign, counts in by_sign.items()}


@cache
def _syllable(written: str) -> str:
    return as_sound(strip_tone(written))
