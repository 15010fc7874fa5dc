"""Text formatting shared by several commands."""

from overt.model.errors import format_count

MARK = " …"
"""Marks where a string was truncated."""


def records_are(records: int, things: int) -> str:
    """Return the numbers of source records and of records joined from them: `10,904 records, 10,573 after joining`."""
    return f"{format_count(records, 'record')}, {things:,} after joining"


def format_bytes(number: int) -> str:
    """Return a size with a decimal unit: 1,234,567 bytes are `1.2 MB`."""
    for unit, size in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if number >= size:
            return f"{number / size:,.1f} {unit}"
    return f"{number} B"


def cut(text: str, limit: int | None) -> str:
    """Return a string on one line, truncated to `limit` characters and MARK; None means no limit."""
    line = " ".join(text.split())
    return line if limit is None or len(line) <= limit else f"{line[:limit].rstrip()}{MARK}"


def plain(text: str, limit: int = 300) -> str:
    """Return a string on one line, cut with an ellipsis to at most `limit` characters.

    Unprintable characters, such as those that control the terminal or the direction of text, become spaces.
    """
    line = "".join(character if character.isprintable() else " " for character in text)
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
