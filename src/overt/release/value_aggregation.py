"""Aggregates claims into values: the distinct values of each property of a record, ranked.

A release's claims are sorted by record, property, value and unit, so equal values are neighbours. They are read in batches that
end where a record ends; within a batch, every step is one pass over entire columns. The same claims produce the same batches and
values on any number of threads.
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

from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.schema import Schema
from overt.release.claim_batches import BATCH_ROWS, DICTIONARY_COLUMNS, read_claim_batches
from overt.release.source_recency import Recency

pc: Any = pyarrow.compute
"""`Any`, because the stubs type arrays too narrowly."""
_BASIS = ("stated", "stated", "coded", "computed")
"""Basis of a value by rank. Rank 0 is for claims of editors, which count as stated."""
_TEXT = pa.dictionary(pa.int32(), pa.string())
VALUES = pa.schema(
    [
        ("id", _TEXT), ("type", _TEXT), ("property", _TEXT), ("value", pa.string()), ("unit", _TEXT), ("lang", _TEXT),
        ("shown", pa.bool_()), ("rank", pa.int32()), ("contested", pa.bool_()), ("basis", _TEXT), ("claims", pa.int32()),
        ("sources", pa.int32()), ("independent_sources", pa.int32()),
    ]
)  # fmt: skip
"""One row per distinct value of a record's property. If the property can have only one value, only that of rank 1 is shown."""
CITED_VALUES = VALUES.append(pa.field("claim_id", pa.string()))
Integers = npt.NDArray[np.int8] | npt.NDArray[np.int32] | npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Registers = Collection[tuple[str, str]]
Many = Mapping[tuple[str, str], bool]
GatherRecords = Callable[[pa.Table], Mapping[str, pa.Table]]


class ValueBatch(NamedTuple):
    """Values of complete records (columns of `VALUES`), sorted by record, property and rank."""

    values: pa.Table
    best: Integers
    """For each value, the row of the cited claim among this batch's claims."""
    rows: int
    """Number of claims in the batch."""
    records: Mapping[str, pa.Table] = {}
    """Tables made from the values by `gather`, by record type."""


@dataclass(frozen=True)
class EncodedColumn:
    """A dictionary-encoded column: a code for each row (-1 for null), and the texts."""

    codes: Integers
    texts: Sequence[str]

    def look_up(self, numbers: Mapping[str, int], missing: int) -> Integers:
        """Return, for each row, the number of its text in `numbers`, or `missing`."""
        return np.array([*(numbers.get(text, missing) for text in self.texts), missing], np.int32)[self.codes]


def aggregate_values(
    claims: Path,
    schema: Schema,
    recency: Recency,
    gather: GatherRecords = lambda _: {},
    *,
    registers: Registers = frozenset(),
    naming: Registers = frozenset(),
    publishers: Mapping[str, str] = {},
    threads: int = 1,
    batch_rows: int = BATCH_ROWS,
) -> Iterator[ValueBatch]:
    """Yield the values of a release's current claims, sorted by record, property and rank.

    Unknown properties and references of a record to itself are left out. `recency`: how new each source is. `gather` makes
    records from each batch of values, on the same threads. `registers`: (source, record type) pairs for which the source has no
    duplicates. `naming`: pairs for which the source's names are those of the records, not of payments. `publishers`: publisher
    of each source; sources of one publisher count once in `independent_sources`. `threads` batches of `batch_rows` run at once.

    Values are ranked by these criteria, in this order: the basis (editorial, stated, coded, computed); whether a register gives
    the value (or, for a name, a naming source); the number of sources; the newest file (in the archive's order) or entry of the
    ledger; the length, shortest first (only for names of projects); the value itself.
    """
    many = {(kind.name, prop.name): prop.several for kind in schema.types.values() for prop in kind.properties.values()}

    def aggregate(table: pa.Table) -> ValueBatch:
        batch = _aggregate(table, many, recency, registers, naming, publishers)
        return batch._replace(records=gather(batch.values))

    # `pool.map` would read all claims before the first batch is consumed.
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[ValueBatch]] = deque()
        for table in read_claim_batches(claims, batch_rows):
            waiting.append(pool.submit(aggregate, table))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def aggregate_table(
    claims: pa.Table,
    schema: Schema,
    recency: Recency,
    *,
    registers: Registers = frozenset(),
    naming: Registers = frozenset(),
    publishers: Mapping[str, str] = {},
) -> ValueBatch:
    """Return the values of claims in memory, by the rules of `aggregate_values`. Claims must be sorted as in a release."""
    many = {(kind.name, prop.name): prop.several for kind in schema.types.values() for prop in kind.properties.values()}
    for name in ("id", *DICTIONARY_COLUMNS):
        index = claims.schema.get_field_index(name)
        claims = claims.set_column(index, pa.field(name, _TEXT), pc.cast(pc.dictionary_encode(claims[name]), _TEXT))
    return _aggregate(claims, many, recency, registers, naming, publishers)


def _many(table: pa.Table, many: Mapping[tuple[str, str], bool]) -> Integers:
    """Return, for each claim, 1 if its property can have several values, 0 if it can't, and -1 if the schema lacks it."""
    kinds, names = _encoded(table["type"]), _encoded(table["property"])
    codes = np.array([[many.get((kind, name), -1) for name in [*names.texts, ""]] for kind in [*kinds.texts, ""]], np.int8)
    return codes[kinds.codes, names.codes]


def _aggregate(
    claims: pa.Table, properties: Many, recency: Recency, registers: Registers, naming: Registers, publishers: Mapping[str, str]
) -> ValueBatch:
    table = claims.combine_chunks()
    many = _many(table, properties)
    # Releases can have properties that are no longer in the schema.
    current = pc.and_(pc.equal(table["standing"], "current"), pa.array(many >= 0))
    if table["target"].null_count < table.num_rows:
        # Two linked records that were merged are one record, which doesn't link to itself.
        own = pc.equal(table["target"], pc.cast(table["id"], pa.string()))
        current = pc.and_(current, pc.invert(pc.fill_null(own, False)))
    rows = None if pc.all(current).as_py() else np.flatnonzero(current.to_numpy())
    if rows is not None:
        table, many = table.filter(current).combine_chunks(), many[rows]
    if not table.num_rows:
        return ValueBatch(VALUES.empty_table(), np.array([], np.int64), claims.num_rows)
    columns = {name: _encoded(table[name]) for name in DICTIONARY_COLUMNS}
    value = table["value"] if table["target"].null_count == table.num_rows else pc.coalesce(table["target"], table["value"])
    new_property = _steps(_contiguous(table["id"]).indices.to_numpy()) | _steps(columns["property"].codes)
    new_value = new_property | _changes(value) | _steps(columns["unit"].codes)
    starts = np.flatnonzero(new_value)
    merit, best = _merit(columns, registers, naming, starts)
    independent = _count_sources(_published(columns["source"], publishers), starts)
    sources, newest = _count_sources(columns["source"], starts), np.maximum.reduceat(_recency(columns, recency), starts)
    group = np.cumsum(new_property)[starts] - 1
    # A source may list a project once for each loan. The shortest of these names has the fewest details of a single loan.
    of_project = columns["property"].look_up({"name": 1}, 0) * columns["type"].look_up({"project": 1}, 0)
    sizes = of_project[starts] * np.asarray(pc.utf8_length(_contiguous(value).take(pa.array(starts))), np.int64)
    order, rank = _rank(group, merit, sources, newest, sizes)
    first = starts[order]
    is_many = many[first] == 1
    claim_counts = np.diff(np.append(starts, table.num_rows))[order]
    lang, take = columns["lang"], pa.array(first)
    langs = np.minimum.reduceat(_alphabetic(lang), starts)[order]
    rivals = _rivals_in_language(group[order], langs, len(lang.texts))
    arrays = [
        *(_contiguous(table[name]).take(take) for name in ("id", "type", "property")),
        _contiguous(value).take(take),
        _contiguous(table["unit"]).take(take),
        _decode(sorted(lang.texts), langs),
        pa.array(is_many | (rank == 1)),
        pa.array(rank, pa.int32()),
        pa.array(~is_many & (rivals > 1)),
        _decode(_BASIS, merit[order] // 2),
        pa.array(claim_counts, pa.int32()),
        pa.array(sources[order], pa.int32()),
        pa.array(independent[order], pa.int32()),
    ]
    best = best[order]
    return ValueBatch(pa.Table.from_arrays(arrays, schema=VALUES), best if rows is None else rows[best], claims.num_rows)


def cite_values(claims: Path, batches: Iterable[ValueBatch]) -> Iterator[pa.Table]:
    """Yield the rows of the release table `values` (columns of `CITED_VALUES`), with the id of the claim cited for each value."""
    with pq.ParquetFile(claims) as file:
        groups = iter(range(file.num_row_groups))
        claim_ids = pa.chunked_array([], pa.string())
        for batch in batches:
            while len(claim_ids) < batch.rows:
                more = file.read_row_group(next(groups), columns=["claim_id"])["claim_id"]
                claim_ids = pa.chunked_array([*claim_ids.chunks, *more.chunks])
            cited = _contiguous(claim_ids.slice(0, batch.rows)).take(pa.array(batch.best))
            claim_ids = claim_ids.slice(batch.rows)
            yield batch.values.append_column("claim_id", cited)


def _merit(
    columns: Mapping[str, EncodedColumn], registers: Registers, naming: Registers, starts: Integers
) -> tuple[Integers, Integers]:
    """Return the merit of each value (smaller is better), and the row of the first claim with that merit.

    The merit is twice the rank of the basis (0 to 3), plus one unless a register states the value (or, for a name, a naming
    source).
    """
    basis = columns["basis"].look_up({"stated": 1, "coded": 2}, 3)
    standing = np.where(columns["source"].look_up({EDITORIAL_SOURCE: 1}, 0) == 1, 0, basis)
    sources, kinds, properties = (columns[name] for name in ("source", "type", "property"))
    in_register, gives_name = (
        np.array([[(source, kind) in pairs for kind in [*kinds.texts, ""]] for source in [*sources.texts, ""]], np.bool_)
        for pairs in (registers, naming)
    )
    named = gives_name[sources.codes, kinds.codes] & (properties.look_up({"name": 1}, 0) == 1)
    merit = 2 * standing + ~(in_register[sources.codes, kinds.codes] | named)
    rows = len(merit)
    # The claims of a value are sorted by id, so the smallest of these numbers belongs to the first claim with the best merit.
    smallest = np.minimum.reduceat(merit * rows + np.arange(rows, dtype=np.int32), starts)
    return smallest // rows, smallest % rows


def _count_sources(source: EncodedColumn, starts: Integers) -> Integers:
    """Count the distinct sources of each value, with one bit per source, sixty-four sources at a time."""
    counts = np.zeros(len(starts), np.int64)
    for base in range(0, len(source.texts), 64):
        shift = source.codes - base
        bits = np.where((shift >= 0) & (shift < 64), np.uint64(1) << np.clip(shift, 0, 63).astype(np.uint64), np.uint64(0))
        counts += np.bitwise_count(np.bitwise_or.reduceat(bits, starts))
    return counts


def _published(source: EncodedColumn, publishers: Mapping[str, str]) -> EncodedColumn:
    """Return the publisher of each claim's source."""
    names = sorted({publishers.get(slug, slug) for slug in source.texts})
    return EncodedColumn(source.look_up({slug: names.index(publishers.get(slug, slug)) for slug in source.texts}, -1), names)


def _recency(columns: Mapping[str, EncodedColumn], recency: Recency) -> Integers:
    """Return the recency rank of each claim: that of its source. Claims from the ledger rank above all files."""
    source, snapshot = columns["source"], columns["snapshot"]
    entries = [*snapshot.texts, ""]
    after_files = max(recency.values(), default=0) + 1
    entry_ranks = {entry: after_files + number for number, entry in enumerate(sorted(set(entries)))}
    ranks = [[recency.get(slug, entry_ranks[entry]) for entry in entries] for slug in source.texts]
    return np.array(ranks, np.int32)[source.codes, snapshot.codes]


def _rank(group: Integers, merit: Integers, sources: Integers, newest: Integers, sizes: Integers) -> tuple[Integers, Integers]:
    """Return the order of the values by group, merit, number of sources, newest file and size, and their ranks in the group."""
    latest, max_sources = int(newest.max()), int(sources.max())
    key = (merit * (max_sources + 1) + (max_sources - sources)) * (latest + 1) + (latest - newest)
    if sizes.any():
        key = np.unique(key.astype(np.int64) * (int(sizes.max()) + 1) + sizes, return_inverse=True)[1]
    order = np.argsort(group.astype(np.int64) * (int(key.max()) + 1) + key, kind="stable")  # Equal keys keep the values' order.
    counts = np.bincount(group)
    begins = np.cumsum(counts) - counts
    return order, np.arange(len(group)) - begins[group] + 1


def _rivals_in_language(group: Integers, langs: Integers, unknown: int) -> Integers:
    """Return, for each value, how many values of its group, itself included, are in its language or in an unknown one."""
    key = group.astype(np.int64) * (unknown + 1) + langs  # A value in an unknown language is a rival of all values.
    _, of_key, sizes = np.unique(key, return_inverse=True, return_counts=True)
    everything = np.bincount(group)[group]
    without_language = np.bincount(group, weights=langs == unknown).astype(np.int64)[group]
    return np.where(langs == unknown, everything, sizes[of_key] + without_language)


def _encoded(column: Any) -> EncodedColumn:
    chunk = _contiguous(column)
    codes = pc.fill_null(chunk.indices, -1) if chunk.null_count else chunk.indices
    return EncodedColumn(codes.to_numpy(), chunk.dictionary.to_pylist())


def _alphabetic(column: EncodedColumn) -> Integers:
    """Return each row's alphabetical position by text; null sorts last."""
    return column.look_up({text: number for number, text in enumerate(sorted(column.texts))}, len(column.texts))


def _decode(texts: Sequence[str], codes: Integers) -> Any:
    """Return the texts for codes; null for an unknown code."""
    indices = pa.array(codes, pa.int32(), mask=codes >= len(texts))
    return pa.DictionaryArray.from_arrays(indices, pa.array(texts, pa.string()))


def _steps(codes: Integers) -> Flags:
    return np.concatenate([[True], codes[1:] != codes[:-1]])


def _changes(column: Any) -> Flags:
    """Return whether each row differs from the previous row; true for the first row."""
    chunk = _contiguous(column)
    differ = pc.not_equal(chunk.slice(1), chunk.slice(0, len(chunk) - 1))
    return np.concatenate([[True], differ.to_numpy(zero_copy_only=False)])


def _contiguous(column: Any) -> Any:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
