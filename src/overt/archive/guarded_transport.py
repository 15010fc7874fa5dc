"""An httpx transport that connects only to hosts that a network policy allows, and that stops at a deadline."""

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import httpcore
import httpx
from socksio.exceptions import SOCKSError

from overt.archive.errors import ArchiveError
from overt.version import __version__

Resolver = Callable[[str, int], list[str]]
"""Function that returns the IP addresses for a host name and a port, in the order in which to try them."""

_REFUSED_NETWORKS = [
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
_LOCAL_NAME = re.compile(r"^[^.]+\.?$|\.(local|localhost|internal|lan|home|corp|home\.arpa)\.?$", re.IGNORECASE)
_NUMERIC = re.compile(r"^(0x)?[0-9a-f.]*[0-9]\.?$", re.IGNORECASE)
"""Matches addresses in forms that only some programs read, such as 0x7f000001 and 127.1."""
_GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")
"""IPv6 addresses outside this network aren't public: IPv4-mapped, NAT64, unique local, link-local, site-local and multicast
addresses.
"""


def is_public(address: str) -> bool:
    """Return whether an IP address is public and has no other address embedded in it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6 and ip not in _GLOBAL_IPV6:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _REFUSED_NETWORKS if net.version == ip.version)


def resolve_host(host: str, port: int) -> list[str]:
    """Resolve a host with the system's resolver. Raises ArchiveError if it has no address."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a host name"
        raise ArchiveError(f"{host}: cannot find this host ({reason}); check the address and the connection") from None
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass(frozen=True)
class NetworkPolicy:
    """Which hosts may be contacted, through which proxy, and with which User-Agent and certificates."""

    private: tuple[str, ...] = ()
    """Private addresses and networks from which fetching is also allowed. Link-local addresses are never allowed."""
    proxy: str = ""
    """Address of a SOCKS5 proxy that resolves host names, such as `socks5h://127.0.0.1:9050`; empty for none."""
    user_agent: str = ""
    """The User-Agent header; if empty, `overt/` and the version."""
    resolve: Resolver = resolve_host
    tls: ssl.SSLContext | None = None
    """TLS settings with the trusted certificates; None for httpx's own."""

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host to which connections are allowed. Raises ArchiveError if there are none, and as
        `resolve` does.
        """
        resolved = self.resolve(host, port)
        allowed = [address for address in resolved if is_public(address) or self._is_allowed(address)]
        if not allowed:
            raise ArchiveError(
                f"{host}: refused: it resolves to {', '.join(resolved) or 'no address'}, not to a public host;"
                " name it under allow_private in overt.toml to fetch from a private network"
            )
        return allowed

    @property
    def agent(self) -> str:
        """The value of the User-Agent header."""
        return self.user_agent or f"overt/{__version__}"

    def check_name(self, host: str) -> None:
        """Check a host that the proxy will resolve.

        Raises ArchiveError for an address that is neither public nor in `private`, an address in an unusual form, and the name of
        a local host.
        """
        try:
            address = str(ipaddress.ip_address(host.strip("[]")))
        except ValueError:
            if not _LOCAL_NAME.search(host) and not _NUMERIC.match(host):
                return
        else:
            if is_public(address) or self._is_allowed(address):
                return
        raise ArchiveError(
            f"{host}: refused: not a public host; to fetch from a private network, give its address and name it under"
            " allow_private in overt.toml"
        )

    def _is_allowed(self, address: str) -> bool:
        ip = ipaddress.ip_address(address.partition("%")[0])
        networks = (ipaddress.ip_network(network) for network in self.private)
        return not ip.is_link_local and any(ip in network for network in networks if network.version == ip.version)


class Deadline:
    """The time at which a download is aborted, whatever the server does."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def cap(self, timeout: float | None = None) -> float:
        """Return the remaining seconds, but at most `timeout`. Raises ArchiveError if no time is left."""
        remaining = self._end - time.monotonic()
        if remaining <= 0:
            raise ArchiveError(f"took longer than {self._seconds:g} seconds; run this again to resume")
        return remaining if timeout is None else min(remaining, timeout)


class _DeadlineStream(httpcore.NetworkStream):
    """A connection on which every wait ends at the deadline, so that a server that sends a byte a minute can't prolong the
    download.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._deadline.cap(timeout))
        except httpcore.ReadTimeout:
            self._deadline.cap()  # Raises ArchiveError if the deadline has passed.
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _DeadlineBackend(httpcore.NetworkBackend):
    """Connects to the first address of a host that accepts a connection before the deadline, in the order of `resolve`.

    The connection pool gets only the host name, so TLS verifies the name, not the address.
    """

    def __init__(self, resolve: Resolver, deadline: Deadline) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()
        self.last_stream: httpcore.NetworkStream | None = None
        """The stream that was opened last."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in self._resolve(host, port):
            try:
                stream = self._sockets.connect_tcp(address, port, self._deadline.cap(timeout), None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                self.last_stream = _DeadlineStream(stream, self._deadline)
                return self.last_stream
        raise failure or httpcore.ConnectError("no address")


class _ResponseBody(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)
"""What a request through `GuardedTransport` can raise besides ArchiveError."""


class GuardedTransport(httpx.BaseTransport):
    """An httpx transport with a network policy and a deadline.

    A proxy resolves hosts itself, so only the name or address in the request can be checked, not the address that the proxy
    connects to.
    """

    def __init__(self, policy: NetworkPolicy, deadline: Deadline) -> None:
        self._policy = policy
        context = policy.tls or httpx.create_ssl_context()
        # The proxy's own host comes from the settings, so the policy does not apply to it.
        self._backend = _DeadlineBackend((lambda host, port: [host]) if policy.proxy else policy.addresses, deadline)
        self._pool = (
            httpcore.SOCKSProxy(
                policy.proxy.replace("socks5h://", "socks5://"),  # httpcore always lets the proxy resolve names.
                ssl_context=context,
                network_backend=self._backend,
                max_keepalive_connections=0,
            )
            if policy.proxy
            else httpcore.ConnectionPool(
                ssl_context=context,
                network_backend=self._backend,
                max_keepalive_connections=0,  # No connection is reused, so the host of every redirect is checked again.
            )
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises ArchiveError after the deadline, and for a host that has no address or that the policy refuses. Other failures
        raise exceptions of httpcore, which are not exceptions of httpx, so callers catch FAILURES.
        """
        url = request.url
        if self._policy.proxy:
            self._policy.check_name(url.host)
        try:
            response = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream if isinstance(request.stream, httpx.SyncByteStream) else None,
                    extensions=request.extensions,
                )
            )
        except Exception as error:
            if self._backend.last_stream:
                self._backend.last_stream.close()  # httpcore leaves the stream open if the proxy fails.
            if isinstance(error, SOCKSError):
                proxy = self._policy.proxy
                raise httpcore.ProxyError(f"{proxy}: its reply is not SOCKS5 ({error}); is it another proxy?") from error
            raise
        return httpx.Response(
            response.status, headers=response.headers, stream=_ResponseBody(response), extensions=response.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
