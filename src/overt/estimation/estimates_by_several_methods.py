"""Estimation reports: estimates of one table by several methods, and what may be published: a range, a lower bound or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

from overt.estimation.estimate_result_and_verdicts import CAVEAT, ESTIMATE, LOWER_BOUND, REFUSED, Estimate, refuse
from overt.estimation.loglinear.model_formula import formula_notes
from overt.estimation.methods import FLAGS, METHODS, find_method
from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.estimation.overlap_tables.table_and_option_notes import option_notes, table_notes
from overt.estimation.publication_gate import apply_gate, side_of_range, unpublishable_reason
from overt.estimation.sweep_over_models_and_left_out_lists import Sweep, sweep_models
from overt.estimation.time_limit import Checkpoint, TimeLimit, TimeLimitReached, no_checkpoint
from overt.model.errors import UsageError

_INDEPENDENT_METHODS = ("dga", "lcmcr")
"""Methods that estimate the number of people without the log-linear models that the sweep compares."""


@dataclass(frozen=True, eq=False)
class Report:
    """Estimates of one table, and what may be published: a range over near-best models, a lower bound or nothing, but never one
    number.
    """

    table: OverlapTable
    estimates: tuple[Estimate, ...]
    """The estimate of each requested method."""
    sweep: Sweep | None
    """How the number varies from model to model and when a list is left out; None for 2 lists, or more than `MAX_CELLS`."""
    verdict: str
    low: float | None
    high: float | None
    """`low` and `high` are the ends of the range. A lower bound has only `low`; a refused report has neither."""
    reason: str
    notes: tuple[str, ...] = ()
    """Notes on methods left out, on the limits of the table, on the formula of a model, and on options that only some methods
    use.
    """
    caveat: str = CAVEAT

    def __getitem__(self, name: str) -> Estimate:
        for estimate in self.estimates:
            if estimate.method == name:
                return estimate
        raise KeyError(name)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data, as in `overt estimate --json`."""
        return {
            "lists": list(self.table.names),
            "observed": self.table.observed,
            "verdict": self.verdict,
            "low": self.low,
            "high": self.high,
            "reason": self.reason,
            "estimates": [estimate.as_dict() for estimate in self.estimates],
            "sweep": self.sweep.as_dict() if self.sweep else None,
            "notes": list(self.notes),
            "caveat": self.caveat,
        }


def estimate(
    table: "str | PathLike[str] | OverlapTable",
    method: str = "all",
    *,
    level: float = 0.95,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
    limit: float | None = None,
    **options: object,
) -> Report:
    """Estimate how many people there are, including those on no list, and how far the estimate can be trusted.

    `table` is a CSV file or an `OverlapTable`. `method` is one of `overt.estimation.methods.METHODS`, or `all`. `level` is the
    level of the intervals, from 0.5 to 0.9999. Equal `seed`s give equal numbers. `progress` receives the name of each step and
    the progress of long steps. Other options go to the methods that use them: `pair` (two lists, for chapman), `model` (for
    fixed), `interval` (profile, log-normal or bca), `replicates` (of a bootstrap), `threshold` (of stepwise methods), `delta`
    and `prior` (of dga).

    `limit` is a time limit in seconds; None for no limit. Methods that can take minutes are left out, with a note, if they are
    not done by then. The limit never changes a number. The sweep uses up part of this time but is never left out, because
    nothing can be published without it.

    Raises UsageError for an unknown method, and for a table, level or option that cannot be used. With `all`, a method that
    raises UsageError is refused instead.
    """
    if not 0.5 <= level <= 0.9999:
        raise UsageError(f"a level of {level} makes no meaningful interval; give one from 0.5 to 0.9999, such as 0.95")
    overlap_table = table if isinstance(table, OverlapTable) else read_overlap_table(Path(table))
    set_options = {name: value for name, value in options.items() if value is not None}
    _check_options(method, set_options)
    model_notes = formula_notes(str(set_options["model"]), overlap_table.names) if "model" in set_options else []
    report_progress = progress or (lambda _: None)
    time_limit = TimeLimit(limit, report_progress)
    report_progress("models")
    sweep = sweep_models(overlap_table, level, progress=report_progress)
    names = [name for name in METHODS if METHODS[name].in_all] if method == "all" else [method]
    results: dict[str, Estimate] = {}
    for name in sorted(names, key=lambda name: METHODS[name].long):  # Methods that could use up the time run last.
        report_progress(name)
        try:
            checkpoint = time_limit.checkpoint(name)
            results[name] = _run(name, overlap_table, level, seed, set_options, raises=method != "all", checkpoint=checkpoint)
        except TimeLimitReached:
            results[name] = refuse(name, f"left out: not done after {limit:g} seconds", level=level, left_out=True)
    bound = results.get("chao-mth") or _run("chao-mth", overlap_table, level, seed, {}, raises=False)
    estimates = tuple(apply_gate(results[name], overlap_table, sweep) for name in names)
    report = _conclude(overlap_table, estimates, sweep, apply_gate(bound, overlap_table, sweep))
    ignored = option_notes(names, set_options) if len(names) > 1 else []
    missing = [name for name, result in results.items() if result.detail.get("left_out")]
    left_out = [_left_out_note(missing, limit)] if missing else []
    return replace(report, notes=(*left_out, *table_notes(overlap_table), *model_notes, *ignored))


def _left_out_note(methods: list[str], limit: float | None) -> str:
    """Return a note about methods that took too long."""
    were, each = ("was", "it") if len(methods) == 1 else ("were", "each")
    return (
        f"{' and '.join(methods)} {were} left out: not done after {limit:g} seconds. Run {each} without a limit by --method "
        f"{methods[0]}, or allow more by --limit (0: no limit)"
    )


def _check_options(method: str, options: dict[str, Any]) -> None:
    """Raise UsageError for an unknown method, an option that the method doesn't have, or a value out of range."""
    methods = [entry for entry in METHODS.values() if entry.in_all] if method == "all" else [find_method(method)]
    allowed = sorted({option for entry in methods for option in entry.options})
    for option in options:
        if option not in allowed:
            raise UsageError(f"{method} takes no {FLAGS.get(option, option)} (it takes {', '.join(allowed) or 'no option'})")
    if options.get("replicates", 1) < 1 or not 0 <= options.get("threshold", 0) <= 1:
        raise UsageError("replicates must be 1 or more, and a threshold between 0 and 1")


def _run(
    name: str,
    table: OverlapTable,
    level: float,
    seed: int,
    options: dict[str, Any],
    *,
    raises: bool,
    checkpoint: Checkpoint = no_checkpoint,
) -> Estimate:
    """Run one method. Unless `raises` is true, a UsageError becomes a refused estimate."""
    method = find_method(name)
    try:
        return method(table, level=level, seed=seed, checkpoint=checkpoint, **options)
    except UsageError as error:
        if raises:
            raise
        return Estimate(name, None, None, None, level, "", 0, REFUSED, str(error))


def _conclude(table: OverlapTable, estimates: tuple[Estimate, ...], sweep: Sweep | None, bound: Estimate) -> Report:
    """Return the report: with the range over models if there is one, otherwise with the lower bound, otherwise without a number.

    A range or bound counts only if it may be published.
    """
    known = any(estimate.estimate is not None for estimate in estimates)
    if sweep and sweep.low is not None and sweep.high is not None and known and not unpublishable_reason(table, sweep):
        reason = sweep.sentence() + _contradictions(estimates, sweep)
        return Report(table, estimates, sweep, ESTIMATE, sweep.low, sweep.high, reason)
    reasons = (estimate.reason for estimate in estimates if estimate.reason)
    reason = unpublishable_reason(table, sweep) or next(reasons, "no method has an estimate")
    if bound.low is None or bound.verdict != LOWER_BOUND:
        return Report(table, estimates, sweep, REFUSED, None, None, reason)
    return Report(table, estimates, sweep, LOWER_BOUND, bound.low, None, f"{reason}; by chao-mth, {bound.reason}")


def _contradictions(estimates: tuple[Estimate, ...], sweep: Sweep) -> str:
    """Return a clause about independent methods whose intervals lie outside the range over models; empty if there are none."""
    contradictions = [
        f"{estimate.method} lies wholly {side} that ({estimate.low:,.0f} to {estimate.high:,.0f})"
        for estimate in estimates
        if estimate.method in _INDEPENDENT_METHODS and (side := side_of_range(estimate, sweep))
    ]
    return f"; but {', and '.join(contradictions)}" if contradictions else ""
