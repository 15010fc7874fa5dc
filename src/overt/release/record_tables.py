"""Tables of records: one table per record type, with a row per record and a column per property."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from overt.model.schema import Property, RecordType, Schema
from overt.model.values.current_on_day import phase_on
from overt.model.values.dates import EARLIEST, LATEST, date_bounds
from overt.release.value_aggregation import Integers

CURRENT = "current"
"""Column that says whether a record is current, in tables whose records begin and end."""
CURRENT_MEANING = (
    "Computed: whether it has begun and not ended on the day of the release; null if its dates allow both. A record "
    "without a start counts as begun, and one without an end as not ended."
)

_CASTS = {"money": "DECIMAL(38, 4)", "number": "DECIMAL(38, 6)", "boolean": "BOOLEAN", "year": "INTEGER"}
_NO_VALUES = pa.table({name: pa.array([], pa.string()) for name in ("id", "property", "value", "unit")})


class RecordTables:
    """The shown values of all records as tables, collected batch by batch."""

    def __init__(self, schema: Schema, day: date) -> None:
        """`day`: the day of the release, for deciding which records are current."""
        self._day = day
        self._types = schema.types
        self._tables: dict[str, list[pa.Table]] = {name: [] for name in schema.types}

    def gather(self, values: pa.Table) -> dict[str, pa.Table]:
        """Return the records of a batch of values, one table per record type.

        The batch must contain all values of each of its records, sorted by record.
        """
        shown_values = values.filter(values["shown"]).combine_chunks()
        types = _encode(shown_values["type"])
        present = [name for name in types.dictionary.to_pylist() if name in self._types]
        tables = {}
        for name in present:
            of_type = shown_values if len(present) == 1 else shown_values.filter(pc.equal(types, name)).combine_chunks()
            if of_type.num_rows:
                tables[name] = _pivot(of_type, self._types[name])
        return tables

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """Add the records of the next batch."""
        for name, table in tables.items():
            self._tables[name].append(table)

    def table(self, record_type: RecordType) -> pa.Table:
        """Return the records of a type: `id`, and each property's values as text, its unit and the bounds of its dates.

        If records of the type begin and end, `current` says whether they are current on the day of the release.
        """
        tables = self._tables[record_type.name]
        table = pa.concat_tables(tables) if tables else _pivot(_NO_VALUES, record_type)
        return table.append_column(CURRENT, _currents(table, self._day)) if record_type.lasts else table


def typed_columns(record_type: RecordType) -> str:
    """Return the columns of a record type's released table, in SQL over the columns of `RecordTables.table`."""
    columns = ["id"]
    for prop in record_type.properties.values():
        cast = None if prop.many else _CASTS.get(prop.type)
        columns.append(f'TRY_CAST("{prop.column}" AS {cast}) AS "{prop.column}"' if cast else f'"{prop.column}"')
        columns += [f'"{name}"' for name in _extra_columns(prop)]
    return ", ".join([*columns, f'"{CURRENT}"'] if record_type.lasts else columns)


def _currents(table: pa.Table, day: date) -> Any:
    """Return whether each row is current on a day; null if its dates don't decide it."""
    pairs = list(zip(table["start"].to_pylist(), table["end"].to_pylist(), strict=True))
    by_pair = {pair: phase_on(day, *pair).current for pair in set(pairs)}
    return pa.array([by_pair[pair] for pair in pairs], pa.bool_())


def _extra_columns(prop: Property) -> list[str]:
    """Return the names of a property's additional columns: its unit, or its two dates. Most properties have none."""
    if prop.many:
        return []
    if prop.type == "money" or (prop.type == "number" and prop.unit is None):
        return [f"{prop.column}_unit"]
    return [f"{prop.column}_from", f"{prop.column}_to"] if prop.type == "date" else []


def _pivot(values: pa.Table, record_type: RecordType) -> pa.Table:
    ids = _encode(values["id"])
    begins = _record_starts(ids.indices.to_numpy())
    record = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(ids))))
    properties = _encode(values["property"])
    codes, names = properties.indices.to_numpy(), properties.dictionary.to_pylist()
    columns = {"id": _decode(ids.take(pa.array(begins)))}
    for prop in record_type.properties.values():
        rows = np.flatnonzero(codes == names.index(prop.name)) if prop.name in names else np.array([], np.int64)
        columns |= dict(_property_columns(values, prop, rows, record[rows], len(begins)))
    return pa.table(columns)


def _property_columns(
    values: pa.Table, prop: Property, rows: Integers, record: Integers, records: int
) -> Iterator[tuple[str, Any]]:
    """Yield the name and the values of each column of a property.

    `rows`: the rows of the property's values. `record`: the number of each value's record.
    """
    texts = _decode(values["value"])
    if prop.many:
        counts = np.bincount(record, minlength=records)
        offsets = np.concatenate([[0], np.cumsum(counts)])
        yield (
            prop.column,
            pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), texts.take(pa.array(rows)), mask=pa.array(counts == 0)),
        )
        return
    row_of_record = np.full(records, -1)
    row_of_record[record[::-1]] = rows[::-1]  # The first of several texts counts.
    take = pa.array(row_of_record, mask=row_of_record < 0)
    column = texts.take(take)
    yield prop.column, column
    extra = _extra_columns(prop)
    if len(extra) == 1:
        yield extra[0], _decode(values["unit"]).take(take)
    elif extra:
        yield from zip(extra, _date_bounds(column), strict=True)


def _date_bounds(dates: Any) -> tuple[Any, Any]:
    """Return the first and last possible day of each date; an open end is null."""
    encoded = _encode(dates)
    bounds = [date_bounds(value) for value in encoded.dictionary.to_pylist()]
    low: Sequence[date | None] = [None if first == EARLIEST else first for first, _ in bounds]
    high: Sequence[date | None] = [None if last == LATEST else last for _, last in bounds]
    return pa.array(low, pa.date32()).take(encoded.indices), pa.array(high, pa.date32()).take(encoded.indices)


def _record_starts(codes: Integers) -> Integers:
    return np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]])) if len(codes) else np.array([], np.int64)


def _decode(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column.dictionary_decode() if isinstance(column, pa.DictionaryArray) else column


def _encode(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()
