"""`overt witness`."""

from typing import Annotated

import typer

from overt.cli.atlas_access import reading
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.json_output import print_json


def witness(
    timestamp: Annotated[
        bool, typer.Option("--timestamp", help="Add a timestamp of the RFC 3161 service that overt.toml names.")
    ] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print the last hashes of an atlas, to store elsewhere.

    They are those of its three chains: of the archive, of the ledger, and of the history of releases. `overt verify --witness
    FILE` then finds whether the atlas was rolled back or rewritten since. Prints JSON with and without --json; it names no
    editor.
    """
    from overt.release.history.atlas_witness import take_witness
    from overt.release.history.witness_timestamp import add_timestamp

    atlas, archive, ledger = reading(workspace)
    taken = take_witness(atlas, archive, ledger)
    print_json((add_timestamp(taken, atlas) if timestamp else taken).as_dict())
