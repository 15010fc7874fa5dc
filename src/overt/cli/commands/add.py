"""`overt add`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_record_types
from overt.cli.editor_entries.entry_options import WhoOption
from overt.model.errors import UsageError


def add(
    file: Annotated[
        Path | None, typer.Argument(help="Entries in YAML, or a table with an entry in each row.", metavar="FILE")
    ] = None,
    template: Annotated[
        str | None,
        typer.Option("--template", help="Print an example of an entry.", metavar="TYPE", autocompletion=complete_record_types),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the entries and print what they add, but add nothing.")
    ] = False,
    why: Annotated[str, typer.Option("--why", help="The reason, for later readers of the ledger.", show_default=False)] = "",
    who: WhoOption = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Add complete records by hand, each with its documents.

    A project comes with its roles, places and money in one entry. Organisations are given by name; a name that no record has
    makes a new organisation, and similar names are listed. All entries are checked first. If any of them has a problem, none is
    added.
    """
    from overt.cli.editor_entries.added_records import add_records, print_template

    if template is not None:
        print_template(workspace, template)
    elif file is None:
        raise UsageError("name a file with entries; `overt add --template project` prints an example")
    else:
        add_records(workspace, file, why, who, dry_run=dry_run, json=json)
