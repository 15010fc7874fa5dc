"""Mixtures of latent classes that differ in their members' chances of being on a list.

The number of classes is limited, but not fixed.
"""

from dataclasses import dataclass

import numpy as np

from overt.estimation.array_types import Floats, Integers
from overt.estimation.bayesian.chain_convergence import convergence
from overt.estimation.bayesian.graph_averaging import isolated_lists_reason
from overt.estimation.estimate_result_and_verdicts import COMPARISON, ESTIMATE, MAX_BAYESIAN_PEOPLE, Code, Estimate, refuse
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.estimation.time_limit import Checkpoint, no_checkpoint

NAME = "lcmcr"
CHAINS = 16
"""Default number of chains."""
ROUND = 5_000
"""Iterations between two checks of convergence; each check uses the later half of all draws so far."""
MAX_ITERATIONS = 120_000
"""Maximum number of iterations of a chain, whether or not it has converged."""
STUCK = 60_000, 1.1
"""Iterations and R-hat: chains with a larger R-hat after this many iterations are assumed never to agree."""
THIN = 5
"""Number of iterations for each draw that is stored; neighbouring draws differ little."""
_CHECK_INTERVAL = 50
"""Iterations between two checkpoints."""
MAX_RHAT = 1.05
"""Maximum R-hat of chains that agree."""
MIN_INTERVAL_DRAWS = 400
"""Minimum number of independent draws that the median and each end of the interval should be worth (Vehtari and others 2021)."""
MIN_MEDIAN_DRAWS = 200
"""Minimum number of independent draws that the median must be worth; with fewer, the result is refused."""
_RUNAWAY = 1_000
"""A result is refused if its median is more than this many times the number of people observed."""
_TINY = 1e-12


def latent_class(
    table: OverlapTable,
    *,
    level: float = 0.95,
    seed: int = 0,
    classes: int = 10,
    chains: int = CHAINS,
    max_iterations: int = MAX_ITERATIONS,
    checkpoint: Checkpoint = no_checkpoint,
) -> Estimate:
    """Estimate from a mixture of latent classes; within a class the lists are independent of each other.

    Manrique-Vallier (2016), Bayesian population size estimation using Dirichlet process mixtures, Biometrics 72, as in the R
    package LCMCR: stick-breaking weights truncated at `classes`, a gamma(0.25, 0.25) prior for their concentration, uniform
    priors for the probability that a member of a class is on a list, and the prior 1/N for the number of people.

    A Gibbs sampler draws how many people in each cell belong to each class, for all cells at once, and the people on no list.
    In each iteration two neighbouring classes may swap places (Papaspiliopoulos and Roberts 2008, Biometrika 95); without these
    swaps chains stay near their starting points for a long time.

    Several chains start at different points. They run until they agree (R-hat at most `MAX_RHAT`) and their median and both ends
    of the interval are each worth `MIN_INTERVAL_DRAWS` independent draws or more (Vehtari and others 2021, Bayesian Analysis
    16), until they are stuck far apart (`STUCK`), or for `max_iterations` iterations. The estimate is the median of the draws.
    If the chains don't settle, it is only a comparison; if they disagree or the median is too uncertain, it is refused. Equal
    seeds give equal draws.

    Tables of fewer than 3 lists, of more than `MAX_BAYESIAN_PEOPLE` people, or with a list that shares nobody with the others
    are refused, and so is a median of more than `_RUNAWAY` times the number of people observed. `checkpoint` is called every
    `_CHECK_INTERVAL` iterations.
    """
    if len(table.names) < 3:
        return refuse(NAME, "it needs three lists or more: two say nothing of classes", level=level)
    if table.observed > MAX_BAYESIAN_PEOPLE:
        return refuse(
            NAME, f"it can use up to {MAX_BAYESIAN_PEOPLE:,} people, and the lists have {table.observed:,}", level=level
        )
    if reason := isolated_lists_reason(table):
        return refuse(NAME, reason, level=level, code=Code.ISOLATED_LIST)
    state = _initial_state(table, classes, chains, seed)
    thinned: list[Integers] = []
    while True:
        for iteration in range(min(ROUND, max_iterations)):
            if iteration % _CHECK_INTERVAL == 0:
                checkpoint(f"{len(thinned) * THIN:,} of at most {max_iterations:,} iterations")
            _step(state)
            if iteration % THIN == 0:
                thinned.append(state.unseen + table.observed)
        draws = np.stack(thinned[len(thinned) // 2 :], axis=1)
        rhat, size, tail = convergence(np.log(draws), level)
        done, settled = len(thinned) * THIN, rhat <= MAX_RHAT and min(size, tail) >= MIN_INTERVAL_DRAWS
        if settled or done >= max_iterations or (done >= STUCK[0] and rhat > STUCK[1]):
            break
    detail = {
        "chains": chains,
        "iterations": done,
        "split_rhat": round(rhat, 4) if np.isfinite(rhat) else None,
        "effective_draws": _round_finite(size),
        "effective_draws_of_ends": _round_finite(tail),
        "settled": bool(settled),
        "medians": np.median(draws, axis=1).tolist(),
    }
    model = f"at most {classes} classes"
    if np.median(draws) > _RUNAWAY * table.observed:
        reason = f"the draws run away: half of them are beyond {_RUNAWAY:,} times what is seen"
        return refuse(NAME, reason, level=level, code=Code.UNBOUNDED, model=model, **detail)
    if not rhat <= MAX_RHAT or not size >= MIN_MEDIAN_DRAWS:  # `not <=` also refuses NaN, which R-hat is for equal draws.
        reason = (
            f"after {done:,} iterations the {chains} chains do not agree (R-hat {rhat:.3f} and not "
            f"{MAX_RHAT}, or {size:,.0f} effective draws and not {MIN_MEDIAN_DRAWS})"
        )
        return refuse(NAME, reason, level=level, model=model, **detail)
    low, middle, high = (float(round(end)) for end in np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2]))
    if settled:
        return Estimate(NAME, middle, low, high, level, model, Code.FINE, ESTIMATE, detail=detail)
    reason = (
        f"unsettled: after {done:,} iterations the middle is worth {size:,.0f} independent draws and an end {tail:,.0f}, not "
        f"{MIN_INTERVAL_DRAWS}, so another seed gives other ends"
    )
    return Estimate(NAME, middle, low, high, level, model, Code.FINE, COMPARISON, reason, detail)


def _round_finite(size: float) -> int | None:
    return round(size) if np.isfinite(size) else None


@dataclass
class _State:
    """The state of c chains with k classes, t lists and m cells."""

    random: np.random.Generator
    patterns: Floats
    """Cells × lists (m × t), 0 or 1."""
    counts: Integers
    """Number of people in each cell (m)."""
    listed: Floats
    """Probability that a member of a class is on a list (c × k × t)."""
    log_weights: Floats
    """Log weights of the classes (c × k)."""
    concentration: Floats
    """Concentration of each chain's weights (c)."""
    unseen: Integers
    """Number of people on no list, by chain (c)."""
    unseen_classes: Integers
    """Number of people on no list, by chain and class (c × k)."""
    sizes: Integers
    """Number of people in each class, including those on no list (c × k)."""


def _initial_state(table: OverlapTable, classes: int, chains: int, seed: int) -> _State:
    random = np.random.default_rng(seed)
    share = table.totals() / table.observed
    # Starting points are far apart, so that chains can't agree merely because they started close together.
    listed = np.clip(random.beta(1 + 10 * share, 11 - 10 * share, size=(chains, classes, len(share))), _TINY, 1 - _TINY)
    return _State(
        random,
        table.patterns.astype(np.float64),
        table.counts,
        listed,
        np.full((chains, classes), -np.log(classes)),
        np.ones(chains),
        np.zeros(chains, dtype=np.int64),
        np.zeros((chains, classes), dtype=np.int64),
        np.zeros((chains, classes), dtype=np.int64),
    )


def _step(state: _State) -> None:
    """Run one iteration.

    Swap classes, then draw their members, their probabilities of being on each list, their weights, the people on no list, and
    the concentration.
    """
    random, patterns = state.random, state.patterns
    _swap_classes(state)
    on, off = np.log(state.listed), np.log1p(-state.listed)
    no_list = state.log_weights + off.sum(axis=2)
    likely = no_list[:, None, :] + np.matmul(patterns, (on - off).transpose(0, 2, 1))
    likely = np.exp(likely - likely.max(axis=2, keepdims=True))
    observed = random.multinomial(state.counts, likely / likely.sum(axis=2, keepdims=True))
    state.sizes = observed.sum(axis=1) + state.unseen_classes
    in_lists = np.matmul(observed.transpose(0, 2, 1), patterns)
    listed = random.beta(1 + in_lists, 1 + state.sizes[:, :, None] - in_lists)
    state.listed = np.clip(listed, _TINY, 1 - _TINY)
    state.log_weights = _draw_stick(random, state.sizes, state.concentration)
    miss = np.exp(state.log_weights + np.log1p(-state.listed).sum(axis=2))
    missed = miss.sum(axis=1)
    total = int(state.counts.sum())
    # More than a million times the people observed is not an estimate, and the generator would overflow.
    state.unseen = random.negative_binomial(total, np.maximum(1 - missed, 1e-6))
    state.unseen_classes = random.multinomial(state.unseen, miss / missed[:, None])
    state.concentration = random.gamma(0.25 + miss.shape[1] - 1, 1 / (0.25 - state.log_weights[:, -1]))


def _swap_classes(state: _State) -> None:
    """Let two neighbouring classes of each chain swap places, by a Metropolis step.

    A swap changes only the prior of the weights, which prefers the larger class first. The prior's density is
    w_k^(concentration − 1) for the weight of the last class, divided by the product of R over the classes between the first and
    the last. R is the rest of the stick before a class is broken off.
    """
    chain = np.arange(len(state.unseen))
    classes = state.log_weights.shape[1]
    first = state.random.integers(0, classes - 1, len(chain))
    second = first + 1
    weights = np.maximum(np.exp(state.log_weights), 1e-300)
    rest = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
    between = np.log(rest[chain, second]) - np.log(rest[chain, second] - weights[chain, second] + weights[chain, first])
    difference = state.log_weights[chain, first] - state.log_weights[chain, second]
    gain = np.where(second < classes - 1, between, (state.concentration - 1) * difference)
    swapped = np.log(state.random.random(len(chain))) < gain
    chain, first, second = chain[swapped], first[swapped], second[swapped]
    for array in (state.listed, state.log_weights, state.unseen_classes):
        array[chain, first], array[chain, second] = array[chain, second], array[chain, first].copy()


def _draw_stick(random: np.random.Generator, sizes: Integers, concentration: Floats) -> Floats:
    """Draw log weights of the classes by stick-breaking. Each part has a beta distribution.

    The distribution's parameters are 1 + the people in the class, and concentration + the people in all later classes. A beta
    variable is computed from two gamma variables, one for the part and one for the rest of the stick. All computations use
    logarithms, because the rest of the stick underflows for a small concentration. For the same reason, the gamma variable for
    the rest, of shape a, is drawn as one of shape a + 1, multiplied by a uniform variable to the power 1/a.
    """
    after = np.cumsum(sizes[:, ::-1], axis=1)[:, ::-1] - sizes
    shape = concentration[:, None] + after[:, :-1]
    part = np.log(random.standard_gamma(1.0 + sizes[:, :-1]))
    rest = np.log(random.standard_gamma(shape + 1)) + np.log(random.random(shape.shape)) / shape
    both = np.logaddexp(part, rest)
    remaining = np.cumsum(rest - both, axis=1)
    first = (part - both)[:, :1]
    return np.concatenate([first, (part - both)[:, 1:] + remaining[:, :-1], remaining[:, -1:]], axis=1)
