"""Fit the weights of the project model, by logistic regression in which a better level of a comparison never weighs less.

`ORDER` ranks the levels of a comparison; `unknown` weighs zero unless `JUDGED` has it. The weight of a level is a sum of
non-negative increments. A quadratic penalty keeps the weights of rare levels small. The weights in `JUDGED` are set by hand,
because they are rules, or because too few labels have the level. The optimiser is an accelerated projected gradient without
randomness, so equal labels give equal weights.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from overt.resolve.projects.project_model import BASELINE, ProjectModel
from overt.resolve.projects.sufficient_or_contradicting_evidence import Levels

Reals = npt.NDArray[np.float64]
PENALTY = 0.2
UNTIED = 3.0
"""Weight of a pair in the fit if one of its records is a described project without a match in the atlas. Three of four
described projects have a match, but in other lists we expect one in two. So these pairs count three times.
"""
FOLDS = 5
STEPS = 3000
_DATES = [["far", "apart", BASELINE, "near", "possible", "same", "day"]]
ORDER: dict[str, list[list[str]]] = {
    "kind": [["broader", "related", "same"]],
    "name": [
        ["little", "part"],
        ["plain"],
        *([f"{how}-{grade}" for grade in ("plain", "common", "telling")] for how in ("inside", "initial", "equal")),
    ],
    "rival": [["better", BASELINE]],
    "source": [["again", "same", BASELINE]],
    "number": [["other", "later", "mentioned", "first", BASELINE, "some", "same"]],
    "side": [["other", "one", BASELINE]],
    "link": [["none", BASELINE, "one", "both"]],
    "act": [["other", "one", "renewal", BASELINE]],
    "country": [["other", "some", "most", "within", "landing", "same"]],
    "crowd": [["very many", "many", "some", "few"]],
    "participants": [["0", BASELINE, "1", "2", "3"]],
    "finish": _DATES,
    "start": _DATES,
    "agreed": _DATES,
    "order": [["before", BASELINE, "fits", "close"]],
    "place": [["towns", "far", "titled", "elsewhere", BASELINE, "near", "several", "many"]],
    "named-place": [[BASELINE, "1", "2"]],
    "length": [["far", BASELINE, "alike", "near"]],
    "suppliers": [["other-maker", "other", "despite-name", "reseller", "other-sound", BASELINE]],
    "customers": [["other-operator", "other", BASELINE]],
    "amount": [["other-lot", "other", "apart", BASELINE, "converted", "part", "same"]],
    "stated": [["titled", "other", BASELINE, "round", "same"]],
    "mention": [["edition", "other", BASELINE, "same"]],
    "setting": [["object", "other", "one", BASELINE]],
    "level": [["other", BASELINE]],
    "evidence": [["context", BASELINE, "several"]],
}
JUDGED: dict[tuple[str, str], float] = {
    ("number", "other"): -12.0,
    ("number", "later"): -4.5,
    ("number", "mentioned"): -2.0,
    ("number", "same"): 3.0,
    ("side", "other"): -6.0,
    ("act", "other"): -5.0,
    ("act", "one"): -5.0,
    ("act", "renewal"): -2.5,
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
    ("place", "far"): -6.0,
    ("place", "titled"): -5.0,
    ("place", "towns"): -7.0,
    ("place", "near"): 1.0,
    ("place", "elsewhere"): -2.5,
    ("place", "ends"): 5.0,
    ("amount", "exact"): 4.5,
    ("amount", "part"): 1.2,
    ("amount", "converted"): 1.0,
    ("stated", "same"): 3.0,
    ("stated", "round"): 1.0,
    ("stated", "titled"): -6.0,
    ("stated", "other"): -1.5,
    ("mention", "same"): 2.0,
    ("mention", "edition"): -5.0,
    ("mention", "other"): -5.0,
    ("setting", "object"): -5.0,
    ("setting", "other"): -5.0,
    ("setting", "one"): -1.5,
    ("level", "other"): -3.0,
    ("link", "none"): -3.0,
    ("suppliers", "other"): -10.0,
    ("suppliers", "other-maker"): -14.0,
    ("suppliers", "despite-name"): -7.0,
    ("suppliers", "reseller"): -7.0,
    ("suppliers", "other-sound"): -3.0,
    ("customers", "other"): -2.5,
    ("customers", "other-operator"): -12.0,
    ("customers", "other-named"): -5.0,
    ("agreed", "far"): -3.3,
    ("amount", "other"): -2.5,
    ("amount", "other-lot"): -6.0,
    ("amount", "apart"): -1.0,
    ("evidence", "context"): -4.0,
    ("evidence", "several"): 1.5,
}
CAPPED: dict[tuple[str, str], float] = {("name", "equal-plain"): -0.5}
"""Upper limits of weights, whatever the labels say, because a name such as `the national data centre` can mean any project. They
are applied after the fit, so that no other level absorbs the difference.
"""


class Row(NamedTuple):
    """A labelled pair: its position in the levels of all pairs, whether it is one project, its weight, and its fold."""

    levels: Levels
    at: int
    same: bool
    weight: float
    fold: int

    def level(self, comparison: str) -> str:
        """Return the pair's level in a comparison."""
        return str(self.levels[comparison][self.at])


class _Step(NamedTuple):
    """An increment of the weights of a comparison: the levels to which it applies, and its sign."""

    comparison: str
    levels: tuple[str, ...]
    sign: int
    free: bool
    """Whether the increment may be negative, as for the lowest level of an order without `unknown`."""


def fitted(rows: Sequence[Row], model: ProjectModel) -> dict[str, dict[str, float]]:
    """Return the fitted weights in bits, by comparison and level, rounded to tenths.

    The prior is under `prior` and the level "".
    """
    steps = _steps(model)
    weights, prior = _descend(_shape(rows, steps), rows, steps)
    bits: dict[str, dict[str, float]] = {"prior": {"": round(prior / np.log(2), 1)}}
    for name in model.comparisons:
        levels = [level for order in ORDER[name] for level in order if level != BASELINE or (name, level) in JUDGED]
        levels += [level for comparison, level in JUDGED if comparison == name and level not in levels]
        fitted_bits = {level: JUDGED.get((name, level), _sum(weights, steps, name, level) / np.log(2)) for level in levels}
        bits[name] = {level: round(min(weight, CAPPED.get((name, level), weight)), 1) for level, weight in fitted_bits.items()}
    return bits


def cross_validated(rows: Sequence[Row], model: ProjectModel) -> Reals:
    """Return the probability of each pair, with weights fitted to the other folds. No project is in two folds."""
    steps, chance = _steps(model), np.zeros(len(rows))
    shape, judged = _shape(rows, steps), _judged(rows)
    for fold in range(FOLDS):
        held_out = np.array([row.fold == fold for row in rows])
        weights, prior = _descend(shape[~held_out], [row for row in rows if row.fold != fold], steps)
        chance[held_out] = _chance(shape[held_out] @ weights + prior + judged[held_out])
    return chance


def yaml_lines(bits: dict[str, dict[str, float]], rows: Sequence[Row]) -> list[str]:
    """Return the weights as lines for content/models/projects.yml."""
    lines = [f"fitted_on: {len(rows)} pairs of the part dev, of which {sum(row.same for row in rows)} are one project"]
    lines += [f"prior: {bits['prior']['']}", "weights:"]
    for name, levels in bits.items():
        if name != "prior":
            lines.append(f"  {name}: {{" + ", ".join(f'"{level}": {value}' for level, value in levels.items()) + "}")
    return lines


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
            step.sign * weight
            for step, weight in zip(steps, weights, strict=True)
            if step.comparison == name and level in step.levels
        )
    )


def _descend(shape: Reals, rows: Sequence[Row], steps: Sequence[_Step]) -> tuple[Reals, float]:
    """Return the increments and the prior, in nats, that maximise the penalised likelihood of the labels.

    Only the increments of free steps can be negative.
    """
    target, counts, judged = (
        np.array(values, dtype=np.float64) for values in ([r.same for r in rows], [r.weight for r in rows], _judged(rows))
    )
    levels = sorted({(step.comparison, level) for step in steps for level in step.levels})
    sums = np.array(
        [[step.sign * (name == step.comparison and level in step.levels) for step in steps] for name, level in levels]
    )
    penalty = np.zeros((len(steps) + 1, len(steps) + 1))
    penalty[:-1, :-1] = PENALTY * sums.T @ sums
    design = np.column_stack([shape, np.ones(len(rows))])
    bound = np.array([step.free for step in steps] + [True])
    curvature = np.linalg.norm((design * counts[:, None]).T @ design, 2) / 4 + np.linalg.norm(penalty, 2)
    current = ahead = np.zeros(design.shape[1])
    speed = 1.0
    for _ in range(STEPS):
        slope = design.T @ (counts * (_chance(design @ ahead + judged) - target)) + penalty @ ahead
        moved: Any = ahead - slope / curvature
        moved = np.where(bound, moved, np.maximum(moved, 0.0))
        faster = (1 + np.sqrt(1 + 4 * speed * speed)) / 2
        ahead, current, speed = moved + (speed - 1) / faster * (moved - current), moved, faster
    return current[:-1], float(current[-1])
