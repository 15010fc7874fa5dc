"""Chapman's estimator from two lists."""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from overt.estimation.array_types import Integers
from overt.estimation.estimate_result_and_verdicts import COMPARISON, Code, Estimate, refuse
from overt.estimation.log_normal_interval import log_normal_interval
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.model.errors import UsageError


def chapman(table: OverlapTable, *, level: float, seed: int, pair: Sequence[str] | None = None) -> Estimate:
    """Estimate from two independent lists: (n₁+1)(n₂+1)/(m+1) − 1.

    D. G. Chapman (1951), Some properties of the hypergeometric distribution with applications to zoological sample censuses,
    University of California Publications in Statistics 1, 131–160. The standard error is that of G. A. F. Seber (1970),
    Biometrics 26, 13–22. The interval is log-normal; neither end is below the number observed. An estimate below that number is
    refused, and so are lists that share nobody, because the estimate would come only from the constants in the formula.

    `pair` names the two lists (default: the first two). `detail["pairs"]` has the estimate from every pair of lists; for lists
    that share nobody, its numbers are None. Raises UsageError if `pair` is not two different lists of the table.
    """
    names = tuple(pair) if pair is not None else table.names[:2]
    if len(names) != 2 or names[0] == names[1] or any(name not in table.names for name in names):
        raise UsageError(f"chapman needs two different lists of {', '.join(table.names)} (got {', '.join(names) or 'none'})")
    totals, overlaps = table.totals(), table.overlaps()
    pairs = [_estimate_pair(table, totals, overlaps, *columns, level) for columns in combinations(range(len(table.names)), 2)]
    chosen = next(row for row in pairs if set(row["lists"]) == set(names))
    model = f"{names[0]} × {names[1]}"
    if chosen["estimate"] is None:
        reason = f"no estimate exists: nobody is on both {names[0]} and {names[1]}"
        return refuse("chapman", reason, level=level, code=Code.NO_ESTIMATE, model=model, se=None, pairs=pairs)
    if chosen["estimate"] < table.observed:
        reason = (
            f"{names[0]} and {names[1]} give {chosen['estimate']:,.0f} people, fewer than the {table.observed:,} who are seen"
        )
        return refuse("chapman", reason, level=level, model=model, se=chosen["se"], pairs=pairs)
    return Estimate(
        "chapman",
        chosen["estimate"],
        chosen["low"],
        chosen["high"],
        level,
        model,
        Code.FINE,
        COMPARISON,
        "two lists cannot show whether they depend on each other, and the number assumes that they don't",
        {"se": chosen["se"], "pairs": pairs},
    )


def _estimate_pair(
    table: OverlapTable, totals: Integers, overlaps: Integers, left: int, right: int, level: float
) -> dict[str, Any]:
    names = [table.names[left], table.names[right]]
    both = overlaps[left, right]
    if not both:
        return {"lists": names, "estimate": None, "se": None, "low": None, "high": None}
    number, error = _chapman(int(totals[left]), int(totals[right]), int(both))
    low, high = log_normal_interval(number, error, int(totals[left] + totals[right] - both), level)
    minimum = float(table.observed)
    return {"lists": names, "estimate": number, "se": error, "low": max(low, minimum), "high": max(high, minimum)}


def _chapman(first: int, second: int, both: int) -> tuple[float, float]:
    number = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return number, math.sqrt(variance)
