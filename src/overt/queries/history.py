"""What changed from release to release, of those that are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from overt.queries.database import Reader, Row

MOST_ROWS = 100


@dataclass(frozen=True)
class History:
    """What changed about a thing, the newest first."""

    stages: list[Row]
    """The releases that are compared, the first one first, the one that is served last."""
    rows: list[Row]
    total: int
    """How many changes there are; `rows` are the newest of them."""
    since: Row | None
    """The release that it came with; nothing where it is in the first one that is kept."""


def stages(reader: Reader) -> list[Row]:
    """The releases that are kept up to the one that is served: id, date, note, and in `moved` what each was made of anew."""
    return [{**row, "moved": orjson.loads(row["moved"])} for row in reader.rows("history.stages")]


def of_record(reader: Reader, identity: str, parts: Iterable[str] = ()) -> History:
    """What changed about a record, and about the records that belong to it (roles, places, commitments).

    Parts that came together with it are not told of.
    """
    held = stages(reader)
    came = (reader.one("history.record_first_seen", [identity]) or {}).get("position")
    ids = orjson.dumps([identity, *parts]).decode()
    found = reader.rows("history.record", {"ids": ids, "since": came, "limit": MOST_ROWS})
    total = found[0]["total"] if found else 0
    since = next((stage for stage in held if stage["position"] == came), None)
    return History(held, [_unpacked(row) for row in found], total, since)


def of_release(reader: Reader, position: int) -> tuple[list[Row], list[Row]]:
    """What changed with a release: counted by kind of change, type, reason and source; and the first rows of it."""
    rows = [_unpacked(row) for row in reader.rows("history.release", [position, MOST_ROWS])]
    return reader.rows("history.release_counts", [position]), rows


def of_figures(reader: Reader, name: str | None = None) -> dict[str, list[Row]]:
    """The values of a figure, or of all, in the releases that are kept, the first one first."""
    found: dict[str, list[Row]] = {}
    for row in reader.rows("history.figures", {"name": name}):
        found.setdefault(row["name"], []).append(row)
    return found


def _unpacked(row: Row) -> Row:
    return {**row, **{side: _words(row[side]) for side in ("before", "after")}}


def _words(text: str | None) -> list[dict[str, Any]]:
    names = ("value", "unit", "lang", "label", "label_lang", "kind")
    return [dict.fromkeys(names) | word for word in orjson.loads(text)] if text else []
