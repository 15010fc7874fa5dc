"""Guesses which rows of a table contain the column names, below titles and above the data."""

import re
from collections.abc import Sequence

from overt.importing.readers.table_header_and_rows import Line, join_header

Header = tuple[int, ...]
"""Numbers of the header rows, as in `header:` of source.yml."""

MAX_NAME = 100
"""Maximum length of a column name in characters. A longer string is a note."""
_MIN_SHARE = 0.6
"""Minimum share of the table's columns that a header row must fill."""
_MAX_GUESSES = 5
_YEAR = re.compile(r"(19|20)\d\d")
_DATA = re.compile(
    r"(?:[A-Z]{2,3}(?:[$€£¥]|\s)|[$€£¥])?[-+]?\d[\d.,:/\-% ]*(?:[mk]|bn|million|billion)?|\d{4}-\d\d-\d\d.*|true|false"
    r"|https?://\S*|www\.\S*|\S+@\S+\.\S+",
    re.IGNORECASE,
)
"""Matches values rather than names: numbers, amounts, dates, addresses. `name@zh` is a name, because it has no domain."""


def guess_headers(lines: Sequence[Line]) -> list[Header]:
    """Return up to `_MAX_GUESSES` possible headers, most likely first.

    Headers are in the order of their rows; a pair of rows comes before its upper row alone. Two rows are a pair only if the
    upper row has empty cells, which merged cells leave, and the lower row has the missing names.

    If no row looks like a header, return the first row that isn't empty; an empty list if all rows are empty. `lines`: the
    first rows of a table.
    """
    rows = [(number, [text.strip() for text in texts]) for number, texts in lines if any(text.strip() for text in texts)]
    if not rows:
        return []
    width = _width(rows)
    guesses: list[Header] = []
    for position, (number, texts) in enumerate(rows):
        below = rows[position + 1] if position + 1 < len(rows) else None
        data = [texts for _, texts in rows[position + 2 :]]
        if below and below[0] == number + 1 and _is_pair(texts, below[1], data, width):
            guesses += [(number, below[0])]
        if _is_header(texts, width):
            guesses += [(number,)]
    return guesses[:_MAX_GUESSES] or [(rows[0][0],)]


def _width(rows: Sequence[Line]) -> int:
    """Return the usual number of columns: the median of the rows' last filled cells."""
    return sorted(max(index for index, text in enumerate(texts, start=1) if text) for _, texts in rows)[len(rows) // 2]


def _is_header(texts: Sequence[str], width: int) -> bool:
    filled = [text for text in texts if text]
    return (
        len(filled) >= max(width * _MIN_SHARE, min(width, 2))
        and len(set(filled)) == len(filled)
        and all(map(_is_name, filled))
        and not all(map(_YEAR.fullmatch, filled))
    )


def _is_pair(upper: Sequence[str], lower: Sequence[str], data: Sequence[Sequence[str]], width: int) -> bool:
    """Return whether two rows form a header together."""
    top = [*upper, *[""] * (width - len(upper))][:width]
    bottom = [*lower, *[""] * (width - len(lower))][:width]
    if sum(map(bool, top)) < 2 or not all(_is_name(text) for text in (*top, *bottom) if text):
        return False
    names = join_header([top, bottom])
    filled = [name for name in names if name]
    if len(filled) < max(width * _MIN_SHARE, 2) or len(set(filled)) < len(filled):
        return False
    gaps = [column for column in range(1, width) if not top[column] and bottom[column] and any(top[:column])]
    if not gaps:
        return False
    below = [text for text in bottom if text]
    if len(set(below)) < len(below):
        return True  # A lower row that repeats a name, such as "name" below "supplier" and "customer", belongs to the header.
    # If a column is empty in the lower row, but has a name above it and values below it, the lower row is not a row of data.
    open_columns = [column for column in range(width) if top[column] and not bottom[column]]
    return any(column < len(texts) and texts[column] for column in open_columns for texts in data)


def _is_name(text: str) -> bool:
    return len(text) <= MAX_NAME and (bool(_YEAR.fullmatch(text)) or not _DATA.fullmatch(text))
