"""Standalone pages: files of a static edition that are read without a server."""

from starlette.requests import Request

from overt.http.served import Served
from overt.queries.maps import explorer_columns as columns

STANDS_ALONE = "overt.stands_alone"
"""Key in the scope of a request for a standalone page."""


def stands_alone(request: Request) -> bool:
    """Return whether the response becomes a file of a static edition."""
    return STANDS_ALONE in request.scope


def loads_all_projects(served: Served, *, standalone: bool) -> bool:
    """Return whether the explorer's script loads all projects. The limit is higher without a server that it could query."""
    return served.all_totals.projects <= (columns.MOST_ALONE if standalone else columns.MOST)
