"""Estimates by a formula: two lists."""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from overt.estimation.estimates import COMPARISON, Code, Estimate, refused
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.model.errors import UsageError


def chapman(lists: Lists, *, level: float, seed: int, pair: Sequence[str] | None = None) -> Estimate:
    """Two lists, each person on the second as likely whether or not on the first: (n₁+1)(n₂+1)/(m+1) − 1.

    D. G. Chapman (1951), Some properties of the hypergeometric distribution with applications to zoological sample censuses,
    University of California Publications in Statistics 1, 131–160; standard error of G. A. F. Seber (1970), Biometrics 26, 13–22;
    the interval is log-normal, and no end of it is below the number observed. An estimate below that number is
    refused. Lists that share nobody have no estimate: the number would be made by the added ones alone. `pair` names
    the two lists; without it the first two are taken. `detail["pairs"]` has every pair.
    Raises UsageError for a `pair` that is not two lists of the table.
    """
    names = tuple(pair) if pair is not None else lists.names[:2]
    if len(names) != 2 or names[0] == names[1] or any(name not in lists.names for name in names):
        raise UsageError(f"chapman needs two different lists of {', '.join(lists.names)} (got {', '.join(names) or 'none'})")
    totals, overlaps = lists.totals(), lists.overlaps()
    pairs = [_pair(lists, totals, overlaps, *at, level) for at in combinations(range(len(lists.names)), 2)]
    chosen = next(one for one in pairs if set(one["lists"]) == set(names))
    if chosen["estimate"] is None:
        reason = f"no estimate exists: nobody is on both {names[0]} and {names[1]}"
        model = f"{names[0]} × {names[1]}"
        return refused("chapman", reason, level=level, code=Code.NO_ESTIMATE, model=model, se=None, pairs=pairs)
    if chosen["estimate"] < lists.observed:
        reason = (
            f"{names[0]} and {names[1]} give {chosen['estimate']:,.0f} people, fewer than the {lists.observed:,} who are seen"
        )
        return refused("chapman", reason, level=level, model=f"{names[0]} × {names[1]}", se=chosen["se"], pairs=pairs)
    return Estimate(
        "chapman",
        chosen["estimate"],
        chosen["low"],
        chosen["high"],
        level,
        f"{names[0]} × {names[1]}",
        Code.FINE,
        COMPARISON,
        "two lists cannot show whether they depend on each other, and the number stands on their not doing so",
        {"se": chosen["se"], "pairs": pairs},
    )


def _pair(
    lists: Lists, totals: NDArray[np.int64], overlaps: NDArray[np.int64], one: int, other: int, level: float
) -> dict[str, Any]:
    named = [lists.names[one], lists.names[other]]
    if not overlaps[one, other]:
        return {"lists": named, "estimate": None, "se": None, "low": None, "high": None}
    number, error = _chapman(int(totals[one]), int(totals[other]), int(overlaps[one, other]))
    low, high = log_normal(number, error, int(totals[one] + totals[other] - overlaps[one, other]), level)
    least = float(lists.observed)
    return {"lists": named, "estimate": number, "se": error, "low": max(low, least), "high": max(high, least)}


def _chapman(first: int, second: int, both: int) -> tuple[float, float]:
    number = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return number, math.sqrt(variance)


def log_normal(number: float, error: float, observed: int, level: float) -> tuple[float, float]:
    """An interval for a total: the unseen are taken as log-normal (Chao 1987, Biometrics 43, 787)."""
    unseen = number - observed
    if unseen <= 0 or error == 0:
        return number, number
    factor = math.exp(float(ndtri((1 + level) / 2)) * math.sqrt(np.log1p((error / unseen) ** 2)))
    return observed + unseen / factor, observed + unseen * factor
