"""Standalone pages: pages of a static edition, which are read without a server."""

from starlette.requests import Request

from overt.http.served_release import Served
from overt.queries.maps import explorer_columns

STANDS_ALONE = "overt.stands_alone"
"""Key in the scope of a request for a standalone page."""


def stands_alone(request: Request) -> bool:
    """Return whether the response becomes a file of a static edition."""
    return STANDS_ALONE in request.scope


def loads_all_projects(served: Served, *, standalone: bool) -> bool:
    """Return whether the explorer's script loads all projects. Without a server to query, the limit is higher."""
    return served.all_totals.projects <= (
        explorer_columns.MAX_STANDALONE_PROJECTS if standalone else explorer_columns.MAX_PROJECTS
    )
