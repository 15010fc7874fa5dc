"""A line of JSON for each record: what it is called, its values, shown and rival, and whose they are."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from overt.export.public_release import Holdings
from overt.export.result import Written, tables_left_behind

_VALUE = ("value", "unit", "lang", "shown", "contested", "basis", "claims", "sources", "independent_sources", "claim_id")
_CARRIED = frozenset({"records", "values", "members"})
"""Tables whose rows stand in the lines, beside those of record types, which are made of shown values."""


def write(holdings: Holdings, target: Path) -> Written:
    """Write the records in the order of their ids."""
    counts: dict[str, int] = {}
    with target.open("wb") as out:
        for record in records(holdings):
            counts[record["type"]] = counts.get(record["type"], 0) + 1
            out.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    why = "a line holds a record and its values; what stands behind or beside records are tables"
    carried = _CARRIED | {kind.table for kind in holdings.content.schema.types.values()}
    return Written(counts, tables_left_behind(holdings, (name for name in holdings.tables if name not in carried), why))


def records(holdings: Holdings) -> Iterator[dict[str, Any]]:
    """Each record with `id`, `type`, `label`, `label_lang`, `reuse`, `sources`, `members` (source records) and `values`: lists
    by property, the shown ones first.
    """
    values = groupby(_rows(holdings, holdings.told("values")), key=lambda row: row["id"])
    held = next(values, None)
    for record in _rows(holdings, holdings.told("records")):
        facts: dict[str, list[dict[str, Any]]] = {}
        if held is not None and held[0] == record["id"]:
            for row in held[1]:
                facts.setdefault(row["property"], []).append({name: row[name] for name in _VALUE})
            held = next(values, None)
        yield {**record, "values": facts}


def _rows(holdings: Holdings, query: str) -> Iterator[dict[str, Any]]:
    for batch in holdings.batches(query):
        yield from batch.to_pylist()
