"""The shades of a map of countries."""

from collections.abc import Sequence

SHADES = 5


def shade_of(value: float, breaks: Sequence[float]) -> int:
    """Return the number of the shade for a value, from 1 to `SHADES`; 0 for a value below the first break."""
    return sum(value >= minimum for minimum in breaks)
