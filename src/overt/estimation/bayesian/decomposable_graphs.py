"""All decomposable graphs on a few lists, and the factors of their likelihoods."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from overt.estimation.array_types import Integers
from overt.model.errors import UsageError

MAX_LISTS = 6
"""Maximum number of lists. Six lists have 18,154 graphs; seven have 617,675."""


@dataclass(frozen=True, eq=False)
class DecomposableGraphs:
    """The decomposable (chordal) graphs on t lists. An edge joins two lists that depend on each other given the other lists."""

    adjacent: Integers
    """The neighbours of each list as bits (graphs × t)."""
    exponents: NDArray[np.int8]
    """Exponents of a graph's likelihood (graphs × 2^t).

    Each set of lists (bit i for list i) has a marginal table. The graph's likelihood is the product of the likelihoods of these
    tables, each raised to its exponent: cliques count once, and separators are divided out.
    """

    def label(self, graph: int) -> str:
        """Return a graph's cliques as the positions of their lists, counted from 1, such as `[12,3]`."""
        lists = range(self.adjacent.shape[1])
        closed = [int(self.adjacent[graph, position]) | 1 << position for position in lists]
        # These are the sets of lists that are all neighbours of one another. The cliques are those that no other set contains.
        complete = [
            members
            for members in range(1, 1 << len(closed))
            if all(members & ~closed[position] == 0 for position in lists if members >> position & 1)
        ]
        cliques = [
            members for members in complete if not any(members != other and members & other == members for other in complete)
        ]
        labels = ["".join(str(position + 1) for position in lists if clique >> position & 1) for clique in cliques]
        return f"[{','.join(sorted(labels, key=lambda part: (-len(part), part)))}]"


@cache
def decomposable_graphs(lists: int) -> DecomposableGraphs:
    """Return every decomposable graph on this many lists, in the order of their edges read as a binary number.

    A graph is decomposable if its lists can be removed one by one so that, at each step, the remaining neighbours of the
    removed list are all neighbours of one another. The likelihood is then a product over the removed lists: the likelihood of
    the list with its remaining neighbours, divided by that of these neighbours (Dawid and Lauritzen 1993, Hyper Markov laws in
    the statistical analysis of decomposable graphical models). Raises UsageError for fewer than 2 lists, and for more than
    `MAX_LISTS`.
    """
    if not 2 <= lists <= MAX_LISTS:
        raise UsageError(f"graphs are enumerated for 2 to {MAX_LISTS} lists, and there are {lists}")
    edges = list(combinations(range(lists), 2))
    codes = np.arange(1 << len(edges))
    adjacent = np.zeros((len(codes), lists), dtype=np.int64)
    for bit, (left, right) in enumerate(edges):
        on = codes >> bit & 1
        adjacent[:, left] |= on << right
        adjacent[:, right] |= on << left
    remaining = np.full(len(codes), (1 << lists) - 1)
    exponents = np.zeros((len(codes), 1 << lists), dtype=np.int8)
    for _ in range(lists):
        removed = np.zeros(len(codes), dtype=np.bool_)
        for position in range(lists):
            neighbours = adjacent[:, position] & remaining
            removable = ~removed & (remaining >> position & 1 == 1)
            for other in range(lists):
                if other != position:
                    removable &= (neighbours >> other & 1 == 0) | (neighbours & ~(adjacent[:, other] | 1 << other) == 0)
            rows = np.flatnonzero(removable)
            exponents[rows, neighbours[rows] | 1 << position] += 1
            exponents[rows, neighbours[rows]] -= 1
            remaining[rows] &= ~(1 << position)
            removed |= removable
    decomposable = np.flatnonzero(remaining == 0)
    exponents[:, 0] = 0
    return DecomposableGraphs(adjacent[decomposable], exponents[decomposable])
