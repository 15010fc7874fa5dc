"""The words of a page without its markup."""

import re
from html import unescape

_MARK = re.compile(r'\u2060?<a class="evidence-mark[^>]*>(\d+)</a>')
"""Matches the link from a statement to its evidence, whose words are the number of separate sources."""


def plain(markup: object) -> str:
    """Return the text without tags, which are dropped without leaving a space; empty for None."""
    return _words("" if markup is None else str(markup), "")


def spaced(markup: str) -> str:
    """Return the text with a space in place of each tag, as between the cells of a table; no space precedes punctuation."""
    return re.sub(r" ([,.;:])", r"\1", _words(markup, " "))


def marked(markup: object) -> str:
    """Return the text without tags, with the numbers of separate sources in square brackets; empty for None."""
    return plain(None if markup is None else _MARK.sub(r"[\1]", str(markup)).replace("\u2060", ""))


def _words(markup: str, between: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", between, markup)).split())
