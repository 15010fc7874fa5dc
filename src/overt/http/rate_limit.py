"""Limits how many requests a client may make per minute, if the operator sets a limit."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from overt.http.data_or_page_address import is_data
from overt.http.json_and_problem_responses import problem

_CHARGE = "overt.charge"
_UNCOUNTED = ("/static/", "/healthz")
_LATER = {"Retry-After": "60", "Cache-Control": "no-store"}
_DETAIL = "You made more requests in a minute than this server allows; wait as long as Retry-After says, or download the files."


def charge(scope: Scope, parts: int) -> None:
    """Count a request with `parts` items as that many requests, but never as more than the limit.

    Do nothing if the server has no limit. Raises HTTPException 429 if the limit is exceeded.
    """
    count = scope.get(_CHARGE)
    if count is not None and parts > 1 and not count(parts - 1):
        raise HTTPException(429, _DETAIL, _LATER)


class RateLimitMiddleware:
    """ASGI middleware that limits requests by client address.

    Static files, the health check, and the requests of the warm-up, which have no client, are not counted. Client addresses are
    only kept in memory, and only briefly. Readers of an onion service share one address, and therefore the limit.
    """

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        """`per_minute`: maximum number of requests per client and minute; 0 for no limit."""
        self._app = app
        self._per_minute = per_minute
        self._hit = _window(per_minute) if per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, or refuse it and state when the client may try again."""
        if self._hit is None or scope["type"] != "http" or scope.get("client") is None or scope["path"].startswith(_UNCOUNTED):
            await self._app(scope, receive, send)
            return
        client = scope["client"][0]
        if self._hit(client, 1):
            await self._app({**scope, _CHARGE: lambda count: self._count(client, count)}, receive, send)
            return
        response = problem(429, _DETAIL) if is_data(scope["path"]) else PlainTextResponse(f"{_DETAIL}\n", 429)
        response.headers.update(_LATER)
        await response(scope, receive, send)

    def _count(self, client: str, requests: int) -> bool:
        """Count further requests of a client; return whether they are within the limit.

        A batch above the limit counts as the limit, because otherwise it could never pass.
        """
        assert self._hit is not None
        return self._hit(client, min(requests, self._per_minute - 1))


def _window(per_minute: int) -> Callable[[str, int], bool]:
    """Return a function that counts a client's requests and returns whether they are within the limit for the last minute."""
    from limits import RateLimitItemPerMinute  # Imported here because it is slow to load and few servers set a limit.
    from limits.storage import MemoryStorage
    from limits.strategies import SlidingWindowCounterRateLimiter

    window, limit = SlidingWindowCounterRateLimiter(MemoryStorage()), RateLimitItemPerMinute(per_minute)
    return lambda client, requests: window.hit(limit, client, cost=requests)
