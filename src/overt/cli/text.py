"""Texts that several commands print."""

from overt.model.errors import format_count

MARK = " …"
"""Stands where a text was cut."""


def records_are(records: int, things: int) -> str:
    """Return `10,904 records are 10,573 things`."""
    return f"{format_count(records, 'record')} {'is' if records == 1 else 'are'} {format_count(things, 'thing')}"


def cut(text: str, most: int | None) -> str:
    """Return a text on one line, cut after `most` characters, with MARK where it was cut; None cuts nothing."""
    line = " ".join(text.split())
    return line if most is None or len(line) <= most else f"{line[:most].rstrip()}{MARK}"
