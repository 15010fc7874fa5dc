"""Ticks of axes, and texts that fit. Breadths are estimated, so that a drawing is the same on every machine."""

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_THIN = frozenset("iljtfrI.,:;'’|!()[]{} ·-")
_BROAD = frozenset("mwMW@%—…")
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks that turn the direction of writing: a label that is cut would lose the one that ends it."""
_NO_XML = ("Cc", "Cs", "Cn")
"""Controls, halves of signs, and what is no sign."""
_LONGEST = 2_000
"""Signs of a text that is put in lines."""
_PARTS = re.compile(" ?(?:[\u3041-\u9fff\uf900-\ufaff][、。，；：！？）》」”…]*|[^ \u3041-\u9fff\uf900-\ufaff]+)")
"""What a line is not broken within: a word, or a Chinese or Japanese sign with the marks that close after it."""
_MOST_MARKS = 3
"""Marks above and below one letter; more would cover what is drawn around it."""


@lru_cache(8_192)
def breadth(text: str, size: float = 12) -> float:
    """About how many pixels a text takes."""
    return sum(map(_share, text)) * size


def _share(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if unicodedata.combining(sign):
        return 0.1  # not nothing: a sign may bear any number of them
    if sign in _THIN:
        return 0.32
    return 0.86 if sign in _BROAD else 0.62 if sign.isupper() else 0.54


def fit(text: str, pixels: float, size: float = 12) -> str:
    """A text as it can be drawn, cut with `…` to a length; what cannot be in a drawing is left out. The table has it whole."""
    plain = drawable_text(text[:1_000])
    if len(text) <= 1_000 and breadth(plain, size) <= pixels:
        return plain
    room, kept = pixels - 0.86 * size, 0
    for sign in plain:
        room -= _share(sign) * size
        if room < 0:
            break
        kept += 1
    return f"{plain[:kept].rstrip()}…"


def drawable_text(text: str) -> str:
    """A text in one line without what XML cannot hold or what turns the direction of writing."""
    if text.isascii() and text.isprintable():  # most are
        return re.sub(" +", " ", text).strip()
    kept: list[str] = []
    marks = 0
    for sign in _UNSEEN.sub("", text):
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if sign.isspace():
            kept.append(" ")
        elif unicodedata.category(sign) not in _NO_XML and marks <= _MOST_MARKS:
            kept.append(sign)
    return re.sub(" +", " ", "".join(kept)).strip()


def ticks(low: float, high: float, most: int = 4, *, whole: bool = False) -> list[float]:
    """Round numbers from at most `low` to at least `high`, with about `most` steps between them; `whole`: no fractions."""
    if high <= low:
        high = low + 1
    rough = (high - low) / most
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.9999)
    if whole:
        step = max(1, step)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) + 0.0 for number in range(first, last + 1)]


def named_years(first: int, last: int, pixels: float) -> list[int]:
    """The years that an axis names: round ones, as many as fit."""
    room = max(2, pixels / 44)
    step = next((step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step < room), 100)
    return [year for year in range(first, last + 1) if year % step == 0] or [last]


def apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Places in the order of the wanted ones, `least` from each other and as near to them as may be; within bounds if they fit.

    Those that would come too near are moved as one, half up and half down (pool adjacent violators).
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    pools: list[list[float]] = []
    for number, at in enumerate(order):
        pools.append([wanted[at] - least * number])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    level = [_mean(pool) for pool in pools for _ in pool]
    room = high - least * (len(order) - 1)
    places = [0.0] * len(wanted)
    for number, (at, place) in enumerate(zip(order, level, strict=True)):
        places[at] = max(low, min(place, room)) + least * number
    return places


def _mean(held: Sequence[float]) -> float:
    return sum(held) / len(held)


def wrapped(text: str, pixels: float, size: float = 12, most: int = 4) -> list[str]:
    """A text in lines that fit; what is beyond the last is cut. Lines end at spaces, between Chinese signs, and within a word
    that is longer than a line.
    """
    lines = [""]
    for part in _PARTS.findall(drawable_text(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")):
        if lines[-1] and breadth(lines[-1] + part, size) > pixels:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
        while breadth(lines[-1], size) > pixels and len(lines[-1]) > 1:
            head = _head(lines[-1], pixels, size)
            lines[-1:] = [head, lines[-1][len(head) :]]
    kept = lines[:most]
    return [fit(line, pixels, size) for line in (*kept[:-1], f"{kept[-1]}…" if len(lines) > most else kept[-1])]


def _head(text: str, pixels: float, size: float) -> str:
    """As much of a text as fits, and at least one sign."""
    end, room = 0, pixels - 1e-6  # sums of fractions differ by their order
    while end < len(text) and (room := room - _share(text[end]) * size) >= 0:
        end += 1
    return text[: max(1, end)]
