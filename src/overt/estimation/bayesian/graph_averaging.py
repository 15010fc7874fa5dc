"""Bayesian model averaging over all decomposable graphical models."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from overt.estimation.array_types import Floats, Integers, Positions
from overt.estimation.bayesian.decomposable_graphs import MAX_LISTS, decomposable_graphs
from overt.estimation.bayesian.graph_posterior import GraphPosterior
from overt.estimation.estimate_result_and_verdicts import COMPARISON, ESTIMATE, MAX_BAYESIAN_PEOPLE, Code, Estimate, refuse
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.model.errors import UsageError

NAME = "dga"
_DETAILED_MODELS = 5
"""Maximum number of models that an estimate's detail lists, most probable first."""
_FIRST_REACH = 10
"""Extent of the first grid, as a multiple of the number of people observed."""
_FURTHEST_REACH = 10_000
"""Extent from which a grid is not extended any further, as a multiple of the number of people observed."""
_POINTS = 1000
"""The first grid's step is the number of people observed divided by this, rounded up."""
_NEGLIGIBLE = 1e-4
"""A grid is long enough if the probability beyond its midpoint is below this."""
_MAX_OMITTED_PROBABILITY = 1e-6
"""Maximum total probability of the omitted graphs, as estimated by Laplace's approximation and a coarse grid."""
_REFINED = 0.004
"""The grid is refined around every point that is more probable than this."""
_MIN_SATURATED_PROBABILITY = 0.05
"""Minimum probability of the saturated graph at which the result is only a comparison.

Under this graph the prior, not the table, determines how many people are on no list.
"""


def average_over_graphs(
    table: OverlapTable,
    *,
    level: float = 0.95,
    seed: int = 0,
    delta: float | None = None,
    prior: tuple[float, float] | None = None,
) -> Estimate:
    """Estimate by averaging over all decomposable graphs of dependence between the lists.

    Madigan and York (1997), Bayesian methods for estimation of the size of a closed population, Biometrika 84, as in the R
    package dga (Johndrow, Lum and Ball). Each graph is equally likely a priori. A hyper-Dirichlet prior adds `delta` people to
    each cell (default: 2^−t for t lists). The number of people has the prior 1/N; with `prior` (a, b), its prior is Poisson with
    a mean from a gamma distribution of shape a and scale b.

    The estimate is the median, and the interval has equal tails. Both come from the posterior distribution on a grid of numbers
    of people on no list, finer where the probability is high. Nothing is random: `seed` changes nothing.

    A table is refused if it has more than `MAX_BAYESIAN_PEOPLE` people, fewer than 3 lists or more than `MAX_LISTS`, or a list
    that shares nobody with the others. It is also refused if only the prior limits the number. If the graph in which all lists
    depend on one another has a probability of 5 % or more, the result is only a comparison. Raises UsageError for an invalid
    `delta` or `prior`.
    """
    if len(table.names) < 3:
        return refuse(NAME, "it needs three lists or more: two lists cannot show whether they depend on each other", level=level)
    if len(table.names) > MAX_LISTS:
        return refuse(NAME, f"it tries all graphs on up to {MAX_LISTS} lists, and there are {len(table.names)}", level=level)
    weight = 2.0 ** -len(table.names) if delta is None else delta
    if not (weight > 0 and math.isfinite(weight)) or (prior and not min(prior) > 0):
        raise UsageError("the prior's numbers, `delta` and those of `prior`, must be greater than 0")
    if table.observed > MAX_BAYESIAN_PEOPLE:
        return refuse(
            NAME, f"it can use up to {MAX_BAYESIAN_PEOPLE:,} people, and the lists have {table.observed:,}", level=level
        )
    if reason := isolated_lists_reason(table):
        return refuse(NAME, reason, level=level, code=Code.ISOLATED_LIST)
    graphs = decomposable_graphs(len(table.names))
    posterior = GraphPosterior(table, graphs, weight, prior)
    observed, reach, step = table.observed, _FIRST_REACH, -(-table.observed // _POINTS)
    while True:
        plain = missing_grid(reach * observed, step)
        half = plain[0][len(plain[0]) // 2]
        missing, likely, shares = _refine(posterior, *plain)
        beyond = float(shares[:, missing >= half].sum())
        if beyond < _NEGLIGIBLE or reach >= _FURTHEST_REACH:
            break
        reach, step = reach * 4, step * 4
    labels = [graphs.label(graph) for graph in likely[:_DETAILED_MODELS].tolist()]
    detail = _detail(labels, shares, observed + missing, level, weight, prior)
    if beyond >= _NEGLIGIBLE:
        part = f"one in {1 / beyond:,.0f} of its probability is beyond {reach // 2:,} times what is seen"
        reason = f"the prior alone bounds the number: {part}"
        return refuse(NAME, reason, level=level, code=Code.UNBOUNDED, **detail)
    low, middle, high = posterior_interval(shares.sum(axis=0), observed + missing, level)
    model = f"{len(graphs.exponents):,} graphs"
    complete = graphs.exponents[likely, -1] == 1
    if (free := float(shares[complete].sum())) >= _MIN_SATURATED_PROBABILITY:
        dependence = f"with probability {100 * free:.0f} % all lists depend on one another"
        reason = f"{dependence}, and there the prior alone says how many there are"
        return Estimate(NAME, middle, low, high, level, model, Code.FINE, COMPARISON, reason, detail)
    return Estimate(NAME, middle, low, high, level, model, Code.FINE, ESTIMATE, detail=detail)


def isolated_lists_reason(table: OverlapTable) -> str:
    """Return why a table is refused if one of its lists shares nobody with any other list; otherwise an empty string."""
    shared = table.overlaps()
    isolated = [name for name, row in zip(table.names, shared, strict=True) if np.count_nonzero(row) < 2]
    return f"nobody on {' or '.join(isolated)} is on another list" if isolated else ""


def missing_grid(most: int, step: int) -> tuple[Integers, Floats]:
    """Return a grid of numbers of people on no list, up to `most`, and how many numbers each grid point represents.

    The grid has 0, then 1 and further numbers in steps of `step`.
    """
    missing = np.concatenate([np.zeros(1, dtype=np.int64), np.arange(1, most + 1, step, dtype=np.int64)])
    width = np.full(len(missing), float(step))
    width[0] = 1.0
    return missing, width


def _likely_graphs(posterior: GraphPosterior, missing: Integers, width: Floats) -> tuple[Positions, Integers]:
    """Return the graphs that are likely enough, and for each graph the number of people on no list at its peak.

    A graph's probability is estimated on a coarse grid and by Laplace's approximation, and the larger result counts: a peak can
    lie between the numbers of a coarse grid, and the approximation ignores long tails.
    """
    coarse = np.unique(np.linspace(0, len(missing) - 1, 200).astype(np.int64))
    graphs = np.arange(len(posterior.exponents))
    densities = posterior.log_density(graphs, missing[coarse]) + np.log(width[coarse] * len(width) / 200)
    scanned = np.logaddexp.reduce(densities, axis=1)
    peak, approximate = posterior.peaks(int(missing[-1]))
    rough = np.maximum(scanned, approximate)
    rough = np.exp(rough - rough.max())
    least_first = np.argsort(rough, kind="stable")
    rows = np.sort(least_first[np.cumsum(rough[least_first]) > _MAX_OMITTED_PROBABILITY * rough.sum()])
    return rows, peak[rows]


def _probabilities(posterior: GraphPosterior, rows: Positions, missing: Integers, width: Floats) -> tuple[Positions, Floats]:
    scores = posterior.log_density(rows, missing) + np.log(width)
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    order = np.argsort(-shares.sum(axis=1), kind="stable")
    return rows[order], shares[order]


def _refine(posterior: GraphPosterior, missing: Integers, width: Floats) -> tuple[Integers, Positions, Floats]:
    """Return a grid that is fine where the probability is high, the likely graphs, and their probabilities (graphs × numbers).

    The most probable graph comes first. If the grid's step is larger than 1, every peak is first added to the grid. A peak in
    a coarse part of the grid stands for many numbers, which overestimates its probability, so no peak is missed. If no part has
    to be refined, the grid is returned unchanged.
    """
    rows, peak = _likely_graphs(posterior, missing, width)
    step = int(width[-1])
    likely, shares = _probabilities(posterior, rows, missing, width)
    if step == 1:
        return missing, likely, shares
    refined = np.union1d(missing, peak)
    while True:
        refined_width = _widths(refined)
        refined_likely, refined_shares = _probabilities(posterior, rows, refined, refined_width)
        heavy = np.flatnonzero((refined_shares.sum(axis=0) > _REFINED) & (refined_width > 1))
        if not len(heavy):
            break
        sides = np.union1d(heavy, np.maximum(heavy - 1, 0))
        sides = sides[sides < len(refined) - 1]
        finer = np.union1d(refined, (refined[sides] + refined[sides + 1]) // 2)
        if len(finer) == len(refined):
            break
        refined = finer
    if len(refined) == len(np.union1d(missing, peak)):  # No part of the grid was too coarse.
        return missing, likely, shares
    return refined, refined_likely, refined_shares


def _widths(missing: Integers) -> Floats:
    """Return the width of each grid point's cell: the number of integers that are closest to this point."""
    edges = np.concatenate([[-0.5], (missing[1:] + missing[:-1]) / 2, [missing[-1] + 0.5]])
    return np.diff(edges)


def posterior_interval(shares: Floats, number: Integers, level: float) -> tuple[float, float, float]:
    """Return the low end of the equal-tailed interval, the median, and the high end of a distribution over numbers of people.

    `shares`: the probability of each `number`, up to a common factor.
    """
    total = np.cumsum(shares) / shares.sum()
    positions = np.searchsorted(total, [(1 - level) / 2, 0.5, (1 + level) / 2])
    low, middle, high = (float(number[min(position, len(number) - 1)]) for position in positions)
    return low, middle, high


def _detail(
    labels: Sequence[str], shares: Floats, number: Integers, level: float, delta: float, prior: tuple[float, float] | None
) -> dict[str, Any]:
    models = []
    for label, share in zip(labels[:_DETAILED_MODELS], shares, strict=False):
        low, middle, high = posterior_interval(share, number, level)
        weight = round(float(share.sum()), 4)
        if weight:
            models.append({"model": label, "weight": weight, "estimate": middle, "low": low, "high": high})
    return {
        "delta": delta,
        "prior": "1/N" if prior is None else f"Poisson, gamma({prior[0]:g}, {prior[1]:g})",
        "models": models,
        "grid": {"most": int(number[-1]), "step": int(number[-1] - number[-2])},
    }
