"""Time log-linear estimation: a bootstrap that chooses the model in every draw, and all models of a table.

    python -m bench.estimation.log_linear_speed [--replicates 1000] [--quick] [--json]

- The six lists of the United Kingdom, 2013, by `stepwise-p` with a BCa interval of 1,000 draws, each of which chooses its own
  model. SparseMSE in R is reported to take 261 seconds (R is neither needed nor run here). Target: under 30 seconds.
- All 113 hierarchical models of the four lists of Kosovo, 1999, checked and fitted. Target: under a second.

The peer is a plain loop over statsmodels' generalised linear models, which fits one table and one model at a time. It
does only a few of the bootstrap's draws, and its time is scaled up. It doesn't check whether an estimate exists. Its estimates
must equal Overt's. Without statsmodels (`pip install statsmodels`) it is skipped.
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

from bench.harness import Target, argument_parser, machine, report
from overt.estimation.array_types import Floats
from overt.estimation.loglinear.candidate_models import candidate_models
from overt.estimation.loglinear.model_space import hierarchical_models, model_space
from overt.estimation.methods import METHODS, limit_blas_threads
from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable

TABLES = Path(__file__).parents[2] / "tests" / "estimation" / "tables"
SPARSE_MSE = 261.0
"""Seconds that SparseMSE is reported to take in R."""
THRESHOLD = 0.02


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Call `work`. Return its wall-clock seconds, its processor seconds and its result."""
    begin, cpu_begin = monotonic(), process_time()
    result = work()
    return round(monotonic() - begin, 3), round(process_time() - cpu_begin, 3), result


def loop_models(lists: OverlapTable) -> list[float]:
    """Return the estimate of every hierarchical model. statsmodels fits the models one by one."""
    size = len(lists.names)
    space, counts = model_space(size, size - 1), lists.cells()[1].astype(np.float64)
    return [lists.observed + _unseen(space.columns[:, model], counts) for model in hierarchical_models(size, size - 1)]


def loop_stepwise(lists: OverlapTable, counts: Floats) -> float:
    """Return the estimate of `stepwise-p`, computed with statsmodels and without checks.

    `counts`: people in each cell of `lists`.
    """
    import statsmodels.api as sm

    patterns = lists.cells()[0]
    pairs = [patterns[:, first] & patterns[:, second] for first, second in combinations(range(patterns.shape[1]), 2)]
    columns, cells = np.column_stack([np.ones(len(patterns)), patterns]), np.ones(len(patterns), dtype=np.bool_)
    free = set(range(len(pairs)))
    while True:
        fitted = sm.GLM(counts[cells], columns[cells], family=sm.families.Poisson()).fit()
        mean = np.zeros(len(cells))
        mean[cells] = fitted.fittedvalues
        p_values = {at: _p_value(float(counts @ pairs[at]), float(mean @ pairs[at])) for at in sorted(free)}
        best = min(p_values, key=lambda at: p_values[at], default=None)
        if best is None or p_values[best] >= THRESHOLD:
            return float(counts.sum() + np.exp(fitted.params[0]))
        free.remove(best)
        if counts @ pairs[best]:
            columns = np.column_stack([columns, pairs[best]])
        else:
            cells &= ~pairs[best]


def _p_value(count: float, expected: float) -> float:
    return float(min(poisson.cdf(count, expected), poisson.sf(count - 1, expected)))


def _unseen(columns: Floats, counts: Floats) -> float:
    import statsmodels.api as sm

    return float(np.exp(sm.GLM(counts, columns, family=sm.families.Poisson()).fit().params[0]))


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--replicates", type=int, default=1000)
    options = parser.parse_args(arguments)
    replicates, looped = (100, 1) if options.quick else (options.replicates, 20)
    before, uk, kosovo = machine(), read_overlap_table(TABLES / "UKdat.csv"), read_overlap_table(TABLES / "Kosovo.csv")
    with limit_blas_threads():
        wall, cpu, estimate = timed(lambda: METHODS["stepwise-p"](uk, level=0.95, seed=1, interval="bca", replicates=replicates))
        all_wall, all_cpu, models = timed(lambda: candidate_models(kosovo))
    result: dict[str, Any] = {
        "benchmark": "estimation",
        **before,
        "uk": {
            "replicates": replicates,
            "estimate": round(estimate.estimate, 2),
            "bca": [round(estimate.low, 1), round(estimate.high, 1)],
            "seconds": wall,
            "cpu_seconds": cpu,
            "sparse_mse_in_r_as_reported_seconds": SPARSE_MSE,
        },
        "kosovo": {"models": len(models.models), "seconds": all_wall, "cpu_seconds": all_cpu},
    }
    if find_spec("statsmodels"):
        import_module("statsmodels.api")
        # statsmodels warns about pairs of lists that share nobody. Its import sets warning filters, so ours comes afterwards.
        simplefilter("ignore")
        counts = uk.cells()[1].astype(np.float64)
        tables = np.random.default_rng(1).multinomial(uk.observed, counts / counts.sum(), size=looped).astype(np.float64)
        slow, slow_cpu, estimates = timed(lambda: [loop_stepwise(uk, table) for table in [counts, *tables]])
        if not np.isclose(estimates[0], estimate.estimate, rtol=1e-4):
            raise RuntimeError(f"estimation: statsmodels estimates {estimates[0]} and Overt {estimate.estimate}")
        loops, loops_cpu, estimates = timed(lambda: loop_models(kosovo))
        if not np.allclose(estimates, models.estimates, rtol=1e-4):
            raise RuntimeError("estimation: statsmodels and Overt disagree on a model of Kosovo")
        # A bootstrap fits the table, every draw, and, for each of the 25 non-empty cells, the table with one person fewer in it.
        factor = (replicates + 26) / (looped + 1)
        result["uk"]["statsmodels_loop"] = {"seconds": round(slow * factor, 1), "cpu_seconds": round(slow_cpu * factor, 1)}
        result["kosovo"]["statsmodels_loop"] = {"seconds": loops, "cpu_seconds": loops_cpu}
    targets = [Target("UK, 1,000 draws", wall, 30, " s"), Target("all models of Kosovo", all_wall, 1, " s")]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
