"""Weights of the model of projects: logistic regression in which a better level of a comparison never weighs less.

Levels of a comparison stand in order (`ORDER`), with `unknown`, which weighs nothing, in its place among them; the weight of each
is the sum of increments that are not negative. A quadratic penalty on the weights keeps rare levels small. `JUDGED` are not
fitted: rules, and levels that the labels have too few of. The method is an accelerated projected gradient, without any chance in
it: equal labels give equal weights.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from overt.resolve.projects.levels import Levels
from overt.resolve.projects.model import BASELINE, ProjectModel

Reals = npt.NDArray[np.float64]
PENALTY = 0.2
UNTIED = 3.0
"""In the labels three of four described projects are in the atlas; of a list at large one in two is supposed to be, so that pairs
of those that are not weigh as three."""
FOLDS = 5
STEPS = 3000
_DATES = [["far", "apart", BASELINE, "near", "possible", "same"]]
ORDER: dict[str, list[list[str]]] = {
    "kind": [["broader", "related", "same"]],
    "name": [
        ["little", "part"],
        ["plain"],
        *([f"{how}-{grade}" for grade in ("plain", "common", "telling")] for how in ("inside", "initial", "equal")),
    ],
    "rival": [["better", BASELINE]],
    "source": [["again", "same", BASELINE]],
    "number": [["other", "later", "first", BASELINE, "some", "same"]],
    "side": [["other", "one", BASELINE]],
    "mention": [["none", BASELINE, "one", "both"]],
    "act": [["other", "one", BASELINE]],
    "country": [["other", "some", "most", "within", "same"]],
    "crowd": [["very many", "many", "some", "few"]],
    "participants": [["0", BASELINE, "1", "2", "3"]],
    "finish": _DATES,
    "start": _DATES,
    "agreed": _DATES,
    "order": [["before", BASELINE, "fits"]],
    "place": [["far", BASELINE, "near"]],
    "named-place": [[BASELINE, "1", "2"]],
    "length": [["far", BASELINE, "alike", "near"]],
    "amount": [[BASELINE, "same"]],
}
JUDGED: dict[tuple[str, str], float] = {
    ("number", "other"): -9.0,
    ("number", "later"): -4.5,
    ("number", "same"): 3.0,
    ("side", "other"): -6.0,
    ("act", "other"): -5.0,
    ("act", "one"): -5.0,
    ("act", "again"): -5.0,
    ("country", "other"): -10.0,
    ("country", BASELINE): -2.0,
    ("crowd", "very many"): -5.0,
    ("name", "little"): -2.5,
    ("name", "part"): 2.5,
    ("name", "inside-telling"): 2.5,
    ("name", "initial-plain"): 0.0,
    ("name", "initial-common"): 1.0,
    ("name", "initial-telling"): 3.0,
    ("named-place", "1"): 0.0,
    ("named-place", "2"): 1.0,
    ("source", "again"): -10.0,
    ("place", "far"): -5.0,
    ("place", "near"): 1.0,
    ("mention", "none"): -3.0,
}
CAPPED: dict[tuple[str, str], float] = {("name", "equal-plain"): -0.5}
"""By rule no more than this, whatever the labels say: `the national data centre` can stand for any. Cut after the fit, so that
nothing else takes over what is cut off."""


class Row(NamedTuple):
    """A labelled pair: where its levels stand, whether it is one project, how much it weighs and its fold."""

    levels: Levels
    at: int
    same: bool
    weight: float
    fold: int

    def level(self, comparison: str) -> str:
        """The level of a comparison."""
        return str(self.levels[comparison][self.at])


class _Step(NamedTuple):
    """An increment: the levels that it counts for, and whether it adds or takes."""

    comparison: str
    levels: tuple[str, ...]
    sign: int
    free: bool
    """Whether it may be negative: the lowest level of a comparison in whose order `unknown` is not."""


def fitted(rows: Sequence[Row], model: ProjectModel) -> dict[str, dict[str, float]]:
    """Bits by comparison and level, and `prior` by itself, rounded to tenths."""
    steps = _steps(model)
    weights, prior = _descend(_shape(rows, steps), rows, steps)
    bits: dict[str, dict[str, float]] = {"prior": {"": round(prior / np.log(2), 1)}}
    for name in model.comparisons:
        levels = [level for order in ORDER[name] for level in order if level != BASELINE or (name, level) in JUDGED]
        levels += [level for one, level in JUDGED if one == name and level not in levels]
        held = {level: JUDGED.get((name, level), _sum(weights, steps, name, level) / np.log(2)) for level in levels}
        bits[name] = {level: round(min(weight, CAPPED.get((name, level), weight)), 1) for level, weight in held.items()}
    return bits


def cross_validated(rows: Sequence[Row], model: ProjectModel) -> Reals:
    """The probability of each pair by weights from the other folds; no project is in two folds."""
    steps, chance = _steps(model), np.zeros(len(rows))
    shape, judged = _shape(rows, steps), _judged(rows)
    for fold in range(FOLDS):
        held = np.array([row.fold == fold for row in rows])
        weights, prior = _descend(shape[~held], [row for row in rows if row.fold != fold], steps)
        chance[held] = _chance(shape[held] @ weights + prior + judged[held])
    return chance


def lines(bits: dict[str, dict[str, float]], rows: Sequence[Row]) -> list[str]:
    """The weights as lines for content/models/projects.yml."""
    told = [f"fitted_on: {len(rows)} pairs of the part dev, of which {sum(row.same for row in rows)} are one project"]
    told += [f"prior: {bits['prior']['']}", "weights:"]
    for name, held in bits.items():
        if name != "prior":
            told.append(f"  {name}: {{" + ", ".join(f'"{level}": {value}' for level, value in held.items()) + "}")
    return told


def _steps(model: ProjectModel) -> list[_Step]:
    made = []
    for name in model.comparisons:
        for order in ORDER[name]:
            fit = [level for level in order if level != BASELINE and (name, level) not in JUDGED]
            rise = order.index(BASELINE) if BASELINE in order else -1
            for level in fit:
                above = order.index(level) > rise
                counted = fit[fit.index(level) :] if above else fit[: fit.index(level) + 1]
                made.append(_Step(name, tuple(counted), 1 if above else -1, free=rise < 0 and level == fit[0]))
    return made


def _shape(rows: Sequence[Row], steps: Sequence[_Step]) -> Reals:
    columns = []
    for step in steps:
        counted = frozenset(step.levels)
        columns.append([step.sign * (row.level(step.comparison) in counted) for row in rows])
    return np.array(columns, dtype=np.float64).T


def _judged(rows: Sequence[Row]) -> Reals:
    names = sorted({name for name, _ in JUDGED})
    bits: Reals = np.array([sum(JUDGED.get((name, row.level(name)), 0.0) for name in names) for row in rows])
    return bits * float(np.log(2))


def _chance(scores: Reals) -> Reals:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float64)


def _sum(weights: Reals, steps: Sequence[_Step], name: str, level: str) -> float:
    return float(
        sum(
            step.sign * held
            for step, held in zip(steps, weights, strict=True)
            if step.comparison == name and level in step.levels
        )
    )


def _descend(shape: Reals, rows: Sequence[Row], steps: Sequence[_Step]) -> tuple[Reals, float]:
    """The increments and the prior that make the labels likeliest."""
    wanted, counts, judged = (
        np.array(held, dtype=np.float64) for held in ([r.same for r in rows], [r.weight for r in rows], _judged(rows))
    )
    levels = sorted({(step.comparison, level) for step in steps for level in step.levels})
    sums = np.array(
        [[step.sign * (name == step.comparison and level in step.levels) for step in steps] for name, level in levels]
    )
    penalty = np.zeros((len(steps) + 1, len(steps) + 1))
    penalty[:-1, :-1] = PENALTY * sums.T @ sums
    whole = np.column_stack([shape, np.ones(len(rows))])
    bound = np.array([step.free for step in steps] + [True])
    pace = np.linalg.norm((whole * counts[:, None]).T @ whole, 2) / 4 + np.linalg.norm(penalty, 2)
    held = ahead = np.zeros(whole.shape[1])
    speed = 1.0
    for _ in range(STEPS):
        slope = whole.T @ (counts * (_chance(whole @ ahead + judged) - wanted)) + penalty @ ahead
        moved: Any = ahead - slope / pace
        moved = np.where(bound, moved, np.maximum(moved, 0.0))
        faster = (1 + np.sqrt(1 + 4 * speed * speed)) / 2
        ahead, held, speed = moved + (speed - 1) / faster * (moved - held), moved, faster
    return held[:-1], float(held[-1])
