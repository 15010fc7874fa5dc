"""Draw charts, and render tiles and popular pages, in the background before readers request them."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from starlette.types import ASGIApp, Message

from overt.charts.chart_renderer import drawn_ahead
from overt.http.reader_activity import ActivityTracker
from overt.site.page_declaration import load_pages
from overt.site.site import Site

T = TypeVar("T")
LAST_SECONDS = 5
"""Maximum time, in seconds, that a stopping server waits for the warm-up."""
PAUSE_SECONDS = 0.02
"""Pause between two pages, in seconds, so that readers can be served in between."""
_TILES = tuple(f"/tiles/{z}/{x}/{y}.mvt" for z in range(3) for x in range(2**z) for y in range(2**z))
"""The tiles of zoom levels 0 to 2, which maps request first."""
_LOG = logging.getLogger(__name__)
_PACKINGS = (b"gzip", b"gzip, deflate, br, zstd")
"""Typical values of Accept-Encoding: the first is from programs, the second from browsers.

The warm-up requests tiles with both, and pages only with the first.
"""


@contextmanager
def warm_up(
    sites: Iterable[Site],
    app: ASGIApp | None = None,
    tracker: ActivityTracker | None = None,
    tasks: Sequence[Callable[[], None]] = (),
    last: Callable[[threading.Event], None] = lambda stop: None,
) -> Iterator[None]:
    """Run the warm-up in a thread until everything is done or the block ends. It pauses while readers are active.

    First it runs `tasks`. Then other processes draw the pages' charts. Then `app` renders and caches tiles and popular pages.
    Finally, it runs `last`, whose argument is the event that stops it. A step that fails is logged, and the next one begins.
    """
    stop = threading.Event()
    wait = (tracker or ActivityTracker()).wait_until_quiet

    def work() -> None:
        drawn_ahead.set(True)
        for task in _when_quiet(wait, tasks, stop):
            if stop.is_set():
                return
            with _logged_failure():
                task()
        all_sites = list(sites)
        for site in all_sites:
            for page in load_pages():
                if page.drawn_ahead and not stop.is_set():
                    with _logged_failure():
                        site.charts.prepare(_when_quiet(wait, page.drawn_ahead(site), stop), stop)
        if app is not None and not stop.is_set():
            pages: list[str] = []
            for site in all_sites:
                with _logged_failure():
                    pages += _popular_pages(site) if not stop.is_set() else []
            asyncio.run(_render_pages(app, [*_TILES, *pages], stop, wait))
        wait(stop)
        with _logged_failure():
            last(stop)

    thread = threading.Thread(target=work, name="warm-up", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(LAST_SECONDS)  # If it takes longer, the process can still end, because the thread is a daemon.


@contextmanager
def _logged_failure() -> Iterator[None]:
    """Log an error instead of raising it. It will be raised again when a reader needs the result."""
    try:
        yield
    except Exception as error:
        _LOG.warning("could not be made ready: %s: %s", type(error).__name__, error)


def _when_quiet(wait: Callable[[threading.Event], None], items: Iterable[T], stop: threading.Event) -> Iterator[T]:
    for item in items:
        wait(stop)
        yield item


def _popular_pages(site: Site) -> list[str]:
    """Return the addresses of pages that are slow to render and often requested."""
    with site.database.lease() as reader:
        return [site.url(path) for page in load_pages() for path in page.ahead(site, reader)]


async def _render_pages(
    app: ASGIApp, paths: Iterable[str], stop: threading.Event, wait: Callable[[threading.Event], None]
) -> None:
    for path in paths:
        await asyncio.sleep(PAUSE_SECONDS)
        wait(stop)
        if stop.is_set():
            return
        try:
            for packing in _PACKINGS if path in _TILES else _PACKINGS[:1]:
                await _request(app, path, packing)
        # The error will be raised again when a reader requests this page. The other pages are rendered regardless.
        except Exception as error:
            _LOG.warning("%s: could not be rendered ahead: %s: %s", path, type(error).__name__, error)


async def _request(app: ASGIApp, path: str, packing: bytes) -> None:
    headers = [(b"host", b"127.0.0.1"), (b"accept-encoding", packing)]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "root_path": "",
        "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers, "client": None,
        "server": ("127.0.0.1", 80),
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message.get("status", 200) >= 400:
            _LOG.warning("%s: could not be rendered ahead: it answered with status %d", path, message["status"])

    await app(scope, receive, send)
