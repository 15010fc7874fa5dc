"""Decides which values belong to which item if a row names several, such as several organisations with a share each."""

from collections.abc import Sequence

from overt.importing.errors import Problem
from overt.importing.mapping.record_properties_from_row import ReadField
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.value_readers import Reading


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
    """Return, for each item that a row names, the fields with the values that `allot` assigns to it.

    `things`: the word for the items in messages. A field whose values can't be assigned is left out, and a problem is collected
    in the row's cells.
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
    """Return a problem for values that can't be assigned to items, because their numbers differ."""
    message = f"{len(readings)} {values} for {len(named)} {things}; are both split alike?"
    return Problem(message, readings[0].cell.locator)
