"""Estimates from one Poisson log-linear model: chosen stepwise, chosen by BIC, or named by the caller.

Such a model gives the expected number of people on each combination of lists; its intercept gives the number on no list.

S. E. Fienberg (1972), The multiple recapture census for closed populations and incomplete 2^k contingency tables, Biometrika 59,
591–603; R. M. Cormack (1989), Log-linear models for capture–recapture, Biometrics 45, 395–413.

`interval` is one of `estimate_with_intervals.INTERVALS`; `replicates` and `checkpoint` are those of `bootstrap`. A model without
an estimate is refused, as is one whose interval has no lower end. UsageError is raised for an unknown interval, and for more
than `MAX_CELLS` lists.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from overt.estimation.array_types import Floats, Mask
from overt.estimation.estimate_result_and_verdicts import NO_ESTIMATE_REASONS, Code, Estimate, refuse
from overt.estimation.loglinear.bca_bootstrap import Estimator, bootstrap
from overt.estimation.loglinear.candidate_models import candidate_models
from overt.estimation.loglinear.estimate_with_intervals import BCA, PROFILE, estimate_with_intervals
from overt.estimation.loglinear.maximum_likelihood_existence import existence_codes, find_supports, unbounded_terms
from overt.estimation.loglinear.model_formula import parse_model
from overt.estimation.loglinear.model_space import ModelSpace, model_space, term_label
from overt.estimation.loglinear.newton_fit import fit
from overt.estimation.loglinear.profile_likelihood import model_profile
from overt.estimation.loglinear.stepwise_selection import Selection, select_by_aic, select_by_overlap
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.estimation.time_limit import Checkpoint, no_checkpoint
from overt.model.errors import UsageError

_BOOTSTRAP_MODELS = {2: 10_000, 3: 10_000, 4: 20}
"""Maximum number of models from which a bootstrap chooses, by number of lists; 100 from five lists on (Silverman, Chan and
Vincent 2024).
"""
_CHUNK_FITS = 20_000


def stepwise_p(
    table: OverlapTable,
    *,
    level: float,
    seed: int,
    interval: str | None = None,
    replicates: int | None = None,
    threshold: float | None = None,
    checkpoint: Checkpoint = no_checkpoint,
) -> Estimate:
    """Estimate from a model to which pairs are added one by one, by the p-values of their overlaps.

    A pair is added if its overlap is surprising under the current model: p below `threshold` (0.02).

    The default interval (BCa) repeats the choice in every replicate. L. Chan, B. W. Silverman and K. Vincent (2021), Multiple
    systems estimation for sparse capture data: inferential challenges when there are nonoverlapping lists, Journal of the
    American Statistical Association 116, 1297–1306.
    """
    limit = 0.02 if threshold is None else threshold
    return _stepwise("stepwise-p", table, select_by_overlap, limit, level, seed, interval or BCA, replicates, checkpoint)


def stepwise_aic(
    table: OverlapTable,
    *,
    level: float,
    seed: int,
    interval: str | None = None,
    replicates: int | None = None,
    threshold: float | None = None,
    checkpoint: Checkpoint = no_checkpoint,
) -> Estimate:
    """Estimate from a model to which pairs are added one by one if they lower AIC and are significant at `threshold` (0.05).

    K. Bales, O. Hesketh and B. Silverman (2015), Modern slavery in the UK: how many victims?, Significance 12(3), 16–21. The
    estimate is the peak of the profile likelihood, as for `main_effects`. The default interval is that of the profile likelihood.
    """
    limit = 0.05 if threshold is None else threshold
    return _stepwise("stepwise-aic", table, select_by_aic, limit, level, seed, interval or PROFILE, replicates, checkpoint)


def _stepwise(
    method: str,
    table: OverlapTable,
    select: Callable[[ModelSpace, Floats, float], Selection],
    threshold: float,
    level: float,
    seed: int,
    interval: str,
    replicates: int | None,
    checkpoint: Checkpoint,
) -> Estimate:
    space = model_space(len(table.names), 2)
    counts = table.cells()[1].astype(np.float64)
    model = select(space, counts[None], threshold)[0][0]

    def estimator(tables: Floats) -> Floats:
        models, fits = select(space, tables, threshold)
        fine = existence_codes(space, tables, models) == Code.FINE
        estimates: Floats = np.where(fine, fits.unseen + tables.sum(axis=1), np.nan)
        return estimates

    return _estimate_from_model(
        method, table, space, model, {"threshold": threshold}, level, seed, interval, replicates, estimator, checkpoint
    )


def bic(
    table: OverlapTable,
    *,
    level: float,
    seed: int,
    interval: str | None = None,
    replicates: int | None = None,
    checkpoint: Checkpoint = no_checkpoint,
) -> Estimate:
    """Estimate from the candidate model with the smallest BIC (`candidate_models`).

    S. Baillargeon and L.-P. Rivest (2007), Rcapture: loglinear models for capture–recapture in R, Journal of Statistical
    Software 19(5). The default interval is that of the profile likelihood. With the interval `bca`, each replicate chooses
    again, but only from the models that are best for the table itself: B. W. Silverman, L. Chan and K. Vincent (2024),
    Bootstrapping multiple systems estimates to account for model selection, Statistics and Computing 34, 44.
    """
    candidates = candidate_models(table)
    space = candidates.space
    best = candidates.best(candidates.bic)
    if best is None:
        model = space.label(candidates.models[0])
        return refuse("bic", "no model has an estimate", level=level, code=int(candidates.codes[0]), model=model)
    top = candidates.models[candidates.ranked()[: _BOOTSTRAP_MODELS.get(len(table.names), 100)]]
    detail: dict[str, Any] = {
        "models": candidates.scope,
        "models_tried": len(candidates.models),
        "models_drawn_from": len(top),
    }

    def estimator(tables: Floats) -> Floats:
        return _estimate_by_bic(space, top, tables)

    return _estimate_from_model(
        "bic", table, space, candidates.models[best], detail, level, seed, interval or PROFILE, replicates, estimator, checkpoint
    )


def _estimate_by_bic(space: ModelSpace, models: Mask, tables: Floats) -> Floats:
    """Return, for each table (m × cells), the estimate of the model with the smallest BIC; NaN if no model has an estimate."""
    size = max(1, _CHUNK_FITS // len(models))
    estimates = []
    for begin in range(0, len(tables), size):
        chunk = tables[begin : begin + size]
        counts, repeated_models = np.repeat(chunk, len(models), axis=0), np.tile(models, (len(chunk), 1))
        codes, support = find_supports(space, counts, repeated_models)
        fine = codes == Code.FINE
        fits = fit(space, counts[fine], repeated_models[fine], support=support.rows(fine))
        people = counts[fine].sum(axis=1)
        criterion, number = np.full((2, len(counts)), np.inf)
        criterion[fine], number[fine] = fits.bic(people), fits.unseen + people
        criterion, number = criterion.reshape(-1, len(models)), number.reshape(-1, len(models))
        chosen = number[np.arange(len(chunk)), criterion.argmin(axis=1)]
        estimates.append(np.where(np.isinf(chosen), np.nan, chosen))
    return np.concatenate(estimates)


def fixed(
    table: OverlapTable,
    *,
    level: float,
    seed: int,
    model: str | None = None,
    interval: str | None = None,
    replicates: int | None = None,
) -> Estimate:
    """Estimate from the model that the caller names: `[12,3]` by the positions of lists, or `A·B` by their names.

    S. E. Fienberg (1972), The multiple recapture census for closed populations and incomplete 2^k contingency tables, Biometrika
    59, 591–603. The default interval is that of the profile likelihood. Raises UsageError if `model` is None or is not the
    formula of a model of this table.
    """
    if model is None:
        raise UsageError(f"fixed needs a model: --model '{table.names[0]}·{table.names[1]}', or --model '[12]' by position")
    terms = parse_model(model, table.names)
    space = model_space(len(table.names), max([2, *(term.bit_count() for term in terms)]) if len(table.names) > 2 else 1)
    mask = space.model(terms)

    def estimator(tables: Floats) -> Floats:
        return _estimate_by_bic(space, mask[None], tables)

    return _estimate_from_model("fixed", table, space, mask, {}, level, seed, interval or PROFILE, replicates, estimator)


def _estimate_from_model(
    method: str,
    table: OverlapTable,
    space: ModelSpace,
    model: Mask,
    detail: dict[str, Any],
    level: float,
    seed: int,
    interval: str,
    replicates: int | None,
    estimator: Estimator,
    checkpoint: Checkpoint = no_checkpoint,
) -> Estimate:
    counts = table.cells()[1].astype(np.float64)
    label = space.label(model)
    codes, support = find_supports(space, counts[None], model[None])
    code = Code(int(codes[0]))
    detail = {**detail, "terms": space.interaction_labels(model, table.names)}
    if code != Code.FINE:
        return refuse(method, NO_ESTIMATE_REASONS[code], level=level, code=code, model=label, **detail)
    fits = fit(space, counts[None], model[None], support=support)
    unseen = float(fits.unseen[0])
    error = math.sqrt(unseen + unseen**2 * float(fits.variance(space)[0, 0]))
    detail |= {
        "se": error,
        "aic": float(fits.aic[0]),
        "bic": float(fits.bic(np.array([float(table.observed)]))[0]),
        "deviance": float(fits.deviance[0]),
        "df": len(counts) - int(fits.parameters[0]),
        "parameters": int(fits.parameters[0]),
        "minus_infinity": space.interaction_labels(fits.infinite[0], table.names),
        "edge": _describe_edge(space, model & ~fits.infinite[0], support.cells[0], table),
    }
    draws = bootstrap(counts, estimator, seed, replicates, checkpoint) if interval == BCA else None
    profile = model_profile(space, counts, support.free[0], support.cells[0], fits.beta[0])
    number = table.observed + unseen
    return estimate_with_intervals(method, table, number, error, label, profile, detail, level, interval, draws)


def _describe_edge(space: ModelSpace, model: Mask, cells: Mask, table: OverlapTable) -> dict[str, list[str]] | None:
    """Return the terms with infinite coefficients, and the combinations of lists whose cells are off the edge and thus empty.

    Return None for a maximum that is not on an edge.
    """
    unbounded = unbounded_terms(space, model, cells)
    if not unbounded.any():
        return None
    terms = [term_label(term, table.names) for term, on in zip(space.terms, unbounded, strict=True) if on]
    rows = space.patterns[~cells].tolist()
    return {
        "terms": terms,
        "empty": ["·".join(name for name, on in zip(table.names, row, strict=True) if on) for row in rows],
    }
