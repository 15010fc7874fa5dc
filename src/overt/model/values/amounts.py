"""Amounts: numbers as exact decimals, and for money the currency and the year of constant prices."""

import re
from decimal import Decimal, InvalidOperation
from functools import cache

import pycountry

from overt.model.errors import ValueProblem, quote_text

_UNIT = re.compile(r"([A-Z]{3})(?:@((?:19|20)[0-9]{2}))?")
_NO_CURRENCIES = frozenset({"XXX", "XTS"})
"""Codes of ISO 4217 for transactions without a currency and for tests."""
_SEPARATOR = "[, \u00a0\u202f]"
_NUMBER = re.compile(rf"[+-]?(?:\d{{1,3}}(?:({_SEPARATOR})\d{{3}}(?:\1\d{{3}})*)|\d*)(?:\.\d*)?(?:[eE][+-]?\d{{1,3}})?", re.ASCII)
_MAX_EXPONENT, _MIN_EXPONENT = 30, -20
"""Absolute values of 10^30 or more are errors, and so are values below 10^-20, except 0."""


def canonical_number(text: str) -> str:
    """Return a plain decimal without exponent, thousands separators or trailing zeros: `1,204.50` → `1204.5`.

    A comma or space must precede exactly three digits. Raises ValueProblem for other text, including the ambiguous `1,5` and
    `1.204,50`, and for numbers that are too large or too small to be meant.
    """
    stripped = text.strip()
    try:
        if not _NUMBER.fullmatch(stripped):
            raise InvalidOperation
        number = Decimal(re.sub(_SEPARATOR, "", stripped))
    except InvalidOperation:
        raise ValueProblem(f"{quote_text(text)} is not a number (write 1204.5 or 1,204.5)") from None
    if number and not _MIN_EXPONENT <= number.adjusted() < _MAX_EXPONENT:
        raise ValueProblem(f"{quote_text(text)} is implausibly large or small")
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def canonical_amount(text: str) -> str:
    """Return an amount of money as `canonical_number` does. Raises ValueProblem for an amount below zero, too.

    A loan or contract that was cancelled or reduced keeps its amount: the status, or a correction, says what became of it. Zero
    is an amount, such as the price of a gift.
    """
    number = canonical_number(text)
    if number.startswith("-"):
        raise ValueProblem(
            f"{quote_text(text)} is below zero; state the amount that was promised or agreed, and that it was cancelled or"
            " reduced as a status or a correction"
        )
    return number


@cache
def canonical_money_unit(unit: str) -> str:
    """Return `unit` if it is a currency (ISO 4217) such as `USD`, or one with the year of constant prices: `USD@2021`.

    Former currencies, such as `BGN`, are valid, too. Raises ValueProblem for any other text.
    """
    match = _UNIT.fullmatch(unit)
    if not match or not is_currency(match[1]):
        raise ValueProblem(f"{quote_text(unit)} is not a currency (ISO 4217, as in USD, or USD@2021 for constant prices)")
    return unit


def is_currency(code: str) -> bool:
    """Return whether a code means a current or former currency. pycountry has the current ones, CLDR both.

    The codes in `_NO_CURRENCIES` don't mean a currency.
    """
    if code in _NO_CURRENCIES:
        return False
    if pycountry.currencies.get(alpha_3=code) is not None:
        return True
    from babel.numbers import list_currencies  # Imported here because few amounts are in former currencies.

    return code in list_currencies()
