"""Converts rows of queries to named tuples, and checks their fields against the columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

RowT = TypeVar("RowT", bound=NamedTuple)
Decoders = Mapping[str, Callable[[Any], Any]]
"""Functions by column that convert a stored value to the field's value."""
_Arrange = Callable[[tuple[Any, ...]], tuple[Any, ...]]


def make_rows(
    row_class: type[RowT], query: str, columns: tuple[str, ...], rows: Iterable[Sequence[Any]], decode: Decoders
) -> list[RowT]:
    """Return rows as named tuples. `query`: the name of the query, for messages.

    Each column fills the field of the same name; a field without a column gets its default. Raises TypeError for a column without
    a field, for a repeated column, and for a field with neither a column nor a default.
    """
    arrange = _arrange(row_class, query, columns)
    make: Callable[[Iterable[Any]], RowT] = row_class._make
    if decode:
        decoders = [(columns.index(name), decoder) for name, decoder in decode.items()]
        rows = [_decoded(row, decoders) for row in rows]
    return [make(row) for row in rows] if arrange is None else [make(arrange(tuple(row))) for row in rows]


def _decoded(row: Sequence[Any], decoders: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for at, decoder in decoders:
        values[at] = decoder(values[at])
    return values


@lru_cache(maxsize=1_000)
def _arrange(row_class: type[NamedTuple], query: str, columns: tuple[str, ...]) -> _Arrange | None:
    """Return a function that puts a row's values in the order of the fields.

    None if they are already in that order. Raises TypeError if the columns don't fit the fields.
    """
    fields, defaults = row_class._fields, row_class._field_defaults
    problems = [
        *(f"column {name} has no field" for name in columns if name not in fields),
        *(f"field {name} has no column" for name in fields if name not in columns and name not in defaults),
        *(f"column {name} is there twice" for name in sorted(set(columns)) if columns.count(name) > 1),
    ]
    if problems:
        raise TypeError(f"{row_class.__name__} does not fit the query {query}: {'; '.join(problems)}")
    if columns == fields:
        return None
    filled = [name for name in fields if name not in columns]
    extra = tuple(defaults[name] for name in filled)
    order = itemgetter(*((*columns, *filled).index(name) for name in fields))
    return lambda row: order((*row, *extra))
