"""Records by the names that people type."""

from itertools import product

from overt.cli.judge_words import record_of
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.resolve.alias_table import key_of
from overt.resolve.names import NameForms
from overt.resolve.review.alias_lookup import called

_LISTED = 10
"""Things that a message names."""


def two_records(atlas: Workspace, left: str, right: str) -> tuple[str, str]:
    """The source records behind two names: ids of records, published ids, or names that mean one thing each.

    Of a thing with several records those are taken that bear the names, two different ones where there are. Raises UsageError.
    """
    pairs = list(product(_records(atlas, left), _records(atlas, right)))
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def _records(atlas: Workspace, name: str) -> list[str]:
    """The records that a name may stand for, of one thing, sorted."""
    try:
        return [record_of(atlas, name)]
    except UsageError:
        key = key_of(name, NameForms())
        rows = [row for row in called(atlas.resolved, name) if row["key"] == key]
        if not rows:
            raise
    things = {row["id"]: f"{row['name']} ({row['type']} {row['id']})" for row in rows}
    if len(things) > 1:
        told = "; ".join(sorted(things.values())[:_LISTED])
        more = f" … and {len(things) - _LISTED:,} more" if len(things) > _LISTED else ""
        raise UsageError(f"{name}: {len(things):,} things go by that name: {told}{more}; name one by its id")
    return sorted({row["record"] for row in rows})
