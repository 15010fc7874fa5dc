"""Estimates from Poisson log-linear models: how many people are expected on exactly these lists, for all combinations but none.

S. E. Fienberg (1972), The multiple recapture census for closed populations and incomplete 2^k contingency tables, Biometrika
59, 591–603; R. M. Cormack (1989), Log-linear models for capture–recapture, Biometrics 45, 395–413.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import brentq

from overt.estimation.estimates import Code, Estimate, refused
from overt.estimation.loglinear.bca_bootstrap import Estimator, bootstrap
from overt.estimation.loglinear.candidate_models import candidates
from overt.estimation.loglinear.existence import codes, supports, without_end
from overt.estimation.loglinear.intervals import BCA, PROFILE, answer
from overt.estimation.loglinear.model_formula import read_model
from overt.estimation.loglinear.model_space import Floats, Mask, Space, space_of, spelled
from overt.estimation.loglinear.newton_fit import fit
from overt.estimation.loglinear.poisson_likelihood import saturated, shortfall
from overt.estimation.loglinear.profile_likelihood import of_independence, of_model
from overt.estimation.loglinear.stepwise_selection import Chosen, by_aic, by_overlap
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.model.errors import UsageError

_WHY = {
    Code.NO_ESTIMATE: "no estimate exists: the likelihood grows towards an edge, where the number on no list is without limit "
    "or some cell has to be empty",
    Code.UNIDENTIFIABLE: "not identifiable: every number on no list fits equally well",
    Code.BOTH: "no estimate exists, and none would be identifiable",
}
_TOP = {2: 10_000, 3: 10_000, 4: 20}
"""How many models a bootstrap chooses among, by the number of lists; 100 from five on (Silverman, Chan and Vincent 2024)."""


def independence(
    lists: Lists, *, level: float, seed: int, interval: str | None = None, replicates: int | None = None
) -> Estimate:
    """Independent lists, each with its own chance: J. N. Darroch (1958), The multiple-recapture census, Biometrika 45, 343–359.

    The estimate N solves n = N (1 − Π (1 − nⱼ/N)); it needs how many are on each list and in all, so any number of lists can be
    used.
    """
    return _independence("independence", lists, level, seed, interval, replicates)


def main_effects(
    lists: Lists, *, level: float, seed: int, interval: str | None = None, replicates: int | None = None
) -> Estimate:
    """The log-linear model without interactions, that of independent lists: R. M. Cormack (1989), Biometrics 45, 395–413.

    Its number is the peak of the profile likelihood, where its profile interval has its top, as B. W. Silverman (2020) prints it:
    Journal of the Royal Statistical Society A 183, 691–736.
    """
    return _independence("main-effects", lists, level, seed, interval, replicates)


def _independence(method: str, lists: Lists, level: float, seed: int, interval: str | None, replicates: int | None) -> Estimate:
    totals, observed = lists.totals().astype(np.float64), lists.observed
    name = f"[{','.join(map(str, range(1, len(totals) + 1)))}]"
    if totals.max() >= observed or totals.sum() <= observed:
        why = "nobody is on two lists" if totals.sum() <= observed else f"everybody is on {lists.names[int(totals.argmax())]}"
        return refused(method, f"{_WHY[Code.NO_ESTIMATE]} ({why})", level=level, code=Code.NO_ESTIMATE, model=name)
    number = _darroch(totals, observed)
    rest = 1 - totals / number
    error = math.sqrt(number / (1 / rest.prod() + len(totals) - 1 - (1 / rest).sum()))
    mean = number * np.where(lists.patterns, totals / number, rest).prod(axis=1)
    counts = lists.counts.astype(np.float64)
    # The means of all cells add up to those observed: what is left of that is in the empty ones.
    deviance = 2 * (float(shortfall(counts, mean).sum()) + max(observed - float(mean.sum()), 0.0))
    likelihood = float(saturated(counts).sum()) - deviance / 2
    size = len(totals) + 1
    said: dict[str, Any] = {
        "se": error,
        "aic": 2 * size - 2 * likelihood,
        "bic": math.log(observed) * size - 2 * likelihood,
        "deviance": deviance,
        "df": 2 ** len(totals) - 1 - size,
        "parameters": size,
        "terms": [],
        "minus_infinity": [],
    }
    drawn = None
    if interval == BCA:

        def estimates(tables: Floats) -> Floats:
            return np.array([_darroch(on, float(table.sum())) for on, table in zip(tables @ lists.patterns, tables, strict=True)])

        drawn = bootstrap(counts, estimates, seed, replicates)
    return answer(
        method, lists, number, error, name, of_independence(lists.patterns, counts), said, level, interval or PROFILE, drawn
    )


def _darroch(totals: Floats, observed: float) -> float:
    """The N at which n/N = 1 − Π (1 − nⱼ/N); not a number where there is none."""
    if totals.sum() <= observed or totals.max() >= observed:
        return math.nan

    def gap(logarithm: float) -> float:
        number = observed + math.exp(logarithm)
        return logarithm - math.log(number) - float(np.log1p(-totals / number).sum())

    top = math.log(observed)
    while gap(top) < 0:
        top += 2
    return observed + math.exp(brentq(gap, -30.0, top, xtol=1e-13))


def stepwise_p(
    lists: Lists,
    *,
    level: float,
    seed: int,
    interval: str | None = None,
    replicates: int | None = None,
    threshold: float | None = None,
) -> Estimate:
    """Pairs are added while an overlap surprises with p below 0.02, and the interval repeats that in every draw (BCa).

    L. Chan, B. W. Silverman and K. Vincent (2021), Multiple systems estimation for sparse capture data: inferential challenges
    when there are nonoverlapping lists, Journal of the American Statistical Association 116, 1297–1306.
    """
    limit = 0.02 if threshold is None else threshold
    space = space_of(len(lists.names), 2)

    def choose(counts: Floats) -> Chosen:
        return by_overlap(space, counts, limit)

    return _stepwise("stepwise-p", lists, space, choose, limit, level, seed, interval or BCA, replicates)


def stepwise_aic(
    lists: Lists,
    *,
    level: float,
    seed: int,
    interval: str | None = None,
    replicates: int | None = None,
    threshold: float | None = None,
) -> Estimate:
    """Pairs are added while they lower AIC and are significant at 0.05.

    K. Bales, O. Hesketh and B. Silverman (2015), Modern slavery in the UK: how many victims?, Significance 12(3), 16–21. Its
    number is the peak of the profile likelihood, as for `main_effects`.
    """
    limit = 0.05 if threshold is None else threshold
    space = space_of(len(lists.names), 2)

    def choose(counts: Floats) -> Chosen:
        return by_aic(space, counts, limit)

    return _stepwise("stepwise-aic", lists, space, choose, limit, level, seed, interval or PROFILE, replicates)


def _stepwise(
    method: str,
    lists: Lists,
    space: Space,
    choose: Callable[[Floats], Chosen],
    threshold: float,
    level: float,
    seed: int,
    interval: str,
    replicates: int | None,
) -> Estimate:
    counts = lists.cells()[1].astype(np.float64)
    model = choose(counts[None])[0][0]

    def estimates(tables: Floats) -> Floats:
        models, fits = choose(tables)
        held: Floats = np.where(codes(space, tables, models) == Code.FINE, fits.unseen + tables.sum(axis=1), np.nan)
        return held

    return _fitted(method, lists, space, model, {"threshold": threshold}, level, seed, interval, replicates, estimates)


def bic(lists: Lists, *, level: float, seed: int, interval: str | None = None, replicates: int | None = None) -> Estimate:
    """The model with the smallest BIC among all hierarchical ones; of pairs for six lists, met by a search for more.

    S. Baillargeon and L.-P. Rivest (2007), Rcapture: loglinear models for capture–recapture in R, Journal of Statistical Software
    19(5); with the interval `bca`, B. W. Silverman, L. Chan and K. Vincent (2024), Bootstrapping multiple systems estimates to
    account for model selection, Statistics and Computing 34, 44: each draw chooses anew among the models best for the table
    itself.
    """
    held = candidates(lists)
    best = held.best(held.bic)
    if best is None:
        return refused(
            "bic", "no model has an estimate", level=level, code=int(held.codes[0]), model=held.space.name(held.models[0])
        )
    top = held.models[held.ranked()[: _TOP.get(len(lists.names), 100)]]
    said: dict[str, Any] = {"models": held.scope, "models_tried": len(held.models), "models_drawn_from": len(top)}

    def estimates(tables: Floats) -> Floats:
        return _best_of(held.space, top, tables)

    return _fitted("bic", lists, held.space, held.models[best], said, level, seed, interval or PROFILE, replicates, estimates)


def _best_of(space: Space, models: Mask, tables: Floats) -> Floats:
    """For each table (m × cells) the estimate of the model with the smallest BIC."""
    size = max(1, 20_000 // len(models))
    found = []
    for at in range(0, len(tables), size):
        part = tables[at : at + size]
        counts, tried = np.repeat(part, len(models), axis=0), np.tile(models, (len(part), 1))
        found_codes, support = supports(space, counts, tried)
        fine = found_codes == Code.FINE
        fits = fit(space, counts[fine], tried[fine], support=support.rows(fine))
        people = counts[fine].sum(axis=1)
        criterion, number = np.full((2, len(counts)), np.inf)
        criterion[fine], number[fine] = fits.bic(people), fits.unseen + people
        criterion, number = criterion.reshape(-1, len(models)), number.reshape(-1, len(models))
        chosen = number[np.arange(len(part)), criterion.argmin(axis=1)]
        found.append(np.where(np.isinf(chosen), np.nan, chosen))
    return np.concatenate(found)


def fixed(
    lists: Lists, *, level: float, seed: int, model: str | None = None, interval: str | None = None, replicates: int | None = None
) -> Estimate:
    """One model that somebody names: `[12,3]` by the lists' places, or `A·B` by their names.

    S. E. Fienberg (1972), The multiple recapture census for closed populations and incomplete 2^k contingency tables,
    Biometrika 59, 591–603. Raises UsageError for a name that is no list's.
    """
    if model is None:
        raise UsageError(f"fixed needs a model: --model '{lists.names[0]}·{lists.names[1]}', or --model '[12]' by places")
    terms = read_model(model, lists.names)
    space = space_of(len(lists.names), max([2, *(term.bit_count() for term in terms)]) if len(lists.names) > 2 else 1)
    mask = space.model(terms)

    def estimates(tables: Floats) -> Floats:
        return _best_of(space, mask[None], tables)

    return _fitted("fixed", lists, space, mask, {}, level, seed, interval or PROFILE, replicates, estimates)


def _fitted(
    method: str,
    lists: Lists,
    space: Space,
    model: Mask,
    said: dict[str, Any],
    level: float,
    seed: int,
    interval: str,
    replicates: int | None,
    estimator: Estimator,
) -> Estimate:
    counts = lists.cells()[1].astype(np.float64)
    name = space.name(model)
    held, support = supports(space, counts[None], model[None])
    code = Code(int(held[0]))
    said = {**said, "terms": space.named(model, lists.names)}
    if code != Code.FINE:
        return refused(method, _WHY[code], level=level, code=code, model=name, **said)
    fits = fit(space, counts[None], model[None], support=support)
    unseen = float(fits.unseen[0])
    error = math.sqrt(unseen + unseen**2 * float(fits.variance(space)[0, 0]))
    said |= {
        "se": error,
        "aic": float(fits.aic[0]),
        "bic": float(fits.bic(np.array([float(lists.observed)]))[0]),
        "deviance": float(fits.deviance[0]),
        "df": len(counts) - int(fits.parameters[0]),
        "parameters": int(fits.parameters[0]),
        "minus_infinity": space.named(fits.infinite[0], lists.names),
        "edge": _edge(space, model & ~fits.infinite[0], support.cells[0], lists),
    }
    drawn = bootstrap(counts, estimator, seed, replicates) if interval == BCA else None
    given = of_model(space, counts, support.free[0], support.cells[0], fits.beta[0])
    return answer(method, lists, lists.observed + unseen, error, name, given, said, level, interval, drawn)


def _edge(space: Space, model: Mask, cells: Mask, lists: Lists) -> dict[str, list[str]] | None:
    """On an edge, the terms whose coefficients have no end, and combinations of lists on which nobody is expected; else None."""
    endless = without_end(space, model, cells)
    if not endless.any():
        return None
    terms = [spelled(term, lists.names) for term, on in zip(space.terms, endless, strict=True) if on]
    rows = space.patterns[~cells].tolist()
    return {
        "terms": terms,
        "empty": ["·".join(name for name, on in zip(lists.names, row, strict=True) if on) for row in rows],
    }
