"""What changed from release to release, among those that the atlas keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from overt.queries.database import Reader, Row

MOST_ROWS = 100


@dataclass(frozen=True)
class History:
    """What changed in a record, the newest first."""

    stages: list[Row]
    """The compared releases in order; the served one is last."""
    rows: list[Row]
    total: int
    """How many changes there are; `rows` holds the newest."""
    since: Row | None
    """The release in which the record first appeared; None if it is in the oldest one."""


def stages(reader: Reader) -> list[Row]:
    """Return the releases up to the served one: id, date, note, and in `moved` which inputs are new in each."""
    return [{**row, "moved": orjson.loads(row["moved"])} for row in reader.rows("history.stages")]


def of_record(reader: Reader, identity: str, parts: Iterable[str] = ()) -> History:
    """Return what changed in a record and in its parts (roles, places, commitments).

    Parts that appeared together with it are left out.
    """
    releases = stages(reader)
    first_seen = (reader.one("history.record_first_seen", [identity]) or {}).get("position")
    ids = orjson.dumps([identity, *parts]).decode()
    rows = reader.rows("history.record", {"ids": ids, "since": first_seen, "limit": MOST_ROWS})
    total = rows[0]["total"] if rows else 0
    since = next((stage for stage in releases if stage["position"] == first_seen), None)
    return History(releases, [_parsed(row) for row in rows], total, since)


def of_release(reader: Reader, position: int) -> tuple[list[Row], list[Row]]:
    """Return what changed in a release: counts by kind of change, type, reason and source, and the first rows."""
    rows = [_parsed(row) for row in reader.rows("history.release", [position, MOST_ROWS])]
    return reader.rows("history.release_counts", [position]), rows


def of_figures(reader: Reader, name: str | None = None) -> dict[str, list[Row]]:
    """Return the values of a figure, or of all, in each release, oldest first."""
    values: dict[str, list[Row]] = {}
    for row in reader.rows("history.figures", {"name": name}):
        values.setdefault(row["name"], []).append(row)
    return values


def _parsed(row: Row) -> Row:
    return {**row, **{side: _words(row[side]) for side in ("before", "after")}}


def _words(text: str | None) -> list[dict[str, Any]]:
    names = ("value", "unit", "lang", "label", "label_lang", "kind")
    return [dict.fromkeys(names) | word for word in orjson.loads(text)] if text else []
