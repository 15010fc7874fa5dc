"""Drawing the charts of a site, and making its pages of countries, before anybody asks for them, while it is served."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from starlette.types import ASGIApp, Message

from overt.http.activity import Readers
from overt.site.page import load_pages
from overt.site.site import Site

Held = TypeVar("Held")
_PAUSE = 0.02
"""Seconds between two pages, for the readers who are there already."""
_LOG = logging.getLogger(__name__)
_HEADERS = [(b"host", b"127.0.0.1"), (b"accept-encoding", b"gzip")]


@contextmanager
def making_ahead(
    sites: Iterable[Site],
    app: ASGIApp | None = None,
    readers: Readers | None = None,
    first: Sequence[Callable[[], None]] = (),
) -> Iterator[None]:
    """A thread that does what comes `first`, then asks for one drawing after the other, each made by another process, then for
    one page after the other of `app`, which keeps them; until all is there or the block ends. It waits while `readers` ask.
    """
    stop = threading.Event()
    away = (readers or Readers()).wait_until_away

    def work() -> None:
        for one in _when(away, first, stop):
            if stop.is_set():
                return
            try:
                one()
            except Exception as error:  # whoever needs it is told
                _LOG.warning("could not be made ready: %s: %s", type(error).__name__, error)
        held = list(sites)
        for site in held:
            for page in load_pages():
                if page.drawn_ahead:
                    site.charts.prepare(_when(away, page.drawn_ahead(site), stop), stop)
        if app is not None and not stop.is_set():
            asyncio.run(_make(app, [path for site in held for path in _pages(site)], stop, away))

    thread = threading.Thread(target=work, name="charts", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _when(away: Callable[[threading.Event], None], held: Iterable[Held], stop: threading.Event) -> Iterator[Held]:
    for one in held:
        away(stop)
        yield one


def _pages(site: Site) -> list[str]:
    """Pages that take long to make and that many ask for."""
    with site.database.lease() as reader:
        return [site.url(path) for page in load_pages() for path in page.ahead(site, reader)]


async def _make(app: ASGIApp, paths: Iterable[str], stop: threading.Event, away: Callable[[threading.Event], None]) -> None:
    for path in paths:
        await asyncio.sleep(_PAUSE)
        away(stop)
        if stop.is_set():
            return
        try:
            await _ask(app, path)
        except Exception as error:  # whoever asks for this page is told; the others are made all the same
            _LOG.warning("%s: could not be made ahead: %s: %s", path, type(error).__name__, error)


async def _ask(app: ASGIApp, path: str) -> None:
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "root_path": "",
        "path": path, "raw_path": path.encode(), "query_string": b"", "headers": _HEADERS, "client": None,
        "server": ("127.0.0.1", 80),
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: Message) -> None:
        pass

    await app(scope, receive, send)
