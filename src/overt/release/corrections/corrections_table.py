"""The columns of the release table `corrections`, and the corrections and replies from which most of its rows are made."""

import duckdb
import pyarrow as pa

from overt.release.release_inputs import ReleaseInputs

CORRECTIONS = pa.schema(
    [(name, pa.string()) for name in ("date", "kind", "id", "type", "property", "source", "old_value", "new_value", "reason",
                                      "statement")]
)  # fmt: skip
"""Columns of the release table `corrections`."""


def register_corrections(connection: duckdb.DuckDBPyConnection, inputs: ReleaseInputs) -> None:
    """Register `correction_rows` and `reply_rows`: the corrections and replies for the table `corrections`."""
    text, texts = pa.string(), pa.list_(pa.string())
    names = ("date", "record", "type", "property", "value", "reason")
    schema = pa.schema([pa.field(name, text) for name in names])
    schema = schema.append(pa.field("sequence", pa.int64()))
    schema = schema.append(pa.field("targets", texts)).append(pa.field("before", texts))
    rows = [
        {
            **{name: row[name] for name in ("sequence", "record", "type", "property", "targets", "before")},
            "date": row["at"][:10],
            "value": " ".join(filter(None, (row["value"], row["unit"]))) or None,
            "reason": row["why"],
        }
        for row in inputs.corrections
    ]
    connection.register("correction_rows", pa.Table.from_pylist(rows, schema=schema))
    replies = [{"record": row["record"], "date": row["at"][:10]} for row in inputs.replies]
    connection.register("reply_rows", pa.Table.from_pylist(replies, schema=pa.schema([("record", text), ("date", text)])))
