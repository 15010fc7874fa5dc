"""A cache of rendered pages: a release never changes, so no page needs to be rendered twice."""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overt.http.security_headers import is_cacheable

_PAGE = "text/html"


@dataclass(frozen=True)
class _Page:
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    """The compressed body."""


class PageCacheMiddleware:
    """ASGI middleware that caches pages by path, in compressed form. Addresses with parameters are not cached, because their
    number is unlimited, except those whose complete query is in `queries`.
    """

    def __init__(self, app: ASGIApp, most_bytes: int = 48_000_000, queries: Collection[bytes] = ()) -> None:
        """`most_bytes`: maximum total size of cached pages, compressed. The least recently used pages are dropped first."""
        self._app = app
        self._queries = frozenset({b"", *queries})
        self._most = most_bytes
        self._bytes = 0
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, from the cache if possible."""
        is_page = scope["type"] == "http" and scope["method"] == "GET" and scope["query_string"] in self._queries
        if not is_page or not is_cacheable(scope["path"]):
            await self._app(scope, receive, send)
            return
        key = f"{scope['path']}?{scope['query_string'].decode('latin-1')}"
        compressed = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if page := self._lookup(key):
            await _answer(page, send, compressed=compressed)
        elif compressed:
            await self._app(scope, receive, _Recorder(self, key, send).send)
        else:
            await self._app(scope, receive, send)

    def store(self, key: str, page: _Page) -> None:
        """Cache a page by path and query, and drop others if there is no room for it."""
        with self._lock:
            if key in self._pages or len(page.body) > self._most:
                return
            self._pages[key] = page
            self._bytes += len(page.body)
            while self._bytes > self._most:
                self._bytes -= len(self._pages.popitem(last=False)[1].body)

    def _lookup(self, key: str) -> _Page | None:
        with self._lock:
            if page := self._pages.get(key):
                self._pages.move_to_end(key)
            return page


class _Recorder:
    """Passes a response on, and caches it if it is a complete page."""

    def __init__(self, cache: PageCacheMiddleware, key: str, send: Send) -> None:
        self._cache = cache
        self._key = key
        self._send = send
        self._headers: tuple[tuple[bytes, bytes], ...] = ()
        self._parts: list[bytes] = []

    async def send(self, message: Message) -> None:
        """Pass one ASGI message on."""
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            is_page = message["status"] == 200 and headers.get("content-type", "").startswith(_PAGE)
            if is_page and headers.get("content-encoding") == "gzip":
                self._headers = tuple(message["headers"])
        elif message["type"] == "http.response.body" and self._headers:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body"):
                self._cache.store(self._key, _Page(self._headers, b"".join(self._parts)))
        await self._send(message)


async def _answer(page: _Page, send: Send, *, compressed: bool) -> None:
    headers = MutableHeaders(raw=list(page.headers))
    body = page.body
    if not compressed:
        body = gzip.decompress(body)
        del headers["content-encoding"]
        headers["content-length"] = str(len(body))
    await send({"type": "http.response.start", "status": 200, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})
