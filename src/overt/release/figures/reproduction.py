"""A published figure made again of the release that holds it: its value, groups and rows must be those that were stored."""

from typing import Any

import orjson

from overt.model.errors import OvertError
from overt.release.figures.figure_data import plain_number
from overt.release.figures.figure_tables import recompute
from overt.release.release_reader import Release

_ROWS = "SELECT * EXCLUDE (name) FROM figure_rows WHERE name = ?"


def differences(held: Release, name: str) -> list[str]:
    """In what a figure of this release, made again of its tables by the definition and SQL that it keeps, is not what it stored.

    Nothing where it is the same, or where it has no value. A query that does not run is a difference too.

    Raises OvertError where there is no such figure.
    """
    found = held.rows("SELECT value, groups, definition, sql FROM figures WHERE name = ?", [name])
    if not found:
        raise OvertError(f"{name}: release {held.id} has no such figure")
    stored = found[0]
    if stored["value"] is None:
        return []
    try:
        made = recompute(held.cursor(), stored["definition"], stored["sql"])
    except OvertError as error:
        return [f"its query does not run: {error}"]
    said = []
    if made.value != stored["value"]:
        said.append(f"the value is {plain_number(made.value)}, and {plain_number(stored['value'])} is stored")
    if made.groups != orjson.loads(stored["groups"]):
        said.append("the groups are others than those stored")
    rows, kept = _comparable(made.rows), _comparable(held.rows(_ROWS, [name]))
    if rows != kept:
        said.append(
            f"{len([row for row in rows if row not in kept]):,} of {len(rows):,} rows are not among the {len(kept):,} stored"
        )
    return said


def _comparable(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted(
        (row["unit_id"], str(row["amount"]), row["counted"], tuple(row["variants"]), row["groups"]) for row in rows
    )  # an amount that is null is the text None: tuples must sort
