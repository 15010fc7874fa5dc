"""Columns and tables that older releases don't have, or have under another name."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from overt.model.content_catalogue import Catalogue
from overt.model.schema import Property, RecordType
from overt.release.columns.shared_and_former_column_names import former_names, rename_former

_SQL_TYPES = {"money": "DECIMAL(38, 4)", "number": "DECIMAL(38, 6)", "boolean": "BOOLEAN", "year": "INTEGER"}
_ADDED_COLUMNS = {
    "sources": [
        ("as_of", "VARCHAR"),
        ("as_of_said", "VARCHAR"),
        ("part", "VARCHAR"),
        ("suppliers", "VARCHAR"),
        ("other_edition", "VARCHAR"),
    ],
    "measurements": [("fingerprints", "VARCHAR")],
    "measured_days": [("fingerprints", "VARCHAR[]")],
    "measured_quarters": [("fingerprints", "VARCHAR[]")],
    "findings": [("missing", "VARCHAR")],
    "figures": [("sources", "VARCHAR"), ("gaps", "VARCHAR")],
    "projects_flat": [("planned_column", "VARCHAR")],
    "records": [("independent_sources", "INTEGER")],
    "values": [("independent_sources", "INTEGER")],
}
"""Columns that were added later to tables that don't belong to a record type, by table."""
_COLUMNS = {
    "claims": (
        "claim_id", "id", "source", "snapshot", "record", "type", "property", "value", "target", "original", "unit", "lang",
        "valid_from", "valid_to", "basis", "rule", "document", "standing",
    ),
    "evidence": ("claim_id", "capture", "locator", "excerpt", "document"),
    "values": (
        "id", "type", "property", "value", "unit", "lang", "shown", "rank", "contested", "basis", "claims", "sources",
        "independent_sources", "claim_id",
    ),
}  # fmt: skip
"""Current columns of the tables that commands print in full."""
_ADDED_TABLES = ("aliases", "figure_sensitivity", "retractions")
"""Tables that commands read and older releases lack."""


def current_columns(table: Path, content: Catalogue) -> str:
    """Return SQL, to follow `*`, that gives an older release's table the current columns.

    It renames columns that had another name, and adds those that the table lacks, as nulls.
    """
    kinds = [kind for kind in content.schema.types.values() if kind.table == table.stem]
    expected = [column for kind in kinds for prop in kind.properties.values() for column in _columns(prop)]
    expected += _ADDED_COLUMNS.get(table.stem, [])
    former = former_names(table.stem)
    columns = pq.read_schema(table).names if expected or former else []
    present = {former.get(name, name) for name in columns}
    added = "".join(f', NULL::{sql_type} AS "{name}"' for name, sql_type in expected if name not in present)
    return rename_former(table.stem, columns) + added


def empty_record_table(kind: RecordType) -> str:
    """Return a query without rows and with the columns of a record type's table, for releases made before the type existed."""
    columns = [column for prop in kind.properties.values() for column in _columns(prop)]
    listed = "".join(f', NULL::{sql_type} AS "{name}"' for name, sql_type in columns)
    return f"SELECT NULL::VARCHAR AS id{listed} WHERE false"


def has_all_columns(tables: Path) -> bool:
    """Return whether commands can read a release's index instead of its tables.

    They can if the tables that they print have exactly the current columns, and if none of the newer tables is missing.
    """
    return all((tables / f"{name}.parquet").is_file() for name in _ADDED_TABLES) and all(
        tuple(pq.read_schema(tables / f"{name}.parquet").names) == columns for name, columns in _COLUMNS.items()
    )


def _columns(prop: Property) -> Iterator[tuple[str, str]]:
    yield prop.column, "VARCHAR[]" if prop.many else _SQL_TYPES.get(prop.type, "VARCHAR")
    if prop.type == "money":
        yield f"{prop.column}_unit", "VARCHAR"
    if prop.type == "date" and not prop.many:
        yield from ((f"{prop.column}_from", "DATE"), (f"{prop.column}_to", "DATE"))
