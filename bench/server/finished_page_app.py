"""The application that `web_server_comparison` runs on each server: it always sends the same 60 kB, like a cached page."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_BODY = bytes(range(256)) * 240


async def page(request: Request) -> Response:
    """Return the same 61,440 bytes for every request."""
    return Response(_BODY, media_type="application/octet-stream")


app = Starlette(routes=[Route("/page", page)])
