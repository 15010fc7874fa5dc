"""Whether a model has an estimate for a table, before any number is computed.

S. E. Fienberg and A. Rinaldo (2012), Maximum likelihood estimation in log-linear models, Annals of Statistics 40, 996–1023: the
maximum exists if the sufficient statistics lie inside the cone that the cells make, which a linear programme finds out. L. Chan,
B. W. Silverman and K. Vincent (2021), Multiple systems estimation for sparse capture data: inferential challenges when there are
nonoverlapping lists, JASA 116, 1297–1306: the same when terms whose lists nobody shares are taken as −∞, and the rank.

Only where there is somebody matters, not how many: so tables with the same filled cells share an answer.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from overt.estimation.design import Floats, Mask, Space, space_of
from overt.estimation.newton import boundary, compact
from overt.estimation.result import Code

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


def _code(space: Space, filled: Floats, free: Mask, cells: Mask) -> int:
    order = int(space.order.max())
    return _cached(
        space.lists, order, np.packbits(filled > 0).tobytes(), np.packbits(free).tobytes(), np.packbits(cells).tobytes()
    )


@lru_cache(maxsize=200_000)
def _cached(lists: int, order: int, filled: bytes, free: bytes, cells: bytes) -> int:
    space = space_of(lists, order)
    on = _bits(cells, len(space.patterns))
    columns = space.columns[np.ix_(on, _bits(free, len(space.terms)))]
    exists = slack(columns, _bits(filled, len(space.patterns))[on].astype(np.float64)) > 0
    identified = np.linalg.matrix_rank(columns) == columns.shape[1]
    return int(Code.FINE if exists else Code.NO_ESTIMATE) + int(0 if identified else Code.UNIDENTIFIABLE)


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
