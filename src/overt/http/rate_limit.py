"""How fast one client may ask for data, where the operator sets a limit."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from overt.http.data_addresses import is_data
from overt.http.problem import problem

_CHARGE = "overt.charge"
_LATER = {"Retry-After": "60", "Cache-Control": "no-store"}
_DETAIL = "More requests were made in a minute than this server allows; wait as long as Retry-After says, or take the files."


def charge(scope: Scope, parts: int) -> None:
    """Count a request that asks for so many things at once as so many requests. Raises HTTPException 429."""
    more = scope.get(_CHARGE)
    if more is not None and parts > 1 and not more(parts - 1):
        raise HTTPException(429, _DETAIL, _LATER)


class Pace:
    """Wraps the application. Addresses of data answer so many requests of one client in a minute; pages are never counted.

    Addresses of clients are in memory for a minute, and nowhere else. Readers by an onion service share one, and so the limit.
    """

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        """`per_minute`: requests of one client; 0: there is no limit."""
        self._app = app
        self._per_minute = per_minute
        self._hit = _window(per_minute) if per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say when to ask again."""
        if self._hit is None or scope["type"] != "http" or not is_data(scope["path"]):
            await self._app(scope, receive, send)
            return
        client = scope["client"][0] if scope.get("client") else ""
        if self._hit(client, 1):
            await self._app({**scope, _CHARGE: lambda more: self._more(client, more)}, receive, send)
            return
        answer = problem(429, _DETAIL)
        answer.headers.update(_LATER)
        await answer(scope, receive, send)

    def _more(self, client: str, more: int) -> bool:
        """Whether a client may make so many requests more. What is more than a minute's is as much as a minute's: else it would
        never be answered.
        """
        assert self._hit is not None
        return self._hit(client, min(more, self._per_minute - 1))


def _window(per_minute: int) -> Callable[[str, int], bool]:
    """Whether a client may make so many requests more in this minute, which are counted then."""
    from limits import RateLimitItemPerMinute  # here, as what follows: it takes some time to load, and few servers have a limit
    from limits.storage import MemoryStorage
    from limits.strategies import SlidingWindowCounterRateLimiter

    window, limit = SlidingWindowCounterRateLimiter(MemoryStorage()), RateLimitItemPerMinute(per_minute)
    return lambda client, requests: window.hit(limit, client, cost=requests)
