"""`overt resolve`."""

from typing import Annotated

import typer

from overt.cli.atlas_access import writing
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages

MAX_JOINS = 10
"""Maximum number of refused joins that are printed; --json prints all."""


def resolve(
    engine: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="What compares organisations: duckdb, or a Spark master (local[*], spark://HOST:PORT)."
        ),
    ] = "duckdb",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Decide which source records are the same entity.

    People's judgements always beat the machine's.
    """
    from overt.cli.text_truncation_and_sizes import plain, records_are
    from overt.model.errors import format_count
    from overt.resolve.review.conflicts import JudgementGraph
    from overt.resolve.review.refused_joins import describe_path, read_refused_joins
    from overt.resolve.workspace_resolution import run_resolve

    with writing(workspace) as (atlas, archive, ledger):
        counts = run_resolve(atlas, archive, ledger, engine=engine)
        refused, people = read_refused_joins(atlas.resolved), JudgementGraph(ledger.judgements())
    if json:
        print_json({**counts, "contradictions": refused})
    else:
        print(f"{records_are(counts['records'], counts['clusters'])} ({format_count(counts['edges'], 'join')})")
        if counts["unchanged"]:
            messages.print("nothing has changed since it was made, so nothing was linked again")
        if refused:
            count = "1 join was refused as a contradiction"
            if len(refused) > 1:
                count = f"{len(refused):,} joins were refused as contradictions"
            messages.print(f"{count}; `overt judge list` shows all:")
        for join in refused[:MAX_JOINS]:
            messages.print(f"  {plain(describe_path(join, people), 2_000)}")
