"""Words that several commands print."""

import re

from overt.language.formats import Formats
from overt.language.language import ENGLISH
from overt.model.errors import format_count

FORMATS = Formats(ENGLISH)

MARK = " …"
"""What stands where a text was cut."""


def records_are(records: int, things: int) -> str:
    """`10,904 records are 10,573 things`."""
    return f"{format_count(records, 'record')} {'is' if records == 1 else 'are'} {format_count(things, 'thing')}"


def cut(text: str, most: int | None) -> str:
    """The text on one line, or the beginning of it and the sign that something was left out. `most`: None for all of it."""
    line = " ".join(text.split())
    return line if most is None or len(line) <= most else f"{line[:most].rstrip()}{MARK}"


def is_money(unit: str | None) -> bool:
    """Whether a unit is a currency, at the prices of a year or of its time."""
    return re.fullmatch("[A-Z]{3}(@[0-9]{4})?", unit or "") is not None


def with_unit(value: str, unit: str | None) -> str:
    """A value as people write it: `$1,234.50 in constant prices of 2021`, `21 km`."""
    if is_money(unit):
        return f"{FORMATS.money(value, unit)} {FORMATS.prices(unit)}".rstrip()
    return f"{value} {unit}" if unit else value
