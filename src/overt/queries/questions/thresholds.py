"""Reads the numbers after “more than” and “at least”, and the amounts of money among them."""

import re
import unicodedata
from collections.abc import Sequence

from overt.queries.questions.question_tokens import join
from overt.queries.questions.understood_question import Question, Threshold

_SCALES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "billions": 1e9, "bn": 1e9,
    "b": 1e9, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9,
}  # fmt: skip
_HAN_AMOUNT = frozenset("百千万亿美元欧人民币英镑日个家")
_NUMBER = re.compile(r"(\d+)([a-z]*)")
_DOLLARS = (("us", "dollars"), ("us", "dollar"), ("美", "元"), ("dollars",), ("dollar",), ("usd",))
"""Words for the currency after an amount. “US” or 元 alone doesn't count: “more than 2 US suppliers”, “1亿元” (“100 million
yuan”).
"""
_SIGNED = re.compile(r"([a-z]*)\$ ?(\d*)", re.IGNORECASE)
"""A dollar sign, with the letters of another country's dollar before it, as in A$, and the number after it."""
_OTHER_CURRENCIES = (
    *((word,) for word in ("euro", "euros", "eur", "yuan", "rmb", "renminbi", "cny", "pounds", "gbp", "yen", "francs", "元")),
    *(("欧", "元"), ("人", "民", "币"), ("英", "镑"), ("日", "元"), ("法", "郎")),
)
"""Words for other currencies after an amount. 元 alone is the yuan."""
_OTHER_CURRENCY = "currency"
_WORTH = "worth"
_WORDS_IN_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip


def read_threshold(question: Question, words: Sequence[str], start: int, end: int) -> int:
    """Read the number after “more than” into the question, and return the position after it.

    `start` and `end`: where “more than” begins and ends. Return `end` if there is no number. An amount in a currency other than
    the US dollar is refused.
    """
    unread, end = end, end + (words[end : end + 1] == ("有",))
    if end >= len(words):
        return unread
    match = _NUMBER.fullmatch(words[end])
    number = float(match[1]) if match else _WORDS_IN_NUMBERS.get(words[end])
    if number is None or (match and match[2] and match[2] not in _SCALES):
        return unread
    after, scale = end + 1, _SCALES.get(match[2], 1.0) if match else 1.0
    while after < len(words) and (named := next((n for n in (2, 1) if join(words[after : after + n]) in _SCALES), 0)):
        scale *= _SCALES[join(words[after : after + named])]
        after += named
    if _has_other_currency(question.text) or _is_other_currency(words, after):
        question.reason = _OTHER_CURRENCY
        return after
    named = next((len(currency) for currency in _DOLLARS if tuple(words[after : after + len(currency)]) == currency), 0)
    amount = scale > 1 or named > 0 or _WORTH in words[max(start - 1, 0) : end] or _has_dollar_sign(question.text, match)
    after += named
    inclusive = question.markers[-1].id == "at_least"
    question.threshold = Threshold(number * scale, "amount" if amount else "", join(words[start:after]), inclusive)
    return after


def with_leading_limit(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with a Chinese limit moved before its number, as in English: 1亿美元以上 (“100 million dollars or
    more”) becomes 至少1亿美元 (“at least 100 million dollars”).
    """
    for end in range(1, len(words) - 1):
        start = end
        while start and (is_number(words[start - 1]) or words[start - 1] in _HAN_AMOUNT):
            start -= 1
        if words[end : end + 2] == ("以", "上") and any(is_number(word) for word in words[start:end]):
            return (*words[:start], "至", "少", *words[start:end], *words[end + 2 :])
    return words


def is_number(word: str) -> bool:
    """Return whether a word is a whole number, in digits or as a word such as “ten”."""
    return word.isdigit() or word in _WORDS_IN_NUMBERS


def _has_other_currency(text: str) -> bool:
    """Return whether a text has a currency sign that isn't that of the US dollar: €, ¥, £, A$."""
    plain = unicodedata.normalize("NFKC", text)
    signs = {sign for sign in plain if unicodedata.category(sign) == "Sc"} - {"$"}
    return bool(signs) or any(letters.lower() not in ("", "us") for letters, _ in _SIGNED.findall(plain))


def _has_dollar_sign(text: str, number: re.Match[str] | None) -> bool:
    """Return whether a dollar sign is right before a number."""
    signed = {digits for _, digits in _SIGNED.findall(unicodedata.normalize("NFKC", text))}
    return number is not None and number[1] in signed


def _is_other_currency(words: Sequence[str], at: int) -> bool:
    """Return whether the name of a currency other than the US dollar is at a position: “yuan”, 欧元."""
    return any(tuple(words[at : at + len(currency)]) == currency for currency in _OTHER_CURRENCIES)
