"""The option `--as-of`: the state of the world at a date."""

from pathlib import Path
from typing import Annotated

import typer

from overt.model.errors import UsageError

AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="Show the state at a date (2018, 2018-05 or 2018-05-17): only what was in place then; plans don't count.",
        metavar="DATE",
        show_default=False,
    ),
]


def as_of_date(text: str, release: Path) -> str:
    """Check the value of `--as-of`, and return it as an EDTF date. `release`: the folder of the release.

    Raises UsageError for anything but a day, month or year, and for a date that begins after the day of the release.
    """
    from overt.model.errors import ValueProblem
    from overt.model.values.dates import period_bounds
    from overt.release.release_folders import read_manifest

    try:
        first, _ = period_bounds(text.strip())
    except ValueProblem:
        raise UsageError(f"--as-of {text}: write a day, a month or a year, as in 2018-05-17, 2018-05 or 2018") from None
    if first.isoformat() > (day := read_manifest(release)["date"]):
        raise UsageError(f"--as-of {text} is after release {release.name}, dated {day}; write that day or an earlier date")
    return text.strip()
