"""The page cache: pages are rendered once, changing pages and large responses are not cached, and the size limit holds."""

import asyncio
import gzip

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from overt.http.page_cache import ENTRY_BYTES, PageCache, PageCacheMiddleware
from tests.support.client import HOST, Client

GZIP = {"Accept-Encoding": "gzip"}


class Counting:
    """An application that responds with the path and the number of requests so far, compressed if the reader accepts gzip."""

    def __init__(self, status: int = 200, kind: bytes = b"text/html; charset=utf-8") -> None:
        self.requests = 0
        self._status = status
        self._kind = kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests += 1
        body = f"{scope['path']} {self.requests}".encode()
        headers = [(b"content-type", self._kind), (b"vary", b"Accept-Encoding")]
        if b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b""):
            body = gzip.compress(body)
            headers.append((b"content-encoding", b"gzip"))
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        await send({"type": "http.response.body", "body": body[:4], "more_body": True})
        await send({"type": "http.response.body", "body": body[4:]})


def ask(app: PageCacheMiddleware, path: str, headers: dict[str, str] | None = None) -> str:
    async def send() -> str:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
            return (await client.get(path, headers=GZIP if headers is None else headers)).text

    return asyncio.run(send())


def test_a_page_is_made_once() -> None:
    app = Counting()
    pages = PageCacheMiddleware(app)
    assert [ask(pages, "/country/KE") for _ in range(3)] == ["/country/KE 1"] * 3
    assert ask(pages, "/zh/country/KE") == "/zh/country/KE 2"
    assert ask(pages, "/country/KE", {"Accept-Encoding": "identity"}) == "/country/KE 1", "for readers without gzip too"
    assert app.requests == 2


def test_data_in_an_encoding_that_the_client_refused_are_not_cached() -> None:
    """The application and the cache could read a header such as `*, *;q=0` differently."""
    data = PageCacheMiddleware(Counting(kind=b"application/json"))
    assert ask(data, "/api/v1/figures", {"Accept-Encoding": "gzip;q=0"}) == "/api/v1/figures 1", "compressed all the same"
    assert ask(data, "/api/v1/figures", {"Accept-Encoding": "identity"}) == "/api/v1/figures 2"
    assert ask(data, "/api/v1/figures", {"Accept-Encoding": "identity"}) == "/api/v1/figures 2", "now it is cached"


@pytest.mark.parametrize(
    ("path", "app"),
    [
        ("/explorer?country=KE", Counting()),
        ("/releases", Counting()),
        ("/zh/releases", Counting()),
        ("/healthz", Counting()),
        ("/desk/token/queue", Counting()),
        ("/static/style.css", Counting()),
        ("/nothing", Counting(404)),
        ("/ogc/collections", Counting(kind=b"application/json")),
        ("/tiles/0/0/0.mvt", Counting(404, b"application/vnd.mapbox-vector-tile")),
    ],
)
def test_changing_pages_and_files_are_not_cached(path: str, app: Counting) -> None:
    pages = PageCacheMiddleware(app)
    assert ask(pages, path) != ask(pages, path)


def test_data_are_cached_by_packing_and_by_host() -> None:
    """Without an address in the settings, data contain addresses with the request's host."""
    app = Counting(kind=b"text/csv")
    pages = PageCacheMiddleware(app)
    assert [ask(pages, "/projects.csv") for _ in range(2)] == ["/projects.csv 1"] * 2
    assert ask(pages, "/projects.csv", {"Accept-Encoding": "identity"}) == "/projects.csv 2"
    assert ask(pages, "/projects.csv", {**GZIP, "Host": "other.example"}) == "/projects.csv 3"
    assert ask(pages, "/projects.csv", {**GZIP, "Range": "bytes=0-1"}) == "/projects.csv 4"
    named = PageCacheMiddleware(app, by_host=False)
    assert ask(named, "/projects.csv") == ask(named, "/projects.csv", {**GZIP, "Host": "other.example"})


def test_tiles_are_made_once_for_all_hosts() -> None:
    pages = PageCacheMiddleware(Counting(kind=b"application/vnd.mapbox-vector-tile"))
    assert ask(pages, "/tiles/0/0/0.mvt") == ask(pages, "/tiles/0/0/0.mvt", {**GZIP, "Host": "other.example"})


def test_large_data_are_not_cached() -> None:
    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        requests.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/csv")]})
        for more in (True, True, False):
            await send({"type": "http.response.body", "body": b"x" * 900_000, "more_body": more})

    requests: list[str] = []
    pages = PageCacheMiddleware(large)
    assert [len(ask(pages, "/projects.csv")) for _ in range(2)] == [2_700_000] * 2
    assert len(requests) == 2


def test_the_oldest_entry_is_evicted_when_the_cache_is_full() -> None:
    app = Counting()
    pages = PageCacheMiddleware(app, PageCache(2 * ENTRY_BYTES + 500))  # key, headers and body are about 250 bytes
    for path in ("/a", "/b", "/a", "/c"):
        ask(pages, path)
    assert app.requests == 3
    assert ask(pages, "/a") == "/a 1", "asked for after /b"
    assert ask(pages, "/b") == "/b 4"


def test_empty_responses_need_room_too() -> None:
    """Most map tiles are empty, and there are hundreds of millions of them."""

    async def empty(scope: Scope, receive: Receive, send: Send) -> None:
        requests.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b"1")]})
        await send({"type": "http.response.body", "body": b""})

    requests: list[str] = []
    tiles = PageCacheMiddleware(empty, data=PageCache(10 * ENTRY_BYTES + 500))
    for column in (*range(11), 10, 0):
        ask(tiles, f"/tiles/14/{column}/0.mvt")
    assert requests[11:] == ["/tiles/14/0/0.mvt"], "the newest is cached, and the oldest was dropped"


def test_a_cached_page_is_sent_like_any_other(client: Client) -> None:
    first, again = (client.get("/country/LA", headers=GZIP) for _ in range(2))
    assert first.text == again.text
    assert dict(first.headers) == dict(again.headers)
    plain = client.get("/country/LA", headers={"Accept-Encoding": "identity"})
    assert plain.text == first.text and "content-encoding" not in plain.headers
    assert client.get("/country/LA", headers={**GZIP, "If-None-Match": first.headers["etag"]}).status_code == 304
