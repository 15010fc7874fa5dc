"""`overt serve`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.atlas_access import release_folder
from overt.cli.common_options import HERE, ReleaseOption, WorkspaceOption
from overt.model.errors import UsageError
from overt.model.workspace import Workspace


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port; 0 takes a free one.", min=0, max=65535)] = 8765,
    release: ReleaseOption = None,
    public: Annotated[
        bool, typer.Option("--public", help="Serve the public: only what may be republished, on any address.")
    ] = False,
    desk: Annotated[bool, typer.Option("--desk", help="Also serve the editors' desk, to anyone who has its address.")] = False,
    workers: Annotated[int, typer.Option("--workers", help="Number of processes that serve.", min=1, max=64)] = 1,
    replica: Annotated[
        Path | None,
        typer.Option("--replica", help="Serve a copy that `overt publish --replica` made, and newer ones as they arrive."),
    ] = None,
    root: Annotated[
        Path | None,
        typer.Option("--root", help="With --replica: the publisher's root.json, which you got through another channel."),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option("--state", help="With --replica: a folder that records which copies were seen, to refuse older ones."),
    ] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Serve the site of a release.

    Unless --public or overt.toml makes the site public, it shows every source, listens only on this machine, and refuses requests
    forwarded by a proxy.

    With --replica it serves a copy to the public, after checking signatures and all files. The atlas then only has the settings
    and the cache of this machine.
    """
    if replica is None and (root or state):
        raise UsageError("--root and --state go with --replica")
    if replica is not None:
        if root is None or state is None:
            raise UsageError(
                "--replica needs --root, the publisher's root.json, and --state, a folder that records which copies were seen"
            )
        if release or desk:
            raise UsageError("a replica serves the newest copy, without a desk; leave out --release and --desk")
        if workers > 1:
            raise UsageError(
                "a replica is one process; leave out --workers, and start several servers, each with its own --port, --workspace"
                " and --state"
            )
        from overt.cli.replica_server import run_replica
        from overt.replica.copy_check import CopySource

        run_replica(Workspace.open(workspace), CopySource(replica, root, state), host, port)
        return
    atlas = Workspace.open(workspace)
    public = public or atlas.settings.site.public
    if desk and public:
        raise UsageError("the desk is for editors on this machine and not for the public; leave out --desk or --public")
    if desk and workers > 1:
        raise UsageError("the desk is served by one process; leave out --desk or --workers")
    folder = release_folder(atlas, release)
    from overt.cli.web_server import run_server

    run_server(atlas, folder.name, host, port, public=public, desk=desk, workers=workers)
