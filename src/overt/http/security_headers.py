"""Headers that protect readers, conditional answers, HEAD, and the refusal of other hosts' names."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
PROTECTION = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_IN_PATH = "/+:@,;=~-._"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_OWN_CACHING = ("/static/", "/releases", "/zh/releases", "/healthz")
"""Paths that say themselves how long they may be kept."""
_NEGOTIATED = re.compile(r"(/zh)?/ogc(/|$)")
"""Addresses that have JSON as well as a page: which of them is sent depends on what the client says."""
_UNKEPT = "/desk/"
"""What is below changes with every judgement and is kept nowhere."""


def is_kept(path: str) -> bool:
    """Whether what is at a path is the same for as long as the release is served."""
    return not path.startswith((_UNKEPT, *_OWN_CACHING)) and not _NEGOTIATED.match(path)


class Envelope:
    """Wraps the application. A release never changes, so one entity tag serves for the pages at all its addresses."""

    def __init__(self, app: ASGIApp, etag: str, cache: str, hosts: Iterable[str] | None = None, onion: str = "") -> None:
        """`hosts`: names by which alone the server answers; None: any. This machine's own atlas may hold what others must not
        see, and a foreign page could reach it under a name of its own that leads here. `onion`: address of the onion service
        that is the same site, which pages name so that Tor Browser can offer it; empty: there is none.
        """
        self._app = app
        self._etag = etag
        self._cache = cache
        self._onion = onion.rstrip("/")
        self._hosts = frozenset(hosts) if hosts is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if self._hosts is not None and _name(asked.get("host", "")) not in self._hosts:
            await _refuse(send)
            return
        known = asked.get("if-none-match", "") if scope["method"] in ("GET", "HEAD") else ""
        answer = _Answer(self, send, head=scope["method"] == "HEAD", path=scope["path"], known=known)
        answer.onion = self._there(scope)
        await self._app({**scope, "method": "GET"} if answer.head else scope, receive, answer.send)

    def _there(self, scope: Scope) -> str:
        """Where the onion service has the same page."""
        asked = quote(scope["query_string"].decode("latin-1"), safe=f"{_IN_PATH}%&?")
        return f"{self._onion}{quote(scope['path'], safe=_IN_PATH)}{'?' if asked else ''}{asked}" if self._onion else ""

    def finish(self, headers: MutableHeaders, status: int, path: str, known: str) -> bool:
        """Complete the headers; whether the reader has this already."""
        for name, value in PROTECTION.items():
            headers.setdefault(name, value)
        if path.startswith(_UNKEPT):
            headers["Cache-Control"] = "no-store"
            return False
        if path.startswith(_OWN_CACHING):
            return False
        headers.setdefault("Cache-Control", self._cache if status == 200 else "no-store" if status >= 500 else "max-age=60")
        if status != 200:
            return False
        tag = self._etag
        if _NEGOTIATED.match(path):  # else a browser that holds both would take the one for the other
            tag = f'{tag[:-1]}-{"page" if headers.get("content-type", "").startswith("text/html") else "data"}"'
        headers["ETag"] = tag
        return known.strip() == "*" or tag in [one.strip() for one in known.split(",")]


class _Answer:
    """One answer on its way out."""

    def __init__(self, envelope: Envelope, send: Send, *, head: bool, path: str, known: str) -> None:
        self._envelope = envelope
        self._send = send
        self.head = head
        self._path = path
        self._known = known
        self._empty = head
        self.onion = ""

    async def send(self, message: Message) -> None:
        """Pass a message on, with headers complete and without a body where none is wanted."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            if self.onion and headers.get("content-type", "").startswith("text/html"):
                headers["Onion-Location"] = self.onion
            if self._envelope.finish(headers, message["status"], self._path, self._known):
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


def _name(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().rstrip(".")


async def _refuse(send: Send) -> None:
    body = b"This atlas answers under the names of this machine only (localhost, 127.0.0.1).\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": body})
