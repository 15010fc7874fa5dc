"""The application that `web_server_comparison` runs on each server: a finished page of 60 kB, like Overt's cached pages."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_BODY = bytes(range(256)) * 240


async def page(request: Request) -> Response:
    """Return the page."""
    return Response(_BODY, media_type="application/octet-stream")


app = Starlette(routes=[Route("/page", page)])
