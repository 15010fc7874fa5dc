"""Numbers and amounts in English, as commands print them."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overt.language.number_and_money_formats import Formats


@cache
def english_formats() -> "Formats":
    """Return the formats of numbers and money in English."""
    from overt.language.language import ENGLISH
    from overt.language.number_and_money_formats import Formats  # Imported here because Babel is slow to import.

    return Formats(ENGLISH)


def is_money(unit: str | None) -> bool:
    """Return whether a unit is a currency, with a price year (`USD@2021`) or without (`USD`)."""
    return re.fullmatch("[A-Z]{3}(@[0-9]{4})?", unit or "") is not None


def with_unit(value: str, unit: str | None) -> str:
    """Return a value with its unit: `$1,234.50 in constant prices of 2021`, `21 km`."""
    if is_money(unit):
        formats = english_formats()
        return f"{formats.money(value, unit)} {formats.prices(unit)}".rstrip()
    return f"{value} {unit}" if unit else value
