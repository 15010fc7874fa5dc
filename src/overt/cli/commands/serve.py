"""`overt serve`."""

from typing import Annotated

import typer

from overt.cli.atlas_access import HERE, ReleaseOption, WorkspaceOption, release_folder
from overt.model.errors import UsageError
from overt.model.workspace import Workspace


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port; 0 takes a free one.", min=0, max=65535)] = 8765,
    release: ReleaseOption = None,
    desk: Annotated[bool, typer.Option("--desk", help="Also serve the editors' desk, to whoever has its address.")] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Serve the site of a release.

    Beyond this machine, it shows only what may be republished.
    """
    from overt.cli.loopback import is_loopback

    if desk and not is_loopback(host):
        raise UsageError(f"{host}: the desk is for this machine alone; leave out --host, or --desk")
    atlas = Workspace.open(workspace)
    folder = release_folder(atlas, release)
    from overt.cli.web_server import run_server

    run_server(atlas, folder.name, host, port, desk=desk)
