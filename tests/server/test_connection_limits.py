"""Connections that don't send or read are closed, and never keep others out."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from unittest.mock import Mock

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from overt.cli.web_server import server_config
from overt.model.settings import SiteSettings
from overt.server.connection_limits import ConnectionLimits, LimitedProtocol, limited_protocol
from tests.support.web_server import running

SHORT = ConnectionLimits(request_seconds=1, reading_seconds=1, connections=40)
HEAD = b"GET /page HTTP/1.1\r\nHost: localhost\r\n"


def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse("a page")


def large(request: Request) -> PlainTextResponse:
    return PlainTextResponse("x" * 20_000_000)


async def form(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@contextmanager
def serving(limits: ConnectionLimits) -> Iterator[int]:
    app = Starlette(routes=[Route("/page", page), Route("/large", large), Route("/form", form, methods=["POST"])])
    config = server_config(app, SiteSettings())
    config.http = limited_protocol(limits)
    with running(config) as port:
        yield port


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(SHORT) as port:
        yield port


@pytest.fixture
def connect(port: int) -> Iterator[object]:
    with ExitStack() as stack:

        def make(first: bytes = b"") -> socket.socket:
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            connection.sendall(first)
            return connection

        yield make


def is_closed(connection: socket.socket) -> bool:
    """Wait until a connection ends; return False if it doesn't before its timeout."""
    try:
        while connection.recv(65_536):
            pass
    except ConnectionError:
        pass
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"GET",
        HEAD,
        b"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf",
        HEAD + b"\r\n" + HEAD,
    ],
    ids=["nothing", "method", "headers", "body", "second request"],
)
def test_requests_that_never_end_are_closed(connect, first: bytes) -> None:  # type: ignore[no-untyped-def]
    assert is_closed(connect(first))


def test_answers_that_nobody_reads_are_closed(connect) -> None:  # type: ignore[no-untyped-def]
    connection = connect(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
    time.sleep(3)
    received = 0
    with suppress(ConnectionError):
        while piece := connection.recv(1_000_000):
            received += len(piece)
    assert received < 20_000_000


def test_of_too_many_answers_that_nobody_reads_the_oldest_is_closed() -> None:
    with serving(ConnectionLimits(unread=2)) as port, ExitStack() as stack:
        unread = []
        for _ in range(5):
            unread.append(stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20)))
            unread[-1].sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
            time.sleep(0.2)
        sizes = []
        for connection in unread:
            received = 0
            with suppress(ConnectionError):
                while received < 20_000_000 and (piece := connection.recv(1_000_000)):
                    received += len(piece)
            sizes.append(received)
        assert all(size < 20_000_000 for size in sizes[:3]) and all(size >= 20_000_000 for size in sizes[3:])


def test_complete_requests_are_answered() -> None:
    with serving(ConnectionLimits()) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            for first, rest in ((HEAD, b"\r\n"), (HEAD + b"\r\n" + HEAD[:5], HEAD[5:] + b"\r\n")):
                connection.sendall(first)
                time.sleep(0.1)
                connection.sendall(rest)
            answers = b""
            while answers.count(b"a page") < 3:
                piece = connection.recv(65_536)
                assert piece, "a connection serves several requests"
                answers += piece
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            assert client.post("/form", content=b"x" * 1000).text == "1000"
            assert len(client.get("/large").content) == 20_000_000


def test_new_readers_take_the_place_of_connections_without_a_request(connect, port: int) -> None:  # type: ignore[no-untyped-def]
    idle = [connect(HEAD) for _ in range(200)]
    for _ in range(5):
        assert httpx.get(f"http://127.0.0.1:{port}/page").text == "a page"
    assert all(is_closed(connection) for connection in idle)


def test_a_client_has_a_limit_and_proxies_have_none() -> None:
    async def connections(peer: str, limits: ConnectionLimits) -> int:
        config = server_config(Starlette(), SiteSettings())
        state = uvicorn.server.ServerState()
        protocol = limited_protocol(limits)
        transports = [Mock(asyncio.Transport) for _ in range(9)]
        for transport in transports:
            transport.get_extra_info.side_effect = lambda name: {"peername": (peer, 5), "sockname": ("192.0.2.1", 80)}.get(name)
            transport.is_closing.return_value = False
            connection: LimitedProtocol = protocol(config, state, {})
            connection.connection_made(transport)
            transport.protocol = connection
        refused = sum(transport.abort.called for transport in transports)
        for transport in transports:
            transport.protocol.connection_lost(None)
        assert not protocol.clients and not protocol.waiting
        return len(transports) - refused

    limits = ConnectionLimits(per_client=4)
    assert asyncio.run(connections("203.0.113.9", limits)) == 4
    assert asyncio.run(connections("127.0.0.1", limits)) == 9
    site = SiteSettings(proxies=["203.0.113.0/24"])
    config = server_config(Starlette(), site)
    assert isinstance(config.http, type) and issubclass(config.http, LimitedProtocol)
    named = config.http.limits._replace(per_client=4)
    assert asyncio.run(connections("203.0.113.9", named)) == 9
