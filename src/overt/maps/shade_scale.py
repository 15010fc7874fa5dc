"""The shades of a map of countries, and the number of projects at which each shade begins."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from overt.language.language import Language

SHADES = 5
_ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
"""Leading digits of round numbers."""


def shade_breaks(counts: Iterable[int]) -> tuple[int, ...]:
    """Return the lowest number of projects in each of the five shades: quantiles, rounded.

    They are computed from a complete release and are the same for every filter, so that two maps of it can be compared.
    """
    ordered = sorted(count for count in counts if count > 0)
    if not ordered:
        return ()
    breaks = [1]
    for shade in range(1, SHADES):
        start = max(_round(ordered[shade * len(ordered) // SHADES]), breaks[-1] + 1)
        if ordered[-1] >= start:
            breaks.append(start)
    return tuple(breaks)


def _round(value: int) -> int:
    if value <= 10:
        return max(1, value)
    power = 10 ** (len(str(value)) - 1)
    choices = [int(digits * power) for digits in _ROUND if float(digits * power).is_integer()]
    return min(choices, key=lambda choice: abs(choice - value))


def shade_of(projects: int, breaks: Sequence[int]) -> int:
    """Return the number of the shade for a number of projects, from 1 to 5; 0 for no projects."""
    return sum(projects >= least for least in breaks)


def shade_labels(breaks: Sequence[int], language: Language) -> list[str]:
    """Return the range of each shade in words."""
    ranges = [str(least) if following - least == 1 else f"{least}–{following - 1}" for least, following in pairwise(breaks)]
    return [*ranges, language.gettext("%(n)s and more", n=breaks[-1])] if breaks else []
