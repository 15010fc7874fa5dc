"""Records that cells refer to, by name or by the key of another row's record."""

from collections.abc import Sequence

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.record_properties_from_row import (
    ReadField,
    add_fields,
    first_reading,
)
from overt.importing.mapping.records_from_earlier_rows import ExistingRecords, missing_record
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_claims import Statements
from overt.importing.mapping.value_readers import Reading
from overt.importing.record_draft import RecordDraft
from overt.model.record_ids import key_parts
from overt.model.values.source_mapping_values import Value

_NAMES = {"document": "title"}
"""Property with a record's name, for types where it is not `name`."""


class NamedRecords:
    """Makes the records that cells name, unless another row describes them."""

    def __init__(self, ctx: Context, existing: ExistingRecords) -> None:
        self._ctx = ctx
        self._existing = existing

    def get(
        self,
        cells: RowCells,
        type_: str,
        reading: Reading,
        value: Value,
        statements: Statements,
        fields: Sequence[ReadField] = (),
    ) -> RecordDraft | None:
        """Return the record that a cell names. If there is a problem, collect it in `cells` and return None.

        A record that no other row describes also gets its name and `fields`.
        """
        cell = reading.cell
        try:
            draft = self._ctx.record(type_, **self._key(type_, cell, value, fields))
        except Problem as problem:
            cells.add_problem(problem)
            return None
        if value.existing:
            if (type_, draft.id) not in self._existing:
                cells.add_problem(Problem(missing_record(type_, cell.text), cell.locator, value=cell.text))
                return None
            return draft
        statements.add(draft, _NAMES.get(type_, "name"), reading, rule=value.rule)
        add_fields(statements, draft, fields)
        return draft

    def _key(self, type_: str, cell: Cell, value: Value, fields: Sequence[ReadField]) -> dict[str, Cell | RecordDraft | str]:
        key: dict[str, Cell | RecordDraft | str] = {}
        parts = key_parts(self._ctx.spec.key_template(type_) or "")
        for part in parts:
            other = first_reading(fields, part) if len(parts) > 1 else None
            if other is not None:
                key[part] = other.cell
            else:
                key[part] = cell if value.existing and not is_name(self._ctx, type_, part) else name_key(cell)
        return key


def is_name(ctx: Context, type_: str, part: str) -> bool:
    """Return whether a part of a type's key is a name, so that its case does not matter."""
    prop = ctx.content.schema.types[type_].properties.get(part)
    return prop is not None and prop.type == "name"


def name_key(cell: Cell) -> Cell:
    """Return a name, casefolded, as part of a key."""
    return cell.read_as(cell.text.casefold())


def related_record(ctx: Context, record_type: str, **parts: Cell | RecordDraft | str) -> RecordDraft:
    """Return the record with these parts of its key. The key in source.yml need not contain all of them."""
    names = key_parts(ctx.spec.key_template(record_type) or "")
    return ctx.record(record_type, **{name: part for name, part in parts.items() if name in names})
