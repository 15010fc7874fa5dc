"""Find where Chinese names spell Latin words by sound: words in pinyin, and foreign words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from overt.resolve.names.cross_script.cross_script_parsing import HanForm
from overt.resolve.names.han.cedict import dictionary
from overt.resolve.names.han.latin_spellings_of_chinese_sounds import (
    MAX_WORD_LENGTH,
    Characters,
    Flags,
    Spellings,
    japanese,
    mandarin,
)

OTHER_PINYIN = 0.6
"""Factor for a spelling whose letters are the pinyin of other characters, as for Hengtong and 商汤 (Shangtang)."""
_MAX_SPELLINGS = 3
"""Maximum number of spellings of one word to return for a name."""


@cache
def _syllables() -> frozenset[str]:
    return frozenset(dictionary().syllables())


@lru_cache(maxsize=1 << 14)
def is_pinyin(letters: str) -> bool:
    """Return whether a word consists of two or more syllables of pinyin."""
    if len(letters) > MAX_WORD_LENGTH:
        return False
    ends = {0: 0}
    """Position where a syllable can end → maximum number of syllables up to it."""
    for begin in range(len(letters)):
        if begin in ends:
            for end in range(begin + 1, min(begin + 6, len(letters)) + 1):
                if letters[begin:end] in _syllables():
                    ends[end] = max(ends.get(end, 0), ends[begin] + 1)
    return ends.get(len(letters), 0) > 1


def is_reading(letters: str, units: Sequence[str]) -> bool:
    """Return whether letters are a possible pinyin reading of these characters."""
    if not units:
        return not letters
    return any(
        letters.startswith(reading) and is_reading(letters[len(reading) :], units[1:])
        for reading in dictionary().readings(units[0])
    )


class SpellingFinder:
    """Finds where a word is spelled in many Chinese names at once."""

    def __init__(self, forms: Sequence[HanForm]) -> None:
        self._forms = forms
        self._starts: list[int] = []
        self._names: list[int] = []
        characters: list[str] = []
        for number, form in enumerate(forms):
            self._starts.append(len(characters))
            characters += ["" if place in form.plain else unit for place, unit in enumerate(form.units)] + [""]
            self._names += [number] * (len(form.units) + 1)
        self._numbered = np.array(self._names, np.int64)
        known = dictionary()
        first = [(known.readings(character) or [""])[0] if len(character) == 1 else "" for character in characters]
        second = [(known.readings(character) or [""])[1:2] for character in characters]
        self._kinds = [(mandarin(), _numbers(mandarin(), first)), (japanese(), _numbers(japanese(), characters))]
        alternative = [more[0] if more else reading for more, reading in zip(second, first, strict=True)]
        if alternative != first and len(forms) == 1:
            self._kinds.append((mandarin(), _numbers(mandarin(), alternative)))

    def find(self, letters: str, min_bits: float) -> Mapping[int, list[tuple[int, int, float]]]:
        """Return the best spellings of the letters with more than `min_bits` bits: start, end and bits, by index of the name.

        There are at most `_MAX_SPELLINGS` for each name. If the letters are the pinyin of other characters, the bits are
        reduced (`OTHER_PINYIN`), and can then be below `min_bits`.
        """
        spans_by_name: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for spellings, numbers in self._kinds:
            places = self._places_in_names(spellings.begins(letters, numbers))
            if not len(places):
                continue
            bits = spellings.spelled(letters, numbers[places])
            for count, at in zip(*np.nonzero(bits > min_bits), strict=True):
                end = int(places[at])
                name = self._names[end]
                last = end - self._starts[name] + 1
                if last - int(count) >= 0:
                    spans_by_name[name].append((last - int(count), last, float(bits[count, at])))
        if is_pinyin(letters):
            for name, spans in spans_by_name.items():
                units = self._forms[name].units
                spans_by_name[name] = [
                    (begin, end, sound_bits if is_reading(letters, units[begin:end]) else sound_bits * OTHER_PINYIN)
                    for begin, end, sound_bits in spans
                ]
        return {name: sorted(spans, key=lambda span: (-span[2], span))[:_MAX_SPELLINGS] for name, spans in spans_by_name.items()}

    def _places_in_names(self, begins: Flags) -> NDArray[np.int64]:
        """Return all positions of the names in which a word may begin. `begins`: whether it may begin at each position."""
        names = np.zeros(len(self._starts), np.bool_)
        names[self._numbered[begins]] = True
        return np.flatnonzero(names[self._numbered])


def _numbers(spellings: Spellings, characters: Iterable[str]) -> Characters:
    return np.array([spellings.characters.get(character, len(spellings.characters)) for character in characters], dtype=np.int32)
