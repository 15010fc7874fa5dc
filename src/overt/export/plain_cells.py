"""Cells for formats that know text and numbers alone."""

from datetime import date
from decimal import Decimal
from typing import Any

import orjson
import pyarrow as pa


def plain(value: Any) -> Any:
    """Lists and objects as JSON, dates as ISO 8601, decimals as the shortest text of the same number, truth as 1 and 0."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | dict):
        return orjson.dumps(value, default=str).decode()
    if isinstance(value, date):
        return value.isoformat()
    return number(value) if isinstance(value, Decimal) else value


def plain_columns(batch: pa.RecordBatch) -> list[list[Any]]:
    """The cells of each column, made plain where its type is not so already."""
    return [
        column.to_pylist() if _is_plain(column.type) else [plain(cell) for cell in column.to_pylist()] for column in batch.columns
    ]


def _is_plain(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)


def number(value: Decimal) -> str:
    """A decimal without zeros at its end and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
