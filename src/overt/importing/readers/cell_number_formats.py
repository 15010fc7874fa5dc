"""What the format of a spreadsheet cell adds to its stored value: the currency of an amount, and how precise a date is."""

import datetime
import re
from functools import cache

from overt.model.values.currency_words import currency_of_word
from overt.model.values.date_format_precision import Precision

_TOKEN = re.compile(
    r"\[\$(?P<sign>[^\]-]*)(?:-(?P<locale>[^\]]*))?\]"  # A currency, a locale or both: [$€-407], [$-409], [$CHF].
    r"|\[[^\]]*\]"  # A colour or condition.
    r"|[_*]."  # A space, or a character that fills the cell.
    r'|"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<plain>[^"\\])',
    re.DOTALL,
)
_DIGITS = frozenset("#0?.,%@/")
"""Characters of a number format that stand for parts of the number."""
_YEN_OR_YUAN = {"804": "CNY", "zh-CN": "CNY", "411": "JPY", "ja-JP": "JPY"}
"""Currency of the sign `¥` in each locale that a format can name, by Windows id or language tag."""
_NUMBER = re.compile(r"\d+")
_OF_YEAR_OR_MONTH = frozenset("年月년월")
"""Words for year and month in Chinese, Japanese and Korean dates, which otherwise consist of numbers."""
_MIN_MONTH_NAME = 3
"""Minimum number of letters of a month's name. Fewer letters, such as the Russian `г.`, only mark the year."""


@cache
def currency_of_format(code: str) -> str | None:
    """Return the currency that a number format of XLSX (ECMA-376, section 18.8.31) shows beside positive numbers.

    It is an ISO 4217 code, or `$` or `¥` if the format doesn't say which dollar, yen or yuan. None if the format shows no
    currency, several, or a sign that several countries use for different currencies, such as `kr`.
    """
    literal, currencies = "", set[str]()
    for token in [*_TOKEN.finditer(_first_section(code)), None]:
        if token is not None and token["sign"]:
            currency = currency_of_word(token["sign"].strip())
            if currency == "¥":
                currency = _YEN_OR_YUAN.get(token["locale"] or "", "¥")
            currencies |= {currency} if currency else set()
        elif token is not None and (text := token["quoted"] or token["escaped"] or token["plain"]) and text not in _DIGITS:
            literal += text
        elif token is None or token["plain"]:
            currencies |= {currency for word in literal.split() if (currency := _currency_of_literal(word))}
            literal = ""
    return currencies.pop() if len(currencies) == 1 else None


def _currency_of_literal(word: str) -> str | None:
    """Return the currency that a word names, or None. Codes in lower case, such as `all`, are ordinary words here."""
    currency = currency_of_word(word)
    return None if currency == word.upper() != word else currency


def add_currency(number: str, currency: str | None) -> str:
    """Return a number with a currency before it: `EUR 3000000`, `$3000000`. Zero and numbers without a currency are unchanged."""
    if not currency or not number.strip("-0."):
        return number
    return f"{currency}{number}" if currency in ("$", "¥") else f"{currency} {number}"


@cache
def precision_of_format(code: str) -> Precision:
    """Return the precision with which a date format of XLSX shows dates. A format without a year counts as precise to the day."""
    letters = {token["plain"].lower() for token in _TOKEN.finditer(_first_section(code)) if token["plain"]}
    if letters & set("dahs") or not letters & set("ye"):  # `a` is a weekday, and `e` a year, in formats of East Asia.
        return "day"
    return "month" if "m" in letters else "year"


def precision_of_text(day: datetime.date, text: str) -> Precision:
    """Return the precision with which a text shows a date: `day`, unless the text clearly shows only a month or a year.

    `May 2019`, `05/19` and `2019年5月` show 2019-05-01 as a month; `2019` shows it as a year.
    """
    numbers = _NUMBER.findall(text)
    letters = [letter for letter in text if letter.isalpha() and letter not in _OF_YEAR_OR_MONTH]
    year, short_year = f"{day.year:04}", f"{day.year % 100:02}"
    if year in numbers:
        numbers.remove(year)
    elif short_year in numbers and int(short_year) != day.day:
        numbers.remove(short_year)
    else:
        return "day"
    if not numbers and not letters:
        return "year"
    if not numbers and len(letters) >= _MIN_MONTH_NAME:
        return "month"
    return "month" if not letters and [int(number) for number in numbers] == [day.month] else "day"


def date_text(day: datetime.date, precision: Precision) -> str:
    """Return a date in ISO format with this precision: `2019-05-01`, `2019-05`, `2019`."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def _first_section(code: str) -> str:
    """Return the part of a number format for positive numbers. A semicolon separates it from the part for negative ones."""
    for token in _TOKEN.finditer(code):
        if token["plain"] == ";":
            return code[: token.start()]
    return code
