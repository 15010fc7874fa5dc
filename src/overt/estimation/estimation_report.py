"""Estimates of a table by several methods, and what may be said of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

from overt.estimation.estimates import CAVEAT, ESTIMATE, LOWER_BOUND, REFUSED, Estimate
from overt.estimation.loglinear.model_formula import unnamed
from overt.estimation.methods import FLAGS, METHODS, find_method
from overt.estimation.model_sweep import Sweep, sweep
from overt.estimation.overlap_tables.csv_tables import read_lists
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.estimation.overlap_tables.table_notes import notes, only_some
from overt.estimation.publication_gate import apart, gate, table_reason
from overt.model.errors import UsageError


@dataclass(frozen=True, eq=False)
class Report:
    """Estimates of one table: `estimates`, one for each method asked for, and `sweep`, how far they move with models and lists.

    `verdict`, `low`, `high` and `reason` are what may be published of the table: the range over near-best models, never one
    number. `notes`: what in the table keeps it from telling much, and which options some of the methods alone took.
    """

    lists: Lists
    estimates: tuple[Estimate, ...]
    sweep: Sweep | None
    verdict: str
    low: float | None
    high: float | None
    reason: str
    notes: tuple[str, ...] = ()
    caveat: str = CAVEAT

    def __getitem__(self, name: str) -> Estimate:
        for one in self.estimates:
            if one.method == name:
                return one
        raise KeyError(name)

    def as_dict(self) -> dict[str, Any]:
        """As `overt estimate --json` prints it."""
        return {
            "lists": list(self.lists.names),
            "observed": self.lists.observed,
            "verdict": self.verdict,
            "low": self.low,
            "high": self.high,
            "reason": self.reason,
            "estimates": [one.as_dict() for one in self.estimates],
            "sweep": self.sweep.as_dict() if self.sweep else None,
            "notes": list(self.notes),
            "caveat": self.caveat,
        }


def estimate(
    table: "str | PathLike[str] | Lists",
    method: str = "all",
    *,
    level: float = 0.95,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
    **options: object,
) -> Report:
    """Estimate how many there are, those on no list included, and say how far that can be trusted.

    `table` is a CSV file or `Lists`; `method` one of `overt.estimation.methods.METHODS`, or `all`; `level` is that of the
    intervals. Further options go to the methods that take them: `pair` (two lists, for chapman), `model` (for fixed),
    `interval` (profile, log-normal or bca), `replicates` (of a bootstrap), `threshold` (of stepwise methods). `progress` is told
    the name of what is worked on. Raises UsageError for what cannot be used.
    """
    if not 0.5 <= level <= 0.9999:
        raise UsageError(f"a level of {level} makes no interval that means anything; it lies from 0.5 to 0.9999, such as 0.95")
    lists = table if isinstance(table, Lists) else read_lists(Path(table))
    given = {key: value for key, value in options.items() if value is not None}
    _check(method, given)
    named = unnamed(str(given["model"]), lists.names) if "model" in given else []
    tell = progress or (lambda _: None)
    tell("models")
    swept = sweep(lists, level, progress=tell)
    names = [name for name in METHODS if METHODS[name].always] if method == "all" else [method]
    raw = []
    for name in names:
        tell(name)
        raw.append(_run(name, lists, level, seed, given, alone=method != "all"))
    bound = next((one for one in raw if one.method == "chao-mth"), None) or _run("chao-mth", lists, level, seed, {}, alone=False)
    report = _judged(lists, tuple(gate(one, lists, swept) for one in raw), swept, gate(bound, lists, swept))
    return replace(report, notes=(*notes(lists), *named, *(only_some(names, given) if len(names) > 1 else [])))


def _check(method: str, given: dict[str, Any]) -> None:
    """Raises UsageError for an option that the method does not take, and for values that mean nothing."""
    every = [held for held in METHODS.values() if held.always] if method == "all" else [find_method(method)]
    taken = sorted({option for held in every for option in held.options})
    for option in given:
        if option not in taken:
            raise UsageError(f"{method} takes no {FLAGS.get(option, option)} (it takes {', '.join(taken) or 'no option'})")
    if given.get("replicates", 1) < 1 or not 0 <= given.get("threshold", 0) <= 1:
        raise UsageError("replicates are 1 or more, and a threshold lies between 0 and 1")


def _run(name: str, lists: Lists, level: float, seed: int, options: dict[str, Any], *, alone: bool) -> Estimate:
    """One method; among others it answers with a refusal where alone it would raise what is wrong with the table."""
    chosen = find_method(name)
    try:
        return chosen(lists, level=level, seed=seed, **options)
    except UsageError as error:
        if alone:
            raise
        return Estimate(name, None, None, None, level, "", 0, REFUSED, str(error))


def _judged(lists: Lists, estimates: tuple[Estimate, ...], swept: Sweep | None, bound: Estimate) -> Report:
    """What may be said of the table as a whole: the range over models, else of three lists or more the bound, else nothing."""
    known = any(one.estimate is not None for one in estimates)
    if swept and swept.low is not None and swept.high is not None and known and not table_reason(lists, swept):
        return Report(lists, estimates, swept, ESTIMATE, swept.low, swept.high, swept.words() + _contradicted(estimates, swept))
    reason = table_reason(lists, swept) or next((one.reason for one in estimates if one.reason), "no method has an estimate")
    if bound.low is None or bound.verdict != LOWER_BOUND:
        return Report(lists, estimates, swept, REFUSED, None, None, reason)
    return Report(lists, estimates, swept, LOWER_BOUND, bound.low, None, f"{reason}; by chao-mth, {bound.reason}")


def _contradicted(estimates: tuple[Estimate, ...], swept: Sweep) -> str:
    """What methods of another kind say whose intervals lie apart from the range over models; those that fit badly say nothing."""
    said = [
        f"{one.method} lies wholly {side} that ({one.low:,.0f} to {one.high:,.0f})"
        for one in estimates
        if one.method in _OTHERS and (side := apart(one, swept))
    ]
    return f"; but {', and '.join(said)}" if said else ""


_OTHERS = ("dga", "lcmcr")
"""Methods that are no log-linear model of the sweep, and mean to say how many there are."""
