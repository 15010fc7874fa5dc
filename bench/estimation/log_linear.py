"""How long log-linear estimation takes: a bootstrap that chooses the model in every draw, and all models of a table.

    python -m bench.estimation.log_linear [--replicates 1000] [--quick] [--json]

- The six lists of the United Kingdom, 2013, by `stepwise-p` with a BCa interval of 1,000 draws, each with its own choice of the
  model. SparseMSE in R is reported to take 261 seconds for it (R is not needed here, nor run). Target: under 30 seconds.
- All 113 hierarchical models of the four lists of Kosovo, 1999, checked and fitted. Target: under a second.

Beside each stands a plain loop with the generalised linear models of statsmodels, which does the same work table by table and
model by model, on as many draws as take a few seconds, scaled up; without statsmodels (`pip install statsmodels`) it is left
out. Existence is not checked in the loop. What the loop finds has to be what Overt finds.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from time import monotonic, process_time
from typing import Any
from warnings import simplefilter

import numpy as np
from scipy.stats import poisson

from bench.harness import Target, machine, parser, report
from overt.estimation.candidates import candidates
from overt.estimation.design import Floats, hierarchical_models, space_of
from overt.estimation.lists import Lists
from overt.estimation.methods import METHODS, one_core
from overt.estimation.reading import read_lists

TABLES = Path(__file__).parents[2] / "tests" / "estimation" / "tables"
SPARSE_MSE = 261.0
"""Seconds that SparseMSE in R is reported to take."""
THRESHOLD = 0.02


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds on the clock and of the processor, and what came out."""
    begin, used = monotonic(), process_time()
    found = work()
    return round(monotonic() - begin, 3), round(process_time() - used, 3), found


def loop_models(lists: Lists) -> list[float]:
    """The estimate of every hierarchical model, fitted one by one by statsmodels."""
    size = len(lists.names)
    space, counts = space_of(size, size - 1), lists.cells()[1].astype(np.float64)
    return [lists.observed + _unseen(space.columns[:, model], counts) for model in hierarchical_models(size, size - 1)]


def loop_stepwise(lists: Lists, counts: Floats) -> float:
    """The estimate of `stepwise-p` for one table, by statsmodels, without its checks."""
    import statsmodels.api as sm

    patterns = lists.cells()[0]
    pairs = [patterns[:, one] & patterns[:, other] for one, other in combinations(range(patterns.shape[1]), 2)]
    columns, cells = np.column_stack([np.ones(len(patterns)), patterns]), np.ones(len(patterns), dtype=np.bool_)
    free = set(range(len(pairs)))
    while True:
        fitted = sm.GLM(counts[cells], columns[cells], family=sm.families.Poisson()).fit()
        mean = np.zeros(len(cells))
        mean[cells] = fitted.fittedvalues
        surprise = {at: _surprise(float(counts @ pairs[at]), float(mean @ pairs[at])) for at in sorted(free)}
        best = min(surprise, key=lambda at: surprise[at], default=None)
        if best is None or surprise[best] >= THRESHOLD:
            return float(counts.sum() + np.exp(fitted.params[0]))
        free.remove(best)
        if counts @ pairs[best]:
            columns = np.column_stack([columns, pairs[best]])
        else:
            cells &= ~pairs[best]


def _surprise(seen: float, expected: float) -> float:
    return float(min(poisson.cdf(seen, expected), poisson.sf(seen - 1, expected)))


def _unseen(columns: Floats, counts: Floats) -> float:
    import statsmodels.api as sm

    return float(np.exp(sm.GLM(counts, columns, family=sm.families.Poisson()).fit().params[0]))


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    options = parser(__doc__)
    options.add_argument("--replicates", type=int, default=1000)
    given = options.parse_args(arguments)
    replicates, looped = (100, 1) if given.quick else (given.replicates, 20)
    before, uk, kosovo = machine(), read_lists(TABLES / "UKdat.csv"), read_lists(TABLES / "Kosovo.csv")
    with one_core():
        wall, cpu, one = timed(lambda: METHODS["stepwise-p"](uk, level=0.95, seed=1, interval="bca", replicates=replicates))
        all_wall, all_cpu, held = timed(lambda: candidates(kosovo))
    result: dict[str, Any] = {
        "benchmark": "estimation",
        **before,
        "uk": {
            "replicates": replicates,
            "estimate": round(one.estimate, 2),
            "bca": [round(one.low, 1), round(one.high, 1)],
            "seconds": wall,
            "cpu_seconds": cpu,
            "sparse_mse_in_r_as_reported_seconds": SPARSE_MSE,
        },
        "kosovo": {"models": len(held.models), "seconds": all_wall, "cpu_seconds": all_cpu},
    }
    if find_spec("statsmodels"):
        import_module("statsmodels.api")
        simplefilter("ignore")  # what it warns of is a pair that nobody shares; importing it sets its own filters
        counts = uk.cells()[1].astype(np.float64)
        tables = np.random.default_rng(1).multinomial(uk.observed, counts / counts.sum(), size=looped).astype(np.float64)
        slow, slow_cpu, found = timed(lambda: [loop_stepwise(uk, table) for table in [counts, *tables]])
        if not np.isclose(found[0], one.estimate, rtol=1e-4):
            raise RuntimeError(f"estimation: the loop finds {found[0]} and Overt {one.estimate}")
        loops, loops_cpu, numbers = timed(lambda: loop_models(kosovo))
        if not np.allclose(numbers, held.estimates, rtol=1e-4):
            raise RuntimeError("estimation: the loop and Overt disagree on a model of Kosovo")
        # A bootstrap fits the table, every draw, and the table without one person of each of its 25 filled cells.
        more = (replicates + 26) / (looped + 1)
        result["uk"]["statsmodels_loop"] = {"seconds": round(slow * more, 1), "cpu_seconds": round(slow_cpu * more, 1)}
        result["kosovo"]["statsmodels_loop"] = {"seconds": loops, "cpu_seconds": loops_cpu}
    targets = [Target("UK, 1,000 draws", wall, 30, " s"), Target("all models of Kosovo", all_wall, 1, " s")]
    return report(result, targets, given)


if __name__ == "__main__":
    sys.exit(main())
