"""`overt claim`."""

from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_record_types
from overt.cli.editor_entries.entry_options import WhoOption, WhyOption

app = typer.Typer(help="Add claims by hand, each with its document; list them.", no_args_is_help=True)


@app.command("add")
def add(
    record: Annotated[
        str,
        typer.Argument(help="A record id, a published id, a name that only one record has, or editorial:NAME for a new record."),
    ],
    record_type: Annotated[
        str,
        typer.Argument(
            help="Type of the record, as in docs/data-dictionary.md.", metavar="TYPE", autocompletion=complete_record_types
        ),
    ],
    name: Annotated[str, typer.Argument(help="The property.", metavar="PROPERTY")],
    value: Annotated[str, typer.Argument(help="The value.")],
    title: Annotated[str, typer.Option("--document", help="Title of the document that says so.")],
    place: Annotated[str, typer.Option("--place", help="Place in the document: page, section, table row.")],
    why: WhyOption,
    who: WhoOption = "",
    url: Annotated[str | None, typer.Option("--url", help="The document's address.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Unit of the value, as in USD or USD@2021.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the value (BCP 47), as in zh.")] = None,
    valid_from: Annotated[str | None, typer.Option("--from", help="The date from which it is true (EDTF).")] = None,
    valid_to: Annotated[str | None, typer.Option("--to", help="The date until which it is true (EDTF).")] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Add a claim by hand."""
    from overt.cli.editor_entries.added_and_retracted_claims import NewClaim, add_claim

    claim = NewClaim(record, record_type, name, value, title, place, url, unit, lang, valid_from, valid_to)
    add_claim(workspace, claim, why, who, json=json)


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Also claims and retractions that were taken back.")] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """List added claims, retractions, corrections and withholdings."""
    from overt.cli.editor_entries.editorial_entry_list import print_claims

    print_claims(workspace, every=every, json=json)
