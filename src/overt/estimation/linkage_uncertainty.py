"""Estimates that include the uncertainty of record linkage: a method is run on many random draws of the table."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from overt.estimation.estimate_result_and_verdicts import REFUSED, VERDICTS, Estimate, refuse
from overt.estimation.methods import find_method
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.model.errors import UsageError

Pair = tuple[str, str]
_MAX_REFUSED_SHARE = 0.1
"""Maximum share of draws without a number or an interval; if it is exceeded, the result has no number."""
_MODEL = "over draws of who is who"


@dataclass(frozen=True)
class Links:
    """Records, each on a list, and what is known about which of them match."""

    lists: Mapping[str, str]
    """The list that each record is on. Pairs with any other record are ignored."""
    certain: Sequence[Pair] = ()
    """Pairs that certainly match. Pairs that editors judged come first, because earlier pairs take precedence."""
    likely: Sequence[tuple[str, str, float]] = ()
    """Other pairs that may match, each with the probability of a match."""
    distinct: Sequence[Pair] = ()
    """Pairs that editors judged different or unsure. No draw joins them, directly or through other records."""
    deduplicated: Collection[str] = ()
    """Lists without duplicates: no cluster contains two records of the same list."""

    def draw(self, random: np.random.Generator) -> OverlapTable:
        """Draw an overlap table: each likely pair matches with its probability, and clusters are counted by their lists.

        Certain pairs are joined first, then the drawn pairs from the likeliest to the least likely. A pair is skipped if it would
        join `distinct` records or two records of a list in `deduplicated`. Raises the errors of `OverlapTable.from_rows`, such as
        UsageError if fewer than two lists have a record.
        """
        chances = random.random(len(self.likely))
        matches = [
            (-probability, left, right)
            for (left, right, probability), chance in zip(self.likely, chances, strict=True)
            if chance < probability
        ]
        clusters = _Clusters(self)
        for left, right in self.certain:
            clusters.join(left, right)
        for _, left, right in sorted(matches):
            clusters.join(left, right)
        return table_from_memberships(clusters.memberships())


def table_from_memberships(memberships: Iterable[Collection[str]]) -> OverlapTable:
    """Return the overlap table of people or incidents, each given as the lists that it is on. Those on no list are ignored.

    Raises the errors of `OverlapTable.from_rows`.
    """
    cells = Counter(tuple(sorted(set(lists))) for lists in memberships if lists)
    names = sorted({name for lists in cells for name in lists})
    return OverlapTable.from_rows(names, [[int(name in lists) for name in names] for lists in cells], cells.values())


class _Clusters:
    """Union–find over records. Each cluster has its lists, and the records that must not join it."""

    def __init__(self, links: Links) -> None:
        self._parent = {record: record for record in links.lists}
        self._lists = {record: Counter([name]) for record, name in links.lists.items()}
        self._deduplicated = set(links.deduplicated)
        self._distinct: dict[str, set[str]] = {}
        for left, right in links.distinct:
            if left in self._parent and right in self._parent:
                self._distinct.setdefault(left, set()).add(right)
                self._distinct.setdefault(right, set()).add(left)

    def find(self, record: str) -> str:
        while self._parent[record] != record:
            self._parent[record] = record = self._parent[self._parent[record]]
        return record

    def join(self, left: str, right: str) -> None:
        if left not in self._parent or right not in self._parent:
            return
        first, second = self.find(left), self.find(right)
        if first == second or any(self.find(record) == second for record in self._distinct.get(first, ())):
            return
        if any(self._lists[first][name] and self._lists[second][name] for name in self._deduplicated):
            return
        self._parent[second] = first
        self._lists[first] += self._lists.pop(second)
        self._distinct.setdefault(first, set()).update(self._distinct.pop(second, ()))

    def memberships(self) -> Iterable[Collection[str]]:
        return self._lists.values()


def estimate_over_draws(
    draw: Callable[[np.random.Generator], OverlapTable],
    method: str,
    *,
    draws: int = 20,
    level: float = 0.95,
    seed: int = 0,
) -> Estimate:
    """Run a method on many draws of the table (such as `Links.draw`), and combine the estimates.

    Rubin (1987), Multiple imputation for nonresponse in surveys, applied to the logarithm of the number. The estimate is the
    mean over draws. The variance is the variance within draws plus (1 + 1/draws) times the variance between them. The interval
    comes from Student's distribution with Rubin's degrees of freedom. A draw's own variance is computed from its interval.
    Draws with equal tables are estimated once. If more than `_MAX_REFUSED_SHARE` of the draws have no number or no interval, the
    result has no number.

    Each draw passes through the publication gate with a sweep over its models. The verdict is the weakest of the draws that have
    a number, with its reason. `detail["over_models"]` is the range over models of all draws. Sadinle (2018), Annals of Applied
    Statistics 12, explains why estimates must be repeated over the linkage. Equal `seed`s give equal draws. Raises UsageError
    for fewer than two draws, and for an unknown method or one that cannot use a drawn table.
    """
    # Imported here because `Links` doesn't need these modules.
    from overt.estimation.publication_gate import apply_gate
    from overt.estimation.sweep_over_models_and_left_out_lists import outer_end, sweep_models

    if draws < 2:
        raise UsageError("the spread between draws needs two or more; 20 are plenty if few pairs are unsure")
    random = np.random.default_rng(seed)
    run = find_method(method)
    cached: dict[bytes, Estimate] = {}
    ranges: list[tuple[float | None, float | None]] = []
    estimates: list[Estimate] = []
    people: list[int] = []
    for _ in range(draws):
        table = draw(random)
        key = repr((table.names, table.patterns.tolist(), table.counts.tolist())).encode()
        if key not in cached:
            sweep = sweep_models(table, level, over_lists=False)
            cached[key] = apply_gate(run(table, level=level, seed=seed), table, sweep)
            ranges.append((sweep.low, sweep.high) if sweep else (None, None))
        estimates.append(cached[key])
        people.append(table.observed)
    numbers = [(estimate.estimate, estimate.low, estimate.high) for estimate in estimates]
    complete = [(middle, low, high) for middle, low, high in numbers if middle and low and high and low > 0]
    detail: dict[str, Any] = {"draws": draws, "tables": len(cached), "observed": {"least": min(people), "most": max(people)}}
    if len(complete) < (1 - _MAX_REFUSED_SHARE) * draws:
        failed = [estimate for estimate in estimates if not (estimate.estimate and estimate.low and estimate.high)]
        reasons = Counter(estimate.reason or "no interval" for estimate in failed)
        reason = f"{draws - len(complete)} of {draws} draws give no number, such as: {reasons.most_common(1)[0][0]}"
        return refuse(method, reason, level=level, model=_MODEL, **detail)
    detail["over_models"] = {
        "low": outer_end(min, [low for low, _ in ranges]),
        "high": outer_end(max, [high for _, high in ranges]),
    }
    low, middle, high, between = _combine(np.log(np.array(complete)), level)
    answered = [estimate for estimate in estimates if estimate.verdict != REFUSED]
    weakest = VERDICTS[max((VERDICTS.index(estimate.verdict) for estimate in answered), default=0)]
    detail["share_of_linkage"] = round(between, 4)
    detail["estimates"] = {"least": min(complete)[0], "most": max(complete)[0]}
    code = max(estimate.code for estimate in answered)
    reasons = Counter(estimate.reason for estimate in estimates if estimate.verdict == weakest)
    reason = reasons.most_common(1)[0][0]
    return Estimate(method, middle, low, high, level, _MODEL, code, weakest, reason, detail)


def _combine(logs: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", level: float) -> tuple[float, float, float, float]:
    """Combine draws (draws × middle, low, high, as logs) by Rubin's rules.

    Return low, middle, high, and the share of the variance that lies between the draws.
    """
    from scipy.special import stdtrit  # Imported here because it is slow to load, and most releases have nothing to estimate.

    count = len(logs)
    tail = (1 + level) / 2
    width = 2 * float(stdtrit(np.inf, tail))
    within = float((((logs[:, 2] - logs[:, 1]) / width) ** 2).mean())
    between = (1 + 1 / count) * float(logs[:, 0].var(ddof=1))
    total = within + between
    middle = float(logs[:, 0].mean())
    degrees = (count - 1) * (total / between) ** 2 if between > 1e-12 * total else np.inf
    reach = float(stdtrit(degrees, tail)) * math.sqrt(total)
    share = between / total if total else 0.0
    return math.exp(middle - reach), math.exp(middle), math.exp(middle + reach), share
