"""CSV that spreadsheets display but never execute."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters of cells that some spreadsheets interpret as a formula. The last four are full-width forms."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
"""Matches a number. A negative number begins with `-`, but is not a formula."""


def escape_formula(value: Any) -> Any:
    """Return the cell, preceded by an apostrophe if a spreadsheet would interpret it as a formula. Numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def csv_parts(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield CSV (RFC 4180) in parts of about 64 kB, after the byte order mark by which spreadsheets recognise UTF-8.

    Cells are escaped by `escape_formula`; None becomes an empty cell.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for row in rows:
        writer.writerow([escape_formula("" if value is None else value) for value in row])
        if buffer.tell() > 65_536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
