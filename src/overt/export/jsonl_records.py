"""One line of JSON per record, with all of its values, including those that are not shown."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from overt.export.export_result_and_losses import ExportResult, table_losses
from overt.export.public_release_reader import PublicRelease, export_query
from overt.release.record_tables import CURRENT

_VALUE_COLUMNS = (
    "value", "unit", "lang", "shown", "contested", "basis", "claims", "sources", "independent_sources", "claim_id",
)  # fmt: skip
_CARRIED = frozenset({"records", "values", "members"})
"""Tables whose rows are in the lines. The tables of record types count as well, because they only repeat shown values."""


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write the records in the order of their ids."""
    counts: dict[str, int] = {}
    with target.open("wb") as out:
        for record in read_records(release):
            counts[record["type"]] = counts.get(record["type"], 0) + 1
            out.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    why = "a line has a record and its values; what is behind or beside records is in tables"
    carried = _CARRIED | {record_type.table for record_type in release.content.schema.types.values()}
    return ExportResult(counts, table_losses(release, (name for name in release.tables if name not in carried), why))


def read_records(release: PublicRelease) -> Iterator[dict[str, Any]]:
    """Yield each record with its values, in the order of ids.

    Its keys are `id`, `type`, `label`, `label_lang`, `reuse`, `source` (a list), `independent_sources`, `members` (source
    records) and `values` (lists of values by property, shown values first). A record of a type that begins and ends also has
    `current`, as in the type's table.
    """
    current = _read_current(release)
    groups = groupby(_read_rows(release, export_query("record_values.values")), key=lambda row: row["id"])
    group = next(groups, None)
    for record in _read_rows(release, export_query("record_values.records")):
        values: dict[str, list[dict[str, Any]]] = {}
        if group is not None and group[0] == record["id"]:
            for row in group[1]:
                values.setdefault(row["property"], []).append({name: row[name] for name in _VALUE_COLUMNS})
            group = next(groups, None)
        lasting = {CURRENT: current[record["id"]]} if record["id"] in current else {}
        yield {**record, **lasting, "values": values}


def _read_current(release: PublicRelease) -> dict[str, bool | None]:
    """Return whether each record is current (None if unknown), by id. Records of types that don't begin and end are left out."""
    tables = [record_type.table for record_type in release.content.schema.types.values() if record_type.lasts]
    return {row["id"]: row[CURRENT] for table in tables for row in _read_rows(release, f'SELECT id, "{CURRENT}" FROM "{table}"')}


def _read_rows(release: PublicRelease, query: str) -> Iterator[dict[str, Any]]:
    for batch in release.batches(query):
        yield from batch.to_pylist()
