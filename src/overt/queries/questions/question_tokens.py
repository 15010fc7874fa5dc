"""Splits texts into tokens and joins them; finds singular and plural forms, article numbers (“article 7”) and lists."""

import re
from collections.abc import Iterable, Iterator

from overt.index.search_text import written

JOINS = frozenset({"and", "or", "和", "或", "与", "及"})
"""Words that join two names, so that both play the same role in a question."""
WHO = frozenset({"who", "whom", "谁"})
FROM = frozenset({"from", "自", "从", "由"})
"""Words before a country or region that supplies something."""
TO = frozenset({"to", "向", "给", "往", "for"})
"""Words before or after a customer."""
WITH = frozenset({"with", "from", "by", "同", "跟", "为", "从"})
"""Words between two organisations that take part in the same project: “Safaricom bought cameras from Huawei”."""

GAP = "…"
"""The place of a few words in a rewording."""

_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)
_PIECES = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff]|\d+[A-Za-z]+|\d+|[^\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\d]+")
_ARTICLES, _ARTICLE_WORDS = frozenset({"article", "articles", "art", "section"}), 2
_HAN_NUMBER = frozenset("〇零一二三四五六七八九十百0123456789")
MAX_ARTICLE = 8
"""Maximum number of tokens in the number of an article."""
_MIN_PLURAL_LENGTH = 4
_LIST_MARKS = ",，、;；"


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded; each Chinese character is a word, and so is the “s” of a possessive."""
    return tuple(piece for word in written(_POSSESSIVE.sub(" s", text)).split() for piece in _pieces(word))


def halves(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words before and after the gap in a rewording."""
    before, _, after = text.partition(GAP)
    return tokens(before), tokens(after)


def is_article(phrase: tuple[str, ...]) -> bool:
    """Return whether words are the number of an article: “article 7”, 第三十七条."""
    if len(phrase) == _ARTICLE_WORDS and phrase[0] in _ARTICLES:
        return phrase[1].isdigit()
    return len(phrase) > _ARTICLE_WORDS and (phrase[0], phrase[-1]) == ("第", "条") and set("".join(phrase[1:-1])) <= _HAN_NUMBER


def are_listed(text: str, first: str, second: str, more_marks: str = "") -> bool:
    """Return whether a text has two phrases with a comma or another mark of lists between them.

    An empty phrase stands for any text. `more_marks`: characters that count as such marks, too.
    """
    pattern = rf"{re.escape(first)}\s*[{re.escape(_LIST_MARKS + more_marks)}]\s*{re.escape(second)}"
    return re.search(pattern, text, re.IGNORECASE) is not None


def join(phrase: Iterable[str]) -> str:
    """Join tokens into a string, without spaces between Chinese characters, or between these and digits."""
    text = " ".join(phrase)
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff0-9])|(?<=[0-9]) (?=[\u3400-\u9fff])", "", text)


def inflected(phrase: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a phrase with its last word in the singular if it looks like a plural, and otherwise in the plural.

    Yields nothing if that word is short or contains anything but ASCII letters.
    """
    *before, last = phrase
    if not last.isascii() or not last.isalpha() or len(last) < _MIN_PLURAL_LENGTH:
        return
    if last.endswith("ies"):
        yield (*before, f"{last[:-3]}y")
    if last.endswith("es"):
        yield (*before, last[:-2])
    yield (*before, last[:-1]) if last.endswith("s") else (*before, f"{last}s")


def _pieces(word: str) -> list[str]:
    return [word] if word.isascii() else _PIECES.findall(word)
