"""Find Latin words that names in Cyrillic, Arabic, Hangul and kana spell by sound, by comparing transliterations."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from overt.resolve.names.cross_script.cross_script_parsing import HanForm
from overt.resolve.names.scripts.non_latin_word_meanings import letter_names
from overt.resolve.names.scripts.transliteration_and_sounds import sound_key

CONSONANT = 3.0
"""Bits for each matching consonant."""
WRONG = 5.0
"""Bits subtracted for each differing consonant."""
OTHER_BEGIN = 3.0
"""Bits subtracted if the initial sounds differ."""
VOWELS = 2.0
"""Bits added if all vowels match."""
MAX_UNITS = {"cyrillic": 3, "arabic": 3, "hangul": 9, "kana": 12}
"""Maximum number of units (words or characters) that spell one Latin word."""
_VOWEL = {"cyrillic": 1.5, "arabic": 0.6, "hangul": 0.8, "kana": 0.8}
"""Bits subtracted for each differing vowel. Arabic writes few vowels, and Korean and Japanese insert some between consonants."""
_MAX_LETTERS = 5
_BITS_PER_LETTER = 6.0
_MAX_SPELLINGS = 3


class _Window(NamedTuple):
    name: int
    begin: int
    end: int


class ScriptSpellingFinder:
    """Finds where words are spelled by sound, in many names of one script at once."""

    def __init__(self, forms: Sequence[HanForm], script: str) -> None:
        self._script = script
        self._texts = ["".join(unit if len(unit) == 1 else " " for unit in form.units) for form in forms]
        windows: dict[tuple[str, str], list[_Window]] = defaultdict(list)
        for number, form in enumerate(forms):
            for begin in range(len(form.units)):
                letters = ""
                for end in range(begin + 1, min(len(form.units), begin + MAX_UNITS[script]) + 1):
                    sound = form.sounds[end - 1]
                    if not sound:
                        break
                    letters += sound
                    windows[sound_key(letters, script)].append(_Window(number, begin, end))
        self._windows = windows
        self._keys = list(windows)
        self._consonants = sorted({consonants for consonants, _ in self._keys})
        places = {consonants: place for place, consonants in enumerate(self._consonants)}
        self._by_consonants: list[list[tuple[str, str]]] = [[] for _ in self._consonants]
        for key in self._keys:
            self._by_consonants[places[key[0]]].append(key)

    def find(self, letters: str, min_bits: float) -> Mapping[int, list[tuple[int, int, float]]]:
        """Return the best spellings of the letters with more than `min_bits` bits: start, end and bits, by index of the name.

        There are at most `_MAX_SPELLINGS` for each name. Two to five letters can also be spelled by their names, as 엘지 spells
        LG. `min_bits` doesn't apply to these spellings.
        """
        spans: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        self._find_letters(letters, spans)
        consonants, sound = sound_key(letters, self._script)
        allowed = len(consonants) // 4
        if self._consonants and len(consonants) > 1:
            distances = cdist([consonants], self._consonants, scorer=Levenshtein.distance, score_cutoff=allowed, dtype=np.uint8)[
                0
            ]
            for place in np.flatnonzero(distances <= allowed):
                wrong = int(distances[place])
                begins = self._consonants[place][:1] == consonants[:1]
                longest = max(len(consonants), len(self._consonants[place]))
                for key in self._by_consonants[place]:
                    vowels = max(0, Levenshtein.distance(sound, key[1]) - wrong)
                    bits = CONSONANT * (longest - wrong) - WRONG * wrong + VOWELS - _VOWEL[self._script] * vowels
                    bits -= 0.0 if begins else OTHER_BEGIN
                    if bits > min_bits:
                        for name, begin, end in self._windows[key]:
                            spans[name].append((begin, end, bits))
        return {name: sorted(places, key=lambda span: (-span[2], span))[:_MAX_SPELLINGS] for name, places in spans.items()}

    def _find_letters(self, letters: str, spans: dict[int, list[tuple[int, int, float]]]) -> None:
        """Add the positions where letters are spelled by their names, as 엘지 spells LG."""
        names = letter_names().get(self._script)
        if not names or not 1 < len(letters) <= _MAX_LETTERS or not letters.isascii():
            return
        spelled = re.compile("".join(names.get(letter, " ") for letter in letters).replace("ー", "ー?"))
        for number, text in enumerate(self._texts):
            if match := spelled.search(text):
                spans[number].append((*match.span(), _BITS_PER_LETTER * len(letters)))
