"""`overt resolve`."""

from typing import Annotated

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, writing
from overt.cli.judging.question_table import plain
from overt.cli.messages import messages
from overt.cli.words import records_are
from overt.model.errors import format_count
from overt.resolve.linkage.candidate_pairs import DUCKDB
from overt.resolve.review.conflicts import Standing
from overt.resolve.review.refused_joins import path_in_words, refused_joins
from overt.resolve.step import run_resolve

MOST_SHOWN = 10
"""Refused joins that are told; the rest is counted."""


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
        refused, people = refused_joins(atlas.resolved), Standing(ledger.judgements())
    if json:
        print_json({**counts, "contradictions": refused})
    else:
        print(f"{records_are(counts['records'], counts['clusters'])} ({format_count(counts['edges'], 'join')})")
        if counts["unchanged"]:
            messages.print("nothing has changed since it was made, so nothing was linked again")
        if refused:
            said = (
                "1 join was refused as a contradiction"
                if len(refused) == 1
                else f"{len(refused):,} joins were refused as contradictions"
            )
            messages.print(f"{said}; `overt judge list` shows all:")
        for row in refused[:MOST_SHOWN]:
            messages.print(f"  {plain(path_in_words(row, people), 2_000)}")
