"""Asks for consent before code that came with an atlas runs for the first time."""

import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from overt.cli.messages_and_progress import messages
from overt.importing.importers.importer_trust import trust_importers, untrusted_importers
from overt.model.errors import UsageError, format_count
from overt.model.workspace import Workspace


def require_trust(atlas: Workspace, sources: Iterable[str], *, trust: bool) -> None:
    """Return if the importers of these sources may run; otherwise raise UsageError, before any of their code runs.

    They may run if the user made the atlas, agreed earlier, agrees now, or used `--trust`. The consent is remembered.
    """
    sources = list(sources)
    folders = untrusted_importers(atlas, sources)
    if folders and not trust and not _agrees(folders):
        names = ", ".join(str(folder / "importer.py") for folder in folders)
        raise UsageError(f"{names}: code that came with this atlas, and has not run here before; read it, then use --trust")
    trust_importers(atlas, sources)


def _agrees(folders: list[Path]) -> bool:
    if not (sys.stdin.isatty() and messages.is_terminal):
        return False
    messages.error(f"This atlas brings code of its own, which has not run here before: {format_count(len(folders), 'importer')}.")
    for folder in folders:
        messages.error(f"  {folder / 'importer.py'}")
    return typer.confirm("It can do whatever you can do on this machine. Run it?", default=False, err=True)
