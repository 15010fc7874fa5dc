"""Scales of series: the lowest and highest possible value, and which end means more freedom."""

from collections.abc import Iterable
from typing import NamedTuple

from overt.language.language import N_


class Scale(NamedTuple):
    """The scale of a series."""

    bounds: tuple[float, float] | None
    """Lowest and highest possible value. If None, the scale extends from the lowest to the highest value that is shown."""
    direction: int
    """1 if a higher value means more freedom or democracy, -1 if it means less, otherwise 0."""
    democracy: bool = False
    """Whether the series measures democracy."""

    @property
    def words(self) -> str:
        """What a higher value means, as a text to translate (“higher is freer”); empty if the scale has no direction."""
        return DEMOCRATIC if self.democracy else {1: FREER, -1: REPRESSION}.get(self.direction, "")

    def ends(self, values: Iterable[float]) -> tuple[float, float]:
        """Return the bounds of the scale or, without bounds, the lowest and highest of `values`, which must not be empty."""
        numbers = list(values)
        return self.bounds or (min(numbers), max(numbers))


DEMOCRATIC, FREER, REPRESSION = N_("higher is more democratic"), N_("higher is freer"), N_("higher is more repression")
_BOUNDS: dict[str, tuple[float, float]] = {
    "freedom-on-the-net": (0, 100), "freedom-on-the-net-until-2018": (0, 100), "freedom-in-the-world": (0, 100),
    "fotn-access": (0, 25), "fotn-content": (0, 35), "fotn-user-rights": (0, 40),
    "fiw-civil-liberties": (0, 60),
    "vdem-liberal-democracy": (0, 1), "vdem-electoral-democracy": (0, 1),
}  # fmt: skip
_FREER = ("freedom-on-the-net", "freedom-in-the-world", "fotn-", "fiw-", "vdem-")
_DEMOCRACY = ("vdem-electoral-democracy", "vdem-liberal-democracy")
_LESS_FREE = ("digital-repression", "freedom-on-the-net-until-2018", "fiw-political-rights-rating", "fiw-civil-liberties-rating")
"""Id prefixes of series in which a higher value means less freedom. Freedom House's ratings run from 1 (free) to 7."""


def share_of_scale(value: float, ends: tuple[float, float]) -> float:
    """Return a value's position on a scale, from 0 to 1. The ends must differ; a value beyond an end counts as that end."""
    low, high = ends
    return min(max((value - low) / (high - low), 0.0), 1.0)


def scale_of(series: str) -> Scale:
    """Return the scale of a series. The scale of an unknown series has no bounds and no direction."""
    direction = -1 if series.startswith(_LESS_FREE) else 1 if series.startswith(_FREER) else 0
    return Scale(_BOUNDS.get(series), direction, series in _DEMOCRACY)
