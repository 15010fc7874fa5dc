"""Records become the columns that blocking and comparison need; the same for every engine."""

from collections.abc import Iterator
from importlib.resources import files

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from overt.model.duckdb_connection import sql
from overt.resolve.linkage.linkage_model import LinkageModel
from overt.resolve.linkage.name_reader import NameReader, Parts
from overt.resolve.linkage.pinyin import WORD

_SQL = files("overt") / "resolve" / "linkage" / "sql"
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
    ]
)
"""What is linked: a record's id, type and source; all its names in any script; codes of its countries; `scheme:value`."""
_NAMED: list[tuple[str, pa.DataType]] = [(part, pa.string()) for part in Parts._fields]
_PARTS = pa.schema([("line", pa.int64()), *_NAMED])


def _parts(records: pa.Table, reader: NameReader) -> Iterator[pa.RecordBatch]:
    """The parts of every name, with the row of the record that bears it."""
    names = records["names"].combine_chunks()
    rows, texts = pc.list_parent_indices(names), pc.list_flatten(names)
    for start in range(0, len(texts), _BATCH):
        read = [reader.read(name) for name in texts.slice(start, _BATCH).to_pylist() if name is not None]
        held = rows.slice(start, _BATCH).filter(texts.slice(start, _BATCH).is_valid())
        columns = [pa.array(column, pa.string()) for column in zip(*read, strict=True)] or [pa.array([], pa.string())] * len(
            _NAMED
        )
        yield pa.RecordBatch.from_arrays([held, *columns], schema=_PARTS)


def build_features(connection: duckdb.DuckDBPyConnection, records: pa.Table, model: LinkageModel, reader: NameReader) -> None:
    """Make the temporary tables `linkage_feature` (a row for each id that is compared) and `linkage_member` (profile → records).

    `records` has the columns of RECORDS; those of another type than the model's are left out. Nothing depends on their order.
    """
    kept = records.filter(pc.equal(records["type"], pa.scalar(model.type, pa.string())))
    bare = kept.select(["record", "countries", "identifiers"]).append_column("line", pa.array(range(len(kept)), pa.int64()))
    connection.register("linkage_records", bare)
    connection.register("linkage_parts", pa.Table.from_batches(_parts(kept, reader), schema=_PARTS))
    connection.execute(sql(_SQL, "profiles", {"chinese": WORD}))
    connection.unregister("linkage_parts")
    connection.execute(sql(_SQL, "keys"))
    keys = [key for key in model.keys if key != "twin"]
    for key in keys:
        connection.execute(sql(_SQL, "cut", {"key": f"key_{key}", "largest": str(model.largest_block)}))
    cuts = "".join(f" LEFT JOIN linkage_cut_key_{key} AS cut_{key} USING (profile)" for key in keys)
    held = ", ".join(f"(coalesce(cut_{key}.cut, key_{key}) >> 1)::BIGINT AS key_{key}" for key in keys)
    none = ", ".join(f"NULL::BIGINT AS key_{key}" for key in keys)
    connection.execute(sql(_SQL, "features", {"keys": held, "cuts": cuts, "none": none}))
    for key in keys:
        connection.execute(f"DROP TABLE linkage_cut_key_{key}")
    connection.execute("DROP TABLE linkage_key")
