"""Measure how often intervals contain the true number, on simulated populations of known size.

    python -m bench.estimation.coverage [--populations 1000] [--bootstrapped 50] [--unequal 100] [--slow 10] [--quick] [--json]

There are two kinds of population (`bench.estimation.simulated_populations`). In the first, everyone has equal chances and some
pairs of lists depend on each other, so the truth is among the models. In the second, people differ in how easily they are
found, which no list can reveal. For each method, the result has the share of populations for which it refuses to answer, the
share of 95 % intervals that contain the true number, the median width of the interval and the median error of the estimate
(both relative to the truth). `over models` is the first answer of `overt estimate`: the union of the profile intervals of all
models that fit about as well as the best.

Targets if the truth is among the models: at least 90 of 100 intervals over models contain it, as do 90 of 100 intervals from a
bootstrap that chooses the model by BIC in every draw; fewer than 20 of 100 intervals over models are refused. The profile
interval of the model that BIC chooses is reported too, because it shows what choosing a single model costs.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from bench.estimation.simulated_populations import Population, dependent, unequal
from bench.harness import Target, argument_parser, machine, report
from overt.estimation.loglinear.candidate_models import candidate_models
from overt.estimation.methods import METHODS, limit_blas_threads
from overt.estimation.sweep_over_models_and_left_out_lists import interval_over_models

LEVEL = 0.95
PLAIN = ("independence", "stepwise-aic", "stepwise-p", "bic")
SLOW = ("dga", "lcmcr")
Answer = tuple[float | None, float | None, float | None]


def profile(population: Population) -> dict[str, Answer]:
    """Return the estimate and the profile-likelihood interval of each method in PLAIN, and those of `over models`.

    `over models` has the estimate of the best model by BIC, and the interval over all models that fit about as well.
    """
    answers = {name: _run(population, name, interval="profile") for name in PLAIN}
    models = candidate_models(population.lists)
    best = models.best(models.bic)
    low, high = interval_over_models(population.lists, LEVEL)
    return {**answers, "over models": (None if best is None else float(models.estimates[best]), low, high)}


def bootstrapped(population: Population, replicates: int) -> dict[str, Answer]:
    """Return the estimates and BCa intervals of `stepwise-p` and `bic`. The bootstrap selects the model in every draw."""
    return {f"{name}, bca": _run(population, name, interval="bca", replicates=replicates) for name in ("stepwise-p", "bic")}


def _run(population: Population, name: str, **options: Any) -> Answer:
    estimate = METHODS[name](population.lists, level=LEVEL, seed=1, **options)
    return estimate.estimate, estimate.low, estimate.high


def summary(answers: list[tuple[int, Answer]]) -> dict[str, Any]:
    """Summarise a method's answers over its populations. An answer without a lower end counts as a refusal."""
    intervals = [(people, number, low, high or np.inf) for people, (number, low, high) in answers if low is not None]
    inside = [low <= people <= high for people, _, low, high in intervals]
    errors = [number / people - 1 for people, number, _, _ in intervals if number is not None]
    return {
        "populations": len(answers),
        "refused": round(1 - len(intervals) / len(answers), 3),
        "without_upper_end": sum(high == np.inf for *_, high in intervals),
        "coverage": round(float(np.mean(inside)), 3) if inside else None,
        "width": round(float(np.median([(high - low) / people for people, _, low, high in intervals])), 3) if intervals else None,
        "bias": round(float(np.median(errors)), 3) if errors else None,
    }


def gathered(populations: Iterator[Population], sizes: dict[str, int], replicates: int) -> dict[str, Any]:
    """Return the summary of each method, by method.

    `sizes`: the number of populations for each group of methods: `profile`, `bca`, `bound` (`chao-mth`) and `slow` (SLOW). No
    group gets more than `profile`. `replicates`: the number of draws of a bootstrap.
    """
    answers: dict[str, list[tuple[int, Answer]]] = defaultdict(list)
    for at, population in enumerate(islice(populations, sizes["profile"])):
        results = profile(population)
        if at < sizes["bca"]:
            results |= bootstrapped(population, replicates)
        if at < sizes["bound"]:
            results["chao-mth"] = _run(population, "chao-mth")
        if at < sizes["slow"]:
            results |= {name: _run(population, name) for name in SLOW}
        for name, answer in results.items():
            answers[name].append((population.people, answer))
    return {name: summary(each) for name, each in answers.items()}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--populations", type=int, default=1000)
    parser.add_argument("--bootstrapped", type=int, default=50)
    parser.add_argument("--unequal", type=int, default=100)
    parser.add_argument("--slow", type=int, default=10, help="populations of the second kind for the Bayesian methods")
    options = parser.parse_args(arguments)
    if options.quick:
        options.populations, options.bootstrapped, options.unequal, options.slow = 4, 1, 2, min(options.slow, 1)
    before, replicates = machine(), 200 if options.quick else 1000
    within = {"profile": options.populations, "bca": options.bootstrapped, "bound": options.populations, "slow": 0}
    beyond = {"profile": options.unequal, "bca": options.slow, "bound": options.unequal, "slow": options.slow}
    with limit_blas_threads():
        same = gathered(dependent(2024), within, replicates)
        different = gathered(unequal(2024), beyond, replicates)
    result = {"benchmark": "estimation_coverage", **before, "level": LEVEL, "equal_chances": same, "unequal_chances": different}
    targets = [
        Target("coverage over models", same["over models"]["coverage"], 0.9, "", at_least=True),
        Target("coverage of bic, bca", same["bic, bca"]["coverage"], 0.9, "", at_least=True),
        Target("refused over models", same["over models"]["refused"], 0.2, ""),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
