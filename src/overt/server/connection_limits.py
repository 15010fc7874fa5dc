"""Limit the number of HTTP connections, the time for a request to arrive, and the time for a client to read the response.

uvicorn waits forever for a request that never ends and for a client that never reads. A few hundred such connections use up a
server's file handles or memory without a single complete request.
"""

import asyncio
from collections import Counter
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any, NamedTuple

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState


class ConnectionLimits(NamedTuple):
    """Limits on a server's connections. Times are in seconds."""

    request_seconds: float = 20
    """Maximum time for a request to arrive completely, counted from the connection or, later, from the request's first byte."""
    reading_seconds: float = 60
    """Time within which a client must read about 48 kB, so that more of the response can be sent."""
    connections: int = 1000
    per_client: int = 100
    unread: int = 100
    """Maximum number of connections whose client doesn't read. If there are more, the one that stalled first is closed."""
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks whose addresses are shared by many readers, so that `per_client` doesn't apply.

    `per_client` doesn't apply to this machine, either.
    """


class LimitedProtocol(H11Protocol):
    """uvicorn's HTTP protocol with limits. `limited_protocol` makes a subclass for each server."""

    limits = ConnectionLimits()
    clients: Counter[str]
    """Open connections by client host."""
    waiting: dict["LimitedProtocol", None]
    """Connections without a complete request, in the order in which they began to wait."""
    unread: dict["LimitedProtocol", None]
    """Connections whose client does not read, in the order in which it stopped."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._request_timer: asyncio.TimerHandle | None = None
        self._reading_timer: asyncio.TimerHandle | None = None
        self._client_host = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection, or close it if its client has too many connections.

        If the server has too many, it closes the connection that has waited longest for a request. If no connection is waiting,
        it closes the new one.
        """
        super().connection_made(transport)
        self._client_host = self.client[0] if self.client else ""
        self.clients[self._client_host] += 1
        if self.clients[self._client_host] > self.limits.per_client and not self._is_proxy():
            transport.abort()
            return
        if len(self.connections) > self.limits.connections and not self._make_room():
            transport.abort()
            return
        self._wait_for_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timers of the connection, and no longer count it."""
        self._stop_waiting()
        self._stop_timer()
        self.unread.pop(self, None)
        self.clients[self._client_host] -= 1
        if not self.clients[self._client_host]:
            del self.clients[self._client_host]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read data, and start or stop the timer of the request."""
        super().data_received(data)
        if self.transport.is_closing():
            return
        if not self._is_waiting():
            self._stop_waiting()
        elif self._request_timer is None:
            self._wait_for_request()

    def on_response_complete(self) -> None:
        """Wait for the next request. uvicorn's own timer closes the connection if none begins."""
        super().on_response_complete()
        if not self.transport.is_closing() and self._is_waiting():
            self.waiting[self] = None

    def pause_writing(self) -> None:
        """Note that the client has stopped reading, and close the connection unless it continues within `reading_seconds`.

        If too many clients have stopped reading, close the connection of the client that stopped first.
        """
        super().pause_writing()
        self.unread[self] = None
        if len(self.unread) > self.limits.unread:
            next(iter(self.unread))._close()
        self._stop_timer()
        self._reading_timer = self.loop.call_later(self.limits.reading_seconds, self._close)

    def resume_writing(self) -> None:
        """Note that the client has resumed reading."""
        self._stop_timer()
        self.unread.pop(self, None)
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection. If the client has left part of a response unread, close it after `reading_seconds`."""
        super().timeout_keep_alive_handler()
        self._stop_timer()
        self._reading_timer = self.loop.call_later(self.limits.reading_seconds, self._close)

    def _is_proxy(self) -> bool:
        try:
            address = ip_address(self._client_host)
        except ValueError:
            return True  # A Unix socket has no address, and its other end is on this machine.
        return address.is_loopback or any(address in network for network in self.limits.proxies)

    def _is_waiting(self) -> bool:
        """Return whether the connection waits for a request, or for the rest of one."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def _wait_for_request(self) -> None:
        self._stop_waiting()
        self.waiting[self] = None
        self._request_timer = self.loop.call_later(self.limits.request_seconds, self._close)

    def _stop_waiting(self) -> None:
        self.waiting.pop(self, None)
        if self._request_timer is not None:
            self._request_timer.cancel()
            self._request_timer = None

    def _stop_timer(self) -> None:
        if self._reading_timer is not None:
            self._reading_timer.cancel()
            self._reading_timer = None

    def _make_room(self) -> bool:
        """Close the connection that has waited longest for a request. Return False if no connection is waiting."""
        oldest = next(iter(self.waiting), None)
        if oldest is None:
            return False
        oldest._close()
        return True

    def _close(self) -> None:
        self._stop_waiting()
        self.unread.pop(self, None)
        self.transport.abort()


def limited_protocol(limits: ConnectionLimits) -> type[LimitedProtocol]:
    """Return the protocol class for one server, whose connections are counted together."""
    return type("ServerProtocol", (LimitedProtocol,), {"limits": limits, "clients": Counter(), "waiting": {}, "unread": {}})
