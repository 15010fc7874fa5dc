"""Requests to the site without a server: calls of its route functions, or of the application."""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.types import ASGIApp, Message

from overt.api import figures as figures_api
from overt.api import record_with_claims as records_api
from overt.feeds import subject_routes
from overt.site.link_previews.page_function_calls_without_server import PageRoute, standalone_scope
from overt.site.page_declaration import site_routes
from overt.site.site import Site


class PageResponse(NamedTuple):
    """Status and body of a response."""

    status: int
    body: bytes


class PageClient:
    """Fetches pages and files of the sites in this process, without a server."""

    def __init__(self, sites: Mapping[str, Site], app: ASGIApp) -> None:
        """`app`: the application, for responses that a route function can't give without middleware."""
        self._app = app
        self._sites = sites
        self._routes: dict[str, list[PageRoute]] = {}
        for code, site in sites.items():
            parts = (records_api, figures_api, subject_routes)
            files = [route for part in parts for route in part.routes(site).routes if isinstance(route, APIRoute)]
            routes = [*files, *site_routes(site)]
            self._routes[code] = [
                PageRoute(route) for route in routes if not site.language.base or site.language.has_page(route.path)
            ]

    def page(self, code: str, path: str, query: str = "") -> PageResponse:
        """Return the response of the route function for a page or file.

        `code`: the code of the language; `path`: the path without the prefix of the language. Raises LookupError for an unknown
        path.
        """
        for route in self._routes[code]:
            if match := route.pattern.match(path):
                scope = standalone_scope(self._sites[code].language.base + path, query)
                response = route.answer(Request(scope), match.groupdict())
                return PageResponse(response.status_code, bytes(response.body))
        raise LookupError(path)

    def request(self, path: str, query: str = "") -> PageResponse:
        """Send a request to the application and return the complete response, even if it is streamed."""
        return asyncio.run(self._request(path, query))

    async def _request(self, path: str, query: str) -> PageResponse:
        parts: list[bytes] = []
        response: dict[str, Any] = {}
        gone = asyncio.Event()

        async def receive() -> Message:
            if "received" in response:
                await gone.wait()  # The client never disconnects.
            response["received"] = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                response["status"] = message["status"]
            else:
                parts.append(message.get("body", b""))

        await self._app(standalone_scope(path, query), receive, send)
        return PageResponse(response["status"], b"".join(parts))
