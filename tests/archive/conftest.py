import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from overt.archive import Archive
from overt.archive.guarded_transport import NetworkPolicy

Answer = Callable[[BaseHTTPRequestHandler], None]
TLS = Path(__file__).parent / "tls"  # a certificate for overt.test, made for these tests


class Server:
    """A web server on the loopback interface.

    `answers`: functions that respond, by path without query; `requests`: all requests so far.
    """

    def __init__(self, tls: bool = False) -> None:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                server.requests.append(self)
                self.reached = self.connection.getsockname()[0]
                server.answers[self.path.partition("?")[0]](self)

            def log_message(self, *args):
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):  # tests make clients disconnect in the middle
                pass

        self.answers: dict[str, Answer] = {}
        self.requests: list[BaseHTTPRequestHandler] = []
        self._server = Quiet(("127.0.0.1", 0), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    """Return a function that sends this response, with `Content-Length` and `Date` unless `headers` sets them.

    `headers`: values by name, with `_` for each `-` of the name.
    """

    def send(handler):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.send_response_only(status)
        names.setdefault("Date", handler.date_time_string())
        for name, value in ({"Content-Length": str(len(body))} | names).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def tls_server() -> Iterator[Server]:
    server = Server(tls=True)
    yield server
    server.close()


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def loopback() -> NetworkPolicy:
    return NetworkPolicy(("127.0.0.0/8",))
