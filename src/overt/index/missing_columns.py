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


def new_columns(table: Path, content: Catalogue) -> str:
    """SQL for the columns of a table, each with a comma before it, that came after its release was made."""
    kinds = [kind for kind in content.schema.types.values() if kind.table == table.stem]
    wanted = [column for kind in kinds for prop in kind.properties.values() for column in _columns(prop)]
    wanted += _OTHERS.get(table.stem, [])
    held = set(pq.read_schema(table).names) if wanted else set()
    return "".join(f', NULL::{sort} AS "{name}"' for name, sort in wanted if name not in held)


def _columns(prop: Property) -> Iterator[tuple[str, str]]:
    yield prop.column, "VARCHAR[]" if prop.many else _KINDS.get(prop.type, "VARCHAR")
    if prop.type == "date" and not prop.many:
        yield from ((f"{prop.column}_from", "DATE"), (f"{prop.column}_to", "DATE"))
