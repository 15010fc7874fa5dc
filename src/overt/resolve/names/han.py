"""Names in Latin letters beside names in Chinese characters: how likely both are the name of one organisation, and why."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from overt.resolve.names.han_align import Alignment, Sounds, Weights, align, answers
from overt.resolve.names.han_forms import HanForm, LatinForm, han_form, latin_form
from overt.resolve.names.han_words import han_model

Matrix = NDArray[np.float64]


def cross_score(latin: str, han: str) -> float:
    """The probability that a name in Latin letters and one in Chinese characters name one organisation, by the names alone.

    For a pair looked at by itself, one in which it is as likely as not. Of many names side by side `matrix` knows more.
    """
    model = han_model()
    found = _single(latin, han)
    return _logistic(model.intercept + model.slope * found[2].bits) if found else 0.0


def explain_cross(latin: str, han: str) -> list[tuple[str, float, str]]:
    """The parts of a pair's bits: what it is, its bits, and the words; they add up to what `cross_score` weighs.

    `translated`, `related`, `part`, `spelled`, `letters`, `initials`, `number` count for the pair; `unanswered` and
    `numbers differ` against it.
    """
    found = _single(latin, han)
    if not found:
        return []
    first, second, alignment = found
    parts = []
    total = 0.0
    for answer in alignment.answers:
        words = " ".join(word.text for place, word in enumerate(first.words) if answer.mask >> place & 1)
        parts.append((answer.part, answer.bits, f"{words} ~ {''.join(second.units[answer.begin : answer.end])}"))
        total += answer.bits
    answered = {place for answer in alignment.answers for place in range(answer.begin, answer.end)}
    left = [word.text for place, word in enumerate(first.words) if alignment.missed_latin >> place & 1]
    rest = "".join(unit for place, unit in enumerate(second.units) if place not in answered)
    if alignment.numbers:
        parts.append(("numbers differ", -alignment.numbers, f"{latin} ~ {han}"))
    parts.append(("unanswered", alignment.bits - total + alignment.numbers, f"{' '.join(left) or '–'} ~ {rest or '–'}"))
    return parts


def matrix(latin: Sequence[str], han: Sequence[str]) -> Matrix:
    """Probabilities for every Latin name with every Chinese one; shape (latin, han).

    Unlike `cross_score` it looks at all of them at once: a word that many names have tells less, and a pair that has a rival
    (a better answer for one of its two names) is less likely. Names that differ by legal form or script alone are no rivals.
    Independent of the order of names.
    """
    bits = bits_matrix(latin, han)
    return probabilities(bits, [latin_form(name).key for name in latin], [_han(name).units for name in han])


def probabilities(bits: Matrix, rows: Sequence[object], columns: Sequence[object]) -> Matrix:
    """Probabilities of pairs from their bits, each seen beside its rivals: other rows and columns whose key differs."""
    model = han_model()
    if not bits.size:
        return np.zeros(bits.shape)
    by_row = np.clip(bits - _rivals(bits, columns), -model.rival_cap, model.rival_cap)
    by_column = np.clip(bits - _rivals(bits.T, rows).T, -model.rival_cap, model.rival_cap)
    odds = model.rival_intercept + model.rival_slope * bits + model.rival_row * by_row + model.rival_column * by_column
    return np.where(np.isfinite(bits), 1 / (1 + np.exp(-np.clip(odds, -500, 500))), 0.0)


def _rivals(bits: Matrix, keys: Sequence[object]) -> Matrix:
    """For each cell the most bits in its row among columns with another key; `NOTHING` where there is none."""
    groups: dict[object, list[int]] = {}
    for column, key in enumerate(keys):
        groups.setdefault(key, []).append(column)
    best = np.stack([bits[:, members].max(axis=1) for members in groups.values()], axis=1)
    number = np.empty(len(keys), dtype=np.int64)
    for place, members in enumerate(groups.values()):
        number[members] = place
    if best.shape[1] < 2:
        return np.full(bits.shape, NOTHING)
    order = np.partition(best, -2, axis=1)
    first, second = order[:, -1:], order[:, -2:-1]
    own = best[:, number]
    return np.maximum(np.where(own >= first, second, first), NOTHING)


NOTHING = -20.0
"""Bits of a rival where there is none."""


def bits_matrix(latin: Sequence[str], han: Sequence[str]) -> Matrix:
    """Bits of evidence for every Latin name with every Chinese one; minus infinity where a name has no word."""
    model = han_model()
    firsts, seconds = [latin_form(name) for name in latin], [_han(name) for name in han]
    rows = {form: None for form in firsts if form.words}
    columns = {form.units: form for form in seconds if form.units}
    weights = Weights(model, list(rows))
    held = list(columns.values())
    sounds = Sounds(held)
    least = model.spelled_least
    heard: dict[str, dict[int, list[tuple[int, int, float]]]] = {}
    cells: dict[LatinForm, NDArray[np.float64]] = {}
    for form in rows:
        bits = [weights.of(word) for word in form.words]
        spelled = [word.text for word in form.words if not (word.legal or word.number or word.common)]
        for letters in [*spelled, *(letters for _, letters in form.joined)]:
            if letters not in heard:
                heard[letters] = dict(sounds.of(letters, least)) if len(letters) > 2 and letters.isalpha() else {}
        line = np.empty(len(held))
        for number, second in enumerate(held):
            near = {
                letters: heard[letters][number]
                for letters in heard.keys() & {*spelled, *(one for _, one in form.joined)}
                if number in heard[letters]
            }
            line[number] = align(form, second, bits, answers(form, second, bits, near, model), model).bits
        cells[form] = line
    place = {units: number for number, units in enumerate(columns)}
    result = np.full((len(firsts), len(seconds)), -np.inf)
    for row, first in enumerate(firsts):
        for column, second in enumerate(seconds):
            if first.words and second.units:
                result[row, column] = cells[first][place[second.units]]
    return result


def _single(latin: str, han: str) -> tuple[LatinForm, HanForm, Alignment] | None:
    model = han_model()
    first, second = latin_form(latin), _han(han)
    if not first.words or not second.units:
        return None
    weights = Weights(model)
    bits = [weights.of(word) for word in first.words]
    sounds = Sounds([second])
    near = {}
    for letters in [
        *(word.text for word in first.words if not (word.legal or word.number or word.common)),
        *(one for _, one in first.joined),
    ]:
        if len(letters) > 2 and letters.isalpha():
            near[letters] = sounds.of(letters, model.spelled_least).get(0, [])
    return first, second, align(first, second, bits, answers(first, second, bits, near, model), model)


@lru_cache(maxsize=1 << 12)
def _han(name: str) -> HanForm:
    return han_form(name, han_model())


def _logistic(odds: float) -> float:
    return float(1 / (1 + np.exp(-min(500.0, max(-500.0, odds)))))
