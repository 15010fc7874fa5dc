"""`overt estimate`."""

import math
from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import JsonOption, print_json
from overt.cli.messages import messages
from overt.estimation.estimates import ESTIMATE, LOWER_BOUND, Estimate
from overt.estimation.estimation_report import Report, estimate
from overt.estimation.methods import METHODS
from overt.estimation.overlap_tables.csv_tables import read_overlap_table
from overt.model.errors import format_count

_MANY = 5
"""Lists from which on models take long enough that a reader wants to know what is done."""


def estimates(
    table: Annotated[Path, typer.Argument(help="CSV: one column of 0/1 for each list, and a last column `count`.")],
    method: Annotated[str, typer.Option(help=f"One of {', '.join(METHODS)}, or all (of which fixed is none).")] = "all",
    model: Annotated[
        str | None, typer.Option(help="The model that fixed fits: [12,3] by places, or A·B by names (also A:B).")
    ] = None,
    lists: Annotated[str | None, typer.Option(help="The two lists that chapman takes, as A,B.", metavar="A,B")] = None,
    interval: Annotated[
        str | None, typer.Option(help="Of log-linear models: profile, log-normal or bca.", show_default="as fits the method")
    ] = None,
    replicates: Annotated[
        int | None,
        typer.Option(min=100, max=1_000_000, help="Tables that bca draws.", show_default="10000; 1000 from nine lists on"),
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Where stepwise methods end.", show_default="aic 0.05, p 0.02")
    ] = None,
    level: Annotated[float, typer.Option(help="Level of the intervals.")] = 0.95,
    seed: Annotated[int, typer.Option(min=0, help="Where random numbers start: equal seeds give equal output.")] = 0,
    json: JsonOption = False,
) -> None:
    """Estimate how many there are, those on no list included, from who stands on which of several lists."""
    pair = [name.strip() for name in lists.split(",")] if lists is not None else None
    chosen = "fixed" if model is not None and method == "all" else method
    held = read_overlap_table(table)
    report = estimate(
        held,
        chosen,
        level=level,
        seed=seed,
        progress=_tell if chosen == "all" or len(held.names) >= _MANY else None,
        pair=pair,
        model=model,
        interval=interval,
        replicates=replicates,
        threshold=threshold,
    )
    if json:
        print_json(report.as_dict())
    else:
        _print(report)


def _tell(what: str) -> None:
    messages.print(f"estimating: {what} …")


def _print(report: Report) -> None:
    print(
        f"{report.table.observed:,} observed on {format_count(len(report.table.names), 'list')}: {', '.join(report.table.names)}"
    )
    print(f"{report.verdict}: {_headline(report)}")
    print(f"  {report.reason}")
    for note in report.notes:
        print(f"  {note}")
    print(f"  {report.caveat}")
    print()
    rows = [("method", "estimate", "low", "high", "level", "code", "verdict", "model"), *map(_row, report.estimates)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if 1 <= at <= 5 else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
    print()
    for one in report.estimates:
        if one.reason and one.reason != report.reason:
            print(f"{one.method}: {one.reason}")


def _headline(report: Report) -> str:
    """What may be published, with its level: the whole interval is over models, and belongs to none of them."""
    low, high = (_number(end, whole_from=100) for end in (report.low, report.high))
    level = f"{100 * report.estimates[0].level:.4g} %"
    if report.verdict == LOWER_BOUND:
        return f"{level}: at least {low}"
    if report.verdict != ESTIMATE or report.sweep is None:
        return "no number"
    models = len(report.sweep.candidates.near_best())
    over = f"over {models:,} models" if models > 1 else "by one model"
    return f"{level}: between {low} and {high}, {over}"


def _row(one: Estimate) -> tuple[str, ...]:
    numbers = _number(one.estimate), _number(one.low), _number(one.high)
    return one.method, *numbers, f"{one.level:.4g}", str(int(one.code)), one.verdict, one.model or "–"


def _number(value: float | None, whole_from: float = math.inf) -> str:
    return "–" if value is None else f"{value:,.{0 if value >= whole_from else 1}f}"
