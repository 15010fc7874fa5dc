"""Claims into values: what each source says of a record becomes its different values, each with its rank and its rivals.

A release's claims lie in order of record, property, value and unit, so that equal ones are neighbours. They are read in spans
that end where a record ends; within a span every step is one pass over whole columns. The same claims give the same spans and the
same values, on any number of threads.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from overt.model.schema import Schema
from overt.release.claim_batches import SPAN, WORDS, spans

pc: Any = pyarrow.compute
"""Its stubs know an array only by the one type of what it holds."""
_BASIS = ("stated", "stated", "coded", "computed")
"""By standing: an editor's word is a statement too."""
_WORD = pa.dictionary(pa.int32(), pa.string())
VALUES = pa.schema(
    [
        ("id", _WORD), ("type", _WORD), ("property", _WORD), ("value", pa.string()), ("unit", _WORD), ("lang", _WORD),
        ("shown", pa.bool_()), ("rank", pa.int32()), ("contested", pa.bool_()), ("basis", _WORD), ("claims", pa.int32()),
        ("sources", pa.int32()), ("independent_sources", pa.int32()),
    ]
)  # fmt: skip
"""One row a different value of a property of a record; rank 1 is the one shown where there can be one only."""
CITED = VALUES.append(pa.field("claim_id", pa.string()))
Integers = npt.NDArray[np.int8] | npt.NDArray[np.int32] | npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Registers = Collection[tuple[str, str]]
Gather = Callable[[pa.Table], Mapping[str, pa.Table]]


class Span(NamedTuple):
    """Values of whole records (columns of `VALUES`), in order of record, property and rank."""

    values: pa.Table
    best: Integers
    """The claim that stands for each value: its row among those of this span."""
    rows: int
    """Claims that the span was made of."""
    things: Mapping[str, pa.Table] = {}
    """What was gathered from the values."""


@dataclass(frozen=True)
class Words:
    """A column of few different words: a number for each row, -1 for none, and the words."""

    codes: Integers
    words: Sequence[str]

    def look_up(self, held: Mapping[str, int], missing: int) -> Integers:
        """What is held for the word of each row."""
        return np.array([*(held.get(word, missing) for word in self.words), missing], np.int32)[self.codes]


def values(
    claims: Path,
    schema: Schema,
    retrieved: Mapping[str, str],
    gather: Gather = lambda _: {},
    *,
    registers: Registers = frozenset(),
    publishers: Mapping[str, str] = {},
    threads: int = 1,
    span: int = SPAN,
) -> Iterator[Span]:
    """The values of a release's claims, in order of record, property and rank.

    `retrieved`: the capture date of each source; `gather`: what else to make of each span's values, by threads too; `registers`:
    (source, record type) pairs in which the source has each thing once; `publishers`: who publishes each source, so that those of
    one publisher count once as `independent_sources`; one that is not named there is its own.

    The rule of rank: editorial before stated before coded before computed; what a register says; the most sources; the newest
    capture, or the last entry of the ledger; the value itself.
    """
    many = {(kind.name, prop.name): prop.many for kind in schema.types.values() for prop in kind.properties.values()}

    def worked(table: pa.Table) -> Span:
        made = _values(table, many, retrieved, registers, publishers)
        return made._replace(things=gather(made.values))

    # Not `pool.map`, which would read all claims before the first span is asked for.
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Span]] = deque()
        for table in spans(claims, span):
            waiting.append(pool.submit(worked, table))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def values_of(
    claims: pa.Table,
    schema: Schema,
    retrieved: Mapping[str, str],
    *,
    registers: Registers = frozenset(),
    publishers: Mapping[str, str] = {},
) -> Span:
    """The values of claims that are in memory, in the order of a release's claims; by the same rules as `values`."""
    many = {(kind.name, prop.name): prop.many for kind in schema.types.values() for prop in kind.properties.values()}
    for name in ("id", *WORDS):
        at = claims.schema.get_field_index(name)
        claims = claims.set_column(at, pa.field(name, _WORD), pc.cast(pc.dictionary_encode(claims[name]), _WORD))
    return _values(claims, many, retrieved, registers, publishers)


def _many(table: pa.Table, many: Mapping[tuple[str, str], bool]) -> Integers:
    """1 where a claim's property may have many values, 0 where it has one, -1 where there is no such property."""
    kind, name = _words(table["type"]), _words(table["property"])
    known = np.array([[many.get((one, other), -1) for other in [*name.words, ""]] for one in [*kind.words, ""]], np.int8)
    return known[kind.codes, name.codes]


def _values(
    claims: pa.Table,
    properties: Mapping[tuple[str, str], bool],
    retrieved: Mapping[str, str],
    registers: Registers,
    publishers: Mapping[str, str],
) -> Span:
    table = claims.combine_chunks()
    many = _many(table, properties)
    # A property that the schema has no more is in a release made when it had.
    kept = pc.and_(pc.equal(table["standing"], "current"), pa.array(many >= 0))
    rows = None if pc.all(kept).as_py() else np.flatnonzero(kept.to_numpy())
    if rows is not None:
        table, many = table.filter(kept).combine_chunks(), many[rows]
    if not table.num_rows:
        return Span(VALUES.empty_table(), np.array([], np.int64), claims.num_rows)
    words = {name: _words(table[name]) for name in WORDS}
    value = table["value"] if table["target"].null_count == table.num_rows else pc.coalesce(table["target"], table["value"])
    of_property = _steps(_column(table, "id").indices.to_numpy()) | _steps(words["property"].codes)
    of_value = of_property | _changes(value) | _steps(words["unit"].codes)
    starts = np.flatnonzero(of_value)
    merit, best = _best(words, registers, starts)
    independent = _sources(_published(words["source"], publishers), starts)
    sources, when = _sources(words["source"], starts), np.maximum.reduceat(_recency(words, retrieved), starts)
    group = np.cumsum(of_property)[starts] - 1
    order, rank, rivals = _ranked(group, merit, sources, when)
    first = starts[order]
    is_many = many[first] == 1
    counted = np.diff(np.append(starts, table.num_rows))[order]
    lang, take = words["lang"], pa.array(first)
    columns = [
        *(_column(table, name).take(take) for name in ("id", "type", "property")),
        _chunk(value).take(take),
        _column(table, "unit").take(take),
        _taken(sorted(lang.words), np.minimum.reduceat(_alphabetic(lang), starts)[order]),
        pa.array(is_many | (rank == 1)),
        pa.array(rank, pa.int32()),
        pa.array(~is_many & (rivals > 1)),
        _taken(_BASIS, merit[order] // 2),
        pa.array(counted, pa.int32()),
        pa.array(sources[order], pa.int32()),
        pa.array(independent[order], pa.int32()),
    ]
    best = best[order]
    return Span(pa.Table.from_arrays(columns, schema=VALUES), best if rows is None else rows[best], claims.num_rows)


def cited(claims: Path, spans: Iterable[Span]) -> Iterator[pa.Table]:
    """The rows of the release table `values` (columns of `CITED`): with the id of the claim that stands for each value."""
    with pq.ParquetFile(claims) as file:
        groups = iter(range(file.num_row_groups))
        held = pa.chunked_array([], pa.string())
        for span in spans:
            while len(held) < span.rows:
                more = file.read_row_group(next(groups), columns=["claim_id"])["claim_id"]
                held = pa.chunked_array([*held.chunks, *more.chunks])
            ids = _chunk(held.slice(0, span.rows)).take(pa.array(span.best))
            held = held.slice(span.rows)
            yield span.values.append_column("claim_id", ids)


def _best(words: Mapping[str, Words], registers: Registers, starts: Integers) -> tuple[Integers, Integers]:
    """The merit of each value, the smaller the better, and the row of the first claim that gives it.

    It is twice its standing, 0 to 3, and one more where no register says it with that standing.
    """
    basis = words["basis"].look_up({"stated": 1, "coded": 2}, 3)
    standing = np.where(words["source"].look_up({"editorial": 1}, 0) == 1, 0, basis)
    source, kind = words["source"], words["type"]
    listed = np.array([[(one, other) in registers for other in [*kind.words, ""]] for one in [*source.words, ""]], np.bool_)
    merit = 2 * standing + ~listed[source.codes, kind.codes]
    rows = len(merit)
    # Within a value the claims lie in order of their ids: the smallest of these numbers is the first of the best merit.
    smallest = np.minimum.reduceat(merit * rows + np.arange(rows, dtype=np.int32), starts)
    return smallest // rows, smallest % rows


def _sources(source: Words, starts: Integers) -> Integers:
    """How many different sources say each value: a bit for each source, sixty-four at a time."""
    counted = np.zeros(len(starts), np.int64)
    for base in range(0, len(source.words), 64):
        place = source.codes - base
        bits = np.where((place >= 0) & (place < 64), np.uint64(1) << np.clip(place, 0, 63).astype(np.uint64), np.uint64(0))
        counted += np.bitwise_count(np.bitwise_or.reduceat(bits, starts))
    return counted


def _published(source: Words, publishers: Mapping[str, str]) -> Words:
    """Who publishes each claim's source."""
    names = sorted({publishers.get(one, one) for one in source.words})
    place = {one: names.index(publishers.get(one, one)) for one in source.words}
    return Words(source.look_up(place, -1), names)


def _recency(words: Mapping[str, Words], retrieved: Mapping[str, str]) -> Integers:
    """A number for each claim that grows with the day of its capture; an entry of the ledger is newer than any capture."""
    source, snapshot = words["source"], words["snapshot"]
    days = [[retrieved.get(one, other) for other in [*snapshot.words, ""]] for one in source.words]
    order = {day: number for number, day in enumerate(sorted({day for each in days for day in each}))}
    return np.array([[order[day] for day in each] for each in days], np.int32)[source.codes, snapshot.codes]


def _ranked(group: Integers, merit: Integers, sources: Integers, when: Integers) -> tuple[Integers, Integers, Integers]:
    """The order of the values by group and merit, the rank of each in that order, and how many its group has."""
    newest, most = int(when.max()), int(sources.max())
    whole = (merit * (most + 1) + (most - sources)) * (newest + 1) + (newest - when)
    # Values lie in their own order already, and equal ones keep it.
    order = np.argsort(group.astype(np.int64) * (int(whole.max()) + 1) + whole, kind="stable")
    sizes = np.bincount(group)
    begins = np.cumsum(sizes) - sizes
    return order, np.arange(len(group)) - begins[group] + 1, sizes[group]


def _words(column: Any) -> Words:
    chunk = _chunk(column)
    codes = pc.fill_null(chunk.indices, -1) if chunk.null_count else chunk.indices
    return Words(codes.to_numpy(), chunk.dictionary.to_pylist())


def _alphabetic(column: Words) -> Integers:
    """The place of each row's word in the alphabet; none comes last."""
    place = {word: number for number, word in enumerate(sorted(column.words))}
    return column.look_up(place, len(place))


def _taken(words: Sequence[str], codes: Integers) -> Any:
    """Words by their numbers; a number beyond them is none."""
    indices = pa.array(codes, pa.int32(), mask=codes >= len(words))
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def _steps(codes: Integers) -> Flags:
    return np.concatenate([[True], codes[1:] != codes[:-1]])


def _changes(column: Any) -> Flags:
    """Whether each row differs from the one before it; the first does."""
    chunk = _chunk(column)
    differ = pc.not_equal(chunk.slice(1), chunk.slice(0, len(chunk) - 1))
    return np.concatenate([[True], differ.to_numpy(zero_copy_only=False)])


def _column(table: pa.Table, name: str) -> Any:
    return _chunk(table[name])


def _chunk(column: Any) -> Any:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
