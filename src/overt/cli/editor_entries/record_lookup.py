"""Finds source records by the names that people type."""

from itertools import product
from pathlib import Path

from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.resolve.names import NameKeys
from overt.resolve.names.equal_name_keys import alias_key
from overt.resolve.review.alias_lookup import AliasRow, find_aliases, similar_things
from overt.resolve.review.member_lookup import Members, find_member

_MAX_MATCHES = 10
"""Maximum number of matches that a message lists."""


def named_record(atlas: Workspace, name: str) -> str:
    """Return the source record with this id. For a published id or a name, return the source record that gave its cluster the
    published id.

    Raises UsageError if there is none, or if several clusters have the name.
    """
    try:
        return record_of(atlas, name)
    except UsageError:
        return record_of(atlas, _record_named(atlas, name)[0]["id"])


def records_named(atlas: Workspace, name: str) -> list[str]:
    """Return all source records of the cluster with this name. Raises the errors of `named_record`."""
    return members_of(atlas, _record_named(atlas, name)[0]["id"])


def record_of(atlas: Workspace, name: str) -> str:
    """Return the source record for an id: the record with this id, or the record that gave its cluster this published id.

    Raises UsageError if there is none.
    """
    return find_member(atlas.resolved, name).record


def record_and_type(atlas: Workspace, name: str) -> tuple[str, str]:
    """Return the source record as `record_of` does, with its type."""
    member = find_member(atlas.resolved, name)
    return member.record, member.type


def members_of(atlas: Workspace, name: str) -> list[str]:
    """Return all source records of the cluster that a source record or a published id belongs to.

    Raises UsageError if there is none.
    """
    members = Members(atlas.resolved)
    return members.cluster(members.find(name).id)


def two_records(atlas: Workspace, left: str, right: str) -> tuple[str, str]:
    """Return the source records for two names: ids of records, published ids, or unambiguous names.

    If several records of one cluster have a name, the choice makes the two results differ where possible. Raises UsageError for
    a name that no cluster has, or several do.
    """
    pairs = list(product(_records(atlas, left), _records(atlas, right)))
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def two_ids(atlas: Workspace, left: str, right: str) -> tuple[str, str]:
    """Return published ids as typed, and the source records for all other names. Raises the errors of `two_records`."""
    records = two_records(atlas, left, right)
    names = zip((left, right), records, strict=True)
    first, second = (name if name.startswith("ovt-") else record for name, record in names)
    return first, second


def _records(atlas: Workspace, name: str) -> list[str]:
    """Return the records of one cluster that a name can mean, sorted."""
    try:
        return [record_of(atlas, name)]
    except UsageError:
        return sorted({row["record"] for row in _record_named(atlas, name)})


def _record_named(atlas: Workspace, name: str) -> list[AliasRow]:
    """Return the aliases of the only cluster that has this name. Raises UsageError if no cluster has it, or several do."""
    key = alias_key(name, NameKeys())
    rows = [row for row in find_aliases(atlas.resolved, name) if row["key"] == key]
    if not rows:
        raise unknown_name(atlas.resolved, name)
    things = {row["id"]: f"{row['name']} ({row['type']} {row['id']})" for row in rows}
    if len(things) > 1:
        listed = "; ".join(sorted(things.values())[:_MAX_MATCHES])
        more = f" … and {len(things) - _MAX_MATCHES:,} more" if len(things) > _MAX_MATCHES else ""
        raise UsageError(f"{name}: {len(things):,} records have that name: {listed}{more}; choose one by its id")
    return rows


def unknown_name(resolved: Path, name: str) -> UsageError:
    """Return the error for a name that no record has, with the most similar names."""
    similar = similar_things(resolved, name)
    hint = f"; did you mean {' or '.join(similar)}?" if similar else ""
    return UsageError(
        f"{name}: there is no such record{hint} (`overt search` finds records by name; `overt resolve` takes in new ones)"
    )
