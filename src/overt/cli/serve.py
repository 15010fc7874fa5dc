"""`overt serve`."""

import gc
import ipaddress
import secrets
import socket
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from typing import Annotated

import typer

from overt.cli.common import HERE, WorkspaceOption, messages, release_folder
from overt.cli.show import ReleaseOption
from overt.model.errors import OvertError, UsageError
from overt.model.workspace import Workspace

_SWITCH = 0.0005
"""Seconds after which a thread that works lets another go on, a tenth of what is usual: whoever is answered in two milliseconds
is not to wait five for a page that is made ahead, several times over.
"""


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port; 0 takes a free one.", min=0, max=65535)] = 8765,
    release: ReleaseOption = None,
    desk: Annotated[bool, typer.Option("--desk", help="Also serve the editors' desk, to whoever has its address.")] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Serve the site of one release. Beyond this machine only what may be republished is shown."""
    if desk and not is_loopback(host):
        raise UsageError(f"{host}: the desk is for this machine alone; leave out --host, or --desk")
    atlas = Workspace.open(workspace)
    run_server(atlas, release_folder(atlas, release).name, host, port, desk=desk)


def is_loopback(host: str) -> bool:
    """Whether an address reaches this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def run_server(atlas: Workspace, release: str, host: str, port: int, *, desk: bool = False) -> None:
    """Serve until interrupted. Raises OvertError when the address cannot be had."""
    import uvicorn  # here, so that other commands start quickly

    from overt.server.app import PreparedRelease, ServeSettings, create_app

    beyond = not is_loopback(host)
    with _listen(host, port) as listener:
        token = secrets.token_urlsafe(24) if desk else None
        app = create_app(ServeSettings(workspace=atlas, release=release, beyond_loopback=beyond, desk=token))
        prepared: PreparedRelease = app.state.prepared
        address = listener.getsockname()
        shown = f"[{address[0]}]" if ":" in address[0] else address[0]
        messages.print(f"Overt is at http://{shown}:{address[1]}/  (release {prepared.release}; stop with Ctrl-C)")
        if token is not None:
            messages.print(f"The desk is at http://{shown}:{address[1]}/desk/{token}/  (whoever has this address can judge)")
        if prepared.left_out:
            names = ", ".join(f"{source['source']} ({source['reuse']})" for source in prepared.left_out)
            messages.print(f"left out, since overt.toml does not let others have it: {names}")
        if beyond and not atlas.settings.site.address:
            messages.print("Citations and linked data name no address: none stands under [site] in overt.toml")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
        _collect_seldom()
        sys.setswitchinterval(_SWITCH)
        with suppress(KeyboardInterrupt):  # the way in which it is meant to end
            server.run(sockets=[listener])


def _collect_seldom() -> None:
    """Every answer makes a thousand objects and leaves none behind. To look through all that the site holds because of them
    took a tenth of a second, several times a second, in which nobody was answered.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # With its protocol: asyncio sends at once (TCP_NODELAY) only on connections that name it; without, the body of each
        # answer waits 40 ms for the reader to acknowledge its head.
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(128)  # whoever reads the address may ask at once, before the server is up
        except OSError:
            listener.close()
            raise
    except (OSError, OverflowError) as error:
        raise OvertError(
            f"{host}:{port}: cannot serve there: {error}; take another with --port, or --port 0 for a free one"
        ) from None
    return listener


def check_answers(atlas: Workspace, release: str) -> None:
    """Serve on a free port, ask for each kind of page once, and stop. Raises OvertError when one does not answer."""
    import uvicorn

    from overt.server.app import ServeSettings, create_app

    app = create_app(ServeSettings(workspace=atlas, release=release, beyond_loopback=False))
    with _listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.02)
            for path in (
                "/",
                "/figures",
                "/countries",
                "/companies",
                "/sources",
                "/releases",
                "/method",
                "/search?q=华为",
                "/api/v1/map/countries",
            ):
                url = f"http://127.0.0.1:{port}{urllib.parse.quote(path, safe='/?=')}"
                begin = time.monotonic()
                try:
                    with urllib.request.urlopen(url, timeout=30) as answer:
                        size = len(answer.read())
                except (urllib.error.URLError, OSError) as error:
                    raise OvertError(f"{path}: does not answer: {error}") from None
                messages.print(f"{path}: {size:,} bytes in {(time.monotonic() - begin) * 1000:.0f} ms")
        finally:
            server.should_exit = True
            thread.join(timeout=10)
    messages.print("every page answers")
