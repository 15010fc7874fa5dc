"""The title, kind and answer of a page. They are read from its HTML, so their words are those of the page."""

import re
from html import unescape
from typing import NamedTuple

_MAX_LENGTH = 300
"""Maximum number of characters of an answer."""
_SEARCHED = 60_000
"""Number of characters of a page in which to look for its answer."""
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_KICKER = re.compile(r'<p class="kicker">(.*?)</p>', re.DOTALL)
_ANSWERS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r'<div class="briefing">(.*?)</div>',
        r'<p class="(?:lead|figure-caveat|exhibit-sentence|claim-sentence)"[^>]*>(.*?)</p>',
        r'<p class="(?:empty-title|figure-question|section-note)"[^>]*>(.*?)</p>',
        r"<p(?: class=\"small\")?>(.*?)</p>",
    )
)
"""Patterns of elements that contain the answer, in order of preference."""
_HIDDEN = re.compile(r'<a class="evidence-mark.*?</a>|<span class="(?:tip|visually-hidden|sign)\b.*?</span>', re.DOTALL)
_BREAK = re.compile(r"</p>|<br>|</li>|</dd>")
_TAG = re.compile(r"<[^>]*>")


class PageSummary(NamedTuple):
    """What a page is and what it says, as plain text."""

    title: str
    kind: str
    """The kind of page, as stated above its title; empty if there is none."""
    answer: str


def summarize(html: str) -> PageSummary:
    """Return the summary of a page. The answer is shortened; if the page has no sentence, the title is used instead."""
    start = html.find("<main")
    main = html[max(start, 0) : max(start, 0) + _SEARCHED]
    title, kind = (_text(match[1]) if (match := pattern.search(main)) else "" for pattern in (_TITLE, _KICKER))
    texts = (_text(match[1]) for pattern in _ANSWERS if (match := pattern.search(main)))
    answer = next((text for text in texts if text), "")
    return PageSummary(title, kind, shorten(answer or title, _MAX_LENGTH))


def shorten(text: str, limit: int) -> str:
    """Shorten a string to at most `limit` characters, if possible at the end of a sentence or a word."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    for mark in (". ", "。", "; "):
        end = head.rfind(mark)
        if end > limit // 2:
            return head[: end + 1].rstrip("; ")
    end = head.rfind(" ", 0, limit - 1)  # Leave room for the space and the ellipsis.
    return head[:end].rstrip(" ,;") + " …" if end >= 0 else head[:-1] + "…"


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(_TAG.sub("", _BREAK.sub(" ", _HIDDEN.sub("", html))))).strip()
