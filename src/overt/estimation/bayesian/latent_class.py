"""A mixture of classes of people who are seen unlike often, without a number of classes set beforehand."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overt.estimation.bayesian.chain_convergence import effective_size, split_rhat, tail_size
from overt.estimation.bayesian.graph_averaging import without_overlap
from overt.estimation.estimates import COMPARISON, ESTIMATE, MOST_BAYESIAN, Code, Estimate, refused
from overt.estimation.overlap_tables.overlap_table import Lists

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
NAME = "lcmcr"
CHAINS = 16
ROUND = 5_000
"""Iterations between two looks at the chains; each look is at the later half of all that there have been."""
MOST = 120_000
"""Iterations of each chain after which it ends, whatever it has come to."""
STUCK = 60_000, 1.1
"""Iterations after which chains that are still so far apart (R-hat) are taken to stay apart."""
THIN = 5
LARGEST_RHAT = 1.05
LEAST_DRAWS = 400
"""Independent draws that the median and each end of the interval are to be worth (Vehtari and others 2021)."""
FEWEST_DRAWS = 200
"""Independent draws below which not even the median says anything."""
_RUNAWAY = 1_000
"""A number so many times as large as what is seen is no estimate."""
_TINY = 1e-12


def latent_class(
    lists: Lists, *, level: float = 0.95, seed: int = 0, classes: int = 10, chains: int = CHAINS, most: int = MOST
) -> Estimate:
    """How many there are, where people fall into classes and within a class the lists are independent of each other.

    Manrique-Vallier (2016), Bayesian population size estimation using Dirichlet process mixtures, Biometrics 72, as in the R
    package LCMCR: stick-breaking weights cut off at `classes`, their concentration with a gamma(0.25, 0.25) prior, uniform
    priors on how likely each class is on each list, and the number of people with the prior 1/N. A Gibbs sampler draws, for
    every cell of the table at once, how many of it are of which class, and the people on no list; neighbouring classes change
    places now and then (Papaspiliopoulos and Roberts 2008, Biometrika 95), without which chains stay for long where they began;
    several chains from different beginnings go on until they agree (R-hat at most 1.05) and their middle and both ends of the
    interval say as much as 400 independent draws (Vehtari and others 2021, Bayesian Analysis 16), or at most `most` iterations.
    Then the answer is unsettled and given to compare alone, or, where the chains do not agree, there is none. The estimate is
    the median of the draws; equal seeds give equal draws. Fewer than 3 lists, and more than 10^12 people, are refused.
    """
    if len(lists.names) < 3:
        return refused(NAME, "it needs three lists or more: two say nothing of classes", level=level)
    if lists.observed > MOST_BAYESIAN:
        return refused(NAME, f"it reckons with up to {MOST_BAYESIAN:,} people, and {lists.observed:,} are seen", level=level)
    if alone := without_overlap(lists):
        return refused(NAME, alone, level=level, code=Code.UNIDENTIFIABLE)
    state = _begin(lists, classes, chains, seed)
    held: list[Counts] = []
    while True:
        for at in range(min(ROUND, most)):
            _step(state)
            if at % THIN == 0:
                held.append(state.unseen + lists.observed)
        draws = np.stack(held[len(held) // 2 :], axis=1)
        logs = np.log(draws)
        rhat, size, tail = split_rhat(logs), effective_size(logs), tail_size(logs, level)
        done, settled = len(held) * THIN, rhat <= LARGEST_RHAT and min(size, tail) >= LEAST_DRAWS
        if settled or done >= most or (done >= STUCK[0] and rhat > STUCK[1]):
            break
    detail = {
        "chains": chains,
        "iterations": done,
        "split_rhat": round(rhat, 4) if np.isfinite(rhat) else None,
        "effective_draws": _whole(size),
        "effective_draws_of_ends": _whole(tail),
        "settled": bool(settled),
        "medians": np.median(draws, axis=1).tolist(),
    }
    model = f"at most {classes} classes"
    if np.median(draws) > _RUNAWAY * lists.observed:
        reason = f"the draws run away: half of them are beyond {_RUNAWAY:,} times what is seen"
        return refused(NAME, reason, level=level, code=Code.UNIDENTIFIABLE, model=model, **detail)
    if rhat > LARGEST_RHAT or not size >= FEWEST_DRAWS:
        reason = (
            f"after {done:,} iterations the {chains} chains do not agree (R-hat {rhat:.3f} and not "
            f"{LARGEST_RHAT}, or {size:,.0f} effective draws and not {FEWEST_DRAWS})"
        )
        return refused(NAME, reason, level=level, model=model, **detail)
    low, middle, high = (float(round(end)) for end in np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2]))
    if settled:
        return Estimate(NAME, middle, low, high, level, model, Code.FINE, ESTIMATE, detail=detail)
    reason = (
        f"unsettled: after {done:,} iterations the middle is worth {size:,.0f} independent draws and an end {tail:,.0f}, not "
        f"{LEAST_DRAWS}, so another seed gives other ends"
    )
    return Estimate(NAME, middle, low, high, level, model, Code.FINE, COMPARISON, reason, detail)


def _whole(size: float) -> int | None:
    return round(size) if np.isfinite(size) else None


@dataclass
class _State:
    """Where c chains are. k classes, t lists, m cells."""

    random: np.random.Generator
    patterns: Floats
    """m × t, 0 or 1."""
    counts: Counts
    """m"""
    listed: Floats
    """c × k × t: how likely one of a class is on a list."""
    log_weights: Floats
    """c × k"""
    concentration: Floats
    """c"""
    unseen: Counts
    """c: people on no list."""
    unseen_classes: Counts
    """c × k"""
    sizes: Counts
    """c × k: people of each class, the unseen ones with them."""


def _begin(lists: Lists, classes: int, chains: int, seed: int) -> _State:
    random = np.random.default_rng(seed)
    share = lists.totals() / lists.observed
    # Apart from each other, so that chains that agree in the end have not agreed from the beginning.
    listed = np.clip(random.beta(1 + 10 * share, 11 - 10 * share, size=(chains, classes, len(share))), _TINY, 1 - _TINY)
    return _State(
        random,
        lists.patterns.astype(np.float64),
        lists.counts,
        listed,
        np.full((chains, classes), -np.log(classes)),
        np.ones(chains),
        np.zeros(chains, dtype=np.int64),
        np.zeros((chains, classes), dtype=np.int64),
        np.zeros((chains, classes), dtype=np.int64),
    )


def _step(state: _State) -> None:
    """One iteration: order of the classes, classes of the seen, lists of the classes, weights of the classes, the unseen, and
    the concentration.
    """
    random, patterns = state.random, state.patterns
    _swap(state)
    on, off = np.log(state.listed), np.log1p(-state.listed)
    nowhere = state.log_weights + off.sum(axis=2)
    likely = nowhere[:, None, :] + np.matmul(patterns, (on - off).transpose(0, 2, 1))
    likely = np.exp(likely - likely.max(axis=2, keepdims=True))
    seen = random.multinomial(state.counts, likely / likely.sum(axis=2, keepdims=True))
    state.sizes = seen.sum(axis=1) + state.unseen_classes
    in_lists = np.matmul(seen.transpose(0, 2, 1), patterns)
    drawn = random.beta(1 + in_lists, 1 + state.sizes[:, :, None] - in_lists)
    state.listed = np.clip(drawn, _TINY, 1 - _TINY)
    state.log_weights = _stick(random, state.sizes, state.concentration)
    miss = np.exp(state.log_weights + np.log1p(-state.listed).sum(axis=2))
    missed = miss.sum(axis=1)
    total = int(state.counts.sum())
    # Beyond a thousand times a thousand as many as are seen nothing is an estimate, and the generator would overflow.
    state.unseen = random.negative_binomial(total, np.maximum(1 - missed, 1e-6))
    state.unseen_classes = random.multinomial(state.unseen, miss / missed[:, None])
    state.concentration = random.gamma(0.25 + miss.shape[1] - 1, 1 / (0.25 - state.log_weights[:, -1]))


def _swap(state: _State) -> None:
    """In each chain, two neighbouring classes may change places: nothing differs but the prior of the weights, which likes the
    larger one first. Its density is, of weights w and what is left R of the stick before each, w_k^(concentration − 1) of the
    last class by the product of R over all between the first and the last.
    """
    chain = np.arange(len(state.unseen))
    classes = state.log_weights.shape[1]
    one = state.random.integers(0, classes - 1, len(chain))
    other = one + 1
    weights = np.maximum(np.exp(state.log_weights), 1e-300)
    left = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
    between = np.log(left[chain, other]) - np.log(left[chain, other] - weights[chain, other] + weights[chain, one])
    apart = state.log_weights[chain, one] - state.log_weights[chain, other]
    gain = np.where(other < classes - 1, between, (state.concentration - 1) * apart)
    swapped = np.log(state.random.random(len(chain))) < gain
    chain, one, other = chain[swapped], one[swapped], other[swapped]
    for held in (state.listed, state.log_weights, state.unseen_classes):
        held[chain, one], held[chain, other] = held[chain, other], held[chain, one].copy()


def _stick(random: np.random.Generator, sizes: Counts, concentration: Floats) -> Floats:
    """Log weights of the classes: broken off a stick, each with a beta distribution (1 + its people, concentration + those after
    it).

    In logarithms throughout: where the concentration is small, what is left of the stick is no floating-point number. A gamma
    variable of a shape a below 1 is one of shape a + 1 times a uniform one to the power 1/a.
    """
    after = np.cumsum(sizes[:, ::-1], axis=1)[:, ::-1] - sizes
    shape = concentration[:, None] + after[:, :-1]
    mine = np.log(random.standard_gamma(1.0 + sizes[:, :-1]))
    rest = np.log(random.standard_gamma(shape + 1)) + np.log(random.random(shape.shape)) / shape
    both = np.logaddexp(mine, rest)
    left = np.cumsum(rest - both, axis=1)
    first = (mine - both)[:, :1]
    return np.concatenate([first, (mine - both)[:, 1:] + left[:, :-1], left[:, -1:]], axis=1)
