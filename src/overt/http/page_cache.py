"""A cache of pages and data. A release never changes, so every response only has to be made once."""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overt.http.accepted_encodings import accepted_encodings
from overt.http.data_or_page_address import is_data
from overt.http.response_headers import is_cacheable

_PAGE = "text/html"
_TILE = ".mvt"
_MAX_DATA_BYTES = 2_000_000
"""Maximum size of cached data at one address."""
ENTRY_BYTES = 1_000
"""Memory that a cached response needs besides its key, headers and body, for Python's objects."""
_Key = tuple[str, ...]


@dataclass(frozen=True)
class _CachedResponse:
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    """The body, compressed if the headers say so."""


def _size(key: _Key, response: _CachedResponse) -> int:
    """Return roughly how many bytes of memory a cached response needs. Even an empty map tile needs some."""
    headers = sum(len(name) + len(value) for name, value in response.headers)
    return ENTRY_BYTES + sum(map(len, key)) + headers + len(response.body)


class PageCache:
    """Responses by key, up to a total size. The least recently used ones are dropped first. Thread-safe."""

    def __init__(self, max_bytes: int = 48_000_000) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._responses: OrderedDict[_Key, _CachedResponse] = OrderedDict()
        self._lock = threading.Lock()

    def store(self, key: _Key, response: _CachedResponse) -> None:
        """Cache a response, and drop others if the cache would be too large.

        Do nothing if the key is already cached, or if the response is larger than the cache.
        """
        size = _size(key, response)
        with self._lock:
            if key in self._responses or size > self._max_bytes:
                return
            self._responses[key] = response
            self._bytes += size
            while self._bytes > self._max_bytes:
                self._bytes -= _size(*self._responses.popitem(last=False))

    def get(self, key: _Key) -> _CachedResponse | None:
        """Return a response; None if it is not cached."""
        with self._lock:
            if response := self._responses.get(key):
                self._responses.move_to_end(key)
            return response


class PageCacheMiddleware:
    """ASGI middleware that caches pages, in compressed form, and data such as map tiles.

    Addresses with parameters are not cached, because their number is unlimited, except those whose complete query is in
    `queries`.
    """

    def __init__(
        self,
        app: ASGIApp,
        pages: PageCache | None = None,
        data: PageCache | None = None,
        *,
        by_host: bool = True,
        store_new: bool = True,
        queries: Collection[bytes] = (),
    ) -> None:
        """`pages`, `data`: the caches, which several middlewares can share; None for new ones. `by_host`: whether data contain
        the host name of the request. `store_new`: whether new responses are cached. `queries`: the query strings of responses
        that are cached, besides the empty one.
        """
        self._app = app
        self._queries = frozenset({b"", *queries})
        self._pages = PageCache() if pages is None else pages
        self._data = PageCache() if data is None else data
        self._by_host = by_host
        self._store_new = store_new

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request from the cache, or pass it on and cache the response where possible."""
        is_cached_kind = scope["type"] == "http" and scope["method"] == "GET" and scope["query_string"] in self._queries
        if not is_cached_kind or not is_cacheable(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        accepted = accepted_encodings(headers)
        key: _Key = (scope["path"], scope["query_string"].decode("latin-1"))
        if is_data(scope["path"]):
            if "range" in headers:
                await self._app(scope, receive, send)
                return
            packing = "zstd" if "zstd" in accepted else "gzip" if "gzip" in accepted else ""
            by_host = self._by_host and not scope["path"].endswith(_TILE)
            host: _Key = (scope.get("scheme", ""), headers.get("host", "")) if by_host else ()
            cache, key, encoding = self._data, (*key, packing, *host), packing
            if response := cache.get(key):
                await _send(send, list(response.headers), response.body)
                return
        else:
            cache, encoding = self._pages, "gzip"
            if response := cache.get(key):
                await _send_page(response, send, compressed="gzip" in accepted)
                return
        recorder = _Recorder(cache, key, send, encoding, is_page=cache is self._pages)
        await self._app(scope, receive, recorder.send if self._store_new else send)


class _Recorder:
    """Passes a response on, and caches it if it is a complete page in compressed form, or complete data of limited size."""

    def __init__(self, cache: PageCache, key: _Key, send: Send, encoding: str, *, is_page: bool) -> None:
        """`encoding`: the only content encoding, apart from none for data, in which a response may be cached under `key`."""
        self._cache, self._key, self._send, self._is_page = cache, key, send, is_page
        self._encodings = {encoding} if is_page else {encoding, ""}
        self._headers: tuple[tuple[bytes, bytes], ...] = ()
        self._parts: list[bytes] = []
        self._bytes = 0

    async def send(self, message: Message) -> None:
        """Pass an ASGI message on, and collect it if the response is to be cached."""
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            is_page = headers.get("content-type", "").startswith(_PAGE)
            fits = headers.get("content-encoding", "") in self._encodings and (is_page or not self._is_page)
            if message["status"] == 200 and fits:
                self._headers = tuple(message["headers"])
        elif message["type"] == "http.response.body" and self._headers:
            self._parts.append(message.get("body", b""))
            self._bytes += len(self._parts[-1])
            if self._bytes > _MAX_DATA_BYTES and not self._is_page:
                self._headers, self._parts = (), []
            elif not message.get("more_body"):
                self._cache.store(self._key, _CachedResponse(self._headers, b"".join(self._parts)))
        elif self._headers:  # Another message type: the server sends the file itself.
            self._headers, self._parts = (), []
        await self._send(message)


async def _send_page(page: _CachedResponse, send: Send, *, compressed: bool) -> None:
    headers = MutableHeaders(raw=list(page.headers))
    body = page.body
    if not compressed:
        body = gzip.decompress(body)
        del headers["content-encoding"]
        headers["content-length"] = str(len(body))
    await _send(send, headers.raw, body)


async def _send(send: Send, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
