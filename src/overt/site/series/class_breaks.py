"""Class breaks for shading a series on a map: at values that its publisher or its scale defines, otherwise at quantiles."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from overt.language.language import N_, Language
from overt.maps.shade_scale import SHADES
from overt.site.series.scales import scale_of

_CLASSES: dict[str, tuple[float, ...]] = {
    "freedom-on-the-net": (20, 40, 70, 85),
    "freedom-on-the-net-until-2018": (16, 31, 61, 81),
}
"""Breaks of indexes whose publisher defines classes. The first break splits the lowest class, and the last the highest class.

Freedom House calls 0 to 39 not free, 40 to 69 partly free and 70 to 100 free. Until 2018, 0 to 30 was free, 31 to 60 partly free
and 61 to 100 not free.
"""
_FREE = (N_("not free"), N_("not free"), N_("partly free"), N_("free"), N_("free"))
_PUBLISHERS_WORDS: dict[str, tuple[str, ...]] = {
    "freedom-on-the-net": _FREE,
    "freedom-on-the-net-until-2018": tuple(reversed(_FREE)),
}
"""What the publisher calls each class, from the lowest values to the highest, as messages."""
_DEVIATIONS = (-1.0, 0.0, 1.0, 2.0)
"""Breaks of a standardised score, whose mean is about 0 and whose unit is a standard deviation."""
_STANDARDISED = "digital-repression"


class ShadeClass(NamedTuple):
    """Values from `minimum` to just under `below`, and their shade."""

    shade: int
    minimum: float
    below: float
    highest: float
    """The highest value on the scale or, without a scale, on the map; infinite for a standardised score."""
    words: str = ""
    """The publisher's word for such values, as a message; empty if there is none."""

    def contains(self, value: float) -> bool:
        """Return whether a value is in this class."""
        return self.minimum <= value < self.below

    def label(self, language: Language, write: Callable[[float], str]) -> str:
        """Return the range in words. `write`: function that formats a number."""
        if self.minimum == -inf:
            return language.gettext("under %(n)s", n=write(self.below))
        if self.below < inf:
            return language.gettext("%(low)s to under %(high)s", low=write(self.minimum), high=write(self.below))
        if self.highest == inf:
            return language.gettext("%(n)s and more", n=write(self.minimum))
        if self.highest <= self.minimum:
            return write(self.minimum)
        return language.gettext("%(low)s to %(high)s", low=write(self.minimum), high=write(self.highest))


def has_published_classes(series: str) -> bool:
    """Return whether the classes of a series follow its publisher's, such as Freedom House's."""
    return series in _CLASSES


def shade_classes(series: str, values: Sequence[float]) -> list[ShadeClass]:
    """Return the classes of a series from its lowest to its highest value, without gaps; empty if there are no values.

    Freer countries have weaker shades: if higher values mean more freedom, the lowest class has the strongest shade.
    """
    if not values:
        return []
    scale = scale_of(series)
    if is_standardised(series):
        bounds: list[float] = [-inf, *(cut for cut in _DEVIATIONS if cut <= max(values)), inf]
    elif scale.bounds:
        low, high = scale.bounds
        fifths = tuple(low + (high - low) * part / SHADES for part in range(1, SHADES))
        bounds = [min(low, *values), *_CLASSES.get(series, fifths), inf]
    else:
        bounds = [*_quantiles(values), inf]
    steps = list(pairwise(bounds))
    shades = range(1, SHADES + 1) if scale.direction <= 0 else range(SHADES, 0, -1)
    highest = inf if is_standardised(series) else max([*values, *(scale.bounds or ())])
    words = _PUBLISHERS_WORDS.get(series, ("",) * SHADES)
    return [
        ShadeClass(shade, minimum, below, highest, word)
        for shade, (minimum, below), word in zip(shades, steps, words, strict=False)
    ]


def is_standardised(series: str) -> bool:
    """Return whether a series is a standardised score, whose mean is about 0."""
    return series.startswith(_STANDARDISED)


def _quantiles(values: Sequence[float]) -> list[float]:
    """Return the lower bounds of at most `SHADES` classes that each have about the same number of countries."""
    ordered = sorted(values)
    bounds = [ordered[0]]
    for step in range(1, SHADES):
        minimum = ordered[step * len(ordered) // SHADES]
        if minimum > bounds[-1]:
            bounds.append(minimum)
    return bounds
