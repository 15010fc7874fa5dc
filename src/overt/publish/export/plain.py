"""Cells for formats that know text and numbers alone."""

from datetime import date
from decimal import Decimal
from typing import Any

import orjson


def plain(value: Any) -> Any:
    """Lists and objects as JSON, dates as ISO 8601, decimals as the shortest text of the same number, truth as 1 and 0."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | dict):
        return orjson.dumps(value, default=str).decode()
    if isinstance(value, date):
        return value.isoformat()
    return number(value) if isinstance(value, Decimal) else value


def number(value: Decimal) -> str:
    """A decimal without zeros at its end and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
