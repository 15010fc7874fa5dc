"""Positions on axes: round ticks and labelled years."""

import math


def ticks(low: float, high: float, steps: int = 4, *, integers: bool = False) -> list[float]:
    """Return round numbers from `low` or below to `high` or above, in about `steps` steps. `integers`: no fractions."""
    if high <= low:
        high = low + 1
    rough = (high - low) / steps
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.9999)
    if integers:
        step = max(1, step)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) + 0.0 for number in range(first, last + 1)]


def labelled_years(first: int, last: int, pixels: float) -> list[int]:
    """Return the years to label on an axis: round years, as many as fit into `pixels`; the last year if no year is round."""
    room = max(2, pixels / 44)
    step = next((step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step < room), 100)
    return [year for year in range(first, last + 1) if year % step == 0] or [last]
