"""The application of a replica: passes requests to the copy being served, and reports whether it is the newest."""

from datetime import UTC, datetime

import orjson
from starlette.types import Message, Receive, Scope, Send

from overt.http.response_headers import SECURITY_HEADERS
from overt.replica.copy_updates import CopyUpdates

READY = "/healthz/ready"
"""Path at which proxies ask whether a server should get requests. The response has status 503 if it should not."""
REQUIRE = b"overt-require"
"""Header by which a proxy asks for a response only if the response at `READY` would have status 200."""
NEWEST = b"newest"
_ALIVE = "/healthz"
_NOT_NEWEST = 502
"""Status of the response if a request requires the newest release, but this server has an older or an unconfirmed one.

It isn't 503, which the application sends when it is too busy: a proxy must not try a request with that response on every server
in turn.
"""
_RETRY_SECONDS = 5


class ReplicaApplication:
    """ASGI application around the copy that is being served. A request stays with its release if a newer one replaces it."""

    def __init__(self, updates: CopyUpdates) -> None:
        """`updates`: decides which copy is served. It starts and ends with the server."""
        self._updates = updates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or the start and end of the server."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if scope["type"] == "http":
            is_question = scope["path"] == READY
            if is_question or ((REQUIRE, NEWEST) in scope["headers"] and scope["path"] != _ALIVE):
                readiness = self._updates.readiness(datetime.now(UTC))
                if is_question or readiness.status != "ok":
                    fields = {
                        "status": readiness.status,
                        "release": readiness.release,
                        "metadata": {"version": readiness.version, "expires": f"{readiness.expires:%Y-%m-%dT%H:%M:%SZ}"},
                        "reason": readiness.reason,
                    }
                    refusal = 503 if is_question else _NOT_NEWEST
                    await _respond(send, 200 if readiness.status == "ok" else refusal, orjson.dumps(fields))
                    return
        served = self._updates.served
        served.requests += 1
        try:
            await served.app(scope, receive, _HeadersWithBody(send).send)
        finally:
            served.requests -= 1

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._updates.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                self._updates.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


class _HeadersWithBody:
    """Holds the headers back until the first part of the body is ready.

    Until a byte has been sent, a proxy can ask another server if this one fails.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        """Pass one ASGI message on."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            await self._send(start)
        await self._send(message)


async def _respond(send: Send, status: int, body: bytes) -> None:
    headers = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        **SECURITY_HEADERS,
        **({"Retry-After": str(_RETRY_SECONDS)} if status == 503 else {}),
    }
    encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": body})
