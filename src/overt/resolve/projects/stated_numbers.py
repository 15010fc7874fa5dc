"""Numbers in texts about projects: 1,850 cameras, 770 km, 36 million dollars. Two texts rarely share a number by chance."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from overt.resolve.names import fold
from overt.resolve.names.folding_and_scripts import has_han, script_of

MAX_TEXT = 600
"""Maximum number of characters of a text to read."""
SMALLEST = 100
"""Minimum value of a number without a unit. Smaller numbers are too common to be evidence."""
_YEARS = range(1900, 2100)
_UNSPACED = "\u0640\u1200-\u137f\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Letters that a number can directly follow: those of scripts without spaces (东经128.5度, 128.5° east), and prefixes such as
“of” and “with” (የ800, بـ800).
"""
_NUMBER = re.compile(
    r"(?<![\d.,/])(?<![^\u0590-\u05ff]-)(?<![^\W\d_"
    + _UNSPACED
    + r"])(\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)|\d+)(?:[.,](\d{1,3}))?(?![\d])\s*(%)?"
)
_NEXT = re.compile(r"[\s–-]*([^\W\d_][^\s\d,;()]*)")
_SEPARATORS = str.maketrans({"٬": ",", "٫": "."})
_AND = frozenset({"and", "y", "e", "et", "und", "и", "و"})
"""Words between the parts of a number: treinta y dos mil."""
_MAX_BETWEEN = 2
"""Maximum number of words between a multiplier and the unit: 36 million US dollars. Without a multiplier, one more is allowed."""


class StatedNumber(NamedTuple):
    """A number in a text."""

    value: float
    digits: int
    """Number of significant digits, without zeros at the end: 3 for 1,850, and 1 for 1,000."""
    unit: str
    """The unit (`units` of the model), or empty."""


class NumberReader:
    """Reads numbers with the multipliers, units and numerals of the model."""

    def __init__(
        self, multipliers: Mapping[str, list[str]], units: Mapping[str, list[str]], numerals: Mapping[str, list[str]]
    ) -> None:
        """`multipliers`: power of ten → its words. `units`: unit → beginnings of its words. `numerals`: number → its words.

        A numeral counts only before a multiplier: ninety thousand. There is no space after a Chinese numeral: 九万 (90,000).
        """
        self._multipliers = {fold(word): int(power) for power, words in multipliers.items() for word in words}
        self._numerals = {word: number for number, words in numerals.items() for word in words}
        spaced = _alternatives(word for word in self._numerals if not has_han(word))
        powers = _alternatives(word for words in multipliers.values() for word in words if len(word) > 2)
        unspaced = "".join(sorted(word for word in self._numerals if has_han(word)))
        self._in_words = re.compile(
            rf"(?<!\w)(?:{spaced})(?=\s+(?:{powers})(?!\w))|(?<![{unspaced}十百])[{unspaced}](?=[万萬亿億千])", re.IGNORECASE
        )
        self._unspaced = [
            (word, power)
            for word, power in sorted(self._multipliers.items(), key=lambda item: (-len(item[0]), item))
            if script_of(word[0]) in ("han", "hangul")
        ]
        self._units = [(fold(word), unit) for unit, words in units.items() for word in words]
        self._units.sort(key=lambda entry: (-len(entry[0]), entry))
        self._beginnings = tuple(begin for begin, _ in self._units)

    def read(self, text: str) -> tuple[StatedNumber, ...]:
        """Return the numbers of a text, without years, percentages and small numbers that have no unit."""
        return tuple(dict.fromkeys(self._numbers(self._with_digits(_ascii_digits(text[:MAX_TEXT])))))

    def _with_digits(self, text: str) -> str:
        """Return a text with numerals replaced by digits, except in numbers of several words: twenty-five thousand."""

        def digits(match: re.Match[str]) -> str:
            before = match.string[: match.start()].split()[-1:]
            is_part = bool(before) and (before[0].casefold() in self._numerals or before[0].casefold() in _AND)
            return match[0] if is_part else self._numerals[match[0].casefold()]

        return self._in_words.sub(digits, text)

    def _numbers(self, text: str) -> Iterator[StatedNumber]:
        for match in _NUMBER.finditer(text):
            if match[3]:
                continue
            power, unit = self._after(text[match.end() :])
            grouped, decimals = re.sub(r"\D", "", match[1]), match[2] or ""
            is_grouped = grouped != match[1]
            if power and is_grouped and not decimals and not self._is_whole(grouped, text[match.end() :]):  # 88.655 million
                head, _, tail = re.sub(r"\D", " ", match[1]).strip().rpartition(" ")
                grouped, decimals = head.replace(" ", ""), tail
            value = float(f"{grouped}.{decimals or 0}") * 10**power
            is_year = not power and not unit and not is_grouped and value in _YEARS
            if (value >= SMALLEST or unit) and not is_year:
                yield StatedNumber(value, significant_digits(value), unit)

    def _is_whole(self, digits: str, rest: str) -> bool:
        """Return whether grouped digits before a multiplier are a whole number, as in 3.000 tỉ and 6,800만."""
        return digits.endswith("000") or rest.lstrip().startswith(tuple(word for word, _ in self._unspaced))

    def _after(self, rest: str) -> tuple[int, str]:
        """Return the power of ten and the unit that follow a number. There can be two multipliers, as in “mil millones”."""
        power = 0
        for place in range(_MAX_BETWEEN + 2):
            if not (match := _NEXT.match(rest)):
                return power, ""
            word = fold(match[1]).partition(" ")[0]
            if place == 0:
                power = self._multipliers.get(word) or next(
                    (power for begin, power in self._unspaced if word.startswith(begin)), 0
                )
            elif place == 1 and power and len(word) > 1:  # mil millones, nghìn tỉ, lakh crore
                power += self._multipliers.get(word, 0)
            if word.startswith(self._beginnings):
                return power, next(unit for begin, unit in self._units if word.startswith(begin))
            rest = rest[match.end() :]
        return power, ""


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def significant_digits(value: float) -> int:
    """Return the number of significant digits of a number, at most six, without zeros at the end."""
    return len(f"{value:.5e}".partition("e")[0].replace(".", "").rstrip("0")) or 1


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    digits = (str(unicodedata.decimal(character, character)) if not character.isascii() else character for character in text)
    return "".join(digits).translate(_SEPARATORS)
