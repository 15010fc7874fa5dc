"""The properties of a record, and how a mapping fills them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_claims import Statements
from overt.importing.mapping.value_readers import Reader, Reading, compile_value
from overt.importing.record_draft import RecordDraft
from overt.model.schema import Property
from overt.model.values.mapping_values import Value


class Field(NamedTuple):
    """A property, and the function that reads what one value of a mapping states for it."""

    name: str
    read: Reader
    rule: str | None
    value: Value
    refers_to: str | None = None
    """The record type that the property refers to."""


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
    """Return a property that can be read from a cell. For a reference, the cell has the record's name or key."""
    return property_.model_copy(update={"type": "name"}) if property_.type == "record" else property_


def read_fields(fields: Sequence[Field], cells: RowCells, key_cells: Sequence[Cell]) -> list[ReadField]:
    """Read the values of all fields from a row."""
    return [ReadField(field, field.read(cells, key_cells)) for field in fields]


def add_fields(statements: Statements, draft: RecordDraft, read: Sequence[ReadField]) -> None:
    """Add the values of fields to a record. The fields must not refer to other records."""
    for field, readings in read:
        for reading in readings:
            statements.add(draft, field.name, reading, rule=field.rule, cited=field.value.cited)


def allot(values: Sequence[Reading], named: Sequence[Reading], *, may_share: bool = True) -> list[list[Reading]] | None:
    """Return the values that belong to each item that a row names, such as each organisation; None if that is not clear.

    A single item gets all values. Each of several items gets the values from its own object in a JSON list. Without such a
    list, values are matched to items in order if there are equally many. With `may_share`, a single value belongs to all items.
    """
    if len(named) == 1:
        return [list(values)]
    if (of_items := _by_item(values, named)) is not None:
        return of_items
    if len(values) == len(named):
        return [[value] for value in values]
    if not named or not values or (may_share and len(values) == 1):
        return [list(values) for _ in named]
    return None


def _by_item(values: Sequence[Reading], named: Sequence[Reading]) -> list[list[Reading]] | None:
    """Return, for each named item, the values in the same object of a JSON list; None if no list separates them."""
    of_items: dict[str, list[Reading]] = {_item(reading): [] for reading in named}
    if len(of_items) < len(named) or any(_item(value) not in of_items for value in values):
        return None
    for value in values:
        of_items[_item(value)].append(value)
    return list(of_items.values())


def _item(reading: Reading) -> str:
    """Return the pointer to the object that contains a value: `/0/owners/1` for `/0/owners/1/name`."""
    return reading.cell.locator.rpartition("/")[0]


def allot_fields(
    cells: RowCells, read: Sequence[ReadField], named: Sequence[Reading], things: str, *, may_share: bool = True
) -> list[list[ReadField]]:
    """Return the values of fields that belong to each item that a row names, as `allot` does.

    `things`: the word for the items in messages. If it is unclear which values belong to an item, the field is left out, and the
    problem is collected in the row's cells.
    """
    if len(named) == 1:
        return [list(read)]
    allotted: list[list[ReadField]] = [[] for _ in named]
    for field, readings in read:
        values = allot(readings, named, may_share=may_share)
        if values is None:
            cells.add_problem(unclear(readings, f"values of {field.name}", named, things))
            continue
        for fields, own in zip(allotted, values, strict=True):
            fields.append(ReadField(field, own))
    return allotted


def unclear(readings: Sequence[Reading], values: str, named: Sequence[Reading], things: str) -> Problem:
    """Return the problem that it is not clear which values belong to which items."""
    message = f"{len(readings)} {values} for {len(named)} {things}; are both split alike?"
    return Problem(message, readings[0].cell.locator)


def first_reading(read: Sequence[ReadField], name: str) -> Reading | None:
    """Return the first value of a property; None if there is none."""
    return next((reading for field, readings in read if field.name == name for reading in readings), None)
