"""`overt measure`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common_options import JsonOption
from overt.model.errors import UsageError


def measure(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files or folders of measurements in OONI's format (JSON, JSON lines, YAML reports, tar; compressed or not), "
            "or - for standard input.",
            metavar="FILE|DIR|-",
        ),
    ],
    fingerprints: Annotated[
        Path | None,
        typer.Option(
            help="A folder with OONI's lists of block pages (fingerprints_dns.csv, fingerprints_http.csv).", metavar="DIR"
        ),
    ] = None,
    json: JsonOption = False,
    aggregate: Annotated[
        bool, typer.Option("--aggregate", help="Count by country, network, name and day, over vantage points.")
    ] = False,
    by_country: Annotated[
        bool, typer.Option("--by-country", help="With --aggregate: count all networks of a country together.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="With --aggregate: print CSV.")] = False,
    spark: Annotated[
        str | None, typer.Option(help="Judge on Spark (extra `spark`): local[*] or spark://HOST:PORT.", metavar="MASTER")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, max=512, help="Number of processes.", show_default="one; all cores for 64 MB or more")
    ] = None,
) -> None:
    """Judge network measurements: blocked, down, ok or insufficient.

    Reads published measurements and says how each name was blocked, and by which rule. A measurement that proves neither
    blocked, down nor ok is insufficient.
    """
    if (as_csv or by_country) and not aggregate:
        raise UsageError(f"{'--csv' if as_csv else '--by-country'} goes with --aggregate")
    if as_csv and json:
        raise UsageError("--csv and --json: choose one")
    if spark is not None and not spark.strip():
        raise UsageError("--spark: the address of Spark is empty; write local[*] or spark://HOST:PORT")
    if spark is not None and jobs is not None:
        raise UsageError("--spark and --jobs: choose one")
    from overt.cli.reports.measurement_verdicts import judge_and_print

    judge_and_print(
        inputs, fingerprints, json=json, aggregate=aggregate, by_country=by_country, as_csv=as_csv, spark=spark, jobs=jobs
    )
