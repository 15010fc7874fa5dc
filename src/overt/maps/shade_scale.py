"""The shades of a map of countries, and the count, such as a number of projects, at which each shade begins."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from overt.language.language import Language

SHADES = 5
_SCALES = (
    (1, 2, 3, 5, 8),
    (1, 2, 5, 10, 20),
    (1, 5, 10, 25, 50),
    (1, 10, 25, 50, 100),
    (1, 10, 50, 100, 500),
    (1, 10, 50, 200, 1000),
    (1, 10, 100, 1000, 10_000),
)
"""Minimum numbers for the shades, from fine to coarse scales.

They are round numbers, each at least one and a half times the one before.
"""


def shade_breaks(counts: Iterable[int]) -> tuple[int, ...]:
    """Return the minimum count for each shade that is needed, at most `SHADES`; empty if no count is positive.

    The minimums grow with the highest count, so that countries with many projects don't all have the darkest shade. They should
    be computed from a complete release and not from a filter's results, so that two maps of a release can be compared.
    """
    highest = max((count for count in counts if count > 0), default=0)
    if not highest:
        return ()
    scale = next((scale for scale in _SCALES if highest < 2 * scale[-1]), _SCALES[-1])
    return tuple(start for start in scale if start <= highest)


def shade_of(projects: float, breaks: Sequence[float]) -> int:
    """Return the number of the shade for a count, from 1 to `SHADES`; 0 for a count below the first break."""
    return sum(projects >= minimum for minimum in breaks)


def shade_labels(breaks: Sequence[int], language: Language) -> list[str]:
    """Return the range of each shade in words; empty without breaks."""
    ranges = [
        str(minimum) if following - minimum == 1 else f"{minimum}–{following - 1}" for minimum, following in pairwise(breaks)
    ]
    return [*ranges, language.gettext("%(n)s and more", n=breaks[-1])] if breaks else []
