"""Numbers and money: exact decimals, a currency, and the year whose prices they are in."""

import re
from decimal import Decimal, InvalidOperation
from functools import cache

import pycountry

from overt.model.errors import ValueProblem, quote_text

_UNIT = re.compile(r"([A-Z]{3})(?:@((?:19|20)[0-9]{2}))?")
_SEPARATOR = "[, \u00a0\u202f]"
_NUMBER = re.compile(rf"[+-]?(?:\d{{1,3}}(?:({_SEPARATOR})\d{{3}}(?:\1\d{{3}})*)|\d*)(?:\.\d*)?(?:[eE][+-]?\d{{1,3}})?", re.ASCII)
_LARGEST, _SMALLEST = 30, -20
"""Powers of ten beyond which nothing here is measured, and below which a number is a slip."""


def canonical_number(text: str) -> str:
    """A plain decimal without exponent, thousands separators or trailing zeros: `1,204.50` → `1204.5`.

    A comma or space must stand before three digits: `1,5` is one and a half to some and fifteen to nobody, so it is refused,
    as is `1.204,50`. Raises ValueProblem.
    """
    stripped = text.strip()
    try:
        if not _NUMBER.fullmatch(stripped):
            raise InvalidOperation
        number = Decimal(re.sub(_SEPARATOR, "", stripped))
    except InvalidOperation:
        raise ValueProblem(f"{quote_text(text)} is not a number (write 1204.5 or 1,204.5)") from None
    if number and not _SMALLEST <= number.adjusted() < _LARGEST:
        raise ValueProblem(f"{quote_text(text)} is not a number that anything here is measured in")
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


@cache
def canonical_money_unit(unit: str) -> str:
    """`USD` (prices of the day) or `USD@2021` (constant prices of 2021); ISO 4217 codes. Raises ValueProblem."""
    match = _UNIT.fullmatch(unit)
    if not match or pycountry.currencies.get(alpha_3=match[1]) is None:
        raise ValueProblem(f"{quote_text(unit)} is not a currency (ISO 4217, as in USD, or USD@2021 for constant prices)")
    return unit
