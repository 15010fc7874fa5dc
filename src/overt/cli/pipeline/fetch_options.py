"""Options of the commands that fetch files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from overt.model.errors import UsageError
from overt.model.spelling_suggestions import did_you_mean

if TYPE_CHECKING:
    from overt.model.content_catalogue import Catalogue

FromOption = Annotated[Path | None, typer.Option("--from", help="Directory with the files, at any depth.")]
ShippedOption = Annotated[
    bool, typer.Option("--shipped", help="Use the files that Overt ships, for sources that have no other files.")
]


def _day(text: str) -> str:
    from datetime import date

    from overt.archive.capture_field_checks import is_day
    from overt.archive.current_day import today

    source, equals, day = text.rpartition("=")
    if not is_day(day) or (equals and not source):
        raise typer.BadParameter(f"{text!r} is not a day; write it as 2026-11-24, or for one source as SOURCE=2026-11-24")
    latest = max(today(), date.today().isoformat())  # `today` is in UTC; the user may be a day ahead.
    if day > latest:
        raise typer.BadParameter(f"{day} is in the future (today is {latest}); give the day on which you got the files")
    return text


def _days(texts: list[str] | None) -> list[str] | None:
    return [_day(text) for text in texts] if texts else texts


RetrievedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--retrieved",
        help="Day on which you got the files, YYYY-MM-DD. SOURCE=DAY gives that of one source, and can be repeated.",
        callback=_days,
        metavar="[SOURCE=]DAY",
    ),
]


class RetrievalDays:
    """The days given by `--retrieved`.

    Raises UsageError for an unknown source, and if two different days are given for one source, or for all sources.
    """

    def __init__(self, texts: list[str] | None, content: "Catalogue") -> None:
        self._days: dict[str, str] = {}
        for text in texts or []:
            source, _, day = text.rpartition("=")
            if source and source not in content.sources:
                hint = did_you_mean(source, content.sources)
                raise UsageError(f"--retrieved {text}: there is no such source{hint} (`overt sources` lists them)")
            if self._days.setdefault(source, day) != day:
                raise UsageError(f"--retrieved {text}: {self._days[source]} is given as well; leave one out")

    def get(self, source: str) -> str | None:
        """Return the day given for this source, otherwise the day given for all sources; None if there is neither."""
        return self._days.get(source, self._days.get(""))
