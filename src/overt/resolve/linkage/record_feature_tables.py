"""Feature tables for blocking and comparison. They are the same for every engine."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from overt.resolve.linkage.linkage_model import LinkageModel
from overt.resolve.linkage.linkage_name_parts import NameParts, NameReader
from overt.resolve.linkage.pinyin_pattern import WORD
from overt.resolve.sql_queries import fill_query

_BATCH = 50_000
_TEXTS = pa.list_(pa.string())
RECORDS = pa.schema(
    [
        ("record", pa.string()),
        ("type", pa.string()),
        ("source", pa.string()),
        ("names", _TEXTS),
        ("countries", _TEXTS),
        ("identifiers", _TEXTS),
        ("sites", _TEXTS),
    ]
)
"""Records to link: id, type and source; all names in any script; country codes; identifiers as `scheme:value`; and home pages."""
_NAME_PARTS: list[tuple[str, pa.DataType]] = [(part, pa.string()) for part in NameParts._fields]
_PARTS = pa.schema([("line", pa.int64()), *_NAME_PARTS])


def _parts(records: pa.Table, reader: NameReader) -> Iterator[pa.RecordBatch]:
    """Yield the parts of every name, with the row number of its record."""
    names = records["names"].combine_chunks()
    rows, texts = pc.list_parent_indices(names), pc.list_flatten(names)
    for start in range(0, len(texts), _BATCH):
        batch = texts.slice(start, _BATCH)
        parts = [reader.read(name) for name in batch.to_pylist() if name is not None]
        lines = rows.slice(start, _BATCH).filter(batch.is_valid())
        columns = [pa.array(column, pa.string()) for column in zip(*parts, strict=True)]
        yield pa.RecordBatch.from_arrays([lines, *(columns or [pa.array([], pa.string())] * len(_NAME_PARTS))], schema=_PARTS)


def build_features(connection: duckdb.DuckDBPyConnection, records: pa.Table, model: LinkageModel, reader: NameReader) -> None:
    """Make the temporary tables of `sql/linkage_features.sql`: the rows to compare, and the tables that map them to records."""
    of_type = records.filter(pc.equal(records["type"], pa.scalar(model.type, pa.string())))
    lines = pa.array(range(len(of_type)), pa.int64())
    connection.register(
        "linkage_records", of_type.select(["record", "countries", "identifiers", "sites"]).append_column("line", lines)
    )
    connection.register("linkage_parts", pa.Table.from_batches(_parts(of_type, reader), schema=_PARTS))
    connection.execute(fill_query("linkage_features.profiles", chinese=WORD))
    connection.unregister("linkage_parts")
    connection.execute(fill_query("linkage_features.keys"))
    keys = [key for key in model.keys if key != "twin"]
    for key in keys:
        connection.execute(fill_query("linkage_features.cut_blocks", key=f"key_{key}", largest=str(model.largest_block)))
    cuts = "".join(f" LEFT JOIN linkage_cut_key_{key} AS cut_{key} USING (profile)" for key in keys)
    columns = ", ".join(f"(coalesce(cut_{key}.cut, key_{key}) >> 1)::BIGINT AS key_{key}" for key in keys)
    empty = ", ".join(f"NULL::BIGINT AS key_{key}" for key in keys)
    connection.execute(fill_query("linkage_features.features", keys=columns, cuts=cuts, empty=empty))
    for key in keys:
        connection.execute(f"DROP TABLE linkage_cut_key_{key}")
    connection.execute("DROP TABLE linkage_key")
