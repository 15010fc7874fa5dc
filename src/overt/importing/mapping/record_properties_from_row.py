"""The properties of a record, and how a mapping fills them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overt.importing.cells import Cell
from overt.importing.import_context import Context
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_claims import Statements
from overt.importing.mapping.value_readers import Reader, Reading, compile_value
from overt.importing.record_draft import RecordDraft
from overt.model.schema import Property
from overt.model.values.source_mapping_values import Value


class Field(NamedTuple):
    """A value of a mapping, the property that it sets, and the function that reads it from a row."""

    name: str
    read: Reader
    rule: str | None
    value: Value
    refers_to: str | None = None
    """The record type that the property refers to; None if its values are not records."""


class ReadField(NamedTuple):
    """A property and the values that were read for it from one row."""

    field: Field
    readings: list[Reading]


def compile_fields(ctx: Context, record_type: str, values: Mapping[str, Sequence[Value]]) -> list[Field]:
    """Return the fields of a record type. Constants come last, because their evidence is the cells of the record's key."""
    properties = ctx.content.schema.types[record_type].properties
    fields = [
        Field(name, compile_value(ctx, value, _read_as(properties[name])), value.rule, value, properties[name].record)
        for name, values_of_name in values.items()
        for value in values_of_name
    ]
    return sorted(fields, key=lambda field: field.value.constant is not None)


def _read_as(property_: Property) -> Property:
    """Return a property as it is read from a cell: a reference as a name, because the cell has the record's name or key."""
    return property_.model_copy(update={"type": "name"}) if property_.type == "record" else property_


def read_fields(fields: Sequence[Field], cells: RowCells, key_cells: Sequence[Cell]) -> list[ReadField]:
    """Read the values of all fields from a row."""
    return [ReadField(field, field.read(cells, key_cells)) for field in fields]


def add_fields(statements: Statements, draft: RecordDraft, read: Sequence[ReadField]) -> None:
    """Add the values of fields to a record. The fields must not refer to other records."""
    for field, readings in read:
        for reading in readings:
            statements.add(draft, field.name, reading, rule=field.rule, cited=field.value.cited)


def first_reading(read: Sequence[ReadField], name: str) -> Reading | None:
    """Return the first value of a property; None if there is none."""
    return next((reading for field, readings in read if field.name == name for reading in readings), None)
