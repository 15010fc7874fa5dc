"""Options and arguments that editors' commands share, and a parser of entry numbers."""

from typing import Annotated

import typer

WhyOption = Annotated[str, typer.Option("--why", help="The reason, for later readers of the ledger.")]
ReasonOption = Annotated[str, typer.Option("--why", help="The reason. Readers will see it, so it names no person.")]
RecordArgument = Annotated[
    str, typer.Argument(help="A record id, a published id, or a name that only one record has.", metavar="RECORD")
]
WhoOption = Annotated[
    str,
    typer.Option("--who", help="Who decides. Not stored once editors have keys.", envvar="OVERT_WHO", show_default=False),
]
FirstArgument = Annotated[
    str, typer.Argument(help="A source's record id, a published id, or a name that only one record has.", metavar="A")
]
SecondArgument = Annotated[str, typer.Argument(metavar="B", show_default=False)]
EntriesArgument = Annotated[str, typer.Argument(help="The entry's number, or FIRST..LAST.", metavar="ID")]
FileArgument = Annotated[str, typer.Argument(help="A file of JSON lines; - for standard output or input.", metavar="FILE")]
UnsureOption = Annotated[bool, typer.Option("--unsure", help="Also ask about pairs that were judged unsure.")]


def parse_entries(text: str) -> tuple[int, int | None]:
    """Return the first and last entry of `12..40`, or 12 and None for `12`. Raises typer.BadParameter for anything else."""
    first, dots, last = text.partition("..")
    if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in ((first, last) if dots else (first,))):
        raise typer.BadParameter(
            f"{text!r} is not an entry's number; give one (12), or the first and the last (12..40)", param_hint="'ID'"
        )
    return int(first), int(last) if dots else None
