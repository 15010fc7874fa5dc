"""`overt source`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_sources
from overt.cli.editor_entries.entry_options import WhoOption, WhyOption

app = typer.Typer(
    help="Describe a new source; choose which files of one count.\n\nThe newest files in the archive count, until you choose"
    " others. Each choice is an entry of the ledger, which `overt judge undo` takes back.",
    no_args_is_help=True,
)


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="A table: CSV, XLSX, ODS, JSON, JSON Lines or Parquet.", metavar="FILE")],
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the source, as in park_cameras.", show_default="from the file's name")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="Sheet of a workbook.", show_default="the first one with a table")
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Propose a source.yml for a file, with a mapping.

    It shows the columns of the file with samples, and writes sources/NAME/source.yml into the atlas, with comments on what to
    check. It changes nothing that exists, and archives nothing.
    """
    from overt.cli.pipeline.new_source import new_source

    new_source(workspace, file, name, sheet, json=json)


@app.command()
def use(
    first: Annotated[
        str,
        typer.Argument(
            help="A snapshot's id, or the beginning of it or of its hash; or its source, with the snapshot after it.",
            metavar="[SOURCE] SNAPSHOT",
        ),
    ],
    why: WhyOption,
    who: WhoOption = "",
    second: Annotated[str, typer.Argument(metavar="", show_default=False)] = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Choose the snapshot of a source that counts.

    It stays chosen whatever is fetched later, until you choose another or take the choice back. Snapshots that were archived
    after it don't count.
    """
    from overt.cli.pipeline.snapshot_choice_and_source_removal import use_snapshot

    use_snapshot(workspace, first, second, why, who, json=json)


@app.command()
def remove(
    source: Annotated[str, typer.Argument(help="The source.", metavar="SOURCE", autocompletion=complete_sources)],
    why: WhyOption,
    who: WhoOption = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Leave a source out.

    Its claims are in no later release. The archive keeps its files, and earlier releases stay as they are.
    """
    from overt.cli.pipeline.snapshot_choice_and_source_removal import remove_source

    remove_source(workspace, source, why, who, json=json)
