"""Tracks reader activity, so that background work can yield to readers."""

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

QUIET_SECONDS = 0.25
"""Seconds without a request after which background work may run."""


class ActivityTracker:
    """Counts requests in flight and remembers when the last one ended. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._in_flight = 0
        self._last_finished = -math.inf

    @contextmanager
    def request(self) -> Iterator[None]:
        """Mark one reader request as in flight."""
        with self._lock:
            self._in_flight += 1
        try:
            yield
        finally:
            with self._lock:
                self._in_flight -= 1
                self._last_finished = monotonic()

    def wait_until_quiet(self, stop: threading.Event) -> None:
        """Block until QUIET_SECONDS have passed without a reader's request, or until `stop` is set."""
        while not stop.is_set():
            with self._lock:
                seconds = QUIET_SECONDS if self._in_flight else self._last_finished + QUIET_SECONDS - monotonic()
            if seconds <= 0:
                return
            stop.wait(seconds)


class ActivityMiddleware:
    """ASGI middleware that records reader requests; internal warm-up requests have no client and are ignored."""

    def __init__(self, app: ASGIApp, tracker: ActivityTracker) -> None:
        self._app = app
        self._tracker = tracker

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it as in flight until the response ends, unless it comes from the warm-up."""
        if scope["type"] != "http" or scope.get("client") is None:
            await self._app(scope, receive, send)
            return
        with self._tracker.request():
            await self._app(scope, receive, send)
