"""The number of projects up to which the explorer's script loads all of them."""

from overt.http.served_release import Served
from overt.queries.maps import explorer_columns


def loads_all_projects(served: Served, *, standalone: bool) -> bool:
    """Return whether the explorer's script loads all projects. Without a server to query, the limit is higher."""
    return served.all_totals.projects <= (
        explorer_columns.MAX_STANDALONE_PROJECTS if standalone else explorer_columns.MAX_PROJECTS
    )
