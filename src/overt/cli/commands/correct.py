"""`overt correct`."""

from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.editor_entries.entry_options import ReasonOption, RecordArgument, WhoOption


def correct(
    record: RecordArgument,
    name: Annotated[
        str | None, typer.Argument(help="The property; without it, the record as a whole is taken back.", metavar="PROPERTY")
    ] = None,
    value: Annotated[
        str | None, typer.Argument(help="The right value; without it, the wrong one is only taken back.", metavar="VALUE")
    ] = None,
    why: ReasonOption = "",
    was: Annotated[
        str | None, typer.Option("--was", help="The value that is wrong, if the property has several.", metavar="VALUE")
    ] = None,
    title: Annotated[str | None, typer.Option("--document", help="Title of the document that shows what is right.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Place in the document: page, section, table row.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="The document's address.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Unit of the value, as in USD or USD@2021.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the value (BCP 47), as in zh.")] = None,
    who: WhoOption = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Correct a published record, with a reason that readers see.

    What was wrong is taken back and stays in the release, struck through. The page of corrections lists it, with what is right.
    """
    from overt.cli.editor_entries.corrections_and_withholding import NewValue
    from overt.cli.editor_entries.corrections_and_withholding import correct as correct_record

    correct_record(workspace, NewValue(record, name, value, was, title, place, url, unit, lang), why, who, json=json)
