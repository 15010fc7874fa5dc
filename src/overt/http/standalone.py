"""Pages that stand alone: files of a static edition, which no server will hand out."""

from starlette.requests import Request

from overt.http.served import Served
from overt.queries.maps import explorer_columns as columns

STANDS_ALONE = "overt.stands_alone"
"""In the scope of a request for such a page."""


def stands_alone(request: Request) -> bool:
    """Whether what is asked for becomes a file."""
    return STANDS_ALONE in request.scope


def given_at_once(served: Served, *, alone: bool) -> bool:
    """Whether the explorer's script is given all projects: a server can be asked for some, a file cannot."""
    return served.whole.projects <= (columns.MOST_ALONE if alone else columns.MOST)
