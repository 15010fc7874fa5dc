"""`overt fetch`."""

from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from overt.cli.atlas_access import writing
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_sources
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import progress_bar
from overt.cli.pipeline.fetch_options import RetrievalDays, RetrievedOption, ShippedOption
from overt.cli.pipeline.snapshot_choice_messages import print_choices
from overt.model.errors import UsageError


def fetch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Sources to fetch; without any, all.", metavar="[SOURCE …]", autocompletion=complete_sources),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            "--from", help="Directory with the files, at any depth, or the http(s) address of one file.", metavar="PATH"
        ),
    ] = None,
    file_name: Annotated[
        str | None,
        typer.Option(
            "--as",
            help="With --from ADDRESS: the file’s name, if the address doesn't end in one, as for a published spreadsheet.",
            metavar="NAME",
        ),
    ] = None,
    shipped: ShippedOption = False,
    retrieved: RetrievedOption = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Fetch the files of sources into the archive.

    They are downloaded from an address, copied from a directory, or taken from what Overt ships.
    """
    from overt.archive.capture_field_checks import is_file_name
    from overt.cli.pipeline.source_fetch import fetch_address, fetch_all

    with writing(workspace) as (atlas, archive, ledger), progress_bar() as bar:
        choices = ledger.source_choices()
        days = RetrievalDays(retrieved, atlas.content)
        from_address = bool(place and place.startswith(("http://", "https://")))
        if file_name is not None and not from_address:
            raise UsageError("--as needs --from ADDRESS: it names the file that is fetched from there")
        if file_name is not None and not (is_file_name(file_name) and PurePosixPath(file_name).name == file_name):
            raise UsageError(f"--as {file_name}: is not the name of a file")
        if place and from_address:
            if shipped:
                raise UsageError("--shipped uses files that Overt ships, --from ADDRESS downloads one; use one of them")
            results = [fetch_address(atlas, archive, sources or [], place, days, bar, file_name=file_name)]
        else:
            results = fetch_all(
                atlas, archive, sources or [], Path(place) if place else None, days, choices, bar, shipped=shipped
            )
        print_choices(archive, choices, {result.source for result in results if result.snapshot})
    if json:
        print_json([result._asdict() for result in results])
