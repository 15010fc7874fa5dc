"""ASGI middleware that lets only a few requests run at once. The others wait for their turn or are refused."""

import asyncio
from collections.abc import Callable
from time import monotonic

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overt.model.engines.request_time_limit import OutOfTime, TimeLimit, time_limit
from overt.server.admission import Admission, AdmissionLimits, Refused, Ticket
from overt.server.request_kinds import request_kind

SLOW_SECONDS = 0.1
"""A request whose client takes longer than this to accept a part of the response loses its turn, and waits for another."""
TURN_SECONDS = 0.25
"""Time in seconds after which a streamed response waits for another turn, so that long downloads don't keep others waiting."""
_MAX_FORM_BYTES = 1_000_000
_MAX_BUFFERED_BYTES = 32_000_000
"""Maximum total size of the bodies that are arriving or waiting. A request whose body would exceed it is refused."""


class AdmissionMiddleware:
    """ASGI middleware that admits requests by kind and client.

    Two sorts of requests are always admitted: those that need no work, and those of the warm-up, which have no client.
    """

    def __init__(self, app: ASGIApp, limits: AdmissionLimits, busy: Callable[[str], Response]) -> None:
        """`busy`: returns the response to a refused request, given its path."""
        self._app = app
        self._admission = Admission(limits)
        self._buffered = 0
        self._busy = busy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        kind = request_kind(scope["path"], scope["query_string"]) if scope["type"] == "http" else None
        if kind is None or scope.get("client") is None:
            await self._app(scope, receive, send)
            return
        request = _Request(receive)
        try:
            await self._read_body(request)
            ticket = self._admission.apply(kind, scope["client"][0])
            if ticket.state == "waiting":
                await self._wait(ticket, request)
        except Refused:
            await self._busy(scope["path"])(scope, receive, send)
            return
        finally:
            self._buffered -= request.counted
        turn = _Turn(self._admission, ticket, send)
        try:
            with time_limit(turn.limit):
                await self._app(scope, request.receive, turn.send)
        except RuntimeError as error:
            # The response has begun, so it can only be cut off. The client notices that its end is missing.
            if not isinstance(error.__cause__, OutOfTime):
                raise
        finally:
            turn.end()

    async def _read_body(self, request: "_Request") -> None:
        """Read the body before the request waits, because a body that arrives slowly must not take a turn.

        A GET request may have a body, too. The rest of a body that is too large is left to the application, which refuses it.
        Raises Refused if the bodies of all requests together take too much memory.
        """
        more = True
        while more and request.buffered <= _MAX_FORM_BYTES:
            more = await request.read()
            self._buffered += request.buffered - request.counted
            request.counted = request.buffered
            if self._buffered > _MAX_BUFFERED_BYTES:
                raise Refused

    async def _wait(self, ticket: Ticket, request: "_Request") -> None:
        """Wait for the turn of a request. Raises Refused if it is refused or waits too long, or if its client disconnects."""
        waiting = asyncio.ensure_future(self._admission.wait(ticket, self._admission.limits.seconds))
        gone = asyncio.ensure_future(request.until_gone())
        try:
            await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                raise Refused
            await waiting
        finally:
            gone.cancel()
            waiting.cancel()


class _Request:
    """A request's messages that were read before the application asked for them."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._messages: list[Message] = []
        self.buffered = 0
        """Number of bytes of the body that have been read ahead."""
        self.counted = 0
        """Number of these bytes that have been added to the total of all requests."""

    async def read(self) -> bool:
        """Read one message ahead. Return whether more of the body follows."""
        message = await self._receive()
        self._messages.append(message)
        self.buffered += len(message.get("body", b""))
        return bool(message.get("more_body"))

    async def until_gone(self) -> None:
        """Read until the client disconnects.

        If the body becomes too large, reading stops, and this method never returns.
        """
        while not self._messages or self._messages[-1]["type"] != "http.disconnect":
            if self.buffered > _MAX_FORM_BYTES:
                await asyncio.Event().wait()
            await self.read()

    async def receive(self) -> Message:
        """Return the next message to the application."""
        return self._messages.pop(0) if self._messages else await self._receive()


class _Turn:
    """The turn of a request. It pauses while a slow client accepts a part of a streamed response."""

    def __init__(self, admission: Admission, ticket: Ticket, send: Send) -> None:
        self._admission, self._ticket, self._send = admission, ticket, send
        self.limit = TimeLimit(admission.limits.seconds)
        self._begin = monotonic()

    async def send(self, message: Message) -> None:
        """Send a part of the response.

        The turn ends just before the last part is sent. If the turn has lasted too long or the client is slow, it ends earlier,
        and the response waits for another turn.
        """
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self.end()
        if message["type"] != "http.response.body" or not message.get("more_body"):
            await self._send(message)
            return
        sending = asyncio.ensure_future(self._send(message))
        try:
            done, _ = await asyncio.wait({sending}, timeout=SLOW_SECONDS)
            if not done:
                self.end()
            await sending
        finally:
            sending.cancel()
        if not done or monotonic() - self._begin > TURN_SECONDS:
            self.end()
            self._ticket = self._admission.apply(self._ticket.kind, self._ticket.client, begun=True)
            await self._admission.wait(self._ticket)
            self._begin = monotonic()
        self.limit.restart()

    def end(self) -> None:
        """End the turn, so that the next request can run."""
        self._admission.leave(self._ticket)
