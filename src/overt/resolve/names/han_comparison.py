"""Names in Latin letters beside names in Chinese characters: how likely both are the name of one organisation, and why."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from overt.resolve.names.han_alignment import Alignment, Weights, align, answers
from overt.resolve.names.han_forms import HanForm, LatinForm, han_form, latin_form
from overt.resolve.names.han_sounds import Sounds
from overt.resolve.names.han_words import han_model

Matrix = NDArray[np.float64]
Key = tuple[str, ...] | str
_ROUNDS = 200
"""Rounds of scaling at most; 30 change nothing in the third digit any more."""
_SETTLED = 1e-9


def cross_score(latin: str, han: str) -> float:
    """The probability that a name in Latin letters and one in Chinese characters name one organisation, by the names alone.

    For a pair looked at by itself, which is as likely as not one organisation. Of many names side by side `matrix` knows more.
    """
    parts = explain_cross(latin, han)
    return _logistic(math.log(2) * sum(bits for _, bits, _ in parts)) if parts else 0.0


def explain_cross(latin: str, han: str) -> list[tuple[str, float, str]]:
    """The parts of `cross_score`: what it is, its bits, and the words. The bits add up to log2 of the odds.

    `translated`, `related`, `part` (of a word), `spelled`, `letters`, `initials`, `number` count for the pair; `unanswered` and
    `numbers differ` against it; `prior` is what is left where nothing is unanswered and nothing was answered yet. Empty where one
    of the names has no word.
    """
    found = _single(latin, han)
    if not found:
        return []
    model = han_model()
    first, second, alignment = found
    answered = sum(answer.bits for answer in alignment.answers)
    scale = model.answered * min(1.0, model.answered_most / max(answered, 1e-9)) / math.log(2)
    parts = [("prior", (model.intercept + model.whole) / math.log(2), "")]
    for answer in alignment.answers:
        words = " ".join(word.text for place, word in enumerate(first.words) if answer.mask >> place & 1)
        parts.append((answer.part, scale * answer.bits, f"{words} ~ {''.join(second.units[answer.begin : answer.end])}"))
    if alignment.numbers:
        parts.append(("numbers differ", -model.other_number / math.log(2), f"{latin} ~ {han}"))
    units = {place for answer in alignment.answers for place in range(answer.begin, answer.end)}
    left = " ".join(word.text for place, word in enumerate(first.words) if alignment.missed_latin >> place & 1)
    rest = "".join(unit for place, unit in enumerate(second.units) if place not in units)
    whole = (1 - alignment.left_latin) * (1 - alignment.left_han)
    parts.append(("unanswered", model.whole * (whole - 1) / math.log(2), f"{left or '–'} ~ {rest or '–'}"))
    return parts


def matrix(latin: Sequence[str], han: Sequence[str]) -> Matrix:
    """Probabilities for every Latin name with every Chinese one; shape (latin, han).

    Unlike `cross_score` it looks at all of them at once: a word that many names have tells less, and each name has at most one
    partner, so a pair is less likely when one of its names has a better one. Names that differ by legal form, brackets or script
    alone are one name. Independent of the order of names.
    """
    rows = [latin_form(name).key for name in latin]
    return probabilities(bits_matrix(latin, han), rows, [_han(name).units for name in han])


def probabilities(bits: Matrix, rows: Sequence[tuple[str, ...]], columns: Sequence[tuple[str, ...]]) -> Matrix:
    """Probabilities of all pairs from their bits, where rows of one key, and columns of one key, have one partner among them."""
    result = np.zeros(bits.shape)
    row, column = np.nonzero(np.isfinite(bits))
    result[row, column] = shares(bits[row, column], row, column, rows, columns)
    return result


def shares(
    bits: NDArray[np.float64],
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    rows: Sequence[Key],
    columns: Sequence[Key],
    alone: float | None = None,
) -> NDArray[np.float64]:
    """Probabilities of the pairs that were looked at (`row[i]`, `column[i]`), from their bits; those left out have none.

    A pair's weight is two to the power of its bits; to have no partner weighs `alone` (the model's, for lists of which most
    names have one). The marginals of all one-to-one
    assignments are approximated by scaling rows and columns in turn, as in Sinkhorn (1967), with a place for those without.
    Spellings of one name (equal keys) are one row; the one that fits best speaks for it, and the others stand behind it.
    """
    model = han_model()
    if not len(bits):
        return np.zeros(0)
    keys = np.stack([_numbered(rows)[row], _numbered(columns)[column]])
    pairs, place = np.unique(keys, axis=1, return_inverse=True)
    best = np.full(pairs.shape[1], -np.inf)
    np.maximum.at(best, place, bits)
    weights = np.exp2(np.clip(model.certainty * (best - (model.alone if alone is None else alone)), -100, 100))
    by_row, by_column = np.ones(pairs[0].max() + 1), np.ones(pairs[1].max() + 1)
    for _ in range(_ROUNDS):
        before = by_row
        by_row = 1 / (1 + np.bincount(pairs[0], weights * by_column[pairs[1]], len(by_row)))
        by_column = 1 / (1 + np.bincount(pairs[1], weights * by_row[pairs[0]], len(by_column)))
        if np.abs(by_row - before).max() < _SETTLED:
            break
    share = (weights * by_row[pairs[0]] * by_column[pairs[1]])[place] * np.exp2(model.certainty * (bits - best[place]))
    share = np.clip(share, 1e-12, 1 - 1e-12)
    odds = model.matrix_intercept + model.matrix_slope * np.log(share / (1 - share))
    return np.asarray(1 / (1 + np.exp(-odds)))


def _numbered(keys: Sequence[Key]) -> NDArray[np.int64]:
    """A number for each key, the same for equal keys, by their order as text and not by their place."""
    numbers = {key: number for number, key in enumerate(sorted(set(keys)))}
    return np.array([numbers[key] for key in keys], dtype=np.int64)


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
    near = Sounds([second]).near(first, model.spelled_least)
    return first, second, align(first, second, bits, answers(first, second, bits, near, model), model)


@lru_cache(maxsize=1 << 12)
def _han(name: str) -> HanForm:
    return han_form(name, han_model())


def _logistic(odds: float) -> float:
    return float(1 / (1 + np.exp(-min(500.0, max(-500.0, odds)))))
