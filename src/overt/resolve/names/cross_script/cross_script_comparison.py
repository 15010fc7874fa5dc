"""Compare Latin names with names in other scripts: the probability of a match, its parts, and the effect of rival names."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overt.resolve.names.cross_script.cross_script_alignment import Alignment, WordWeights, align, find_matches, misses_place
from overt.resolve.names.cross_script.cross_script_model import cross_script_model
from overt.resolve.names.cross_script.cross_script_parsing import HanForm, LatinForm, latin_form
from overt.resolve.names.scripts.non_latin_name_parser import parse_non_latin
from overt.resolve.names.scripts.spelling_finders_by_script import NameSpellingFinder

Key = tuple[str, ...] | str
_COMPLETE = 0.2
"""Maximum unmatched share of each name in a complete match."""
_CONTAINED = 0.05
"""Maximum unmatched share of a name that the other name contains."""
_DIRECTIONS = frozenset("东西南北")
"""Characters for directions. If only one of them remains unmatched, it distinguishes regional companies of a group."""
_ROUNDS = 200
"""Maximum number of scaling rounds. After 30 rounds, the third digit no longer changes."""
_TOLERANCE = 1e-9


def cross_score(latin: str, han: str) -> float:
    """Return the probability that a Latin name and a name in another script belong to the same organisation.

    Only the two names are used, and the prior odds are even. The result is 0 if a name has no word. `cross_pairs` compares many
    names, and takes rival names into account.
    """
    parts = explain_cross(latin, han)
    return _logistic(math.log(2) * sum(bits for _, bits, _ in parts)) if parts else 0.0


class CrossMatch(NamedTuple):
    """How well a Latin name and a name in another script agree."""

    probability: float
    """The result of `cross_score`."""
    is_complete: bool = False
    """Whether most of each name has a counterpart in the other."""
    is_contained: bool = False
    """Whether nearly all words of one of the names have a counterpart."""
    both_miss: bool = False
    """Whether too much of both names is unmatched (`same_left`), as if each named a different place: Punjab, Sindh."""
    misses_place: bool = False
    """Whether a place, direction or number of the Latin name is unmatched, or only a direction of the other name is."""


@lru_cache(maxsize=1 << 12)
def cross_match(latin: str, han: str) -> CrossMatch:
    """Return the probability of a match (`cross_score`), and how much of the two names remains unmatched."""
    aligned = _align_pair(latin, han)
    if not aligned:
        return CrossMatch(0.0)
    first, second, alignment = aligned
    least, most = sorted((alignment.left_latin, alignment.left_han))
    return CrossMatch(
        cross_score(latin, han),
        is_complete=most <= _COMPLETE,
        is_contained=least <= _CONTAINED,
        both_miss=least > cross_script_model().same_left,
        misses_place=misses_place(first, alignment) or _unmatched(second, alignment) in _DIRECTIONS,
    )


def explain_cross(latin: str, han: str) -> list[tuple[str, float, str]]:
    """Return the parts of `cross_score`: kind, bits, and words. The bits add up to log2 of the odds.

    Evidence for a match: `translated`, `rendered` (a translation that follows no rule), `related`, `part` (of a word), `spelled`,
    `letters`, `initials` and `number`. Evidence against it: `unanswered`, `numbers differ` and `several renderings`. `prior` is
    the score of names without matched or unmatched words. The list is empty if a name has no word.
    """
    aligned = _align_pair(latin, han)
    if not aligned:
        return []
    model = cross_script_model()
    first, second, alignment = aligned
    matched = sum(match.bits for match in alignment.matches)
    scale = model.answered * min(1.0, model.answered_most / max(matched, 1e-9)) / math.log(2)
    parts = [("prior", (model.intercept + model.coverage) / math.log(2), "")]
    for match in alignment.matches:
        words = " ".join(word.text for place, word in enumerate(first.words) if match.mask >> place & 1)
        parts.append((match.part, scale * match.bits, f"{words} ~ {''.join(second.units[match.begin : match.end])}"))
    if alignment.numbers:
        parts.append(("numbers differ", -model.other_number / math.log(2), f"{latin} ~ {han}"))
    if alignment.doubtful:
        parts.append(("several renderings", -model.several_renderings, f"{latin} ~ {han}"))
    left = " ".join(word.text for place, word in enumerate(first.words) if alignment.missed_latin >> place & 1)
    rest = _unmatched(second, alignment)
    matched_share = (1 - alignment.left_latin) * (1 - alignment.left_han)
    parts.append(("unanswered", model.coverage * (matched_share - 1) / math.log(2), f"{left or '–'} ~ {rest or '–'}"))
    return parts


def _unmatched(han: HanForm, alignment: Alignment) -> str:
    """Return the characters or words of a name without a counterpart in the Latin name."""
    matched = {place for match in alignment.matches for place in range(match.begin, match.end)}
    return "".join(unit for place, unit in enumerate(han.units) if place not in matched)


def assignment_probabilities(
    bits: NDArray[np.float64],
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    rows: Sequence[Key],
    columns: Sequence[Key],
    unmatched: float | None = None,
) -> NDArray[np.float64]:
    """Return the probabilities of candidate pairs (`row[i]`, `column[i]`) from their bits. All other pairs are impossible.

    The weight of a pair is two to the power of the model's `certainty` × its bits. Having no partner weighs as much as a pair
    with `unmatched` bits (default: the model's value for lists in which most names have a partner). The marginals of all
    one-to-one assignments are approximated by scaling rows and columns in turn (Sinkhorn 1967), with an extra place for names
    without a partner. The marginals are then calibrated. Spellings of one name (equal keys) share a row or column, with the
    weight of their best match.
    """
    model = cross_script_model()
    if not len(bits):
        return np.zeros(0)
    keys = np.stack([_numbered(rows)[row], _numbered(columns)[column]])
    pairs, place = np.unique(keys, axis=1, return_inverse=True)
    best = np.full(pairs.shape[1], -np.inf)
    np.maximum.at(best, place, bits)
    weights = np.exp2(np.clip(model.certainty * (best - (model.unmatched if unmatched is None else unmatched)), -100, 100))
    by_row, by_column = np.ones(pairs[0].max() + 1), np.ones(pairs[1].max() + 1)
    for _ in range(_ROUNDS):
        before = by_row
        by_row = 1 / (1 + np.bincount(pairs[0], weights * by_column[pairs[1]], len(by_row)))
        by_column = 1 / (1 + np.bincount(pairs[1], weights * by_row[pairs[0]], len(by_column)))
        if np.abs(by_row - before).max() < _TOLERANCE:
            break
    share = (weights * by_row[pairs[0]] * by_column[pairs[1]])[place] * np.exp2(model.certainty * (bits - best[place]))
    share = np.clip(share, 1e-12, 1 - 1e-12)
    odds = model.matrix_intercept + model.matrix_slope * np.log(share / (1 - share))
    return np.asarray(1 / (1 + np.exp(-odds)))


def _numbered(keys: Sequence[Key]) -> NDArray[np.int64]:
    """Return a number for each key, in sorted order; equal keys get the same number."""
    numbers = {key: number for number, key in enumerate(sorted(set(keys)))}
    return np.array([numbers[key] for key in keys], dtype=np.int64)


def _align_pair(latin: str, han: str) -> tuple[LatinForm, HanForm, Alignment] | None:
    model = cross_script_model()
    first, second = latin_form(latin), _han(han)
    if not first.words or not second.units:
        return None
    weights = WordWeights(model)
    bits = [weights.word_bits(word) for word in first.words]
    sounds = NameSpellingFinder([second]).find_all(first, model.spelled_least)
    return first, second, align(first, second, bits, find_matches(first, second, bits, sounds, model), model)


@lru_cache(maxsize=1 << 12)
def _han(name: str) -> HanForm:
    return parse_non_latin(name, cross_script_model())


def _logistic(odds: float) -> float:
    return float(1 / (1 + np.exp(-min(500.0, max(-500.0, odds)))))
