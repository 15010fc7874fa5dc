"""Whether a log-linear model has a maximum-likelihood estimate for a table, decided before the model is fitted.

The estimate exists if the sufficient statistics lie in the relative interior of the marginal cone, which linear programming
checks: S. E. Fienberg and A. Rinaldo (2012), Maximum likelihood estimation in log-linear models, Annals of Statistics 40,
996–1023. A term whose lists have nobody in common gets the coefficient −∞, and the rank of the remaining model is checked:
L. Chan, B. W. Silverman and K. Vincent (2021), Multiple systems estimation for sparse capture data: inferential challenges when
there are nonoverlapping lists, JASA 116, 1297–1306.

If the statistics lie on a face of the cone (called an edge below), some coefficients are infinite. The population can still be
estimated if the cells on that face determine the number of people on no list. `find_supports` then returns the cells and terms
that can be fitted: the extended estimate of Fienberg and Rinaldo.

The result depends on which cells are filled, not on their counts, so tables with the same filled cells share a cached result.
"""

from functools import lru_cache

import numpy as np
from scipy.linalg import null_space
from scipy.optimize import linprog

from overt.estimation.array_types import Floats, Integers, Mask
from overt.estimation.estimate_result_and_verdicts import Code
from overt.estimation.loglinear.model_space import ModelSpace, model_space
from overt.estimation.loglinear.newton_fit import Support, boundary, compact_information

_ZERO = 1e-8
"""Size below which computed numbers count as zero. This is safe because the models' matrices consist of small integers."""
_CHUNK_MATRICES = 4096
"""Number of matrices whose eigenvalues are computed at once."""


def existence_codes(space: ModelSpace, counts: Floats, models: Mask) -> Integers:
    """Return a `Code` for each table (m × cells) and its model (m × terms).

    If the filled cells alone determine all coefficients, an estimate exists. This is quick to check and almost always the case.
    """
    codes = np.zeros(len(counts), dtype=np.int64)
    infinite, cells = boundary(space, counts, models)
    free = models & ~infinite
    filled = (counts > 0).astype(np.float64)
    doubtful = np.flatnonzero(~_triangular(space, filled, free))
    for begin in range(0, len(doubtful), _CHUNK_MATRICES):
        chunk = doubtful[begin : begin + _CHUNK_MATRICES]
        eigenvalues = np.linalg.eigvalsh(compact_information(space, filled[chunk], free[chunk])[1])[:, 0]
        for row in chunk[eigenvalues < _ZERO]:
            codes[row] = _edge(space, filled[row], free[row], cells[row])[0]
    return codes


def _triangular(space: ModelSpace, filled: Floats, free: Mask) -> Mask:
    """Return a mask of the tables for which a combinatorial rule shows that the filled cells determine all coefficients.

    If for every term the cell of exactly its lists is filled, these cells determine everything but the intercept. Any other
    filled cell then determines the intercept, unless the intercept cancels out there. The intercept's weight in a cell is a sum
    over the model's terms on the cell's lists: +1 for the intercept, −1 for each list, +1 for each pair, and so on.
    """
    own = ((filled[:, space.own] > 0) | ~free[:, 1:]).all(axis=1)
    signs = np.where(space.order % 2, -1.0, 1.0)
    determined = np.abs((free * signs) @ space.columns.T) * filled > 0.5
    return np.logical_and(own, determined.any(axis=1))


def estimable_additions(space: ModelSpace, counts: Floats, models: Mask, candidates: Mask) -> Mask:
    """Return a mask (m × terms) of the candidate terms that can be added, one at a time, without losing the model's estimate."""
    rows, terms = np.nonzero(candidates)
    larger = models[rows]
    larger[np.arange(len(rows)), terms] = True
    allowed = np.zeros_like(candidates)
    allowed[rows, terms] = existence_codes(space, counts[rows], larger) == Code.FINE
    return allowed


def find_supports(space: ModelSpace, counts: Floats, models: Mask) -> tuple[Integers, Support]:
    """Return a `Code` and the support of each table and model, including maxima on an edge.

    A maximum on an edge is acceptable if the number on no list is constant along that edge. The support's cells are then those
    that are filled in some table with the same sums over the model's terms. The support's terms are as many of the model's
    terms as these cells determine; terms of fewer lists take precedence.
    """
    codes = existence_codes(space, counts, models)
    infinite, cells = boundary(space, counts, models)
    free = models & ~infinite
    for row in np.flatnonzero(codes):
        edge = _edge(space, (counts[row] > 0).astype(np.float64), free[row], cells[row])[1]
        if edge is not None:
            codes[row] = Code.FINE
            free[row], cells[row] = edge
    return codes, Support(free, cells)


def unbounded_terms(space: ModelSpace, model: Mask, cells: Mask) -> Mask:
    """Return a mask of the model's terms that these cells do not determine.

    On an edge, these are the terms with infinite coefficients.
    """
    columns = space.columns[cells]
    rank = np.linalg.matrix_rank(columns[:, model])
    unbounded = np.zeros_like(model)
    for term in np.flatnonzero(model):
        remaining = model.copy()
        remaining[term] = False
        unbounded[term] = np.linalg.matrix_rank(columns[:, remaining]) == rank
    return unbounded


_Edge = tuple[int, tuple[Mask, Mask] | None]
"""The code of a model, and its terms and cells on an edge.

None in place of the terms and cells if the code is FINE, or if the number on no list is not determined on the edge.
"""


def _edge(space: ModelSpace, filled: Floats, free: Mask, cells: Mask) -> _Edge:
    order = int(space.order.max())
    return _cached_edge(
        space.lists, order, np.packbits(filled > 0).tobytes(), np.packbits(free).tobytes(), np.packbits(cells).tobytes()
    )


@lru_cache(maxsize=100_000)
def _cached_edge(lists: int, order: int, filled: bytes, free: bytes, cells: bytes) -> _Edge:
    space = model_space(lists, order)
    on, terms = _unpack(cells, len(space.patterns)), _unpack(free, len(space.terms))
    columns = space.columns[np.ix_(on, terms)]
    inside = face(columns, _unpack(filled, len(space.patterns))[on].astype(np.float64))
    identified = np.linalg.matrix_rank(columns) == columns.shape[1]
    code = int(Code.FINE if inside.all() else Code.NO_ESTIMATE) + int(0 if identified else Code.UNIDENTIFIABLE)
    if code == Code.FINE or np.abs(null_space(columns[inside])[0]).max(initial=0) > _ZERO:
        return code, None
    determined = np.zeros(len(space.terms), dtype=np.bool_)
    determined[np.flatnonzero(terms)] = _independent_columns(columns[inside])
    on[np.flatnonzero(on)] = inside
    return code, (determined, on)


def _independent_columns(columns: Floats) -> Mask:
    """Return a mask of the columns that are not linear combinations of earlier ones (Gram–Schmidt). The intercept is first."""
    basis = np.zeros((0, len(columns)))
    independent = np.zeros(columns.shape[1], dtype=np.bool_)
    for position, column in enumerate(columns.T):
        rest = column
        for _ in range(2):  # The second pass removes the rounding errors of the first.
            rest = rest - (basis @ rest) @ basis
        size = float(np.linalg.norm(rest))
        if size > 1e-6:
            independent[position], basis = True, np.vstack([basis, rest / size])
    return independent


def face(columns: Floats, filled: Floats) -> Mask:
    """Return a mask of the cells that are filled in some table with the same sums over the model's terms.

    If the maximum exists, these are all cells.

    `columns` are cells × terms; `filled` (cells) is 1 for cells that contain people. The result is the smallest face of the cone
    of the cells that contains the sums (Fienberg and Rinaldo 2012). All filled cells are on this face. The row of an empty cell
    has a component outside the span of the filled cells' rows. A set of empty cells is on the face if positive multiples of
    their components add up to zero: then the filled cells of a large multiple of the table can give up the people that these
    cells need. Linear programming finds the largest such set. It is seldom needed: if the components point the same way in all
    empty cells, nothing cancels out.
    """
    on = filled > 0
    on_face: Mask = on.copy()
    outside = columns[~on] @ null_space(columns[on])
    if not len(outside) or not outside.shape[1]:
        return np.ones_like(on)
    outside[np.abs(outside) < _ZERO] = 0
    sizes = np.linalg.norm(outside, axis=1)
    on_face[~on] = sizes == 0
    rest = np.flatnonzero(~on)[sizes > 0]
    outside = outside[sizes > 0] / sizes[sizes > 0, None]
    if (outside @ outside.sum(axis=0) > _ZERO).all():
        return on_face
    if outside.shape[1] == 1:
        on_face[rest] = True
        return on_face
    cells = len(outside)
    # Each cell's multiple is split into a part of at most 1 and the rest. The sum of the first parts counts the cells on the
    # face.
    goal = np.concatenate([-np.ones(cells), np.zeros(cells)])
    bounds = [(0, 1)] * cells + [(0, None)] * cells
    solution = linprog(
        goal, A_eq=np.hstack([outside.T, outside.T]), b_eq=np.zeros(outside.shape[1]), bounds=bounds, method="highs"
    )
    if solution.x is not None:
        on_face[rest] = solution.x[:cells] > 0.5
    return on_face


def _unpack(packed: bytes, size: int) -> Mask:
    return np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=size).astype(np.bool_)


def slack(columns: Floats, filled: Floats) -> float:
    """Return the largest value that the smallest cell can have in a table with the same sums over the model's terms.

    The result is zero if some cell must be empty.

    `columns` are cells × terms; `filled` (cells) is 1 for cells that contain people. This is the linear programme of Fienberg
    and Rinaldo (2012).
    """
    cells = len(columns)
    sums = np.hstack([columns.T, columns.sum(axis=0)[:, None]])  # Each cell has the common slack plus its own part.
    goal = np.zeros(cells + 1)
    goal[-1] = -1
    solution = linprog(goal, A_eq=sums, b_eq=columns.T @ filled, bounds=(0, None), method="highs")
    maximum = 0.0 if solution.x is None else float(solution.x[-1])
    return maximum if maximum > _ZERO else 0.0
