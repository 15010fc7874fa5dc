"""Helpers that archive snapshots with a single project, and read the statuses of projects in a release."""

from overt.archive import Archive
from tests.support.command_built_atlas import Atlas, make_statements


def fetch(atlas: Atlas, slug: str, day: str, status: str) -> str:
    """Archive a project with a status, and return the snapshot's id."""
    atlas.fetch(slug, make_statements("project", "p", name=f"Project of {slug}", status=status), day)
    return Archive(atlas.workspace.archive).snapshots(slug)[-1].id


def statuses(atlas: Atlas, release: str) -> set[str]:
    return {row["value"] for row in atlas.rows(release, "SELECT value FROM values WHERE property = 'status'")}


def ids(atlas: Atlas, source: str = "alpha") -> list[str]:
    return [snapshot.id for snapshot in Archive(atlas.workspace.archive).snapshots(source)]
