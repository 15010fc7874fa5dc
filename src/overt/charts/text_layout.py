"""Fits text into drawings. Widths are estimated, so that a drawing is the same on every machine."""

import re
import unicodedata
from functools import lru_cache

_NARROW_CHARACTERS = frozenset("iljtfrI.,:;'’|!()[]{} ·-")
_WIDE_CHARACTERS = frozenset("mwMW@%—…")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Matches characters that change the direction of text.

They are removed, because truncating a label could remove the character that ends the change.
"""
_REMOVED_CATEGORIES = ("Cc", "Cs", "Cn")
"""Unicode categories of control characters, surrogates and unassigned code points."""
_MAX_LENGTH = 2_000
"""Number of characters to which a string is cut before it is wrapped."""
_UNBREAKABLE = re.compile(" ?(?:[\u3041-\u9fff\uf900-\ufaff][、。，；：！？）》」”…]*|[^ \u3041-\u9fff\uf900-\ufaff]+)")
"""Matches a word, or a Chinese or Japanese character with the closing punctuation after it."""
_MAX_MARKS = 3
"""Maximum number of combining marks on one letter; more would cover what is drawn around it."""


@lru_cache(8_192)
def text_width(text: str, size: float = 12) -> float:
    """Estimate the width of a string in pixels. `size`: the font size in pixels."""
    return sum(map(_character_width, text)) * size


def _character_width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.1  # Not zero, because a letter may have any number of combining marks.
    if character in _NARROW_CHARACTERS:
        return 0.32
    return 0.86 if character in _WIDE_CHARACTERS else 0.62 if character.isupper() else 0.54


def truncate(text: str, pixels: float, size: float = 12) -> str:
    """Return a string as `drawable_text` does, cut off with `…` if it is wider than `pixels` or over 1,000 characters."""
    drawable = drawable_text(text[:1_000])
    if len(text) <= 1_000 and text_width(drawable, size) <= pixels:
        return drawable
    room, end = pixels - 0.86 * size, 0
    for character in drawable:
        room -= _character_width(character) * size
        if room < 0:
            break
        end += 1
    return f"{drawable[:end].rstrip()}…"


def drawable_text(text: str) -> str:
    """Return a string as one line that can be drawn.

    Control characters, surrogates, unassigned code points, characters that change the direction of text, and surplus combining
    marks are removed.
    """
    if text.isascii() and text.isprintable():  # True for most strings.
        return re.sub(" +", " ", text).strip()
    characters: list[str] = []
    marks = 0
    for character in _DIRECTION_MARKS.sub("", text):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if character.isspace():
            characters.append(" ")
        elif unicodedata.category(character) not in _REMOVED_CATEGORIES and marks <= _MAX_MARKS:
            characters.append(character)
    return re.sub(" +", " ", "".join(characters)).strip()


def wrap_text(text: str, pixels: float, size: float = 12, max_lines: int = 4) -> list[str]:
    """Break a string into at most `max_lines` lines that fit, and cut off the rest.

    Lines break at spaces, between Chinese or Japanese characters, and within a word that is longer than a line.
    """
    lines = [""]
    for part in _UNBREAKABLE.findall(drawable_text(text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…")):
        if lines[-1] and text_width(lines[-1] + part, size) > pixels:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
        while text_width(lines[-1], size) > pixels and len(lines[-1]) > 1:
            head = _longest_head(lines[-1], pixels, size)
            lines[-1:] = [head, lines[-1][len(head) :]]
    *before, last = lines[:max_lines]
    return [truncate(line, pixels, size) for line in (*before, f"{last}…" if len(lines) > max_lines else last)]


def _longest_head(text: str, pixels: float, size: float) -> str:
    """Return as many leading characters as fit, but at least one."""
    end, room = 0, pixels - 1e-6  # Sums of fractions depend on their order, so leave a margin.
    while end < len(text) and (room := room - _character_width(text[end]) * size) >= 0:
        end += 1
    return text[: max(1, end)]
