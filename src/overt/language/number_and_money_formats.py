"""Formats numbers, dates, money, units, sizes and coordinates without adding precision, and recognises web addresses."""

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from functools import lru_cache, wraps
from math import floor
from typing import Any, ParamSpec

from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, format_currency, format_decimal, get_currency_name, get_currency_symbol

from overt.language.date_formatter import DateFormatter
from overt.language.language import N_, Language

_CURRENCIES_WITH_SYMBOL = ("USD", "EUR", "GBP", "CNY")
"""Currencies that English pages write with a symbol; all others are written with their code."""
_POWERS = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
"""Abbreviations of large amounts in English. CLDR has the same ones, but writes them without a space: `1.9bn`."""
_EXACT = Context(prec=200, rounding=ROUND_HALF_UP)
"""Context of decimal calculations, Babel's included. The default of 28 digits is too few: amounts can have 30 before the
point. Halves are rounded up, as readers do: 2.015 is 2.02.
"""
_CACHE_SIZE = 8_192
"""Maximum number of formatted numbers that are cached. Pages repeat the same numbers."""
_KILOMETRES = N_("km")
_SHAPE = N_("a shape")
_SHAPES = {"LINESTRING": N_("a line"), "MULTILINESTRING": N_("a line of several parts"), "POLYGON": N_("an outline")}
_DEGREES = r"(-?\d[\d.]*(?:[eE][+-]?\d+)?)"
_POSITION = re.compile(rf"[(,] ?{_DEGREES} {_DEGREES}")
"""Matches a position in WKT. Claims made by earlier versions write small numbers with an exponent."""
_HALF_THE_WORLD = 180
_Arguments = ParamSpec("_Arguments")


def _exactly(function: Callable[_Arguments, str]) -> Callable[_Arguments, str]:
    @wraps(function)
    def write(*args: _Arguments.args, **options: _Arguments.kwargs) -> str:
        with localcontext(_EXACT):
            return function(*args, **options)

    return write


def counted_unit(formats: "Formats", figure: Mapping[str, Any], value: object) -> str:
    """Return the unit after a figure's number: `projects`, or in English `project` after a count of 1."""
    is_singular = formats.language.code == "en" and figure.get("measure", "count") == "count" and _parse_decimal(value) == 1
    return str(figure["counting_unit"]) if is_singular else formats.unit_words(figure["unit"])


class Formats:
    """Writes numbers, money, dates, sizes and coordinates in the style of a language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        dates = DateFormatter(language)
        self.date = dates.date
        self.period = dates.period
        self.boundary = dates.boundary
        self.moment = dates.moment
        self.join = language.join
        self.number = lru_cache(_CACHE_SIZE)(self._number)
        """Write a number with all its digits and with separators: `1,204.5`. Other text is left unchanged; None becomes empty."""

    @_exactly
    def _number(self, value: object) -> str:
        number = _parse_decimal(value)
        return self._all_digits(number) if number is not None else "" if value is None else str(value)

    def language_name(self, tag: str | None) -> str:
        """Return the name of a language by its tag (BCP 47): `German` for `de`; empty if the tag is missing or unknown."""
        try:
            return (Locale.parse(tag, sep="-").get_language_name(self.language.locale) or "") if tag else ""
        except (UnknownLocaleError, ValueError):
            return ""

    @_exactly
    def rounded(self, value: object) -> str:
        """Write a number with at most three decimals; other values are left unchanged.

        Some scores have fifteen decimals; the exact number is in the claim.
        """
        number = _parse_decimal(value)
        if number is None:
            return str(value)
        exponent = number.as_tuple().exponent
        return self._all_digits(number.quantize(Decimal("0.001")) if isinstance(exponent, int) and exponent < -3 else number)

    @_exactly
    def score(self, value: object) -> str:
        """Write a value of an index: three significant digits of a number with decimals, and at most three decimals.

        Halves are rounded up by the digits that the source gives: `2.02` for 2.015, `1.90` for 1.9049, `1.9` for 1.9. Digits
        before the point are all written. Other text is left unchanged.
        """
        number = _parse_decimal(value)
        if number is None:
            return str(value)
        exponent = 0 if number == number.to_integral_value() else number.as_tuple().exponent
        decimals = min(3, max(0, 2 - number.adjusted()), max(0, -exponent if isinstance(exponent, int) else 0))
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return _minus(format_decimal(round(number, decimals) + 0, format=pattern, locale=self.language.locale))

    @_exactly
    def cents(self, value: object) -> str:
        """Write an amount of money to the cent: `100,000,000.50`, or `100,000,000` without cents.

        Other text is left unchanged; None becomes empty. Some sources give more digits, which are in their claims.
        """
        amount = _parse_decimal(value)
        if amount is None:
            return "" if value is None else str(value)
        return _minus(format_decimal(_to_cents(amount), format=_pattern(amount), locale=self.language.locale))

    def percent(self, share: float) -> str:
        """Write a share as a whole percentage, with halves rounded up: `25 %`."""
        return self.language.gettext("%(n)s %%", n=floor(100 * share + 0.5))

    @_exactly
    def money(self, value: object, unit: str | None) -> str:
        """Write an amount to the cent with its currency: `$100,000,000.50`. The year of a unit such as USD@2021 is left out.

        Other text is left unchanged, without a currency; None becomes empty.
        """
        amount, currency = _parse_decimal(value), _currency(unit)
        if amount is None:
            return "" if value is None else str(value)
        if self.language.code == "en" or not currency:
            return self._with_currency(self.cents(value), currency)
        pattern = _pattern(amount) + "¤¤¤"
        return _minus(format_currency(_to_cents(amount), currency, pattern, self.language.locale, currency_digits=False))

    @_exactly
    def money_in_table(self, value: object, unit: str | None) -> str:
        """Write an amount as `money` does, but without cents if it is in constant prices, because it is then an estimate."""
        amount = _parse_decimal(value)
        if amount is None or "@" not in (unit or ""):
            return self.money(value, unit)
        return self.money(amount.quantize(Decimal(1)), unit)

    @_exactly
    def money_short(self, value: object, unit: str | None) -> str:
        """Write an amount, rounded to three significant digits, for prose: `$1.9 bn`. For other values, see `money`."""
        amount, currency = _parse_decimal(value), _currency(unit)
        if amount is None:
            return self.money(value, unit)
        amount = _three_digits(amount)
        if self.language.code == "en":
            power, name = next(((power, name) for power, name in _POWERS if abs(amount) >= power), (Decimal(1), ""))
            return self._with_currency(f"{self._all_digits(amount / power)} {name}".strip(), currency)
        short = _minus(format_compact_decimal(amount, locale=self.language.locale, fraction_digits=2))
        return short + (get_currency_name(currency, locale=self.language.locale) if currency else "")

    def _with_currency(self, amount: str, currency: str) -> str:
        if currency in _CURRENCIES_WITH_SYMBOL:
            return f"{get_currency_symbol(currency, locale='en_US')}{amount}"
        return f"{currency} {amount}".strip()

    def prices(self, unit: str | None) -> str:
        """Write the price year of a money unit: `in constant prices of 2021`; empty for current prices."""
        year = (unit or "").partition("@")[2]
        return self.language.gettext("in constant prices of %(year)s", year=year) if year else ""

    def prices_in_sentence(self, unit: str | None) -> str:
        """Write the price year as `prices` does, but for the middle of a sentence: without the brackets used in Chinese."""
        return self.prices(unit).strip("（）")

    def unit_words(self, unit: str | None) -> str:
        """Write a unit for a heading: `US dollars, constant prices of 2021`, `km`."""
        code, _, year = (unit or "").partition("@")
        if not re.fullmatch("[A-Z]{3}", code):
            short = {"km": self.language.gettext(_KILOMETRES), "percent": "%"}
            return short.get(code) or self.language.translated(code)
        name = get_currency_name(code, count=2, locale=self.language.locale)
        return self.language.gettext("%(currency)s, constant prices of %(year)s", currency=name, year=year) if year else name

    def coordinates(self, wkt: str) -> str:
        """Write a point as `1.2864° S, 36.8172° E`; an outline as its middle. For any other geometry, write its type.

        An outline wider than half the world is also written as its type: it crosses longitude 180, so the middle of its numbers
        would be on the wrong side.
        """
        gettext = self.language.gettext
        kind = wkt.partition(" ")[0]
        positions = [(float(x), float(y)) for x, y in _POSITION.findall(wkt)]
        if kind == "POINT" and len(positions) == 1:
            return self._degrees(*positions[0])
        longitudes = [x for x, _ in positions]
        if kind == "POLYGON" and positions and max(longitudes) - min(longitudes) <= _HALF_THE_WORLD:
            middle = ((min(side) + max(side)) / 2 for side in zip(*positions, strict=True))
            return gettext("an outline around %(point)s", point=self._degrees(*(round(degrees, 4) for degrees in middle)))
        return gettext(_SHAPES.get(kind, _SHAPE))

    def _degrees(self, longitude: float, latitude: float) -> str:
        gettext = self.language.gettext
        north = (
            gettext("%(degrees)s° S", degrees=_plain(-latitude))
            if latitude < 0
            else gettext("%(degrees)s° N", degrees=_plain(latitude))
        )
        east = (
            gettext("%(degrees)s° W", degrees=_plain(-longitude))
            if longitude < 0
            else gettext("%(degrees)s° E", degrees=_plain(longitude))
        )
        return f"{north}, {east}" if self.language.code == "en" else f"{north}，{east}"

    def size(self, count: int) -> str:
        """Write a number of bytes with a unit: `12.3 MB`."""
        for power, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
            if count >= power:
                return f"{count / power:.1f} {name}"
        return self.language.ngettext("%(n)s byte", "%(n)s bytes", count)

    def _all_digits(self, number: Decimal) -> str:
        return _minus(format_decimal(number.normalize(_EXACT), locale=self.language.locale, decimal_quantization=False))


def web_address(text: str | None) -> str | None:
    """Return the string if it is an http or https address and may therefore be the target of a link; otherwise None."""
    return text if text and re.match(r"https?://[^\s\\]+$", text, re.IGNORECASE) else None


def _plain(degrees: float) -> str:
    """Write degrees with up to six significant digits, or up to six decimals if that would need an exponent."""
    text = f"{degrees:g}"
    return f"{degrees:.6f}".rstrip("0").rstrip(".") if "e" in text else text


def _parse_decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _currency(unit: str | None) -> str:
    return (unit or "").partition("@")[0]


def _to_cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _pattern(amount: Decimal) -> str:
    return "#,##0" if _to_cents(amount) == amount.to_integral_value() else "#,##0.00"


def _three_digits(amount: Decimal) -> Decimal:
    return round(amount, 2 - amount.adjusted()) if amount else amount


def _minus(text: str) -> str:
    return text.replace("-", "−")
