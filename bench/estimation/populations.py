"""Made-up populations of known size: lists that depend on each other in pairs, and people who are not equally easy to find."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from overt.estimation.design import space_of
from overt.estimation.lists import Lists, all_patterns
from overt.model.errors import UsageError


@dataclass(frozen=True)
class Population:
    """How many there are, and what three to five lists know of them; how many pairs of lists depend on each other."""

    people: int
    lists: Lists
    pairs: int


def dependent(seed: int) -> Iterator[Population]:
    """Everybody has the same chances; some pairs of lists depend on each other, from e⁻¹ to e¹·⁵ in odds.

    So the truth is a log-linear model with terms of two lists. There are 500 to 20,000 people, a list reaches 5 to 40 in a
    hundred.
    """
    random = np.random.default_rng(seed)
    while True:
        size = int(random.integers(3, 6))
        people = int(np.exp(random.uniform(np.log(500), np.log(20_000))))
        space = space_of(size, 2)
        terms = np.zeros(len(space.terms))
        terms[space.order == 1] = logit(random.uniform(0.05, 0.4, size=size))
        pairs = np.flatnonzero(space.order == 2)
        chosen = random.choice(pairs, size=int(random.integers(0, size + 1 if size > 3 else 3)), replace=False)
        terms[chosen] = random.uniform(-1, 1.5, size=len(chosen))
        weights = np.append(np.exp(space.columns @ terms), 1.0)
        found = random.multinomial(people, weights / weights.sum())[:-1]
        yield from _kept(people, space.patterns, found, len(chosen))


def unequal(seed: int) -> Iterator[Population]:
    """Lists know nothing of each other, and people's odds of being found differ by a log-normal factor with a spread of 1."""
    random = np.random.default_rng(seed)
    while True:
        size = int(random.integers(3, 6))
        people = int(np.exp(random.uniform(np.log(500), np.log(20_000))))
        reach = logit(random.uniform(0.05, 0.4, size=size))
        chance = 1 / (1 + np.exp(-(reach + random.normal(0, 1, size=(people, 1)))))
        codes = (random.random((people, size)) < chance) @ (1 << np.arange(size))
        patterns = all_patterns(size)
        yield from _kept(people, patterns, np.bincount(codes, minlength=1 << size)[patterns @ (1 << np.arange(size))], 0)


def _kept(people: int, patterns: np.ndarray, counts: np.ndarray, pairs: int) -> Iterator[Population]:
    names = [f"L{at + 1}" for at in range(patterns.shape[1])]
    try:
        yield Population(people, Lists.of(names, patterns.astype(int).tolist(), counts.tolist()), pairs)
    except UsageError:  # a list that found nobody
        return
