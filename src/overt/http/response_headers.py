"""Middleware for security and cache headers, conditional requests, HEAD, Onion-Location, and requests that a private server
refuses.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overt.http.foreign_and_forwarded_request_refusal import refuse_foreign_request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "worker-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_IN_PATH = "/+:@,;=~-._"
_OWN_CACHE_CONTROL = ("/static/", "/releases", "/zh/releases", "/healthz")
"""Beginnings of paths whose responses set their own Cache-Control."""
_NEGOTIATED = re.compile(r"(/zh)?/ogc(/|$)")
"""Matches addresses with content negotiation, which return JSON or a page, depending on the client."""
_UNCACHED = "/desk/"
"""Beginning of the addresses that are never cached: those of the desk, whose pages change with every judgement."""


def is_cacheable(path: str) -> bool:
    """Return whether the page cache may store the response at a path.

    It doesn't store the desk, responses that depend on content negotiation, or those that set their own Cache-Control.
    """
    return not path.startswith((_UNCACHED, *_OWN_CACHE_CONTROL)) and not _NEGOTIATED.match(path)


class ResponseHeadersMiddleware:
    """ASGI middleware for the headers of every response. A release never changes, so one entity tag serves all its pages."""

    def __init__(self, app: ASGIApp, etag: str, cache: str, hosts: Iterable[str] | None = None, onion: str = "") -> None:
        """Store the settings.

        `etag`: entity tag of the release's pages and data. `cache`: their Cache-Control. `hosts`: the only host names that a
        private server answers to (see `refuse_foreign_request`); None for a public server, which answers to any. `onion`:
        address of the site's onion service, which is sent with pages so that Tor Browser can offer it; empty for none.
        """
        self._app = app
        self._etag = etag
        self._cache = cache
        self._onion = onion.rstrip("/")
        self._hosts = frozenset(hosts) if hosts is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is refused, and complete the headers of its response. HEAD is passed on as GET."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._hosts is not None and await refuse_foreign_request(scope, send, self._hosts):
            return
        headers = Headers(scope=scope)
        known_tags = headers.get("if-none-match", "") if scope["method"] in ("GET", "HEAD") else ""
        response = _Response(self, send, head=scope["method"] == "HEAD", path=scope["path"], known_tags=known_tags)
        response.onion = self._onion_address(scope)
        await self._app({**scope, "method": "GET"} if response.head else scope, receive, response.send)

    def _onion_address(self, scope: Scope) -> str:
        """Return the address of the same page on the onion service; empty if there is none."""
        query = quote(scope["query_string"].decode("latin-1"), safe=f"{_IN_PATH}%&?")
        return f"{self._onion}{quote(scope['path'], safe=_IN_PATH)}{'?' if query else ''}{query}" if self._onion else ""

    def finish(self, headers: MutableHeaders, status: int, path: str, known_tags: str) -> bool:
        """Complete the headers of a response. Return whether the client already has the response.

        `known_tags`: the request's If-None-Match header; empty if there is none.
        """
        for name, value in SECURITY_HEADERS.items():
            headers.setdefault(name, value)
        if path.startswith(_UNCACHED):
            headers["Cache-Control"] = "no-store"
            return False
        if path.startswith(_OWN_CACHE_CONTROL):
            return False
        headers.setdefault("Cache-Control", self._cache if status == 200 else "no-store" if status >= 500 else "max-age=60")
        if status != 200:
            return False
        tag = self._etag
        if _NEGOTIATED.match(path):  # With the same tag, a browser that has cached both forms would confuse them.
            tag = f'{tag[:-1]}-{"page" if headers.get("content-type", "").startswith("text/html") else "data"}"'
        headers["ETag"] = tag
        return known_tags.strip() == "*" or tag in [known.strip() for known in known_tags.split(",")]


class _Response:
    """A response that is being sent."""

    def __init__(self, middleware: ResponseHeadersMiddleware, send: Send, *, head: bool, path: str, known_tags: str) -> None:
        self._middleware = middleware
        self._send = send
        self.head = head
        self._path = path
        self._known_tags = known_tags
        self._empty = head
        self.onion = ""

    async def send(self, message: Message) -> None:
        """Pass one ASGI message on, with complete headers, and without a body for HEAD and 304."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            if self.onion and headers.get("content-type", "").startswith("text/html"):
                headers["Onion-Location"] = self.onion
            if self._middleware.finish(headers, message["status"], self._path, self._known_tags):
                self._empty = True
                for name in ("content-length", "content-type", "content-encoding"):
                    del headers[name]
                message = {**message, "status": 304}
            await self._send({**message, "headers": headers.raw})
        elif message["type"] == "http.response.body" and self._empty:
            if not message.get("more_body"):
                await self._send({"type": "http.response.body", "body": b""})
        else:
            await self._send(message)
