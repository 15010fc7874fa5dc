"""Lets other websites read the data through cross-origin requests (CORS, Fetch standard), never with credentials."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overt.http.data_or_page_address import is_data
from overt.http.foreign_and_forwarded_request_refusal import LOOPBACK

_METHODS = b"GET, HEAD, POST, OPTIONS"
_DAY = b"86400"


class CrossOriginMiddleware:
    """ASGI middleware that lets other websites read the data of a public site, as any program can.

    A private server may contain confidential data, and any website that its user opens could request it. So only pages served
    from this machine, such as those of OpenRefine, may read data from a private server.
    """

    def __init__(self, app: ASGIApp, *, public: bool) -> None:
        self._app = app
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight request of an allowed origin. Pass on other requests, and add the headers if they are for data."""
        if scope["type"] != "http" or not is_data(scope["path"]):
            await self._app(scope, receive, send)
            return
        origin = Headers(scope=scope).get("origin", "")
        # A public site sends the same header to every client, with or without an origin, because shared caches store one
        # response for all.
        allowed = b"*" if self._public else origin.encode("latin-1") if self._allows(origin) else b""
        if scope["method"] == "OPTIONS" and origin and allowed:
            requested = Headers(scope=scope).get("access-control-request-headers", "")[:500].encode("latin-1")
            headers = [(b"access-control-allow-origin", allowed), (b"access-control-allow-methods", _METHODS)]
            headers += [(b"access-control-allow-headers", requested)] if requested else []
            headers += [(b"access-control-max-age", _DAY), (b"vary", b"Origin, Access-Control-Request-Headers")]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                if allowed:
                    headers["Access-Control-Allow-Origin"] = allowed.decode("latin-1")
                    headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
                if not self._public:
                    headers.add_vary_header("Origin")
                message = {**message, "headers": headers.raw}
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _allows(self, origin: str) -> bool:
        try:
            host = urlsplit(origin).hostname or ""
        except ValueError:
            return False
        return host in LOOPBACK or f"[{host}]" in LOOPBACK
