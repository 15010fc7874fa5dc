"""The columns that a mapping reads, and the check that a file has them."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from overt.importing.errors import FileProblem
from overt.importing.import_context import Context
from overt.importing.input_row import OTHER_LAYOUT, Row
from overt.model.errors import quote_text
from overt.model.mapping import ROW_VALUE, ROW_WORD, Document, RecordMapping, RoleMapping
from overt.model.record_ids import key_parts
from overt.model.source import SourceSpec
from overt.model.spelling_suggestions import similar_hint
from overt.model.values.source_mapping_values import Condition, Value

HEADER_QUESTION = "; does `header:` name the right row?"
MAX_NAMED_COLUMNS = 12
"""Maximum number of columns in a message."""


def used_columns(spec: SourceSpec, role: str) -> dict[str, bool]:
    """Return the columns that the mapping of a role reads, and for each whether a file must have it."""
    columns: dict[str, bool] = {}
    mapping = spec.mapping[role]
    unique = [(column, True) for column in mapping.unique]
    for column, needed in [*unique, *_columns(mapping), *_record_columns(spec, mapping)]:
        if column not in (ROW_VALUE, ROW_WORD):
            columns[column] = columns.get(column, False) or needed
    return columns


def other_names(spec: SourceSpec, role: str) -> list[str]:
    """Return the names that columns of a role have in other editions of its file."""
    return [name for names in spec.mapping[role].other_names.values() for name in names]


def _columns(node: Any) -> Iterator[tuple[str, bool]]:
    if isinstance(node, Value):
        if node.column is not None:
            yield node.column, not node.optional
        yield from ((column, not node.optional) for column in [*(node.at or ()), *key_parts(node.template or "")])
    if isinstance(node, Condition):
        yield node.column, True
    if isinstance(node, Document) and node.place is not None:
        yield node.place, True
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _columns(getattr(node, name))
    elif isinstance(node, dict):
        for value in node.values():
            yield from _columns(value)
    elif isinstance(node, list):
        for item in node:
            yield from _columns(item)


def _record_columns(spec: SourceSpec, mapping: RoleMapping) -> Iterator[tuple[str, bool]]:
    """Yield the columns in the keys of records, and the columns of `per_column:`. A file must have all of them."""
    for record in mapping.records:
        yield from ((name, True) for name in key_columns(spec, record))
        if isinstance(record.per_column, str):
            yield from ((column, True) for column in spec.lookups.get(record.per_column, {}))
        elif record.per_column is not None:
            yield from ((column, True) for column in record.per_column)


def key_columns(spec: SourceSpec, record: RecordMapping) -> list[str]:
    """Return the parts of a record's key that are columns, because they are neither in `key:` nor properties of the record."""
    names = key_parts(spec.key_template(record.record) or "")
    return [name for name in names if name not in record.key and name not in record.properties]


def top_column(column: str) -> str:
    """Return the column with which a JSON pointer begins; other names are returned unchanged."""
    return column.split("/")[1].replace("~1", "/").replace("~0", "~") if column.startswith("/") else column


def _unread_columns(spec: SourceSpec, role: str) -> set[str]:
    """Return the columns that source.yml lists as unused."""
    return {*spec.files[role].persons, *spec.files[role].ignore, *spec.mapping[role].ignore}


def check_columns(ctx: Context, role: str, row: Row) -> None:
    """Raise FileProblem for a file that lacks a required column, or has a column under two names. `row`: any of its rows.

    The message names up to `MAX_NAMED_COLUMNS` of the missing columns, with their possible new names.
    """
    columns = row.columns()
    used, aliases = used_columns(ctx.spec, role), ctx.spec.mapping[role].other_names
    present = {column: [name for name in (column, *aliases.get(column, ())) if name in row] for column in used}
    for names in present.values():
        if len(names) > 1:
            listed = " and ".join(map(quote_text, names))
            raise FileProblem(f"{row.file}: has the columns {listed}, which are one column by `other_names:` of source.yml")
    missing = [column for column, needed in used.items() if needed and not present[column]]
    if not missing:
        return
    unused = [column for column in columns if column not in used and column not in other_names(ctx.spec, role)]
    new = [column for column in unused if column not in _unread_columns(ctx.spec, role)]
    named = ", ".join(f"{quote_text(column)}{similar_hint(column, unused)}" for column in missing[:MAX_NAMED_COLUMNS])
    more = f" and {len(missing) - MAX_NAMED_COLUMNS} more" if len(missing) > MAX_NAMED_COLUMNS else ""
    has = ", ".join(map(quote_text, columns[:MAX_NAMED_COLUMNS])) + (", …" if len(columns) > MAX_NAMED_COLUMNS else "")
    what = f"column {named}{more} is" if len(missing) == 1 else f"columns {named}{more} are"
    todo = HEADER_QUESTION if ctx.editable else f"; {OTHER_LAYOUT}"
    if ctx.editable and new and len(columns) > len(new):
        # The row is the right header, because it has names that source.yml lists.
        listed = ", ".join(map(quote_text, new[:MAX_NAMED_COLUMNS]))
        todo = (
            f"; new in the file: {listed}; if a column was renamed, write its new name in source.yml, or add it under"
            " `other_names:` to read older files, too"
        )
    raise FileProblem(f"{row.file}: {what} missing; the file has {has}{todo}")
