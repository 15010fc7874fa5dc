"""Reads amounts of money and numbers as people write them: `US$1.2m`, `€20 million`, `2亿元` (200 million yuan), `12,000 km`."""

import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import pycountry

from overt.model.errors import ValueProblem, quote_text
from overt.model.values.amounts import canonical_number
from overt.model.values.currency_words import CURRENCY_WORDS, currency_of_word

_SCALES = {
    "K": 3, "TH": 3, "THOUSAND": 3, "M": 6, "MN": 6, "MIL": 6, "MIO": 6, "MILLION": 6, "MILLIONS": 6, "MM": 6,
    "B": 9, "BN": 9, "BIO": 9, "BILLION": 9, "BILLIONS": 9, "T": 12, "TN": 12, "TRILLION": 12, "LAKH": 5, "CRORE": 7,
    "千": 3, "万": 4, "萬": 4, "百万": 6, "千万": 7, "亿": 8, "億": 8, "十亿": 9, "万亿": 12,
}  # fmt: skip
_LIKE_UNITS = frozenset(("M", "MM", "MIL", "B", "T"))
"""Scales that can also be units, such as `M` for metres or `T` for tonnes."""
_MAX_LENGTH = 200
"""Maximum length of an amount in characters. Anything longer is a note."""
_AMOUNT = re.compile(r"(?P<before>[^\d+\-]*+)(?P<number>[+-]?\d[\d.,\u00a0\u202f' ]*+)(?P<after>\D*+)")
_GROUPED = {
    ".": re.compile(r"[+-]?(?:\d+|\d{1,3}(?:([,'\u00a0\u202f ])\d{3})(?:\1\d{3})*)(?:\.\d+)?"),
    ",": re.compile(r"[+-]?(?:\d+|\d{1,3}(?:([.'\u00a0\u202f ])\d{3})(?:\1\d{3})*)(?:,\d+)?"),
}


class Amount(NamedTuple):
    """An amount that was read."""

    number: str
    """The amount as a plain decimal, in full even if it was written with a scale."""
    unit: str | None
    """The currency's code, or the unit of a number; None if there is none."""
    has_scale: bool
    """Whether the amount was written with a scale, such as `million`."""


@lru_cache(maxsize=65536)
def read_money(text: str, default_currency: str | None, decimal: str = ".") -> Amount:
    """Return an amount of money with its currency (ISO 4217).

    `default_currency`, a code or a symbol such as `€`, applies if the string has no currency, or only `$` or `¥`. `decimal`: the
    decimal mark, `.` or `,`.

    Raises ValueProblem in each of these cases:

    - The string has no number, several numbers, or other words (`about 3 million`).
    - It has two currencies, or `$` or `¥` beside a currency that doesn't use this sign.
    - It has no currency, and there is no default.
    - The default applies, but isn't a single currency.
    """
    number, words, has_scale = _split_amount(text, decimal, "an amount of money (as in US$1.2m, €20 million or 1,200,000)")
    currencies = {code for word in words if (code := currency_of_word(word)) is not None}
    if unknown := [word for word in words if currency_of_word(word) is None]:
        raise ValueProblem(f"{quote_text(text)} is not an amount of money: the word {quote_text(unknown[0])} is not known")
    signs = currencies & {"$", "¥"}
    named = sorted(currencies - signs)
    if len(named) > 1:
        raise ValueProblem(f"{quote_text(text)} names two currencies")
    if not named and default_currency is None:
        raise ValueProblem(
            f"{quote_text(text)} doesn't say in which currency; add `currency: USD`,"
            " or `currency: {column: NAME}` if a column has it"
        )
    currency = named[0] if named else _default_currency(default_currency or "")
    if wrong := [sign for sign in sorted(signs) if not _has_sign(currency, sign)]:
        raise ValueProblem(f"{quote_text(text)} has the sign {wrong[0]}, which amounts in {currency} don't have")
    return Amount(number, currency, has_scale)


def reads_money(text: str, currency: str | None, decimal: str = ".") -> bool:
    """Return whether `read_money` accepts a string."""
    try:
        read_money(text, currency, decimal)
    except ValueProblem:
        return False
    return True


def is_money(text: str, decimal: str = ".") -> bool:
    """Return whether a string is an amount of money, even if it doesn't say in which currency."""
    return any(reads_money(text, currency, decimal) for currency in ("USD", "CNY"))


def _default_currency(text: str) -> str:
    code = currency_of_word(text)
    if code is None or code in ("$", "¥"):
        reason = "is not a currency" if code is None else "can be several currencies"
        raise ValueProblem(f"{quote_text(text)} {reason}; write a code, as in USD")
    return code


def _has_sign(currency: str, sign: str) -> bool:
    """Return whether a currency uses a sign. `sign`: `$` or `¥`."""
    if sign == "¥":
        return currency in ("CNY", "JPY")
    name: str = getattr(pycountry.currencies.get(alpha_3=currency), "name", "")
    return "Dollar" in name or "Peso" in name


@lru_cache(maxsize=65536)
def read_number(text: str, decimal: str = ".") -> Amount:
    """Return a number and the unit written before or after it, in the source's words. `decimal`: as for `read_money`.

    Raises ValueProblem unless the string contains exactly one number, for words other than scales and one unit, and for a unit
    that can also be a scale: `500 m` can be metres or millions.
    """
    number, words, has_scale = _split_amount(text, decimal, "a number (as in 1204.5, 1,204.5 or 12 km)", _LIKE_UNITS)
    if len(words) > 1:
        raise ValueProblem(f"{quote_text(text)} is not a number: it has other words")
    return Amount(number, words[0] if words else None, has_scale)


def _split_amount(text: str, decimal: str, expected: str, unclear: Collection[str] = ()) -> tuple[str, list[str], bool]:
    """Return the number with its scales applied, the other words, and whether it has a scale.

    Raises ValueProblem unless the string contains exactly one number, and for a scale that is in `unclear`.
    """
    match = _AMOUNT.fullmatch(text.strip()) if len(text) <= _MAX_LENGTH else None
    digits = match["number"].strip(" ,.'") if match else ""
    if match is None or not _GROUPED[decimal].fullmatch(digits):
        hint = "; the decimal mark is a comma? add `decimal: ','`" if decimal == "." and re.search(r"\d,\d{1,2}\b", text) else ""
        raise ValueProblem(f"{quote_text(text)} is not {expected}{hint}")
    plain = re.sub(r"[,'\u00a0\u202f ]" if decimal == "." else r"[.'\u00a0\u202f ]", "", digits).replace(",", ".")
    words = [*match["before"].split(), *match["after"].split()]
    power, rest = 0, []
    for word in words:
        scale, other = _scale(word)
        if scale and word.upper().rstrip(".") in unclear:
            raise ValueProblem(f"{quote_text(text)} is unclear: {word} can be a unit or a scale; write the number in full")
        power += scale
        if other:
            rest.append(other)
    if power == 0:
        return canonical_number(plain), _joined(rest), False
    return canonical_number(format(Decimal(plain).scaleb(power), "f")), _joined(rest), True


def _scale(word: str) -> tuple[int, str]:
    """Return the power of ten in a word, and the rest of the word: 8 and `元` (yuan) for `亿元` (hundred million yuan)."""
    upper = word.upper().rstrip(".")
    if upper in _SCALES:
        return _SCALES[upper], ""
    for length in (2, 1):
        if (scale := _SCALES.get(word[:length])) and not word[:length].isascii():
            return scale, word[length:]
    return 0, word


def _joined(words: list[str]) -> list[str]:
    """Join the words if together they name a currency, as `US` and `dollars` do; otherwise return them unchanged."""
    return [" ".join(words)] if len(words) > 1 and " ".join(words).upper() in CURRENCY_WORDS else words
