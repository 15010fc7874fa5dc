"""Fetching through a SOCKS5 proxy that resolves names, as Tor does."""

import socket
import threading
from collections.abc import Iterator

import pytest

from overt.archive.archive import Archive
from overt.archive.errors import ArchiveError
from overt.archive.guarded_transport import NetworkPolicy
from overt.archive.http_fetch import download
from tests.archive.conftest import Server, answer


class SocksProxy:
    """A SOCKS5 proxy (RFC 1928, no authentication) that connects to this machine for any name, and records the names."""

    def __init__(self, *, refuses: bool = False) -> None:
        """`refuses`: reply “host unreachable” to every request."""
        self.names: list[str] = []
        self._refuses = refuses
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"socks5h://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            client.recv(client.recv(2)[1])
            client.sendall(b"\x05\x00")
            version, command, _, kind = client.recv(4)
            assert (version, command, kind) == (5, 1, 3), "the client leaves names to the proxy"
            self.names.append(client.recv(client.recv(1)[0]).decode())
            port = int.from_bytes(client.recv(2), "big")
            if self._refuses:
                client.sendall(b"\x05\x04\x00\x01\x00\x00\x00\x00\x00\x00")
                return
            with socket.create_connection(("127.0.0.1", port)) as server:
                client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
                back = threading.Thread(target=_copy, args=[server, client], daemon=True)
                back.start()
                _copy(client, server)
                back.join()

    def close(self) -> None:
        self._listener.close()


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while piece := source.recv(65_536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.fixture
def proxy() -> Iterator[SocksProxy]:
    proxy = SocksProxy()
    yield proxy
    proxy.close()


def never(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was resolved on this machine")


def test_the_proxy_resolves_names_and_the_publisher_sees_the_user_agent(
    archive: Archive, server: Server, proxy: SocksProxy
) -> None:
    server.answers["/"] = answer(b"", 302, Location=server.url("/data", "other.test"))
    server.answers["/data"] = answer(b"through a proxy")
    policy = NetworkPolicy(proxy=proxy.address, user_agent="a reader", resolve=never)
    result = download(archive, server.url("/", "overt.test"), network=policy)
    assert archive.read(result.sha256) == b"through a proxy"
    assert proxy.names == ["overt.test", "other.test"]
    assert {request.headers["User-Agent"] for request in server.requests} == {"a reader"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "localhost", "router", "nas.local", "0x7f000001", "127.1"]
)
def test_private_hosts_are_not_requested_from_the_proxy(archive: Archive, proxy: SocksProxy, host: str) -> None:
    policy = NetworkPolicy(proxy=proxy.address, resolve=never)
    with pytest.raises(ArchiveError, match="refused: not a public host"):
        download(archive, f"http://{host}/", network=policy)
    assert not proxy.names


def test_a_redirect_to_a_private_host_is_refused(archive: Archive, server: Server, proxy: SocksProxy) -> None:
    server.answers["/"] = answer(b"", 302, Location="http://169.254.169.254/latest/meta-data")
    with pytest.raises(ArchiveError, match="refused: not a public host"):
        download(archive, server.url("/", "overt.test"), network=NetworkPolicy(proxy=proxy.address, resolve=never))
    assert proxy.names == ["overt.test"]


def test_a_proxy_that_does_not_answer_is_one_line(archive: Archive) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    policy = NetworkPolicy(proxy=f"socks5h://127.0.0.1:{port}", resolve=never)
    with pytest.raises(ArchiveError) as caught:
        download(archive, "http://overt.test/", network=policy)
    assert "\n" not in str(caught.value)


def test_a_host_that_the_proxy_cannot_reach_is_one_line(archive: Archive) -> None:
    proxy = SocksProxy(refuses=True)
    try:
        with pytest.raises(ArchiveError, match=r"^http://overt\.test/: .*; try again later$") as caught:
            download(archive, "http://overt.test/", network=NetworkPolicy(proxy=proxy.address))
    finally:
        proxy.close()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("reply", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x04\x00", b"\x05\x00\x05"])
def test_a_proxy_of_another_kind_is_named(archive: Archive, reply: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer_once() -> None:
            client, _ = listener.accept()
            with client:
                client.recv(100)
                client.sendall(reply)
                client.recv(100)

        threading.Thread(target=answer_once, daemon=True).start()
        proxy = f"socks5h://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(ArchiveError, match=rf"{proxy}: its reply is not SOCKS5"):
            download(archive, "http://data.example/a.csv", network=NetworkPolicy(proxy=proxy))
