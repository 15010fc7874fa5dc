"""Symbols and words of currencies, such as `€`, `US$` and `yuan`."""

import pycountry

from overt.model.values.amounts import is_currency

CURRENCY_WORDS = {
    "US$": "USD", "U.S.$": "USD", "USD$": "USD", "US DOLLARS": "USD", "US DOLLAR": "USD", "DOLLARS": "$", "DOLLAR": "$",
    "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "NZ$": "NZD", "R$": "BRL",
    "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP", "POUNDS": "GBP", "RMB": "CNY", "CNH": "CNY", "YUAN": "CNY",
    "元": "CNY", "元人民币": "CNY", "人民币": "CNY", "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY", "英镑": "GBP",
    "₹": "INR", "RS": "INR", "RS.": "INR", "₩": "KRW", "₽": "RUB", "₦": "NGN", "₱": "PHP", "₫": "VND", "฿": "THB", "₪": "ILS",
    "KSH": "KES", "KES": "KES", "USH": "UGX", "TSH": "TZS", "GH₵": "GHS", "$": "$", "＄": "$", "¥": "¥", "￥": "¥",
}  # fmt: skip
"""ISO 4217 code of each symbol and word. `$` and `¥` belong to several currencies, so the source must say which it means."""


def currency_of_word(word: str) -> str | None:
    """Return the ISO 4217 code that a symbol, word or code means, or `$` or `¥` if it can mean several; None for other words."""
    upper = word.upper()
    if upper in CURRENCY_WORDS:
        return CURRENCY_WORDS[upper]
    # Some codes of former currencies are also words (“ban”, “sur”), so codes of former currencies must be in capitals.
    return upper if len(upper) == 3 and _is_code(word) else None


def _is_code(word: str) -> bool:
    return is_currency(word.upper() if pycountry.currencies.get(alpha_3=word.upper()) else word)
