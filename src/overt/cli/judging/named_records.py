"""Finds source records by the names that people type."""

from itertools import product
from pathlib import Path

from overt.cli.common import release_folder
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.release.release_folders import list_releases
from overt.resolve.names import NameForms
from overt.resolve.names.name_forms import alias_key
from overt.resolve.review.alias_lookup import find_aliases
from overt.resolve.review.members import Members, find_member

_MOST_MATCHES = 10
"""Most matches that a message lists."""


def record_of(atlas: Workspace, name: str) -> str:
    """Return the source record for a name: the record itself, or the anchor of a published id. Raises UsageError if there is
    none.
    """
    return find_member(atlas.resolved, name).record


def record_and_type(atlas: Workspace, name: str) -> tuple[str, str]:
    """Return the same as `record_of`, and the record's type."""
    member = find_member(atlas.resolved, name)
    return member.record, member.type


def members_of(atlas: Workspace, published_id: str) -> list[str]:
    """Return the source records of the cluster with a published id. Raises UsageError if there is none."""
    members = Members(atlas.resolved)
    return members.cluster(members.find(published_id).id)


def newest_release(atlas: Workspace) -> Path | None:
    """Return the directory of the latest release, or None."""
    return release_folder(atlas, None) if list_releases(atlas.releases) else None


def two_records(atlas: Workspace, left: str, right: str) -> tuple[str, str]:
    """Return the source records for two names: ids of records, published ids, or unambiguous names.

    If a thing has several records, those that have the names are returned, and two different ones if possible. Raises UsageError.
    """
    pairs = list(product(_records(atlas, left), _records(atlas, right)))
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def _records(atlas: Workspace, name: str) -> list[str]:
    """Return the records of one thing that a name can mean, sorted."""
    try:
        return [record_of(atlas, name)]
    except UsageError:
        key = alias_key(name, NameForms())
        rows = [row for row in find_aliases(atlas.resolved, name) if row["key"] == key]
        if not rows:
            raise
    things = {row["id"]: f"{row['name']} ({row['type']} {row['id']})" for row in rows}
    if len(things) > 1:
        listed = "; ".join(sorted(things.values())[:_MOST_MATCHES])
        more = f" … and {len(things) - _MOST_MATCHES:,} more" if len(things) > _MOST_MATCHES else ""
        raise UsageError(f"{name}: {len(things):,} things have that name: {listed}{more}; choose one by its id")
    return sorted({row["record"] for row in rows})
