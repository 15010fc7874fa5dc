"""Bayesian model averaging over all decomposable graphical models."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from overt.estimation.graphs import MOST_LISTS, Graphs, decomposable_graphs
from overt.estimation.lists import Lists
from overt.estimation.result import ESTIMATE, Code, Estimate, refused
from overt.model.errors import UsageError

Floats = NDArray[np.float64]
NAME = "dga"
_TOLD = 5
"""Models that an answer names."""
_REACH = 10
"""How many times as many as are seen the first grid goes up to."""
_FARTHEST = 10_000
"""The grid grows no further than so many times as many as are seen."""
_POINTS = 1000
"""A grid's step is this part of those who are seen, rounded up."""
_NEGLIGIBLE = 1e-4
"""Probability beyond the middle of a grid from which on it is long enough."""
_HOPELESS = 1e-6
"""Probability that the models which the fine grid leaves out have together, as a coarse one has it."""


def decomposable(
    lists: Lists, *, level: float = 0.95, seed: int = 0, delta: float | None = None, prior: tuple[float, float] | None = None
) -> Estimate:
    """How many there are, averaged over all decomposable graphs of dependence between the lists.

    Madigan and York (1997), Bayesian methods for estimation of the size of a closed population, Biometrika 84, as in the R
    package dga (Johndrow, Lum and Ball): each graph is as likely as any other before the table is seen; a hyper-Dirichlet prior
    weighs `delta` people a cell (2^−t for t lists when it is not given); the number of people has the prior 1/N, or with
    `prior` (a, b) that of a Poisson number whose mean has a gamma distribution of shape a and scale b. The answer is the median
    and an interval with equal tails of the posterior distribution on a grid of numbers of people on no list. Exact: `seed`
    changes nothing. Fewer than 3 and more than 6 lists are refused. Raises UsageError for a prior that is none.
    """
    if len(lists.names) < 3:
        return refused(
            NAME, "it needs three lists or more: of two, no table tells whether they depend on each other", level=level
        )
    if len(lists.names) > MOST_LISTS:
        return refused(
            NAME, f"it goes through all graphs on up to {MOST_LISTS} lists, and there are {len(lists.names)}", level=level
        )
    weight = 2.0 ** -len(lists.names) if delta is None else delta
    if not (weight > 0 and math.isfinite(weight)) or (prior and not min(prior) > 0):
        raise UsageError("the prior's numbers, `delta` and those of `prior`, are greater than 0")
    if alone := without_overlap(lists):
        return refused(NAME, alone, level=level, code=Code.UNIDENTIFIABLE)
    graphs = decomposable_graphs(len(lists.names))
    observed, reach, step = lists.observed, _REACH, -(-lists.observed // _POINTS)
    while True:
        missing, share = grid(reach * observed, step)
        likely, shares = posterior(lists, missing, share, delta=weight, prior=prior, graphs=graphs)
        beyond = float(shares[:, len(missing) // 2 :].sum())
        if beyond < _NEGLIGIBLE or reach >= _FARTHEST:
            break
        reach, step = reach * 4, step * 4
    detail = _detail([graphs.name(graph) for graph in likely[:_TOLD].tolist()], shares, observed + missing, level, weight, prior)
    if beyond >= _NEGLIGIBLE:
        part = f"one in {1 / beyond:,.0f} of its probability is beyond {reach // 2:,} times what is seen"
        reason = f"the prior alone bounds the number: {part}"
        return refused(NAME, reason, level=level, code=Code.UNIDENTIFIABLE, **detail)
    low, middle, high = quantiles(shares.sum(axis=0), observed + missing, level)
    model = f"{len(graphs.signs):,} graphs"
    return Estimate(NAME, middle, low, high, level, model, Code.FINE, ESTIMATE, detail=detail)


def without_overlap(lists: Lists) -> str:
    """The reason to refuse a table in which a list shares nobody with any other: what it says of the others' reach is nothing."""
    shared = lists.overlaps()
    alone = [name for name, row in zip(lists.names, shared, strict=True) if np.count_nonzero(row) < 2]
    return f"nobody on {' or '.join(alone)} is on another list" if alone else ""


def grid(most: int, step: int) -> tuple[NDArray[np.int64], Floats]:
    """Numbers of people on no list up to `most`: 0, then 1 and on by `step`; and how many numbers each of them stands for."""
    missing = np.concatenate([np.zeros(1, dtype=np.int64), np.arange(1, most + 1, step, dtype=np.int64)])
    share = np.full(len(missing), float(step))
    share[0] = 1.0
    return missing, share


def posterior(
    lists: Lists,
    missing: NDArray[np.int64],
    share: Floats,
    *,
    delta: float,
    prior: tuple[float, float] | None = None,
    graphs: Graphs | None = None,
) -> tuple[NDArray[np.int64], Floats]:
    """The likely graphs, the likeliest first, and the posterior probability of each with each number of people on no list (graphs
    × numbers), 1 in all.

    `share`: how many numbers each of `missing` stands for. Graphs that have one in a million together are left out.
    """
    known = graphs or decomposable_graphs(len(lists.names))
    signs = known.signs.astype(np.float64)
    number = (lists.observed + missing).astype(np.float64)
    common = gammaln(number + 1) - gammaln(missing + 1.0) + np.log(share) + _log_prior(number, prior)
    coarse = np.unique(np.linspace(0, len(missing) - 1, 200).astype(np.int64))
    first = signs @ _margins(lists, missing[coarse], delta) + common[coarse]
    rough = np.exp(first - first.max()).sum(axis=1)
    least_first = np.argsort(rough, kind="stable")
    rows = np.sort(least_first[np.cumsum(rough[least_first]) > _HOPELESS * rough.sum()])
    scores = signs[rows] @ _margins(lists, missing, delta) + common
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    order = np.argsort(-shares.sum(axis=1), kind="stable")
    return rows[order], shares[order]


def quantiles(shares: Floats, number: NDArray[np.int64], level: float) -> tuple[float, float, float]:
    """Low end, median and high end of a distribution over numbers of people."""
    total = np.cumsum(shares) / shares.sum()
    at = np.searchsorted(total, [(1 - level) / 2, 0.5, (1 + level) / 2])
    low, middle, high = (float(number[min(held, len(number) - 1)]) for held in at)
    return low, middle, high


def _margins(lists: Lists, missing: NDArray[np.int64], delta: float) -> Floats:
    """Log marginal likelihood of the table of each set of lists alone (2^t × numbers), without the multinomial coefficient.

    A cell of the table of s lists has the prior weight of the 2^(t − s) cells that it adds up.
    """
    t = len(lists.names)
    code = lists.patterns @ (1 << np.arange(t))
    total = delta * 2**t
    whole = math.lgamma(total) - gammaln(missing + lists.observed + total)
    made = np.zeros((1 << t, len(missing)))
    for held in range(1, 1 << t):
        size = held.bit_count()
        weight = delta * 2 ** (t - size)
        cells = np.bincount(code & held, weights=lists.counts, minlength=1 << t)
        filled = cells[1:][cells[1:] > 0]
        empty = 2**size - 1 - len(filled)
        fixed = float(gammaln(filled + weight).sum()) + empty * math.lgamma(weight) - 2**size * math.lgamma(weight)
        made[held] = whole + fixed + gammaln(missing + cells[0] + weight)
    return made


def _log_prior(number: Floats, prior: tuple[float, float] | None) -> Floats:
    if prior is None:
        return -np.log(np.maximum(number, 1.0))
    shape, scale = prior
    return number * math.log(scale / (1 + scale)) + gammaln(number + shape) - gammaln(number + 1)


def _detail(
    named: Sequence[str], shares: Floats, number: NDArray[np.int64], level: float, delta: float, prior: tuple[float, float] | None
) -> dict[str, Any]:
    models = []
    for name, share in zip(named[:_TOLD], shares, strict=False):
        low, middle, high = quantiles(share, number, level)
        weight = round(float(share.sum()), 4)
        if weight:
            models.append({"model": name, "weight": weight, "estimate": middle, "low": low, "high": high})
    return {
        "delta": delta,
        "prior": "1/N" if prior is None else f"Poisson, gamma({prior[0]:g}, {prior[1]:g})",
        "models": models,
        "grid": {"most": int(number[-1]), "step": int(number[-1] - number[-2])},
    }
