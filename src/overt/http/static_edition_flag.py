"""Marks requests whose responses become files of a static edition, which is read without a server."""

from starlette.requests import Request

STANDS_ALONE = "overt.stands_alone"
"""Key in the scope of a request whose response becomes a file of a static edition."""


def stands_alone(request: Request) -> bool:
    """Return whether the response becomes a file of a static edition."""
    return STANDS_ALONE in request.scope
