"""Clients for the attacks: clients that read their responses, and connections that never finish a request or never read."""

import asyncio
import hashlib
import time
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

SAMPLED = 20
"""Number of addresses per attack that are requested again afterwards, to compare the responses."""
_TIMEOUT = 120.0


class Response(NamedTuple):
    """A response from the server."""

    status: int
    digest: str
    """SHA-256 of the unpacked body, because compressed bytes may contain a timestamp."""
    retry_after: bool


@dataclass
class Outcome:
    """What clients saw during an attack."""

    statuses: Counter[str] = field(default_factory=Counter)
    """Number of responses by status. `refused`: responses with 503 but without Retry-After. `broken`: failed connections."""
    samples: dict[str, str] = field(default_factory=dict)
    """Digests of the first successful responses, by address. There are at most SAMPLED."""
    wrong: list[str] = field(default_factory=list)
    """Addresses in `samples` that also had a different response."""

    def add(self, path: str, response: Response) -> None:
        """Count a response."""
        bare = response.status == 503 and not response.retry_after
        self.statuses["refused" if bare else str(response.status)] += 1
        if response.status != 200:
            return
        is_sampled = path in self.samples or len(self.samples) < SAMPLED
        if is_sampled and self.samples.setdefault(path, response.digest) != response.digest:
            self.wrong.append(path)


class Connection:
    """An HTTP/1.1 connection to a server on this machine. It is opened on first use, and reopened if the server closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Response:
        """Request an address. Raises OSError or EOFError if the connection breaks or the response takes more than two minutes."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            return await asyncio.wait_for(self._exchange(*self._streams, path), _TIMEOUT)
        except BaseException:
            self.close()
            raise

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> Response:
        writer.write(request(path))
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        lines = (line.partition(b":") for line in head.split(b"\r\n")[1:])
        headers = {name.strip().lower(): value.strip() for name, _, value in lines}
        digest = hashlib.sha256()
        unpack: Callable[[bytes], bytes] = zlib.decompressobj(wbits=47).decompress
        if b"content-encoding" not in headers:
            unpack = bytes
        if b"content-length" in headers:
            digest.update(unpack(await reader.readexactly(int(headers[b"content-length"]))))
        else:
            while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
                digest.update(unpack((await reader.readexactly(size + 2))[:-2]))
            await reader.readexactly(2)
        if headers.get(b"connection", b"").lower() == b"close":
            self.close()
        return Response(status, digest.hexdigest(), b"retry-after" in headers)

    def close(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def request(path: str) -> bytes:
    """Return the bytes of a GET request for an address."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()


async def ask(port: int, paths: Callable[[int], str], clients: int, *, seconds: float = 0, requests: int = 0) -> Outcome:
    """Let each of `clients` clients send one request after another, until `seconds` have passed and `requests` have been sent.

    `paths` returns the address of a request, given the request's number.
    """
    outcome, numbers, end = Outcome(), count(), time.monotonic() + seconds

    async def client() -> None:
        connection = Connection(port)
        while (number := next(numbers)) < requests or time.monotonic() < end:
            path = paths(number)
            try:
                outcome.add(path, await connection.get(path))
            except (TimeoutError, OSError, EOFError):
                outcome.statuses["broken"] += 1
        connection.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return outcome


async def differing(port: int, expected: dict[str, str]) -> list[str]:
    """Request addresses again, and return those whose response differs. After a 503, try again once a second, up to 60 times.

    `expected`: the digests of the earlier responses, by address.
    """
    connection, different = Connection(port), []
    for path, digest in expected.items():
        for _ in range(60):
            answer = await connection.get(path)
            if answer.status != 503:
                break
            await asyncio.sleep(1)
        if (answer.status, answer.digest) != (200, digest):
            different.append(path)
    connection.close()
    return different


@asynccontextmanager
async def slow_connections(port: int, number: int) -> AsyncIterator[None]:
    """Keep connections open that each send a byte of a header every five seconds. Reopen those that the server closes."""

    async def dawdle() -> None:
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                try:
                    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
                    while not writer.is_closing():
                        writer.write(b"a")
                        await writer.drain()
                        await asyncio.sleep(5)
                finally:
                    writer.close()
            await asyncio.sleep(0.1)

    async with _tasks([dawdle() for _ in range(number)]):
        yield


@asynccontextmanager
async def readers_that_do_not_read(port: int, number: int, path: str) -> AsyncIterator[None]:
    """Keep connections open that request an address and don't read the response. Replace each connection after 90 seconds."""

    async def ask_only() -> None:
        while True:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
                reader._transport.pause_reading()  # type: ignore[attr-defined]
                try:
                    writer.write(request(path))
                    await asyncio.sleep(90)
                finally:
                    writer.transport.abort()

    async with _tasks([ask_only() for _ in range(number)]):
        yield


@asynccontextmanager
async def _tasks(coroutines: Sequence[Coroutine[None, None, None]]) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for coroutine in coroutines:
            task = asyncio.ensure_future(coroutine)
            stack.callback(task.cancel)
        yield
