"""Where the words of a Latin name are spelled in Chinese names: by pinyin, and as foreign names are heard."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from overt.resolve.names.cedict import dictionary
from overt.resolve.names.han_forms import HanForm, LatinForm
from overt.resolve.names.han_spellings import LONGEST, Flags, Signs, Spellings, japanese, mandarin

OTHER_PINYIN = 0.6
"""How far a spelling counts when the letters are pinyin, but of other characters: Hengtong and 商汤."""
_WINDOWS = 3
"""Spellings of one word that are tried in a name."""


@cache
def _syllables() -> frozenset[str]:
    return frozenset(dictionary().syllables())


@lru_cache(maxsize=1 << 14)
def is_pinyin(letters: str) -> bool:
    """Whether a word can be read as two or more syllables of pinyin and nothing else."""
    if len(letters) > LONGEST:
        return False
    ends = {0: 0}
    """Where syllables can end, and how many there are at most up to there."""
    for begin in range(len(letters)):
        if begin in ends:
            for end in range(begin + 1, min(begin + 6, len(letters)) + 1):
                if letters[begin:end] in _syllables():
                    ends[end] = max(ends.get(end, 0), ends[begin] + 1)
    return ends.get(len(letters), 0) > 1


def reads(letters: str, units: Sequence[str]) -> bool:
    """Whether characters can be read so in pinyin."""
    if not units:
        return not letters
    return any(
        letters.startswith(reading) and reads(letters[len(reading) :], units[1:]) for reading in dictionary().readings(units[0])
    )


class Sounds:
    """Where words are spelled in a number of Chinese names, all names looked at in one pass."""

    def __init__(self, forms: Sequence[HanForm]) -> None:
        self._forms = forms
        self._starts: list[int] = []
        self._names: list[int] = []
        signs: list[str] = []
        for number, form in enumerate(forms):
            self._starts.append(len(signs))
            signs += ["" if place in form.plain else unit for place, unit in enumerate(form.units)] + [""]
            self._names += [number] * (len(form.units) + 1)
        self._numbered = np.array(self._names, np.int64)
        known = dictionary()
        first = [(known.readings(sign) or [""])[0] if len(sign) == 1 else "" for sign in signs]
        second = [(known.readings(sign) or [""])[1:2] for sign in signs]
        self._kinds = [(mandarin(), _numbers(mandarin(), first)), (japanese(), _numbers(japanese(), signs))]
        other = [more[0] if more else one for more, one in zip(second, first, strict=True)]
        if other != first and len(forms) == 1:
            self._kinds.append((mandarin(), _numbers(mandarin(), other)))

    def of(self, letters: str, least: float) -> Mapping[int, list[tuple[int, int, float]]]:
        """By number of the name: begin, end and bits of the best spellings of the letters that have at least so many bits."""
        found: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for spellings, numbers in self._kinds:
            places = self._looked_at(spellings.begins(letters, numbers))
            if not len(places):
                continue
            bits = spellings.spelled(letters, numbers[places])
            for count, at in zip(*np.nonzero(bits > least), strict=True):
                end = int(places[at])
                name = self._names[end]
                last = end - self._starts[name] + 1
                if last - int(count) >= 0:
                    found[name].append((last - int(count), last, float(bits[count, at])))
        if is_pinyin(letters):
            for name, spans in found.items():
                units = self._forms[name].units
                found[name] = [
                    (begin, end, heard if reads(letters, units[begin:end]) else heard * OTHER_PINYIN)
                    for begin, end, heard in spans
                ]
        return {name: sorted(spans, key=lambda span: (-span[2], span))[:_WINDOWS] for name, spans in found.items()}

    def _looked_at(self, begins: Flags) -> NDArray[np.int64]:
        """The places of all signs of the names in which a word may begin."""
        names = np.zeros(len(self._starts), np.bool_)
        names[self._numbered[begins]] = True
        return np.flatnonzero(names[self._numbered])

    def near(self, latin: LatinForm, least: float) -> dict[str, list[tuple[int, int, float]]]:
        """Where the words of a Latin name are spelled in the first of the Chinese names."""
        spelled = [word.text for word in latin.words if not (word.legal or word.number or word.common)]
        return {
            letters: self.of(letters, least).get(0, [])
            for letters in [*spelled, *(letters for _, letters in latin.joined)]
            if len(letters) > 2 and letters.isalpha()
        }


def _numbers(spellings: Spellings, signs: Iterable[str]) -> Signs:
    return np.array([spellings.signs.get(sign, len(spellings.signs)) for sign in signs], dtype=np.int32)
