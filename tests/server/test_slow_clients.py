"""Clients that stop in the middle of a request, or don't read the response, delay nobody else and can go on later."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from overt.index.serve_settings import ServeSettings
from tests.server.test_many_readers import serving
from tests.support.small_atlas import SmallAtlas

LARGE = "/static/built/world.json"
FORM = b"queries=%7B%22q0%22%3A%7B%22query%22%3A%22Huawei%22%7D%7D"
"""The batch {"q0": {"query": "Huawei"}}."""
KINDS = ("head", "body", "form", "list")


@pytest.fixture(scope="module")
def served(atlas: SmallAtlas) -> Iterator[tuple[str, int]]:
    with serving(ServeSettings(atlas.workspace, atlas.release)) as address:
        host, port = address.removeprefix("http://").split(":")
        yield host, int(port)


class Slow:
    """A slow client.

    `head`: it stops in the middle of the headers; `form`: in the middle of a form; `body`, `list`: it doesn't read the
    response.
    """

    def __init__(self, kind: str, at: tuple[str, int], stack: ExitStack) -> None:
        self.kind = kind
        self._socket = stack.enter_context(socket.socket())
        # The buffer and the segments are small, so that the server must keep the unread part.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1000)
        self._socket.settimeout(120)
        self._socket.connect(at)
        host = f"Host: {at[0]}\r\n".encode()
        form = b"POST /reconcile HTTP/1.1\r\n%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
        first, self._rest = {
            "head": (b"GET /api/v1/figures HTTP/1.1\r\n" + host + b"Connection: close\r\n", b"\r\n"),
            "form": (form % (host + b"Connection: close\r\n", len(FORM), FORM[:20]), FORM[20:]),
            "body": (f"GET {LARGE} HTTP/1.1\r\n".encode() + host + b"Connection: close\r\n\r\n", b""),
            "list": (b"GET /projects.csv HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n", b""),
        }[kind]
        self._socket.sendall(first)

    def end(self) -> bytes:
        """Complete the request, and return the body of the response. Fails unless its status is 200."""
        self._socket.sendall(self._rest)
        response = bytearray()
        while piece := self._socket.recv(65_536):
            response += piece
        head, _, body = bytes(response).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        return body


@pytest.mark.skipif(not hasattr(socket, "TCP_MAXSEG"), reason="buffers cannot be made small here")
@pytest.mark.parametrize("many", [180, pytest.param(500, marks=pytest.mark.slow)])
def test_slow_clients_do_not_delay_others(served: tuple[str, int], many: int) -> None:
    """With 180 clients there are 45 of each kind, more than there are threads."""
    address = "http://{}:{}".format(*served)
    full = httpx.get(f"{address}{LARGE}", timeout=120)
    if full.status_code == 404:
        pytest.skip("the front end has not been built (make setup)")
    with ExitStack() as stack:
        slow = [Slow(KINDS[at % len(KINDS)], served, stack) for at in range(many)]
        for path in (
            "/",
            "/api/v1/figures",
            "/projects.csv",
            "/ogc/collections/sites/items?bbox=36,-2,37,-1",
            "/tiles/0/0/0.mvt",
        ):
            assert httpx.get(f"{address}{path}", timeout=120).status_code == 200, path
        response = httpx.post(
            f"{address}/reconcile", content=FORM, headers={"Content-Type": "application/x-www-form-urlencoded"}, timeout=120
        )
        assert response.json()["q0"]["result"]
        responses = {client.kind: client.end() for client in slow[: len(KINDS)]}
    assert responses["body"] == full.content, "who reads late gets all of it"
    assert json.loads(responses["form"]) == response.json()
    assert json.loads(responses["head"]) == httpx.get(f"{address}/api/v1/figures", timeout=120).json()
    assert httpx.get(f"{address}/healthz", timeout=120).json()["status"] == "ok"
