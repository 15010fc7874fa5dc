"""Cells for formats that only have text and numbers."""

from datetime import date
from decimal import Decimal
from typing import Any

import orjson
import pyarrow as pa


def to_scalar(value: Any) -> Any:
    """Convert lists and objects to JSON, dates to ISO 8601, decimals to their shortest text, and booleans to 1 and 0.

    Other values are returned unchanged.
    """
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | dict):
        return orjson.dumps(value, default=str).decode()
    if isinstance(value, date):
        return value.isoformat()
    return decimal_text(value) if isinstance(value, Decimal) else value


def scalar_columns(batch: pa.RecordBatch) -> list[list[Any]]:
    """Return a list of cells for each column, with all cells converted by `to_scalar`."""
    return [
        column.to_pylist() if _is_scalar(column.type) else [to_scalar(cell) for cell in column.to_pylist()]
        for column in batch.columns
    ]


def _is_scalar(column_type: pa.DataType) -> bool:
    return pa.types.is_string(column_type) or pa.types.is_integer(column_type) or pa.types.is_floating(column_type)


def decimal_text(value: Decimal) -> str:
    """Format a decimal without an exponent, and without zeros at the end of its fraction."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
