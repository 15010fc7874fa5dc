"""Options of the commands that import and release."""

from typing import Annotated

import typer

AllowProblems = Annotated[
    bool, typer.Option("--allow-problems", help="Import the good rows of a file even if others have problems.")
]
TrustOption = Annotated[
    bool, typer.Option("--trust", help="Run importers that came with the atlas without asking; read them first.")
]
NoteOption = Annotated[str, typer.Option("--note", help="A line that says why; it is part of the release.")]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", help="Threads to use; the bytes are the same for any number.", min=1)
]
