"""Which addresses may be fetched from, and connecting to exactly the one that was checked."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import httpcore
import httpx

from overt.archive.errors import ArchiveError

Resolver = Callable[[str, int], list[str]]
"""Host name and port → IP addresses, in the order to try them."""

_REFUSED = [
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays from IPv6 to IPv4
        "2001::/23",  # protocol assignments: Teredo and others that carry an IPv4 address
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries an IPv4 address
        "3fff::/20",  # documentation
    )
]
_GLOBAL_6 = ipaddress.ip_network("2000::/3")  # so not: IPv4-mapped, NAT64, unique local, link-local, site-local, multicast


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a host of the open internet and carries no other address inside it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6 and ip not in _GLOBAL_6:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _REFUSED if net.version == ip.version)


def resolve_host(host: str, port: int) -> list[str]:
    """The IP addresses of a host, by the system's resolver. Raises ArchiveError if it has none."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a host name"
        raise ArchiveError(f"{host}: cannot find this host ({reason}); check the address and the connection") from None
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass(frozen=True)
class NetworkPolicy:
    """How a fetch may use the network."""

    allow_private: bool = False
    """Also fetch from this machine and private networks; a setting for those who keep sources there."""
    resolve: Resolver = resolve_host
    tls: ssl.SSLContext | None = None
    """Certificates to trust, if not the usual ones."""

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be connected to. Raises ArchiveError if there are none."""
        found = self.resolve(host, port)
        allowed = [address for address in found if self.allow_private or is_public(address)]
        if not allowed:
            raise ArchiveError(
                f"{host}: refused, for it leads to {', '.join(found) or 'no address'}, not to a public host;"
                " set allow_private in overt.toml if that is meant"
            )
        return allowed


class Deadline:
    """A moment by which a download must be done, whatever the server does meanwhile."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def cap(self, timeout: float | None = None) -> float:
        """Seconds left, at most `timeout`. Raises ArchiveError when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise ArchiveError(f"took longer than {self._seconds:g} seconds; run this again to go on from there")
        return left if timeout is None else min(left, timeout)


class _Stream(httpcore.NetworkStream):
    """A connection of which each single wait ends with the deadline: a server that sends a byte a minute gains nothing."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._deadline.cap(timeout))
        except httpcore.ReadTimeout:
            self._deadline.cap()  # says so if it is the whole download that took too long
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Resolves a host once, checks the addresses, and connects to one of those checked.

    The pool above it knows the host by name alone, so TLS names and verifies the host, not the address.
    """

    def __init__(self, policy: NetworkPolicy, deadline: Deadline) -> None:
        self._policy = policy
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in self._policy.addresses(host, port):
            try:
                stream = self._sockets.connect_tcp(address, port, self._deadline.cap(timeout), None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._deadline)
        raise failure or httpcore.ConnectError("no address")


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class GuardedTransport(httpx.BaseTransport):
    """An httpx transport under a policy and a deadline. It uses no proxy: that would resolve hosts by itself."""

    def __init__(self, policy: NetworkPolicy, deadline: Deadline) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=policy.tls or httpx.create_ssl_context(),
            network_backend=_Backend(policy, deadline),
            max_keepalive_connections=0,  # each hop resolves and checks anew
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
