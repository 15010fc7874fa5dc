"""Sources: what each covers, and the account of its rows."""

import orjson

from overt.queries.database import Reader, Row
from overt.release.figures.sensitivity import TOO_MANY_RECORDS


def every(reader: Reader) -> list[Row]:
    """Return all sources of the release, by title."""
    return [_parsed(row) for row in reader.rows("sources.all")]


def not_tried(reader: Reader) -> list[str]:
    """Return sources without a sensitivity analysis: too many records depend on each."""
    return [row["source"] for row in reader.rows("sources.not_tried", [TOO_MANY_RECORDS])]


def one(reader: Reader, slug: str, file: str = "") -> Row | None:
    """Return one source with its files, the one with the SHA-256 `file` first."""
    row = reader.one("sources.by_slug", [slug])
    if row is None:
        return None
    counted = reader.one("sources.capture_count", [slug])
    captures = reader.rows("sources.captures", {"source": slug, "file": file})
    return {
        **_parsed(row),
        "captures": captures,
        "from_files": bool(captures) and not any(capture["address"] for capture in captures),
        "capture_count": counted["held"] if counted else 0,
        "rules": reader.rows("sources.rules", [slug]),
    }


def _parsed(row: Row) -> Row:
    return {
        **row,
        "out_of_scope_by_rule": orjson.loads(row["out_of_scope_by_rule"] or "[]"),
        "records": orjson.loads(row["records"]),
    }
