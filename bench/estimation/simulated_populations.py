"""Simulate populations of known size, with pairs of dependent lists, or with people who differ in how easily they are found."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from overt.estimation.loglinear.model_space import model_space
from overt.estimation.overlap_tables.overlap_table import OverlapTable, all_patterns
from overt.model.errors import UsageError


@dataclass(frozen=True)
class Population:
    """A simulated population: its size, three to five lists of its people, and the number of dependent pairs of lists."""

    people: int
    lists: OverlapTable
    pairs: int


def dependent(seed: int) -> Iterator[Population]:
    """Yield populations with pairs of lists that may depend on each other, endlessly.

    Everyone is equally likely to be on a list, but some pairs of lists may depend on each other. The truth is a log-linear
    model with terms of two lists and odds ratios from e⁻¹ to e¹·⁵. A population has 500 to 20,000 people; apart from the
    dependence, a list reaches 5 to 40 % of them. Populations with an empty list are left out.
    """
    random = np.random.default_rng(seed)
    while True:
        size = int(random.integers(3, 6))
        people = int(np.exp(random.uniform(np.log(500), np.log(20_000))))
        space = model_space(size, 2)
        terms = np.zeros(len(space.terms))
        terms[space.order == 1] = logit(random.uniform(0.05, 0.4, size=size))
        pairs = np.flatnonzero(space.order == 2)
        chosen = random.choice(pairs, size=int(random.integers(0, size + 1 if size > 3 else 3)), replace=False)
        terms[chosen] = random.uniform(-1, 1.5, size=len(chosen))
        weights = np.append(np.exp(space.columns @ terms), 1.0)
        counts = random.multinomial(people, weights / weights.sum())[:-1]
        yield from _populations(people, space.patterns, counts, len(chosen))


def unequal(seed: int) -> Iterator[Population]:
    """Yield populations of people who differ in how easily lists reach them, endlessly.

    Their lists are independent, and each person's odds are multiplied by a log-normal factor (σ = 1). Numbers of people and
    lists are as for `dependent`. Populations with an empty list are left out.
    """
    random = np.random.default_rng(seed)
    while True:
        size = int(random.integers(3, 6))
        people = int(np.exp(random.uniform(np.log(500), np.log(20_000))))
        reach = logit(random.uniform(0.05, 0.4, size=size))
        chance = 1 / (1 + np.exp(-(reach + random.normal(0, 1, size=(people, 1)))))
        codes = (random.random((people, size)) < chance) @ (1 << np.arange(size))
        patterns = all_patterns(size)
        yield from _populations(people, patterns, np.bincount(codes, minlength=1 << size)[patterns @ (1 << np.arange(size))], 0)


def _populations(people: int, patterns: np.ndarray, counts: np.ndarray, pairs: int) -> Iterator[Population]:
    names = [f"L{at + 1}" for at in range(patterns.shape[1])]
    try:
        yield Population(people, OverlapTable.from_rows(names, patterns.astype(int).tolist(), counts.tolist()), pairs)
    except UsageError:  # at least one list is empty
        return
