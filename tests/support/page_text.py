"""The words of a page without its markup."""

import re
from html import unescape

_MARK = re.compile(r'\u2060?<a class="evidence-mark[^>]*>(\d+)</a>')
"""Matches the link from a statement to its evidence, whose words are the number of independent sources."""


def plain(markup: object) -> str:
    """Return the words without tags, where a tag parts no words. None has no words."""
    return _words("" if markup is None else str(markup), "")


def spaced(markup: str) -> str:
    """Return the words without tags, where a tag parts words as those of a table do; no space precedes punctuation."""
    return re.sub(r" ([,.;:])", r"\1", _words(markup, " "))


def marked(markup: object) -> str:
    """Return the words without tags, with the numbers of independent sources in brackets. None has no words."""
    return plain(None if markup is None else _MARK.sub(r"[\1]", str(markup)).replace("\u2060", ""))


def _words(markup: str, between: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", between, markup)).split())
