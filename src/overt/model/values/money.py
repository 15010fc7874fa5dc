"""Numbers and money: exact decimals, a currency, and the year whose prices they are in."""

import re
from decimal import Decimal, InvalidOperation
from functools import cache

import pycountry

from overt.model.errors import ValueProblem

_UNIT = re.compile(r"([A-Z]{3})(?:@((?:19|20)[0-9]{2}))?")


def canonical_number(text: str) -> str:
    """A plain decimal without exponent, thousands separators or trailing zeros: `1,204.50` → `1204.5`. Raises ValueProblem."""
    try:
        number = Decimal(text.strip().replace(",", "").replace(" ", "").replace("\u202f", ""))
    except InvalidOperation:
        raise ValueProblem(f"{text!r} is not a number") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 30 or (number and abs(number) < Decimal(10) ** -20):
        raise ValueProblem(f"{text!r} is not a number that anything here is measured in")
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


@cache
def canonical_money_unit(unit: str) -> str:
    """`USD` (prices of the day) or `USD@2021` (constant prices of 2021); ISO 4217 codes. Raises ValueProblem."""
    match = _UNIT.fullmatch(unit)
    if not match or pycountry.currencies.get(alpha_3=match[1]) is None:
        raise ValueProblem(f"{unit!r} is not a currency (ISO 4217, as in USD, or USD@2021 for constant prices)")
    return unit
