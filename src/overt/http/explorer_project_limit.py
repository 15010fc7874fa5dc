"""Decides whether the explorer's script loads all projects, or requests only those that it shows."""

from overt.http.served_release import Served
from overt.queries.maps import explorer_columns


def loads_all_projects(served: Served, *, standalone: bool) -> bool:
    """Return whether the release has few enough projects for the script to load them all.

    In a static edition (`standalone`), which has no server to query, the limit is higher.
    """
    return served.all_totals.projects <= (
        explorer_columns.MAX_STANDALONE_PROJECTS if standalone else explorer_columns.MAX_PROJECTS
    )
