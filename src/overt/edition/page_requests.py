"""Asking the site for its pages without a server around it: the functions that answer are called as they are."""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple, get_type_hints

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Scope

from overt.api import records as records_api
from overt.http.standalone import STANDS_ALONE
from overt.site.page import site_routes
from overt.site.site import Site


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes
    location: str = ""


class Asker:
    """Everything that a site answers."""

    def __init__(self, sites: Mapping[str, Site], app: ASGIApp) -> None:
        """`app`: what answers where the function of a route cannot be called alone."""
        self._app = app
        self._sites = sites
        self._routes: dict[str, list[_Route]] = {}
        for code, site in sites.items():
            api = [route for route in records_api.routes(site).routes if isinstance(route, APIRoute)]
            held = [*api, *site_routes(site)]
            self._routes[code] = [_Route(route) for route in held if not site.language.base or site.language.has_page(route.path)]

    def one(self, code: str, path: str, query: str = "") -> Answer:
        """The answer of a page's own function. `path`: without what the addresses of the language begin with."""
        for route in self._routes[code]:
            if found := route.pattern.match(path):
                scope = _scope(self._sites[code].language.base + path, query)
                response = route.answer(Request(scope), found.groupdict())
                return Answer(response.status_code, bytes(response.body), response.headers.get("location", ""))
        raise LookupError(path)

    def whole(self, path: str, query: str = "") -> Answer:
        """The answer of the whole application: also of what is sent in parts."""
        return asyncio.run(self._asked(path, query))

    async def _asked(self, path: str, query: str) -> Answer:
        parts: list[bytes] = []
        said: dict[str, Any] = {}
        gone = asyncio.Event()

        async def receive() -> Message:
            if "asked" in said:
                await gone.wait()  # nobody hangs up
            said["asked"] = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                said["status"] = message["status"]
                said["location"] = dict(message["headers"]).get(b"location", b"").decode()
            else:
                parts.append(message.get("body", b""))

        await self._app(_scope(path, query), receive, send)
        return Answer(said["status"], b"".join(parts), said["location"])


class _Route:
    """One address, and the function that answers there."""

    def __init__(self, route: APIRoute) -> None:
        self.pattern = route.path_regex
        self._endpoint = route.endpoint
        hints = get_type_hints(route.endpoint)
        self._takes_request = "request" in hints
        self._asked = {"asked": hints["asked"]()} if "asked" in hints else {}

    def answer(self, request: Request, given: dict[str, Any]) -> Response:
        """What it answers; the parameters that the interface would check (`asked`) are as if nothing was said."""
        here = {"request": request} if self._takes_request else {}
        response: Response = self._endpoint(**here, **given, **self._asked)
        return response


def _scope(path: str, query: str) -> Scope:
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "root_path": "",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": [(b"host", b"127.0.0.1")],
        "client": None, "server": ("127.0.0.1", 80), STANDS_ALONE: True,
    }  # fmt: skip
