"""Compare convergence diagnostics of chains by arviz-stats (which Overt uses), Overt's earlier NumPy code, and arviz.

    python -m bench.estimation.convergence_diagnostics [--chains 16] [--draws 12000] [--rounds 7] [--quick] [--json]

`difference`: the largest relative difference from arviz-stats in R-hat and in the effective sample sizes for the middle and for
the worse end of a 95 % interval, over seeded sets of chains that agree, move slowly, disagree or have many equal draws.
`milliseconds`: processor time of all three diagnostics for one check of convergence by `lcmcr`, the median of rounds in which
the libraries take turns; `ratio`: arviz-stats' time divided by that of the NumPy code. `import`: processor milliseconds in a
new process to import NumPy with scipy.special, which Overt needs in any case, and to import these two together with each
library. `packages`: the version, size and requirements of each library. arviz is measured if it is installed (pip install
arviz). Target: for chains of 5,000 draws, every R-hat differs by less than a millionth and every size by less than 1 %.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.estimation.numpy_convergence_diagnostics import effective_size, split_rhat, tail_size
from bench.harness import Target, argument_parser, machine, report
from overt.estimation.bayesian.chain_convergence import Convergence, convergence

LEVEL = 0.95
SAME_RHAT, SAME_SIZE = 1e-6, 0.01
_IMPORTS = {"numpy and scipy.special": "pass", "arviz_stats": "from arviz_stats.base import array_stats", "arviz": "import arviz"}
Draws = NDArray[np.float64]


def in_numpy(draws: Draws, level: float) -> Convergence:
    """Diagnose chains with the NumPy code that Overt used before."""
    return Convergence(split_rhat(draws), effective_size(draws), tail_size(draws, level))


def by_arviz() -> Callable[[Draws, float], Convergence] | None:
    """Return arviz's diagnostics, or None if it is not installed."""
    try:
        import arviz  # type: ignore[import-not-found,unused-ignore]
    except ModuleNotFoundError:
        return None

    def diagnose(draws: Draws, level: float) -> Convergence:
        tail = arviz.ess(draws, method="tail", prob=((1 - level) / 2, (1 + level) / 2))
        return Convergence(float(arviz.rhat(draws)), float(arviz.ess(draws)), float(tail))

    return diagnose


def chains(count: int, number: int, draws: int) -> Iterator[Draws]:
    """Yield `count` seeded sets of `number` chains: chains that agree, move slowly, disagree, or have many equal draws."""
    random = np.random.default_rng(49)
    for kind in range(count):
        slowness, steps = (0.0, 0.5, 0.9, 0.99)[kind % 4], random.standard_normal((number, draws))
        for at in range(1, draws):
            steps[:, at] += slowness * steps[:, at - 1]
        if kind % 3 == 1:
            steps = np.round(steps)
        if kind % 5 == 1:
            steps += 0.2 * np.arange(number)[:, None]
        yield steps


def differences(count: int) -> dict[str, Any]:
    """Return the largest relative difference from arviz-stats, by length of the chains, implementation and diagnostic.

    `count`: the number of sets of chains of each length.
    """
    arviz = by_arviz()
    result: dict[str, Any] = {}
    for draws in (50, 500, 5_000):
        apart: dict[str, list[list[float]]] = {"numpy": [], "arviz": []}
        for made in chains(count, 8, draws):
            library = convergence(made, LEVEL)
            for name, other in (("numpy", in_numpy), ("arviz", arviz)):
                if other is not None:
                    ratios = [abs(ours / theirs - 1) for ours, theirs in zip(other(made, LEVEL), library, strict=True)]
                    apart[name].append(ratios)
        result[f"{draws} draws"] = {
            name: dict(zip(Convergence._fields, (float(f"{max(column):.2g}") for column in zip(*rows, strict=True)), strict=True))
            for name, rows in apart.items()
            if rows
        }
    return result


def speed(number: int, draws: int, rounds: int) -> dict[str, float]:
    """Return the median processor milliseconds of all diagnostics for one set of `number` chains, by implementation."""
    [made] = chains(1, number, draws)
    ways: dict[str, Callable[[Draws, float], Convergence]] = {"arviz_stats": convergence, "numpy": in_numpy}
    if arviz := by_arviz():
        ways["arviz"] = arviz
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            begin = process_time()
            way(made, LEVEL)
            took[name].append(1000 * (process_time() - begin))
    return {name: round(median(times), 1) for name, times in took.items()}


def imports(rounds: int) -> dict[str, float]:
    """Return the median processor milliseconds that each import of `_IMPORTS` takes in a new process."""
    result: dict[str, float] = {}
    for name, statement in _IMPORTS.items():
        if name == "arviz" and not _installed(name):
            continue
        code = f"import time; a = time.process_time(); import numpy, scipy.special; {statement}; print(time.process_time() - a)"
        runs = [
            subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, capture_output=True) for _ in range(rounds)
        ]
        result[name] = round(1000 * median(float(run.stdout.splitlines()[-1]) for run in runs))
    return result


def _installed(name: str) -> dict[str, Any]:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return {}
    paths = [Path(str(file.locate())) for file in package.files or ()]
    size = sum(path.stat().st_size for path in paths if path.is_file())
    requires = sorted(line for line in package.requires or () if "extra ==" not in line)
    return {"version": package.version, "megabytes": round(size / 1e6, 1), "requires": requires}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    options = argument_parser(__doc__)
    options.add_argument("--chains", type=int, default=16)
    options.add_argument("--draws", type=int, default=12_000, help="of each chain, as after 120,000 iterations of lcmcr")
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args(arguments)
    if chosen.quick:
        chosen.draws, chosen.rounds = 500, 1
    result: dict[str, Any] = {"benchmark": "convergence", **machine()}
    result["difference"] = differences(4 if chosen.quick else 60)
    result["milliseconds"] = speed(chosen.chains, chosen.draws, chosen.rounds)
    result["ratio"] = round(result["milliseconds"]["arviz_stats"] / result["milliseconds"]["numpy"], 2)
    result["import"] = imports(chosen.rounds)
    result["packages"] = {name: _installed(name) or "not installed" for name in ("arviz-stats", "arviz")}
    long = result["difference"]["5000 draws"]["numpy"]
    targets = [
        Target("R-hat differs by", long["rhat"], SAME_RHAT, ""),
        Target("sizes of chains of 5,000 draws differ by", max(long["bulk_size"], long["tail_size"]), SAME_SIZE, ""),
    ]
    return report(result, targets, chosen)


if __name__ == "__main__":
    sys.exit(main())
