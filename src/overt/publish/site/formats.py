"""Numbers, dates, money and coordinates in words that a reader can take to court: as exact as they are known, no more."""

import re
from decimal import Decimal, InvalidOperation

from overt.publish.site.dates import date, period

__all__ = [
    "cents", "coordinates", "date", "listed", "money", "money_short", "number", "period", "prices", "rounded", "size",
    "unit_words", "web_address",
]  # fmt: skip
_CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "CN¥"}
_POWERS = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))


def number(value: object) -> str:
    """A number as it is, its thousands set apart: `1,204.5`. Text that is no number stays what it is."""
    if value is None or value == "":
        return ""
    try:
        held = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    plain = f"{held:,f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain.replace("-", "−")


def rounded(value: object) -> str:
    """A number with three decimals at most, for scores that are given with fifteen; the exact one is in its claim."""
    try:
        held = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    exponent = held.as_tuple().exponent
    return number(held.quantize(Decimal("0.001")) if isinstance(exponent, int) and exponent < -3 else held)


def cents(value: object) -> str:
    """An amount of money, to the cent: `100,000,000.50`. Sources compute some to many more digits, which their claims keep."""
    try:
        held = Decimal(str(value))
    except InvalidOperation:
        return "" if value is None else str(value)
    whole = held == held.to_integral_value()
    return f"{held:,.{0 if whole else 2}f}".removesuffix(".00").replace("-", "−")


def money(value: object, unit: str | None) -> str:
    """An amount to the cent, with its currency: `$100,000,000.50`."""
    return _with_currency(cents(value), unit)


def money_short(value: object, unit: str | None) -> str:
    """An amount in three significant digits, for prose: `$1.9 bn`."""
    try:
        held = Decimal(str(value))
    except InvalidOperation:
        return money(value, unit)
    for power, name in _POWERS:
        if abs(held) >= power * Decimal("0.9995"):
            return _with_currency(f"{_three(held / power)} {name}", unit)
    return _with_currency(number(_three(held)), unit)


def _three(value: Decimal) -> str:
    digits = max(0, 2 - value.adjusted()) if value else 0
    plain = f"{value:.{digits}f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _with_currency(amount: str, unit: str | None) -> str:
    currency = (unit or "").partition("@")[0]
    sign = _CURRENCIES.get(currency)
    return f"{sign}{amount}" if sign else f"{currency} {amount}".strip()


def prices(unit: str | None) -> str:
    """What a money unit says of prices: `in prices of 2021`."""
    year = (unit or "").partition("@")[2]
    return f"in constant prices of {year}" if year else ""


def unit_words(unit: str | None) -> str:
    """A unit as a heading has it: `US dollars, prices of 2021`, `km`."""
    currency, _, year = (unit or "").partition("@")
    name = {"USD": "US dollars", "EUR": "euros", "GBP": "pounds sterling", "CNY": "yuan"}.get(currency, currency)
    return f"{name}, constant prices of {year}" if year else {"percent": "%"}.get(name, name)


def coordinates(wkt: str) -> str:
    """A point as a reader writes it, `1.2864° S, 36.8172° E`; of other shapes, what they are."""
    found = re.fullmatch(r"POINT \((-?[\d.]+) (-?[\d.]+)\)", wkt)
    if not found:
        shape = wkt.partition(" ")[0]
        return {"LINESTRING": "a line", "MULTILINESTRING": "a line of several parts", "POLYGON": "an outline"}.get(
            shape, "a shape"
        )
    longitude, latitude = float(found[1]), float(found[2])
    return f"{abs(latitude):g}° {'S' if latitude < 0 else 'N'}, {abs(longitude):g}° {'W' if longitude < 0 else 'E'}"


def size(count: int) -> str:
    """A number of bytes: `12.3 MB`."""
    for power, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= power:
            return f"{count / power:.1f} {name}"
    return f"{count} bytes"


def listed(words: list[str]) -> str:
    """Words in a row: `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def web_address(text: str | None) -> str | None:
    """The text when it may be the target of a link: http and https alone, whatever a source wrote."""
    return text if text and re.match(r"https?://[^\s\\]+$", text, re.IGNORECASE) else None
