"""Pinyin of Chinese names, without tones, derived from the words in CC-CEDICT.

The reading of a character depends on its word: 行 is xing, but hang in 银行 (bank); 重 is zhong, but chong in 重庆 (Chongqing).
So a name is split from its beginning into the longest words of the dictionary.
"""

from collections import Counter, defaultdict
from functools import cache

from overt.index.search_text import IS_HAN, as_sound, reading
from overt.resolve.names.han.cedict import readings, strip_tone

MAX_WORD_LENGTH = 6
"""Maximum length, in characters, of the words that are looked up."""


def read_aloud(characters: str) -> list[str]:
    """Return the syllable of each character as `sound` writes it; empty for scripts that are not read character by character."""
    by_character = reading(characters)
    if not by_character or not IS_HAN.search(characters):
        return by_character
    words = _words()
    syllables: list[str] = []
    while len(syllables) < len(characters):
        start = len(syllables)
        sizes = range(min(MAX_WORD_LENGTH, len(characters) - start), 0, -1)
        pinyin = next((pinyin for size in sizes if (pinyin := words.get(characters[start : start + size]))), None)
        syllables += map(_syllable, pinyin.split()) if pinyin else by_character[start : start + 1]
    return syllables


@cache
def _words() -> dict[str, str]:
    """Return the pinyin of each headword of CC-CEDICT with at most `MAX_WORD_LENGTH` characters.

    It is the headword's first reading or, for a single character, the reading that the character has in most words.
    """
    words = [(word, pinyin) for word, pinyin in readings() if len(word) <= MAX_WORD_LENGTH and len(word) == pinyin.count(" ") + 1]
    characters, syllables = "".join(word for word, _ in words), " ".join(pinyin for _, pinyin in words).split(" ")
    by_character: dict[str, Counter[str]] = defaultdict(Counter)
    for (character, syllable), count in Counter(zip(characters, syllables, strict=True)).items():
        by_character[character][strip_tone(syllable)] += count
    return dict(reversed(words)) | {character: max(counts, key=counts.__getitem__) for character, counts in by_character.items()}


@cache
def _syllable(written: str) -> str:
    return as_sound(strip_tone(written))
