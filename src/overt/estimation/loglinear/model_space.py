"""Hierarchical log-linear models of an overlap table: their terms, their labels, and how to enumerate them.

A term is a set of lists, encoded as a number whose bits are the lists (the first list is bit 0); 0 is the intercept. If a
hierarchical model has a term, it also has all subsets of that term. Every model here has a term for each list. A model's label
is that of Rcapture (Baillargeon and Rivest 2007, Journal of Statistical Software 19(5)): the largest terms by the positions of
their lists, `[123,14,34]`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

import numpy as np

from overt.estimation.array_types import Floats, Integers, Mask, Positions
from overt.estimation.overlap_tables.overlap_table import all_patterns

MAX_ENUMERATED_LISTS = 5
"""Maximum number of lists for which every hierarchical model is fitted: there are 6,893 for five lists, 7,785,061 for six."""


@dataclass(frozen=True, eq=False)
class ModelSpace:
    """The terms that models of t lists may have, and all 2^t − 1 cells. Use `model_space` to create an instance."""

    lists: int
    terms: tuple[int, ...]
    """All terms: the intercept, the single lists, the pairs, and so on.

    Terms of the same order are sorted by the positions of their lists.
    """
    patterns: Mask
    """Cells × lists, as in `OverlapTable.cells`."""
    columns: Floats
    """Cells × terms: 1 if a cell is on all lists of a term."""

    @cached_property
    def products(self) -> Floats:
        """Product of the columns of each pair of terms (cells × pairs), so that one matrix product sums them over the cells of
        many tables.
        """
        rows, columns = self.triangle
        return self.columns[:, rows] * self.columns[:, columns]

    @cached_property
    def triangle(self) -> tuple[Positions, Positions]:
        """Pairs of terms in `products`: the upper triangle of terms × terms."""
        return np.triu_indices(len(self.terms))

    @cached_property
    def spread(self) -> Positions:
        """Position of each pair of terms in `products` (terms × terms)."""
        rows, columns = self.triangle
        positions = np.zeros((len(self.terms), len(self.terms)), dtype=np.intp)
        positions[rows, columns] = positions[columns, rows] = np.arange(len(rows))
        return positions

    @cached_property
    def own(self) -> Positions:
        """For each term except the intercept, the cell of the people on exactly its lists."""
        codes = self.patterns @ (1 << np.arange(self.lists, dtype=np.int64))
        return np.array([int(np.flatnonzero(codes == term)[0]) for term in self.terms[1:]])

    @cached_property
    def order(self) -> Integers:
        """Number of lists in each term."""
        return np.array([term.bit_count() for term in self.terms])

    @cached_property
    def parents(self) -> Mask:
        """For each term, its subsets with one list fewer (terms × terms)."""
        inside = np.array([[small & large == small for small in self.terms] for large in self.terms], dtype=np.bool_)
        parents: Mask = inside & (self.order[None, :] == self.order[:, None] - 1)
        return parents

    def main_effects(self) -> Mask:
        """Return a mask of the terms of the model of independent lists."""
        return self.order <= 1

    def model(self, terms: Sequence[int]) -> Mask:
        """Return a mask of the terms of the smallest hierarchical model that contains these terms."""
        model = self.main_effects().copy()
        for term in terms:
            model |= np.array([other & term == other for other in self.terms])
        return model

    def label(self, model: Mask) -> str:
        """Return a model's label, such as `[123,14,34]`. With ten lists or more, hyphens separate the positions: `[1-10,2]`."""
        terms = [term for term, on in zip(self.terms, model, strict=True) if on and term]
        largest = [term for term in terms if not any(term != other and term & other == term for other in terms)]
        largest.sort(key=lambda term: (-term.bit_count(), _positions(term)))
        dash = "-" if self.lists > 9 else ""
        return f"[{','.join(dash.join(str(position + 1) for position in _positions(term)) for term in largest)}]"

    def interaction_labels(self, model: Mask, names: Sequence[str]) -> list[str]:
        """Return the interactions of a model by the names of their lists: `PF·NCA`."""
        return [term_label(term, names) for term, on in zip(self.terms, model, strict=True) if on and term.bit_count() > 1]


@lru_cache(maxsize=16)
def model_space(lists: int, order: int) -> ModelSpace:
    """Return the space of all terms of up to `order` lists. Raises UsageError for more than `MAX_CELLS` lists."""
    patterns = all_patterns(lists)
    terms = [0]
    for size in range(1, order + 1):
        terms += [sum(1 << position for position in positions) for positions in combinations(range(lists), size)]
    columns = np.array([patterns[:, _positions(term)].all(axis=1) for term in terms], dtype=np.float64).T
    return ModelSpace(lists, tuple(terms), patterns, np.ascontiguousarray(columns))


def _positions(term: int) -> list[int]:
    return [position for position in range(term.bit_length()) if term >> position & 1]


def term_label(term: int, names: Sequence[str]) -> str:
    """Return a term's label: the names of its lists, joined by `·`."""
    return "·".join(names[position] for position in _positions(term))


@lru_cache(maxsize=8)
def hierarchical_models(lists: int, order: int) -> Mask:
    """Return every hierarchical model without terms of more than `order` lists (models × terms of `model_space`).

    The model of independent lists comes first. There are 8 models for three lists, 113 for four, 6,893 for five (order t − 1).
    """
    space = model_space(lists, order)
    base = sum(1 << bit for bit, size in enumerate(space.order) if size <= 1)
    parents = [sum(1 << int(bit) for bit in np.flatnonzero(row)) for row in space.parents]
    models = [base]
    for size in range(2, order + 1):
        of_size = [bit for bit in range(len(space.terms)) if space.order[bit] == size]
        models = [
            larger
            for model in models
            for larger in _extensions(model, [bit for bit in of_size if parents[bit] & model == parents[bit]])
        ]
    bits = np.array([[model >> bit & 1 for bit in range(len(space.terms))] for model in models], dtype=np.bool_)
    return bits[np.argsort(bits.sum(axis=1), kind="stable")]


def _extensions(model: int, free: list[int]) -> Iterator[int]:
    for chosen in range(1 << len(free)):
        yield model | sum(1 << bit for number, bit in enumerate(free) if chosen >> number & 1)
