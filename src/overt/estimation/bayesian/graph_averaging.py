"""Bayesian model averaging over all decomposable graphical models."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overt.estimation.bayesian.decomposable_graphs import MOST_LISTS, Graphs, decomposable_graphs
from overt.estimation.bayesian.graph_posterior import Marginals
from overt.estimation.estimates import COMPARISON, ESTIMATE, MOST_BAYESIAN, Code, Estimate, refused
from overt.estimation.overlap_tables.overlap_table import Lists
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
"""Probability that the models which the grid leaves out have together, by Laplace's approximation and a coarse grid."""
_FINE = 0.004
"""Probability of a single number of the grid from which on the grid is made finer there."""
_OPEN = 0.05
"""Weight of the graph with all edges from which on the prior, and not the table, says how many are on no list."""


def decomposable(
    lists: Lists, *, level: float = 0.95, seed: int = 0, delta: float | None = None, prior: tuple[float, float] | None = None
) -> Estimate:
    """How many there are, averaged over all decomposable graphs of dependence between the lists.

    Madigan and York (1997), Bayesian methods for estimation of the size of a closed population, Biometrika 84, as in the R
    package dga (Johndrow, Lum and Ball): each graph is as likely as any other before the table is seen; a hyper-Dirichlet prior
    weighs `delta` people a cell (2^−t for t lists when it is not given); the number of people has the prior 1/N, or with
    `prior` (a, b) that of a Poisson number whose mean has a gamma distribution of shape a and scale b. The answer is the median
    and an interval with equal tails of the posterior distribution on a grid of numbers of people on no list,
    finer where the distribution is narrow; tables of more than 10^12 people are refused. Exact: `seed`
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
    if lists.observed > MOST_BAYESIAN:
        return refused(NAME, f"it reckons with up to {MOST_BAYESIAN:,} people, and {lists.observed:,} are seen", level=level)
    if alone := without_overlap(lists):
        return refused(NAME, alone, level=level, code=Code.UNIDENTIFIABLE)
    graphs = decomposable_graphs(len(lists.names))
    marginals = Marginals(lists, graphs, weight, prior)
    observed, reach, step = lists.observed, _REACH, -(-lists.observed // _POINTS)
    while True:
        plain = grid(reach * observed, step)
        half = plain[0][len(plain[0]) // 2]
        missing, likely, shares = _refined(marginals, *plain)
        beyond = float(shares[:, missing >= half].sum())
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
    complete = graphs.signs[likely, -1] == 1
    if (free := float(shares[complete].sum())) >= _OPEN:
        said = f"with probability {100 * free:.0f} % all lists depend on one another"
        reason = f"{said}, and there the prior alone says how many there are"
        return Estimate(NAME, middle, low, high, level, model, Code.FINE, COMPARISON, reason, detail)
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
    marginals = Marginals(lists, graphs or decomposable_graphs(len(lists.names)), delta, prior)
    rows, _ = _likely(marginals, missing, share)
    return _shares(marginals, rows, missing, share)


def _likely(marginals: Marginals, missing: NDArray[np.int64], share: Floats) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """The graphs that are not hopeless, and the number on no list at each one's peak.

    A peak can lie between the numbers of a coarse grid, and Laplace's approximation knows nothing of long tails: what either
    of them finds counts.
    """
    coarse = np.unique(np.linspace(0, len(missing) - 1, 200).astype(np.int64))
    every = np.arange(len(marginals.signs))
    scanned = np.logaddexp.reduce(marginals.density(every, missing[coarse]) + np.log(share[coarse] * len(share) / 200), axis=1)
    peak, approximate = marginals.peaks(int(missing[-1]))
    rough = np.maximum(scanned, approximate)
    rough = np.exp(rough - rough.max())
    least_first = np.argsort(rough, kind="stable")
    rows = np.sort(least_first[np.cumsum(rough[least_first]) > _HOPELESS * rough.sum()])
    return rows, peak[rows]


def _shares(
    marginals: Marginals, rows: NDArray[np.intp], missing: NDArray[np.int64], share: Floats
) -> tuple[NDArray[np.intp], Floats]:
    scores = marginals.density(rows, missing) + np.log(share)
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    order = np.argsort(-shares.sum(axis=1), kind="stable")
    return rows[order], shares[order]


def _refined(
    marginals: Marginals, missing: NDArray[np.int64], share: Floats
) -> tuple[NDArray[np.int64], NDArray[np.intp], Floats]:
    """A grid that is fine where the probability is, the likely graphs, and their probability with each of its numbers.

    Peaks are in the grid before it is judged: each stands for too many numbers until the grid around it is fine, so none is lost.
    """
    rows, peak = _likely(marginals, missing, share)
    plain, step = missing, int(share[-1])
    likely, shares = _shares(marginals, rows, missing, share)
    if step == 1:
        return missing, likely, shares
    peaked = np.union1d(missing, peak)
    while True:
        width = _stands_for(peaked)
        found, probable = _shares(marginals, rows, peaked, width)
        heavy = np.flatnonzero((probable.sum(axis=0) > _FINE) & (width > 1))
        if not len(heavy):
            break
        sides = np.union1d(heavy, np.maximum(heavy - 1, 0))
        sides = sides[sides < len(peaked) - 1]
        finer = np.union1d(peaked, (peaked[sides] + peaked[sides + 1]) // 2)
        if len(finer) == len(peaked):
            break
        peaked = finer
    if len(peaked) == len(np.union1d(plain, peak)):  # nothing was too coarse
        return plain, likely, shares
    return peaked, found, probable


def _stands_for(missing: NDArray[np.int64]) -> Floats:
    """How many numbers each number of a grid stands for: half way to its neighbours."""
    edges = np.concatenate([[-0.5], (missing[1:] + missing[:-1]) / 2, [missing[-1] + 0.5]])
    return np.diff(edges)


def quantiles(shares: Floats, number: NDArray[np.int64], level: float) -> tuple[float, float, float]:
    """Low end, median and high end of a distribution over numbers of people."""
    total = np.cumsum(shares) / shares.sum()
    at = np.searchsorted(total, [(1 - level) / 2, 0.5, (1 + level) / 2])
    low, middle, high = (float(number[min(held, len(number) - 1)]) for held in at)
    return low, middle, high


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
