"""Carrying into an estimate that it is not sure who is who: the same method over many draws of the table."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from overt.estimation.estimates import REFUSED, VERDICTS, Estimate, refused
from overt.estimation.methods import find_method
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.model.errors import UsageError

Pair = tuple[str, str]
_MOST_REFUSED = 0.1
"""Share of the draws that may give no number."""


@dataclass(frozen=True)
class Links:
    """Records, each on a list, and what is known of which are one thing.

    `lists`: record → its list. `certain`: pairs that are one, those that people judged first. `likely`: other pairs, each with
    the probability that they are one. `apart`: pairs that people hold for two, or left open; nothing that is drawn brings them
    together, by whatever way. `alone`: lists that have no duplicates, so that no thing has two of their records.
    """

    lists: Mapping[str, str]
    certain: Sequence[Pair] = ()
    likely: Sequence[tuple[str, str, float]] = ()
    apart: Sequence[Pair] = ()
    alone: Collection[str] = ()

    def draw(self, random: np.random.Generator) -> Lists:
        """One way in which it may be: each likely pair is one with its probability, clusters are formed by them, the likeliest
        pair first, and counted by the lists that they are on. Raises UsageError when fewer than two lists have a record.
        """
        chance = random.random(len(self.likely))
        drawn = [
            (-probability, left, right)
            for (left, right, probability), at in zip(self.likely, chance, strict=True)
            if at < probability
        ]
        clusters = _Clusters(self)
        for left, right in self.certain:
            clusters.join(left, right)
        for _, left, right in sorted(drawn):
            clusters.join(left, right)
        return table_of(clusters.lists())


def table_of(things: Iterable[Collection[str]]) -> Lists:
    """The overlap table of things, each told by the lists that it is on."""
    cells = Counter(tuple(sorted(set(held))) for held in things if held)
    names = sorted({name for held in cells for name in held})
    return Lists.of(names, [[int(name in held) for name in names] for held in cells], cells.values())


class _Clusters:
    """Union–find over records, each cluster with its lists and what it must not meet."""

    def __init__(self, links: Links) -> None:
        self._parent = {record: record for record in links.lists}
        self._lists = {record: Counter([name]) for record, name in links.lists.items()}
        self._alone = set(links.alone)
        self._foes: dict[str, set[str]] = {}
        for one, other in links.apart:
            if one in self._parent and other in self._parent:
                self._foes.setdefault(one, set()).add(other)
                self._foes.setdefault(other, set()).add(one)

    def find(self, record: str) -> str:
        while self._parent[record] != record:
            self._parent[record] = record = self._parent[self._parent[record]]
        return record

    def join(self, left: str, right: str) -> None:
        if left not in self._parent or right not in self._parent:
            return
        one, other = self.find(left), self.find(right)
        if one == other or any(self.find(foe) == other for foe in self._foes.get(one, ())):
            return
        if any(self._lists[one][name] and self._lists[other][name] for name in self._alone):
            return
        self._parent[other] = one
        self._lists[one] += self._lists.pop(other)
        self._foes.setdefault(one, set()).update(self._foes.pop(other, ()))

    def lists(self) -> Iterable[Collection[str]]:
        return self._lists.values()


def over_draws(
    draw: Callable[[np.random.Generator], Lists], method: str, *, draws: int = 20, level: float = 0.95, seed: int = 0
) -> Estimate:
    """One estimate of many draws of the table (`Links.draw`, say): the method on each, put together.

    Rubin (1987), Multiple imputation for nonresponse in surveys, on the logarithm of the number: the middle is the mean over
    draws, the variance that within them and (1 + 1/draws) of that between them, the interval one of Student's distribution with
    his degrees of freedom. Variances within are read off the draws' intervals. Draws of equal tables are estimated once. When one
    in ten draws or more gives no number, there is none. Each draw goes through the gate with a sweep over its models; the verdict
    is the weakest of a draw that has a number, with its reason, and `detail["over_models"]` the range over models of all draws.
    That estimates have to be repeated over who may be who: Sadinle (2018), Annals of Applied Statistics 12. Raises UsageError for
    fewer than two draws.
    """
    from overt.estimation.model_sweep import sweep
    from overt.estimation.publication_gate import gate  # here, as what follows: `Links` alone needs none of it

    if draws < 2:
        raise UsageError("what differs between draws shows from two on; 20 are plenty where few pairs are unsure")
    random = np.random.default_rng(seed)
    run = find_method(method)
    known: dict[bytes, Estimate] = {}
    ranges: list[tuple[float | None, float | None]] = []
    found = []
    for _ in range(draws):
        table = draw(random)
        key = repr((table.names, table.patterns.tolist(), table.counts.tolist())).encode()
        if key not in known:
            swept = sweep(table, level, over_lists=False)
            known[key] = gate(run(table, level=level, seed=seed), table, swept)
            ranges.append((swept.low, swept.high) if swept else (None, None))
        found.append((known[key], table.observed))
    numbers = [(one.estimate, one.low, one.high) for one, _ in found]
    whole = [(middle, low, high) for middle, low, high in numbers if middle and low and high and low > 0]
    observed = sorted(seen for _, seen in found)
    detail: dict[str, Any] = {"draws": draws, "tables": len(known), "observed": {"least": observed[0], "most": observed[-1]}}
    if len(whole) < (1 - _MOST_REFUSED) * draws:
        reasons = Counter(one.reason or "no interval" for one, _ in found if not (one.estimate and one.low and one.high))
        reason = f"{draws - len(whole)} of {draws} draws give no number, such as: {reasons.most_common(1)[0][0]}"
        return refused(method, reason, level=level, model="over draws of who is who", **detail)
    detail["over_models"] = {"low": _outer(min, [low for low, _ in ranges]), "high": _outer(max, [high for _, high in ranges])}
    low, middle, high, between = _rubin(np.log(np.array(whole)), level)
    worst = max((VERDICTS.index(one.verdict) for one, _ in found if one.verdict != REFUSED), default=0)
    shares = {**detail, "share_of_linkage": round(between, 4), "estimates": {"least": min(whole)[0], "most": max(whole)[0]}}
    code = max(one.code for one, _ in found if one.verdict != REFUSED)
    reasons = Counter(one.reason for one, _ in found if one.verdict == VERDICTS[worst])
    reason = reasons.most_common(1)[0][0]
    return Estimate(method, middle, low, high, level, "over draws of who is who", code, VERDICTS[worst], reason, shares)


def _outer(choose: Callable[[list[float]], float], ends: Sequence[float | None]) -> float | None:
    known = [end for end in ends if end is not None]
    return choose(known) if known and len(known) == len(ends) else None


def _rubin(logs: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", level: float) -> tuple[float, float, float, float]:
    """Low, middle, high, and which share of the variance comes from between the draws (draws × middle, low, high, as logs)."""
    from scipy.special import stdtrit  # here: whoever draws nothing need not wait for it

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
