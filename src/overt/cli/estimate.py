"""`overt estimate`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import JsonOption, print_json
from overt.estimation.methods import METHODS
from overt.estimation.report import CAVEAT, estimate


def estimates(
    table: Annotated[Path, typer.Argument(help="CSV: one column of 0/1 for each list, and a last column `count`.")],
    method: Annotated[str, typer.Option(help=f"One of {', '.join(METHODS)}, or all.")] = "all",
    lists: Annotated[str | None, typer.Option(help="The two lists that chapman takes, as A,B.", metavar="A,B")] = None,
    level: Annotated[float, typer.Option(help="Level of the intervals.")] = 0.95,
    seed: Annotated[int, typer.Option(help="Where random numbers start: equal seeds give equal output.")] = 0,
    json: JsonOption = False,
) -> None:
    """Estimate how many there are, those on no list included, from who stands on which of several lists."""
    pair = [name.strip() for name in lists.split(",")] if lists is not None else None
    report = estimate(table, method, level=level, seed=seed, pair=pair)
    if json:
        print_json(report.as_dict())
        return
    print(f"{report.lists.observed:,} observed on {len(report.lists.names)} lists: {', '.join(report.lists.names)}")
    for one in report.estimates:
        low, number, high = (f"{value:,.1f}" if value is not None else "–" for value in (one.low, one.estimate, one.high))
        interval = f"{number} [{low}, {high}] at {one.level:.0%}"
        print(f"{one.method:<14} {interval}  model {one.model or '–'}  code {one.code:d}  {one.verdict}")
        if one.reason:
            print(f"  {one.reason}")
    print(CAVEAT)
