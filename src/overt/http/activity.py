"""Whether readers are asking for something right now, so that what is made ahead keeps out of their way."""

import math
import threading
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

_QUIET = 0.25
"""Seconds without a request after which nobody is thought to be waiting for the next one."""


class Readers:
    """When a reader was last answered."""

    def __init__(self) -> None:
        self._last = -math.inf
        self._now = 0
        self._guard = threading.Lock()

    def come(self) -> None:
        """Somebody asks."""
        with self._guard:
            self._now += 1

    def go(self) -> None:
        """Somebody has been answered."""
        with self._guard:
            self._now -= 1
            self._last = monotonic()

    def wait_until_away(self, stop: threading.Event) -> None:
        """Return once nobody has asked for a while, or `stop` is set."""
        while not stop.is_set():
            with self._guard:
                left = _QUIET if self._now else self._last + _QUIET - monotonic()
            if left <= 0:
                return
            stop.wait(left)


class Noticed:
    """Around the application: tells of every request that comes from a reader; what the server asks itself has no client."""

    def __init__(self, app: ASGIApp, readers: Readers) -> None:
        self._app = app
        self._readers = readers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope.get("client") is None:
            await self._app(scope, receive, send)
            return
        self._readers.come()
        try:
            await self._app(scope, receive, send)
        finally:
            self._readers.go()
