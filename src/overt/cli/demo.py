"""`overt demo`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from overt.archive import Archive
from overt.cli.build import finish, timed
from overt.cli.common import messages, writing
from overt.cli.importing import import_all, print_account, refuse
from overt.cli.serve import check_answers, run_server
from overt.cli.shipped import fetch_edition
from overt.importing.snapshots import EDITION_PREFIX
from overt.ledger import Ledger
from overt.model.errors import UsageError
from overt.model.workspace import SETTINGS, Workspace


def demo(
    host: Annotated[str, typer.Option("--host", help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port; 0 takes a free one.", min=0, max=65535)] = 8765,
    directory: Annotated[
        Path | None, typer.Option("--directory", help="Keep the atlas here instead of a temporary directory.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Build, serve, ask every kind of page once, and stop.")] = False,
) -> None:
    """Build the edition that Overt ships (open sources only; no network needed) and serve it."""
    with tempfile.TemporaryDirectory(prefix="overt-demo-") as temporary:
        root = directory or Path(temporary) / "atlas"
        if not (root / SETTINGS).is_file():
            Workspace.create(root)
        with writing(root) as (atlas, archive, ledger):
            identity = build_edition(atlas, archive, ledger)
        messages.print(f"release {identity}")
        if check:
            check_answers(atlas, identity)
        else:
            run_server(atlas, identity, host, port)


def build_edition(atlas: Workspace, archive: Archive, ledger: Ledger) -> str:
    """The release of what Overt ships. Raises UsageError in an atlas that holds other files: they would be pushed aside."""
    shipped = {spec.slug for spec in atlas.content.sources.values() if spec.edition}
    own = {spec.slug for spec in atlas.content.sources.values() if spec.own}
    others = [held for held in archive.captures() if held.source not in own and not held.address.startswith(EDITION_PREFIX)]
    if others:
        raise UsageError(f"{atlas.root}: holds files of {others[0].source} that are not the edition; name another --directory")
    with timed("fetch"):
        for slug in sorted(shipped):
            fetch_edition(atlas, archive, atlas.content.sources[slug])
    with timed("import"):
        results = import_all(atlas, archive, [])
    print_account(results)
    refuse(results, atlas.content)
    return finish(atlas, archive, ledger).release
