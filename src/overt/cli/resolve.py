"""`overt resolve`."""

from typing import Annotated

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, writing
from overt.resolve.linkage.score import DUCKDB
from overt.resolve.step import run_resolve


def resolve(
    engine: Annotated[
        str,
        typer.Option(metavar="NAME", help="What links organisations: duckdb, or a Spark master (local[*], spark://HOST:PORT)."),
    ] = DUCKDB,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Decide which source records are the same thing; people's judgements always beat the machine's."""
    with writing(workspace) as (atlas, archive, ledger):
        counts = run_resolve(atlas, archive, ledger, engine=engine)
    if json:
        print_json(counts)
    else:
        print(f"{counts['records']:,} records are {counts['clusters']:,} things ({counts['edges']:,} joins)")
        if counts["unchanged"]:
            messages.print("nothing has changed since it was made, so nothing was linked again")
        if counts["refused"]:
            messages.print(f"{counts['refused']:,} joins were refused as contradictions; `overt judge list` shows them")
