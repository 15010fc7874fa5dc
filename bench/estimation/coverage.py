"""How often intervals hold the true number, on made-up populations of known size.

    python -m bench.estimation.coverage [--populations 1000] [--bootstrapped 50] [--unequal 100] [--slow 10] [--quick] [--json]

Two kinds of population (`estimation_populations`): in one everybody has the same chances and some pairs of lists depend on each
other, so that the truth is among the models; in the other people differ in how easily they are found, which no list can reveal.
Of each method: how often it refuses, how often its 95 % interval holds the true number where it does not, how wide the interval
is (median, in parts of the truth), and by how much the estimate is off (median). `over models` is what `overt estimate` puts
first: the profile intervals of all models that fit about as well as the best, together.

Targets, where the truth is among the models: intervals over models hold it in at least 90 of 100 cases, and so do those of the
bootstrap that chooses the best model by BIC anew in every draw; and no more than 20 of 100 are refused. The profile interval of
the one model that BIC chooses stands beside them, and shows what choosing costs.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from bench.estimation.populations import Population, dependent, unequal
from bench.harness import Target, machine, parser, report
from overt.estimation.candidates import candidates
from overt.estimation.methods import METHODS, one_core
from overt.estimation.sweep import over_models

LEVEL = 0.95
PLAIN = ("independence", "stepwise-aic", "stepwise-p", "bic")
SLOW = ("dga", "lcmcr")
Answer = tuple[float | None, float | None, float | None]


def profile(population: Population) -> dict[str, Answer]:
    """Intervals from the profile likelihood: of each method's model, and over models."""
    found = {name: _run(population, name, interval="profile") for name in PLAIN}
    held = candidates(population.lists)
    best = held.best(held.bic)
    low, high = over_models(population.lists, LEVEL)
    return {**found, "over models": (None if best is None else float(held.estimates[best]), low, high)}


def bootstrapped(population: Population, replicates: int) -> dict[str, Answer]:
    """BCa intervals, with the model chosen in every draw."""
    return {f"{name}, bca": _run(population, name, interval="bca", replicates=replicates) for name in ("stepwise-p", "bic")}


def _run(population: Population, name: str, **options: Any) -> Answer:
    one = METHODS[name](population.lists, level=LEVEL, seed=1, **options)
    return one.estimate, one.low, one.high


def told(answers: list[tuple[int, Answer]]) -> dict[str, Any]:
    """What became of one method on all its populations; without a lower end it has refused."""
    given = [(people, number, low, high or np.inf) for people, (number, low, high) in answers if low is not None]
    inside = [low <= people <= high for people, _, low, high in given]
    off = [number / people - 1 for people, number, _, _ in given if number is not None]
    return {
        "populations": len(answers),
        "refused": round(1 - len(given) / len(answers), 3),
        "without_upper_end": sum(high == np.inf for *_, high in given),
        "coverage": round(float(np.mean(inside)), 3) if inside else None,
        "width": round(float(np.median([(high - low) / people for people, _, low, high in given])), 3) if given else None,
        "bias": round(float(np.median(off)), 3) if off else None,
    }


def gathered(populations: Iterator[Population], sizes: dict[str, int], replicates: int) -> dict[str, Any]:
    """Every method's account; `sizes` says how many populations each group of methods sees."""
    answers: dict[str, list[tuple[int, Answer]]] = defaultdict(list)
    for at, population in enumerate(islice(populations, sizes["profile"])):
        found = profile(population)
        if at < sizes["bca"]:
            found |= bootstrapped(population, replicates)
        if at < sizes["bound"]:
            found["chao-mth"] = _run(population, "chao-mth")
        if at < sizes["slow"]:
            found |= {name: _run(population, name) for name in SLOW}
        for name, answer in found.items():
            answers[name].append((population.people, answer))
    return {name: told(each) for name, each in answers.items()}


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    options = parser(__doc__)
    options.add_argument("--populations", type=int, default=1000)
    options.add_argument("--bootstrapped", type=int, default=50)
    options.add_argument("--unequal", type=int, default=100)
    options.add_argument("--slow", type=int, default=10, help="populations of the second kind that the Bayesian methods see")
    given = options.parse_args(arguments)
    if given.quick:
        given.populations, given.bootstrapped, given.unequal, given.slow = 4, 1, 2, min(given.slow, 1)
    before, replicates = machine(), 200 if given.quick else 1000
    within = {"profile": given.populations, "bca": given.bootstrapped, "bound": given.populations, "slow": 0}
    beyond = {"profile": given.unequal, "bca": given.slow, "bound": given.unequal, "slow": given.slow}
    with one_core():
        same = gathered(dependent(2024), within, replicates)
        different = gathered(unequal(2024), beyond, replicates)
    result = {"benchmark": "estimation_coverage", **before, "level": LEVEL, "equal_chances": same, "unequal_chances": different}
    targets = [
        Target("coverage over models", same["over models"]["coverage"], 0.9, "", at_least=True),
        Target("coverage of bic, bca", same["bic, bca"]["coverage"], 0.9, "", at_least=True),
        Target("refused over models", same["over models"]["refused"], 0.2, ""),
    ]
    return report(result, targets, given)


if __name__ == "__main__":
    sys.exit(main())
