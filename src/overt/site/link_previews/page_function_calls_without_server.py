"""Call page functions without a server, for static editions and for pictures of pages."""

from typing import Any, get_type_hints

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from overt.http.static_edition_flag import STANDS_ALONE


class PageRoute:
    """A route whose function can be called without a server."""

    def __init__(self, route: APIRoute) -> None:
        self.pattern = route.path_regex
        self._endpoint = route.endpoint
        hints = get_type_hints(route.endpoint)
        self._takes_request = "request" in hints
        self._defaults = {"parameters": hints["parameters"]()} if "parameters" in hints else {}

    def answer(self, request: Request, path_values: dict[str, Any]) -> Response:
        """Call the route's function with `path_values`, the values of the path parameters, and return its response.

        If the function takes them, it also receives the request, and `parameters` with the defaults of all query parameters.
        """
        here = {"request": request} if self._takes_request else {}
        response: Response = self._endpoint(**here, **path_values, **self._defaults)
        return response


def standalone_scope(path: str, query: str) -> Scope:
    """Return the scope of a request for a page that will be read without a server."""
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "root_path": "",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": [(b"host", b"127.0.0.1")],
        "client": None, "server": ("127.0.0.1", 80), STANDS_ALONE: True,
    }  # fmt: skip
