"""Numbers, dates, money and coordinates in words that a reader can take to court: as exact as they are known, no more."""

import re
from collections.abc import Mapping
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from math import floor
from typing import Any

from babel.numbers import format_compact_decimal, format_currency, format_decimal, get_currency_name, get_currency_symbol

from overt.language.dates import Dates
from overt.language.language import N_, Language

_SIGNS = ("USD", "EUR", "GBP", "CNY")
"""Currencies that English pages write by their sign; any other by its code."""
_POWERS = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
"""How English pages shorten amounts; CLDR has but one letter for each."""
_EXACT = Context(prec=200)
_HELD = 8_192
"""Numbers whose words are kept: pages say the same ones again and again."""
_KILOMETRES = N_("km")
_SHAPE = N_("a shape")
_SHAPES = {"LINESTRING": N_("a line"), "MULTILINESTRING": N_("a line of several parts"), "POLYGON": N_("an outline")}


def counted_unit(formats: "Formats", figure: Mapping[str, Any], value: object) -> str:
    """What stands behind a figure's number: `projects`, of a single one in English `project`."""
    single = formats.language.code == "en" and figure.get("measure", "count") == "count" and _decimal(value) == 1
    return str(figure["counting_unit"]) if single else formats.unit_words(figure["unit"])


class Formats:
    """Writes values in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        dates = Dates(language)
        self.date = dates.date
        self.period = dates.period
        self.listed = language.listed
        self.number = lru_cache(_HELD)(self._number)
        """A number as it is, its thousands set apart: `1,204.5`. Text that is no number stays what it is."""

    def _number(self, value: object) -> str:
        held = _decimal(value)
        return self._plain(held) if held is not None else "" if value is None else str(value)

    def rounded(self, value: object) -> str:
        """A number with three decimals at most, for scores that are given with fifteen; the exact one is in its claim."""
        held = _decimal(value)
        if held is None:
            return str(value)
        exponent = held.as_tuple().exponent
        return self._plain(held.quantize(Decimal("0.001")) if isinstance(exponent, int) and exponent < -3 else held)

    def cents(self, value: object) -> str:
        """An amount of money, to the cent: `100,000,000.50`. Sources compute some to more digits, which their claims keep."""
        held = _decimal(value)
        if held is None:
            return "" if value is None else str(value)
        return _minus(format_decimal(_cents(held), format=_pattern(held), locale=self.language.locale))

    def percent(self, share: float) -> str:
        """A share of one in whole hundredths, halves up as readers round: `25 %`."""
        return self.language.gettext("%(n)s %%", n=floor(100 * share + 0.5))

    def money(self, value: object, unit: str | None) -> str:
        """An amount to the cent, with its currency: `$100,000,000.50`."""
        held, currency = _decimal(value), _currency(unit)
        if held is None:
            return "" if value is None else str(value)
        if self.language.code == "en" or not currency:
            return self._signed(self.cents(value), currency)
        pattern = _pattern(held) + "¤¤¤"
        return _minus(format_currency(_cents(held), currency, pattern, self.language.locale, currency_digits=False))

    def money_short(self, value: object, unit: str | None) -> str:
        """An amount in three significant digits, for prose: `$1.9 bn`."""
        held, currency = _decimal(value), _currency(unit)
        if held is None:
            return self.money(value, unit)
        held = _three(held)
        if self.language.code == "en":
            power, name = next(((power, name) for power, name in _POWERS if abs(held) >= power), (Decimal(1), ""))
            return self._signed(f"{self._plain(held / power)} {name}".strip(), currency)
        short = _minus(format_compact_decimal(held, locale=self.language.locale, fraction_digits=2))
        return short + (get_currency_name(currency, locale=self.language.locale) if currency else "")

    def _signed(self, amount: str, currency: str) -> str:
        if currency in _SIGNS:
            return f"{get_currency_symbol(currency, locale='en_US')}{amount}"
        return f"{currency} {amount}".strip()

    def prices(self, unit: str | None) -> str:
        """What a money unit says of prices: `in constant prices of 2021`."""
        year = (unit or "").partition("@")[2]
        return self.language.gettext("in constant prices of %(year)s", year=year) if year else ""

    def unit_words(self, unit: str | None) -> str:
        """A unit as a heading has it: `US dollars, constant prices of 2021`, `km`."""
        held, _, year = (unit or "").partition("@")
        if not re.fullmatch("[A-Z]{3}", held):
            short = {"km": self.language.gettext(_KILOMETRES), "percent": "%"}
            return short.get(held) or self.language.translated(held)
        name = get_currency_name(held, count=2, locale=self.language.locale)
        return self.language.gettext("%(currency)s, constant prices of %(year)s", currency=name, year=year) if year else name

    def coordinates(self, wkt: str) -> str:
        """A point as a reader writes it, `1.2864° S, 36.8172° E`; of other shapes, what they are."""
        gettext = self.language.gettext
        found = re.fullmatch(r"POINT \((-?[\d.]+) (-?[\d.]+)\)", wkt)
        if not found:
            return gettext(_SHAPES.get(wkt.partition(" ")[0], _SHAPE))
        longitude, latitude = float(found[1]), float(found[2])
        north = (
            gettext("%(degrees)s° S", degrees=f"{-latitude:g}")
            if latitude < 0
            else gettext("%(degrees)s° N", degrees=f"{latitude:g}")
        )
        east = (
            gettext("%(degrees)s° W", degrees=f"{-longitude:g}")
            if longitude < 0
            else gettext("%(degrees)s° E", degrees=f"{longitude:g}")
        )
        return f"{north}, {east}" if self.language.code == "en" else f"{north}，{east}"

    def size(self, count: int) -> str:
        """A number of bytes: `12.3 MB`."""
        for power, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
            if count >= power:
                return f"{count / power:.1f} {name}"
        return self.language.ngettext("%(n)s byte", "%(n)s bytes", count)

    def _plain(self, held: Decimal) -> str:
        return _minus(format_decimal(held.normalize(_EXACT), locale=self.language.locale, decimal_quantization=False))


def web_address(text: str | None) -> str | None:
    """The text when it may be the target of a link: http and https alone, whatever a source wrote."""
    return text if text and re.match(r"https?://[^\s\\]+$", text, re.IGNORECASE) else None


def _decimal(value: object) -> Decimal | None:
    try:
        held = Decimal(str(value))
    except InvalidOperation:
        return None
    return held if held.is_finite() else None


def _currency(unit: str | None) -> str:
    return (unit or "").partition("@")[0]


def _cents(held: Decimal) -> Decimal:
    return held.quantize(Decimal("0.01"))


def _pattern(held: Decimal) -> str:
    return "#,##0" if _cents(held) == held.to_integral_value() else "#,##0.00"


def _three(held: Decimal) -> Decimal:
    return round(held, 2 - held.adjusted()) if held else held


def _minus(text: str) -> str:
    return text.replace("-", "−")
