"""Positions on axes: round ticks, labelled years, and labels that don't overlap."""

import math
from collections.abc import Sequence


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
    """Return the years to label on an axis: round years, as many as fit; the last year if no round year is in the range."""
    room = max(2, pixels / 44)
    step = next((step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step < room), 100)
    return [year for year in range(first, last + 1) if year % step == 0] or [last]


def spread(targets: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions at least `gap` apart and as near to their targets as possible, within the bounds if they fit.

    Positions that are too close are pushed apart around their common mean (pool adjacent violators).
    """
    order = sorted(range(len(targets)), key=lambda at: targets[at])
    pools: list[list[float]] = []
    for rank, at in enumerate(order):
        pools.append([targets[at] - gap * rank])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    levels = [_mean(pool) for pool in pools for _ in pool]
    room = high - gap * (len(order) - 1)
    places = [0.0] * len(targets)
    for rank, (at, place) in enumerate(zip(order, levels, strict=True)):
        places[at] = max(low, min(place, room)) + gap * rank
    return places


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
