"""Options of the commands that import and release."""

from typing import Annotated

import typer

AllowProblems = Annotated[
    bool, typer.Option("--allow-problems", help="Import the good rows of a file even if others have problems.")
]
TrustOption = Annotated[
    bool, typer.Option("--trust", help="Run importers that came with the atlas without asking; read them first.")
]
NoteOption = Annotated[str, typer.Option("--note", help="A line that says why you make the release; it becomes part of it.")]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", help="Number of threads; the bytes are the same for any number.", min=1)
]
