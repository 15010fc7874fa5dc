"""Hierarchical log-linear models of an overlap table: their terms, their names, and all of them.

A term is a set of lists, as a number whose bits are the lists (the first list is bit 0); 0 is the intercept. A hierarchical model
holds with a term all its subsets; here it always holds every list's own term. Its name is that of Rcapture (Baillargeon and
Rivest 2007, Journal of Statistical Software 19(5)): the largest terms by the lists' places, `[123,14,34]`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from overt.estimation.overlap_tables.overlap_table import all_patterns

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
MOST_ENUMERATED = 5
"""Lists up to which every hierarchical model is fitted: 6,893 for five, 7,785,061 for six."""


@dataclass(frozen=True, eq=False)
class Space:
    """All terms of up to `order` of t lists over all 2^t − 1 cells. Get one with `space_of`."""

    lists: int
    terms: tuple[int, ...]
    """The intercept, the lists, the pairs …, each order by the lists' places."""
    patterns: Mask
    """Cells × lists, as in `Lists.cells`."""
    columns: Floats
    """Cells × terms: 1 where a cell lies on all lists of a term."""

    @cached_property
    def products(self) -> Floats:
        """Cells × pairs of terms: products of two columns, for sums over cells of many tables at once."""
        one, other = self.triangle
        return self.columns[:, one] * self.columns[:, other]

    @cached_property
    def triangle(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The pairs of terms of `products`."""
        return np.triu_indices(len(self.terms))

    @cached_property
    def spread(self) -> NDArray[np.intp]:
        """Terms × terms: where their product stands in `products`."""
        one, other = self.triangle
        places = np.zeros((len(self.terms), len(self.terms)), dtype=np.intp)
        places[one, other] = places[other, one] = np.arange(len(one))
        return places

    @cached_property
    def own(self) -> NDArray[np.intp]:
        """For each term but the intercept the cell of exactly its lists."""
        codes = self.patterns @ (1 << np.arange(self.lists, dtype=np.int64))
        return np.array([int(np.flatnonzero(codes == term)[0]) for term in self.terms[1:]])

    @cached_property
    def place(self) -> dict[int, int]:
        """Term → its column."""
        return {term: at for at, term in enumerate(self.terms)}

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """How many lists each term has."""
        return np.array([term.bit_count() for term in self.terms])

    @cached_property
    def parents(self) -> Mask:
        """Terms × terms: which terms of one list fewer a term contains."""
        inside = np.array([[small & large == small for small in self.terms] for large in self.terms], dtype=np.bool_)
        parents: Mask = inside & (self.order[None, :] == self.order[:, None] - 1)
        return parents

    def main_effects(self) -> Mask:
        """The model of independent lists."""
        return self.order <= 1

    def model(self, terms: Sequence[int]) -> Mask:
        """The smallest hierarchical model with these terms."""
        held = self.main_effects().copy()
        for term in terms:
            held |= np.array([other & term == other for other in self.terms])
        return held

    def name(self, model: Mask) -> str:
        """A model's name, such as `[123,14,34]`; from ten lists on places are kept apart, `[1-10,2]`."""
        held = [term for term, on in zip(self.terms, model, strict=True) if on and term]
        largest = [term for term in held if not any(term != other and term & other == term for other in held)]
        largest.sort(key=lambda term: (-term.bit_count(), _places(term)))
        dash = "-" if self.lists > 9 else ""
        return f"[{','.join(dash.join(str(at + 1) for at in _places(term)) for term in largest)}]"

    def named(self, model: Mask, names: Sequence[str]) -> list[str]:
        """The interactions of a model by the lists' names: `PF·NCA`."""
        return [spelled(term, names) for term, on in zip(self.terms, model, strict=True) if on and term.bit_count() > 1]


@lru_cache(maxsize=16)
def space_of(lists: int, order: int) -> Space:
    """The terms of up to `order` of so many lists. Raises UsageError where there are too many cells."""
    patterns = all_patterns(lists)
    terms = [0]
    for size in range(1, order + 1):
        terms += [sum(1 << at for at in places) for places in combinations(range(lists), size)]
    columns = np.array([patterns[:, _places(term)].all(axis=1) for term in terms], dtype=np.float64).T
    return Space(lists, tuple(terms), patterns, np.ascontiguousarray(columns))


def _places(term: int) -> list[int]:
    return [at for at in range(term.bit_length()) if term >> at & 1]


def spelled(term: int, names: Sequence[str]) -> str:
    """A term by the names of its lists."""
    return "·".join(names[at] for at in _places(term))


@lru_cache(maxsize=8)
def hierarchical_models(lists: int, order: int) -> Mask:
    """Every hierarchical model with all lists' terms and none beyond `order` (models × terms of `space_of(lists, order)`).

    That of independent lists comes first. The number of models is 8 for three lists, 113 for four, 6,893 for five (order t − 1).
    """
    space = space_of(lists, order)
    base = sum(1 << at for at, size in enumerate(space.order) if size <= 1)
    needs = [sum(1 << int(at) for at in np.flatnonzero(row)) for row in space.parents]
    found = [base]
    for size in range(2, order + 1):
        of_size = [at for at in range(len(space.terms)) if space.order[at] == size]
        found = [larger for model in found for larger in _grown(model, [at for at in of_size if needs[at] & model == needs[at]])]
    bits = np.array([[model >> at & 1 for at in range(len(space.terms))] for model in found], dtype=np.bool_)
    return bits[np.argsort(bits.sum(axis=1), kind="stable")]


def _grown(model: int, free: list[int]) -> Iterator[int]:
    for chosen in range(1 << len(free)):
        yield model | sum(1 << at for number, at in enumerate(free) if chosen >> number & 1)
