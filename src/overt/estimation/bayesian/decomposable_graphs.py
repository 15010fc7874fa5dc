"""All decomposable graphs on a few lists, and how their likelihoods fall into parts."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from overt.model.errors import UsageError

MOST_LISTS = 6
"""18,154 graphs; on seven lists there are 617,675."""


@dataclass(frozen=True, eq=False)
class Graphs:
    """The decomposable (chordal) graphs on t lists, an edge where two lists depend on each other given the rest.

    `adjacent` (graphs × t): the neighbours of each list as bits. `signs` (graphs × 2^t): a graph's likelihood is the product over
    sets of lists, bit i for list i, of the likelihood of the table of these lists alone to this power: the cliques less the
    separators.
    """

    adjacent: NDArray[np.int64]
    signs: NDArray[np.int8]

    def name(self, graph: int) -> str:
        """The cliques by the lists' places from 1: `[12,3]`."""
        lists = range(self.adjacent.shape[1])
        closed = [int(self.adjacent[graph, at]) | 1 << at for at in lists]
        # In a chordal graph every clique is what some list and its neighbours that agree with one another make.
        whole = [held for held in range(1, 1 << len(closed)) if all(held & ~closed[at] == 0 for at in lists if held >> at & 1)]
        most = [held for held in whole if not any(held != other and held & other == held for other in whole)]
        named = ["".join(str(at + 1) for at in lists if held >> at & 1) for held in most]
        return f"[{','.join(sorted(named, key=lambda part: (-len(part), part)))}]"


@cache
def decomposable_graphs(lists: int) -> Graphs:
    """Every decomposable graph on so many lists, in the order of their edges as a binary number.

    A graph is decomposable when lists can be taken out one by one, each time one whose neighbours are all neighbours of one
    another; the likelihood is then the product over them of that of the list with its neighbours by that of the neighbours
    (Dawid and Lauritzen 1993, Hyper Markov laws in the statistical analysis of decomposable graphical models). Raises UsageError
    beyond `MOST_LISTS`.
    """
    if not 2 <= lists <= MOST_LISTS:
        raise UsageError(f"graphs are gone through for 2 to {MOST_LISTS} lists, and there are {lists}")
    edges = list(combinations(range(lists), 2))
    every = np.arange(1 << len(edges))
    adjacent = np.zeros((len(every), lists), dtype=np.int64)
    for at, (one, other) in enumerate(edges):
        on = every >> at & 1
        adjacent[:, one] |= on << other
        adjacent[:, other] |= on << one
    left = np.full(len(every), (1 << lists) - 1)
    signs = np.zeros((len(every), 1 << lists), dtype=np.int8)
    for _ in range(lists):
        taken = np.zeros(len(every), dtype=np.bool_)
        for at in range(lists):
            around = adjacent[:, at] & left
            free = ~taken & (left >> at & 1 == 1)
            for other in range(lists):
                if other != at:
                    free &= (around >> other & 1 == 0) | (around & ~(adjacent[:, other] | 1 << other) == 0)
            rows = np.flatnonzero(free)
            signs[rows, around[rows] | 1 << at] += 1
            signs[rows, around[rows]] -= 1
            left[rows] &= ~(1 << at)
            taken |= free
    whole = np.flatnonzero(left == 0)
    signs[:, 0] = 0
    return Graphs(adjacent[whole], signs[whole])
