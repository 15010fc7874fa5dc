"""Fits text into drawings. Widths are estimated, so that a drawing is the same on every machine."""

import re
import unicodedata
from functools import lru_cache

_NARROW_SIGNS = frozenset("iljtfrI.,:;'’|!()[]{} ·-")
_WIDE_SIGNS = frozenset("mwMW@%—…")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Matches characters that change the direction of text. They are removed, because truncating a label could remove the character
that ends the change.
"""
_NOT_XML = ("Cc", "Cs", "Cn")
"""Unicode categories of control characters, surrogates and unassigned code points."""
_LONGEST = 2_000
"""Number of characters to which a string is cut before it is wrapped."""
_UNBREAKABLE = re.compile(" ?(?:[\u3041-\u9fff\uf900-\ufaff][、。，；：！？）》」”…]*|[^ \u3041-\u9fff\uf900-\ufaff]+)")
"""A word, or a Chinese or Japanese character with the closing punctuation after it."""
_MOST_MARKS = 3
"""Maximum number of combining marks on one letter; more would cover what is drawn around it."""


@lru_cache(8_192)
def text_width(text: str, size: float = 12) -> float:
    """Estimate the width of a string in pixels."""
    return sum(map(_sign_width, text)) * size


def _sign_width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if unicodedata.combining(sign):
        return 0.1  # Not zero, because a letter may have any number of combining marks.
    if sign in _NARROW_SIGNS:
        return 0.32
    return 0.86 if sign in _WIDE_SIGNS else 0.62 if sign.isupper() else 0.54


def truncate(text: str, pixels: float, size: float = 12) -> str:
    """Return a string that can be drawn, cut with `…` to a width. The table has the full string."""
    drawable = drawable_text(text[:1_000])
    if len(text) <= 1_000 and text_width(drawable, size) <= pixels:
        return drawable
    room, end = pixels - 0.86 * size, 0
    for sign in drawable:
        room -= _sign_width(sign) * size
        if room < 0:
            break
        end += 1
    return f"{drawable[:end].rstrip()}…"


def drawable_text(text: str) -> str:
    """Return a string on one line, without characters that XML forbids or that change the direction of text."""
    if text.isascii() and text.isprintable():  # True for most strings.
        return re.sub(" +", " ", text).strip()
    signs: list[str] = []
    marks = 0
    for sign in _DIRECTION_MARKS.sub("", text):
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if sign.isspace():
            signs.append(" ")
        elif unicodedata.category(sign) not in _NOT_XML and marks <= _MOST_MARKS:
            signs.append(sign)
    return re.sub(" +", " ", "".join(signs)).strip()


def wrap_text(text: str, pixels: float, size: float = 12, most: int = 4) -> list[str]:
    """Break a string into at most `most` lines that fit, and cut off the rest.

    Lines break at spaces, between Chinese characters, and within a word that is longer than a line.
    """
    lines = [""]
    for part in _UNBREAKABLE.findall(drawable_text(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")):
        if lines[-1] and text_width(lines[-1] + part, size) > pixels:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
        while text_width(lines[-1], size) > pixels and len(lines[-1]) > 1:
            head = _longest_head(lines[-1], pixels, size)
            lines[-1:] = [head, lines[-1][len(head) :]]
    *before, last = lines[:most]
    return [truncate(line, pixels, size) for line in (*before, f"{last}…" if len(lines) > most else last)]


def _longest_head(text: str, pixels: float, size: float) -> str:
    """Return as many leading characters as fit, but at least one."""
    end, room = 0, pixels - 1e-6  # Sums of fractions depend on their order, so leave a margin.
    while end < len(text) and (room := room - _sign_width(text[end]) * size) >= 0:
        end += 1
    return text[: max(1, end)]
