"""`overt estimate`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common_options import JsonOption
from overt.cli.json_output import print_json

METHOD_NAMES = (
    "independence", "main-effects", "stepwise-aic", "stepwise-p", "bic", "fixed", "chapman", "chao", "chao-mth", "dga", "lcmcr",
)  # fmt: skip
"""Names of the methods: the keys of `overt.estimation.methods.METHODS`, repeated here so that completion needn't import it."""
_LIMIT = 60.0
"""Default time limit in seconds, for a run of all methods."""
_MANY = 5
"""Minimum number of lists for which a single method shows its progress, because it may take long."""


def _complete_methods(incomplete: str) -> list[str]:
    return [name for name in (*METHOD_NAMES, "all") if name.startswith(incomplete)]


def estimates(
    table: Annotated[Path, typer.Argument(help="CSV: one column of 0/1 for each list, and a last column `count`.")],
    method: Annotated[
        str, typer.Option(help=f"One of {', '.join(METHOD_NAMES)}, or all (all but fixed).", autocompletion=_complete_methods)
    ] = "all",
    model: Annotated[
        str | None,
        typer.Option(help="The model that fixed fits: [12,3] by positions of lists, or A·B by their names (also A:B)."),
    ] = None,
    lists: Annotated[str | None, typer.Option(help="The two lists that chapman uses, as A,B.", metavar="A,B")] = None,
    interval: Annotated[
        str | None,
        typer.Option(
            help="Kind of interval for log-linear models: profile, log-normal or bca.", show_default="as fits the method"
        ),
    ] = None,
    replicates: Annotated[
        int | None,
        typer.Option(
            min=100, max=1_000_000, help="Number of tables that bca draws.", show_default="10000; 1000 from nine lists on"
        ),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, help="P-value at which stepwise methods stop adding pairs of lists.", show_default="aic 0.05, p 0.02"
        ),
    ] = None,
    level: Annotated[float, typer.Option(help="Level of the intervals.")] = 0.95,
    limit: Annotated[
        float | None,
        typer.Option(
            min=0,
            help="Leave out methods that are not done after this many seconds; 0: no limit.",
            show_default="60 with all, otherwise none",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random numbers: equal seeds give equal output.")] = 0,
    json: JsonOption = False,
) -> None:
    """Estimate a total from lists that overlap.

    The total includes the people on no list. Overt computes it by capture-recapture, from which people are on which lists.
    """
    from overt.cli.reports.estimate_table import print_progress, print_report
    from overt.estimation.estimates_by_several_methods import estimate
    from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table

    pair = [name.strip() for name in lists.split(",")] if lists is not None else None
    chosen = "fixed" if model is not None and method == "all" else method
    overlaps = read_overlap_table(table)
    report = estimate(
        overlaps,
        chosen,
        level=level,
        seed=seed,
        progress=print_progress if chosen == "all" or len(overlaps.names) >= _MANY else None,
        limit=(_LIMIT if chosen == "all" else None) if limit is None else limit or None,
        pair=pair,
        model=model,
        interval=interval,
        replicates=replicates,
        threshold=threshold,
    )
    if json:
        print_json(report.as_dict())
    else:
        print_report(report)
