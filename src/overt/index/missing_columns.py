"""Releases that an older version made: what the schema did not know yet is empty."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from overt.model.content import Catalogue
from overt.model.schema import Property

_KINDS = {"money": "DECIMAL(38, 4)", "number": "DECIMAL(38, 6)", "boolean": "BOOLEAN", "year": "INTEGER"}


_OTHERS = {
    "sources": [
        ("as_of", "VARCHAR"),
        ("as_of_said", "VARCHAR"),
        ("part", "VARCHAR"),
        ("suppliers", "VARCHAR"),
        ("other_edition", "VARCHAR"),
    ],
    "figures": [("sources", "VARCHAR"), ("gaps", "VARCHAR")],
    "records": [("independent_sources", "INTEGER")],
    "values": [("independent_sources", "INTEGER")],
}
"""Columns that tables which are not of records did not always have."""
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
"""Tables of which commands print every column, and their columns today."""
_TABLES = ("aliases", "figure_sensitivity", "retractions")
"""Further tables that commands read and that older releases lack."""


def new_columns(table: Path, content: Catalogue) -> str:
    """SQL for the columns of a table, each with a comma before it, that came after its release was made."""
    kinds = [kind for kind in content.schema.types.values() if kind.table == table.stem]
    expected = [column for kind in kinds for prop in kind.properties.values() for column in _columns(prop)]
    expected += _OTHERS.get(table.stem, [])
    present = set(pq.read_schema(table).names) if expected else set()
    return "".join(f', NULL::{sort} AS "{name}"' for name, sort in expected if name not in present)


def has_all_columns(tables: Path) -> bool:
    """Return whether a release has exactly what commands print of one that is made today, so that its index says the same."""
    return all((tables / f"{name}.parquet").is_file() for name in _TABLES) and all(
        tuple(pq.read_schema(tables / f"{name}.parquet").names) == columns for name, columns in _COLUMNS.items()
    )


def _columns(prop: Property) -> Iterator[tuple[str, str]]:
    yield prop.column, "VARCHAR[]" if prop.many else _KINDS.get(prop.type, "VARCHAR")
    if prop.type == "date" and not prop.many:
        yield from ((f"{prop.column}_from", "DATE"), (f"{prop.column}_to", "DATE"))
