"""Numbers of articles of laws in questions and provisions, in Arabic and Chinese numerals."""

import re

_ARTICLE = re.compile(r"\b(?:article|art\.?|section) (\d{1,3})\b", re.IGNORECASE)
_HAN_ARTICLE = re.compile("第([〇零一二两三四五六七八九十百0-9]{1,6})条")
_NUMBERS = re.compile(r"(\d+)(?:[–-](\d+))?")
_HAN_DIGITS = "零一二三四五六七八九"
_HAN_UNITS = {"十": 10, "百": 100}


def is_of_article(article: str, text: str) -> bool:
    """Return whether a text names the article of a provision. A text with 第三十七条 names article 37.

    `article`: “37”, “Section 19” or “68–69”, for example.
    """
    named = {int(number) for number in _ARTICLE.findall(text)} | {_han_number(number) for number in _HAN_ARTICLE.findall(text)}
    ranges = [(int(first), int(last or first)) for first, last in _NUMBERS.findall(re.sub(r"\(.*?\)", "", article))]
    return any(first <= number <= last for first, last in ranges for number in named)


def _han_number(text: str) -> int:
    """Return the value of a number below 1000 in Chinese or Arabic numerals: 37 for 三十七."""
    total, digit = 0, 0
    for character in text:
        if character.isdigit() and character.isascii():
            digit = 10 * digit + int(character)
        elif character in _HAN_UNITS:
            total, digit = total + (digit or 1) * _HAN_UNITS[character], 0
        else:
            digit = _HAN_DIGITS.index({"〇": "零", "两": "二"}.get(character, character))
    return total + digit
