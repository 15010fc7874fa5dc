"""`overt demo`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from overt.cli.atlas_access import writing
from overt.cli.messages_and_progress import messages
from overt.model.files.atomic_writes import mark_unfinished
from overt.model.workspace import SETTINGS, Workspace


def demo(
    host: Annotated[str, typer.Option("--host", help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port; 0 takes a free one.", min=0, max=65535)] = 8765,
    directory: Annotated[
        Path | None,
        typer.Option("--directory", "--workspace", "-w", help="Keep the atlas here instead of in a temporary directory."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Build, serve, request the main pages once, and stop.")] = False,
) -> None:
    """Build the edition that Overt ships, and serve it.

    It has open sources only, and needs no network.
    """
    from overt.cli.loopback import is_loopback
    from overt.cli.pipeline.build_steps import build_edition
    from overt.cli.web_server import check_pages, run_server

    with tempfile.TemporaryDirectory(prefix="overt-demo-") as temporary:
        mark_unfinished(Path(temporary))
        root = directory or Path(temporary) / "atlas"
        if not (root / SETTINGS).is_file():
            Workspace.create(root)
        with writing(root) as (atlas, archive, ledger):
            release = build_edition(atlas, archive, ledger)
        messages.print(f"release {release}")
        if check:
            check_pages(atlas, release)
        else:
            # The edition has open sources only, so --host alone may open it to other machines.
            run_server(atlas, release, host, port, public=not is_loopback(host))
