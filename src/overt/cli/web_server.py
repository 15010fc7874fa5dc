"""Runs the web server from the command line."""

import gc
import secrets
import socket
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from ipaddress import ip_network
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from overt.cli.loopback import is_loopback
from overt.cli.messages_and_progress import messages
from overt.cli.server_worker_processes import end_with_parent, run_workers
from overt.index.hard_links_to_served_files import serving_files
from overt.index.prepared_release import PreparedRelease
from overt.index.serve_settings import ServeSettings
from overt.model.errors import OvertError, UsageError
from overt.model.settings import SiteSettings
from overt.model.workspace import Workspace
from overt.server.app import create_app, prepare
from overt.server.connection_limits import ConnectionLimits, limited_protocol

_SWITCH_SECONDS = 0.0005
"""Time in seconds that a thread may run before others get their turn: a tenth of Python's default.

With the default, a reader's request that needs two milliseconds would wait five milliseconds several times while a page is
rendered in the background.
"""
_OTHER_FILES = 150
"""Number of files that a server opens in addition to its connections.

If the system allows few files, this number must also cover the connections that are accepted at one time.
"""
_BACKLOG, _SMALL_BACKLOG = 2048, 64
"""Number of connections that are accepted at one time: uvicorn's default, and the number for a process with few file handles."""
_CHECKED = (
    "/", "/explorer", "/findings", "/figures", "/countries", "/companies", "/sources", "/releases", "/method",
    "/search?q=华为", "/api/v1/map/countries",
)  # fmt: skip
"""Addresses that `check_pages` requests: the main pages, a search, and data of the map."""


def run_server(
    atlas: Workspace, release: str, host: str, port: int, *, public: bool = False, desk: bool = False, workers: int = 1
) -> None:
    """Serve until interrupted. `public`: serve only what may be republished. `desk`: also serve the editors' desk, at an address
    that is printed. `workers`: number of processes.

    Raises UsageError for an address that other machines can reach if `public` is not set, OvertError if the address can't be
    used, and the errors of `prepare`.
    """
    if not public and not is_loopback(host):
        raise UsageError(
            f"{host}: others can reach this address; add --public to serve only what may be republished, or leave out --host"
        )
    token = secrets.token_urlsafe(24) if desk else None
    settings = ServeSettings(workspace=atlas, release=release, public=public, desk=token)
    with listen(host, port) as listener, serving_files(prepare(settings), atlas.cache) as prepared:
        address = address_of(listener)
        messages.print(f"Overt is at {address}  (release {prepared.release}; stop with Ctrl-C)")
        if token is not None:
            messages.print(f"The desk is at {address}desk/{token}/  (whoever has this address can judge)")
        if prepared.left_out:
            names = ", ".join(f"{source['source']} ({source['reuse']})" for source in prepared.left_out)
            messages.print(f"left out, because `republish` in overt.toml does not allow it: {names}")
        if public and not atlas.settings.site.address:
            messages.print("Citations and linked data lack the address of the site; set `address` under [site] in overt.toml")
        if workers > 1:
            run_workers(workers, _serve_in_worker, (listener, atlas.root, prepared, public))
        else:
            serve_on(listener, settings, prepared)


def _serve_in_worker(listener: socket.socket, root: Path, prepared: PreparedRelease, public: bool) -> None:
    threading.Thread(target=end_with_parent, daemon=True).start()
    serve_on(listener, ServeSettings(Workspace.open(root), prepared.base_release, public=public), prepared)


def serve_on(listener: socket.socket, settings: ServeSettings, prepared: PreparedRelease) -> None:
    """Serve a prepared release on an open socket until interrupted."""
    run_application(listener, create_app(settings, prepared), settings.workspace.settings.site, public=settings.public)


def run_application(listener: socket.socket, app: ASGIApp, site: SiteSettings, *, public: bool) -> None:
    """Serve an application on an open socket until interrupted.

    The process must do nothing else, because this changes how Python collects garbage and switches threads. `public`: write no
    compiled Python files from now on.
    """
    server = uvicorn.Server(server_config(app, site))
    _collect_garbage_seldom()
    # Compiled files of modules that are imported on first use would reveal which pages a reader opened first.
    sys.dont_write_bytecode = sys.dont_write_bytecode or public
    sys.setswitchinterval(_SWITCH_SECONDS)
    server.run(sockets=[listener])


def max_connections(setting: int) -> tuple[int, int]:
    """Return the maximum number of open connections, and of connections that are accepted at one time.

    The first is `setting`, the second uvicorn's default. Both can be lower if the system allows the process too few files even
    after its limit of open files is increased here: a server without a free file handle takes no connection for a second.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return setting, _BACKLOG
    needed = setting + _BACKLOG + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(hard, needed)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return setting, _BACKLOG
    return max(10, min(setting, soft - _OTHER_FILES)), _SMALL_BACKLOG


def server_config(app: ASGIApp, site: SiteSettings) -> uvicorn.Config:
    """Return the configuration of the web server: limits of connections, and which proxies' forwarding headers are trusted.

    This may increase the process's limit of open files (see `max_connections`).
    """
    networks = tuple(ip_network(proxy) for proxy in site.proxies)
    connections, backlog = max_connections(site.connections)
    limits = ConnectionLimits(
        connections=connections,
        per_client=site.connections_per_client,
        unread=site.answers_unread,
        proxies=networks,
    )
    return uvicorn.Config(
        app,
        http=limited_protocol(limits),
        ws="none",
        backlog=backlog,
        log_level="error",  # Warnings repeat what a client sent.
        access_log=False,
        server_header=False,
        # Without a list, uvicorn trusts this machine and any list in the environment.
        proxy_headers=bool(site.proxies),
        forwarded_allow_ips=list(site.proxies),
        h11_max_incomplete_event_size=32_768,
    )


def _collect_garbage_seldom() -> None:
    """Make full garbage collections rare.

    Each response creates a thousand objects and frees all of them. With Python's defaults, full collections would search all
    objects of the site several times a second, and block all responses for a tenth of a second each time.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def listen(host: str, port: int) -> socket.socket:
    """Open the server's socket. `port`: 0 for a free one. Raises OvertError if the address cannot be used."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # Pass the protocol, because asyncio sets TCP_NODELAY only on sockets that have one. Without TCP_NODELAY, the body of
        # each response would wait 40 ms until the reader acknowledges the headers.
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(128)  # A user who reads the printed address may connect at once, before the server is running.
        except OSError:
            listener.close()
            raise
    except (OSError, OverflowError) as error:
        raise OvertError(
            f"{host}:{port}: cannot serve there: {error}; take another with --port, or --port 0 for a free one"
        ) from None
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the address of the site that is served on this socket, such as `http://127.0.0.1:8000/`."""
    host, port, *_ = listener.getsockname()
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def check_pages(atlas: Workspace, release: str) -> None:
    """Serve on a free port, request the pages in `_CHECKED`, print the size and time of each, and stop.

    Raises OvertError if a request fails, and the errors of `create_app`.
    """
    app = create_app(ServeSettings(workspace=atlas, release=release, public=False))
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.02)
            for path in _CHECKED:
                url = f"http://127.0.0.1:{port}{urllib.parse.quote(path, safe='/?=')}"
                begin = time.monotonic()
                try:
                    with urllib.request.urlopen(url, timeout=30) as response:
                        size = len(response.read())
                except (urllib.error.URLError, OSError) as error:
                    raise OvertError(f"{path}: does not answer: {error}") from None
                messages.print(f"{path}: {size:,} bytes in {(time.monotonic() - begin) * 1000:.0f} ms")
        finally:
            server.should_exit = True
            thread.join(timeout=10)
    messages.print("all pages answer")
