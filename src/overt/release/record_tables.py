"""Values into things: a table for each record type, one row a record and one column a property."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from overt.model.schema import Property, RecordType, Schema
from overt.model.values.dates import EARLIEST, LATEST, date_bounds
from overt.release.value_aggregation import Integers

_CASTS = {"money": "DECIMAL(38, 4)", "number": "DECIMAL(38, 6)", "boolean": "BOOLEAN", "year": "INTEGER"}


class Things:
    """The shown values of all records, gathered span by span."""

    def __init__(self, schema: Schema) -> None:
        self._types = schema.types
        self._tables: dict[str, list[pa.Table]] = {name: [] for name in schema.types}

    def of(self, values: pa.Table) -> dict[str, pa.Table]:
        """The things of a span of values, which holds whole records in order: a table for each record type that occurs."""
        shown = values.filter(values["shown"]).combine_chunks()
        kinds = _encoded(shown["type"])
        present = [name for name in kinds.dictionary.to_pylist() if name in self._types]
        found = {}
        for name in present:
            of_type = shown if len(present) == 1 else shown.filter(pc.equal(kinds, name)).combine_chunks()
            if of_type.num_rows:
                found[name] = _gathered(of_type, self._types[name])
        return found

    def add(self, found: Mapping[str, pa.Table]) -> None:
        """Keep the things of the next span."""
        for name, table in found.items():
            self._tables[name].append(table)

    def table(self, record_type: RecordType) -> pa.Table:
        """Columns `id`, and of each property its values as text, its unit and the bounds of its dates, where it has them."""
        held = self._tables[record_type.name]
        return pa.concat_tables(held) if held else _gathered(_NONE, record_type)


_NONE = pa.table({name: pa.array([], pa.string()) for name in ("id", "property", "value", "unit")})


def typed_columns(record_type: RecordType) -> str:
    """The columns of the table of a record type, in SQL over what `Things.table` gives."""
    columns = ["id"]
    for prop in record_type.properties.values():
        cast = None if prop.many else _CASTS.get(prop.type)
        columns.append(f'TRY_CAST("{prop.column}" AS {cast}) AS "{prop.column}"' if cast else f'"{prop.column}"')
        columns += [f'"{name}"' for name in _beside(prop)]
    return ", ".join(columns)


def _beside(prop: Property) -> list[str]:
    """The columns that a property has besides its own."""
    if prop.many:
        return []
    if prop.type == "money" or (prop.type == "number" and prop.unit is None):
        return [f"{prop.column}_unit"]
    return [f"{prop.column}_from", f"{prop.column}_to"] if prop.type == "date" else []


def _gathered(values: pa.Table, record_type: RecordType) -> pa.Table:
    ids = _encoded(values["id"])
    begins = _begins(ids.indices.to_numpy())
    record = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(ids))))
    properties = _encoded(values["property"])
    codes, words = properties.indices.to_numpy(), properties.dictionary.to_pylist()
    columns = {"id": _whole(ids.take(pa.array(begins)))}
    for prop in record_type.properties.values():
        rows = np.flatnonzero(codes == words.index(prop.name)) if prop.name in words else np.array([], np.int64)
        columns |= dict(_columns(values, prop, rows, record[rows], len(begins)))
    return pa.table(columns)


def _columns(values: pa.Table, prop: Property, rows: Integers, record: Integers, records: int) -> Iterator[tuple[str, Any]]:
    """The columns of a property, whose values lie in `rows`, each of the record with that number."""
    found = _whole(values["value"])
    if prop.many:
        counts = np.bincount(record, minlength=records)
        offsets = np.concatenate([[0], np.cumsum(counts)])
        yield (
            prop.column,
            pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), found.take(pa.array(rows)), mask=pa.array(counts == 0)),
        )
        return
    place = np.full(records, -1)
    place[record] = rows
    take = pa.array(place, mask=place < 0)
    one = found.take(take)
    yield prop.column, one
    beside = _beside(prop)
    if len(beside) == 1:
        yield beside[0], _whole(values["unit"]).take(take)
    elif beside:
        yield from zip(beside, _bounds(one), strict=True)


def _bounds(dates: Any) -> tuple[Any, Any]:
    """The first and last day that each date can mean; an open end is null."""
    encoded = _encoded(dates)
    bounds = [date_bounds(value) for value in encoded.dictionary.to_pylist()]
    low: Sequence[date | None] = [None if first == EARLIEST else first for first, _ in bounds]
    high: Sequence[date | None] = [None if last == LATEST else last for _, last in bounds]
    return pa.array(low, pa.date32()).take(encoded.indices), pa.array(high, pa.date32()).take(encoded.indices)


def _begins(codes: Integers) -> Integers:
    """The first row of each record."""
    return np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]])) if len(codes) else np.array([], np.int64)


def _whole(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column.dictionary_decode() if isinstance(column, pa.DictionaryArray) else column


def _encoded(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()
