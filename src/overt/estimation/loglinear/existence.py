"""Whether a model has an estimate for a table, before any number is computed.

S. E. Fienberg and A. Rinaldo (2012), Maximum likelihood estimation in log-linear models, Annals of Statistics 40, 996–1023: the
maximum exists if the sufficient statistics lie inside the cone that the cells make, which a linear programme finds out. L. Chan,
B. W. Silverman and K. Vincent (2021), Multiple systems estimation for sparse capture data: inferential challenges when there are
nonoverlapping lists, JASA 116, 1297–1306: the same when terms whose lists nobody shares are taken as −∞, and the rank.

A model whose maximum lies on an edge, where further coefficients are infinite, still tells how many people there are when the
number on no list does not move along that edge: `supports` finds what is left to fit there, the extended maximum likelihood
estimate of Fienberg and Rinaldo.

Only where there is somebody matters, not how many: so tables with the same filled cells share an answer.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog

from overt.estimation.estimates import Code
from overt.estimation.loglinear.model_space import Floats, Mask, Space, space_of
from overt.estimation.loglinear.newton_fit import Support, boundary, compact

_SMALLEST = 1e-8
"""Below this an eigenvalue or a slack is zero: all matrices here are of small whole numbers."""
_AT_ONCE = 4096
"""Matrices that are looked at at once."""


def codes(space: Space, counts: Floats, models: Mask) -> NDArray[np.int64]:
    """For each table (m × cells) and its model (m × terms) a `Code`.

    Where the filled cells alone determine all coefficients, an estimate exists, and nothing else has to be asked. It is nearly
    always so, and quick to see.
    """
    found = np.zeros(len(counts), dtype=np.int64)
    infinite, cells = boundary(space, counts, models)
    free = models & ~infinite
    filled = (counts > 0).astype(np.float64)
    doubtful = np.flatnonzero(~_triangular(space, filled, free))
    for at in range(0, len(doubtful), _AT_ONCE):
        part = doubtful[at : at + _AT_ONCE]
        least = np.linalg.eigvalsh(compact(space, filled[part], free[part])[1])[:, 0]
        for row in part[least < _SMALLEST]:
            found[row] = _code(space, filled[row], free[row], cells[row])
    return found


def _triangular(space: Space, filled: Floats, free: Mask) -> Mask:
    """Where it can be seen without algebra that the filled cells determine all coefficients.

    Cells of exactly a term's lists determine everything but the intercept. That follows from any other filled cell in which it
    does not cancel out: it is in there once for the empty set, less for each list, once more for each pair, and so on.
    """
    own = ((filled[:, space.own] > 0) | ~free[:, 1:]).all(axis=1)
    signs = np.where(space.order % 2, -1.0, 1.0)
    left = np.abs((free * signs) @ space.columns.T) * filled > 0.5
    return np.logical_and(own, left.any(axis=1))


def additions(space: Space, counts: Floats, models: Mask, candidates: Mask) -> Mask:
    """Which of the candidates (m × terms), added alone to its model, leaves it an estimate."""
    rows, terms = np.nonzero(candidates)
    larger = models[rows]
    larger[np.arange(len(rows)), terms] = True
    allowed = np.zeros_like(candidates)
    allowed[rows, terms] = codes(space, counts[rows], larger) == Code.FINE
    return allowed


def supports(space: Space, counts: Floats, models: Mask) -> tuple[NDArray[np.int64], Support]:
    """As `codes`, but fine as well where the maximum lies on an edge that leaves the number on no list as it is; and what of each
    table and model is fitted.

    On an edge the cells are those that some table with the same sums fills, and the terms as many as these cells determine.
    """
    found = codes(space, counts, models)
    infinite, cells = boundary(space, counts, models)
    free = models & ~infinite
    for row in np.flatnonzero(found):
        edge = _edge(space, (counts[row] > 0).astype(np.float64), free[row], cells[row])[1]
        if edge is not None:
            found[row] = Code.FINE
            free[row], cells[row] = edge
    return found, Support(free, cells)


def without_end(space: Space, model: Mask, cells: Mask) -> Mask:
    """The terms of a model that these cells leave undetermined: on an edge those whose coefficients have no end (terms)."""
    columns = space.columns[cells]
    rank = np.linalg.matrix_rank(columns[:, model])
    found = np.zeros_like(model)
    for term in np.flatnonzero(model):
        others = model.copy()
        others[term] = False
        found[term] = np.linalg.matrix_rank(columns[:, others]) == rank
    return found


_Edge = tuple[int, tuple[Mask, Mask] | None]
"""The code of a model, and the terms and cells that are left of it on an edge, where the number on no list is known there."""


def _code(space: Space, filled: Floats, free: Mask, cells: Mask) -> int:
    return _edge(space, filled, free, cells)[0]


def _edge(space: Space, filled: Floats, free: Mask, cells: Mask) -> _Edge:
    order = int(space.order.max())
    return _cached(
        space.lists, order, np.packbits(filled > 0).tobytes(), np.packbits(free).tobytes(), np.packbits(cells).tobytes()
    )


@lru_cache(maxsize=100_000)
def _cached(lists: int, order: int, filled: bytes, free: bytes, cells: bytes) -> _Edge:
    space = space_of(lists, order)
    on, terms = _bits(cells, len(space.patterns)), _bits(free, len(space.terms))
    columns = space.columns[np.ix_(on, terms)]
    inside = face(columns, _bits(filled, len(space.patterns))[on].astype(np.float64))
    identified = np.linalg.matrix_rank(columns) == columns.shape[1]
    code = int(Code.FINE if inside.all() else Code.NO_ESTIMATE) + int(0 if identified else Code.UNIDENTIFIABLE)
    if code == Code.FINE or np.abs(null_space(columns[inside])[0]).max(initial=0) > _SMALLEST:
        return code, None
    kept = np.zeros(len(space.terms), dtype=np.bool_)
    kept[np.flatnonzero(terms)] = _independent(columns[inside])
    on[np.flatnonzero(on)] = inside
    return code, (kept, on)


def _independent(columns: Floats) -> Mask:
    """Which columns those before them do not make up: the intercept first, then each term in its order (Gram and Schmidt)."""
    basis = np.zeros((0, len(columns)))
    kept = np.zeros(columns.shape[1], dtype=np.bool_)
    for at, column in enumerate(columns.T):
        rest = column
        for _ in range(2):  # once more, for what rounding left
            rest = rest - (basis @ rest) @ basis
        size = float(np.linalg.norm(rest))
        if size > 1e-6:
            kept[at], basis = True, np.vstack([basis, rest / size])
    return kept


def face(columns: Floats, filled: Floats) -> Mask:
    """Which cells some table with the same sums over the model's terms fills: all of them where the maximum exists.

    `columns` are cells × terms, `filled` (cells) is 1 where there is somebody. The smallest face of the cone of the cells that
    holds the sums (Fienberg and Rinaldo 2012). Filled cells are on it, and of a large multiple of the table as much can be taken
    away from them as others need; so empty cells are on it where what filled ones cannot make up cancels out among them. That is
    a linear programme: the most empty cells with something in them. Mostly it need not be asked: where what filled ones cannot
    make up points the same way in all empty cells, nothing cancels out.
    """
    on = filled > 0
    held: Mask = on.copy()
    apart = columns[~on] @ null_space(columns[on])
    if not len(apart) or not apart.shape[1]:
        return np.ones_like(on)
    apart[np.abs(apart) < _SMALLEST] = 0
    sizes = np.linalg.norm(apart, axis=1)
    held[~on] = sizes == 0
    rest = np.flatnonzero(~on)[sizes > 0]
    apart = apart[sizes > 0] / sizes[sizes > 0, None]
    if (apart @ apart.sum(axis=0) > _SMALLEST).all():
        return held
    if apart.shape[1] == 1:
        held[rest] = True
        return held
    cells = len(apart)
    goal = np.concatenate([-np.ones(cells), np.zeros(cells)])  # up to one in a cell, and what is beyond
    bounds = [(0, 1)] * cells + [(0, None)] * cells
    answer = linprog(goal, A_eq=np.hstack([apart.T, apart.T]), b_eq=np.zeros(apart.shape[1]), bounds=bounds, method="highs")
    if answer.x is not None:
        held[rest] = answer.x[:cells] > 0.5
    return held


def _bits(packed: bytes, size: int) -> Mask:
    return np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=size).astype(np.bool_)


def slack(columns: Floats, filled: Floats) -> float:
    """The most that every cell can hold when the sums over the model's terms stay as they are; zero if some cell has to be empty.

    `columns` are cells × terms, `filled` (cells) is 1 where there is somebody. The linear programme of Fienberg and Rinaldo
    (2012).
    """
    cells = len(columns)
    sums = np.hstack([columns.T, columns.sum(axis=0)[:, None]])  # a cell holds the common slack and something of its own
    goal = np.zeros(cells + 1)
    goal[-1] = -1
    answer = linprog(goal, A_eq=sums, b_eq=columns.T @ filled, bounds=(0, None), method="highs")
    most = 0.0 if answer.x is None else float(answer.x[-1])
    return most if most > _SMALLEST else 0.0
