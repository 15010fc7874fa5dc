"""Which of many Chinese names answer which of many Latin ones, without laying every name beside every other.

A Chinese name is laid beside the Latin names that share most with it: words that its words mean, words that it spells, letters
that stand in it. Probabilities are those of `han.matrix`: each name has one partner at most.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from overt.resolve.names.cedict import dictionary
from overt.resolve.names.han_alignment import Weights, align, answers, heard_bits
from overt.resolve.names.han_comparison import shares
from overt.resolve.names.han_forms import HanForm, LatinForm, han_form, latin_form
from overt.resolve.names.han_sounds import Sounds
from overt.resolve.names.han_words import han_model

BESIDE = 40
"""Latin names that one Chinese name is laid beside."""
TELLING = 1.0
"""Bits of a word at least for which names are looked up."""
SPOKEN = 40
"""A word that stands in more of the dictionary's entries is translated, not spelled by its sound."""
SOUNDED = 20_000_000
"""Words times characters that are listened to; beyond that names meet by their meaning and their letters alone."""


Rows = dict[int, float]
"""Rows that have a word, with the word's bits."""
Spelled = dict[str, list[tuple[int, int, float]]]
"""Words that a Chinese name may spell: begin, end and bits of the best spellings."""


class CrossPair(NamedTuple):
    """A Latin and a Chinese name, by their places in the lists that were given."""

    latin: int
    han: int
    probability: float


def cross_pairs(latin: Sequence[tuple[str, str]], han: Sequence[tuple[str, str]], least: float) -> list[CrossPair]:
    """Pairs that are of one organisation with probability `least` or more, sorted by their places.

    Each name comes with the thing that it is a name of: names of one thing are no rivals of each other.
    """
    model = han_model()
    rows = [(place, held, thing) for place, (name, thing) in enumerate(latin) if (held := latin_form(name)).words]
    columns = [(place, form, thing) for place, (name, thing) in enumerate(han) if (form := han_form(name, model)).units]
    if not rows or not columns:
        return []
    weights = Weights(model, list({held: None for _, held, _ in rows}))
    by_stem, by_text = _index((held for _, held, _ in rows), weights)
    spelled = _spelled(by_text, [form for _, form, _ in columns])
    cells: list[tuple[int, int]] = []
    bits: list[float] = []
    for column, (_, form, _) in enumerate(columns):
        for row in _beside(form, spelled[column], by_stem, by_text):
            cells.append((row, column))
            bits.append(_bits(rows[row][1], form, spelled[column], weights))
    if not cells:
        return []
    places = np.array(cells, np.int64)
    things = [row[2] for row in rows], [column[2] for column in columns]
    chances = shares(np.array(bits), places[:, 0], places[:, 1], *things, model.alone_among_many)
    return sorted(
        CrossPair(rows[row][0], columns[column][0], float(chance))
        for (row, column), chance in zip(cells, chances, strict=True)
        if chance >= least
    )


def _beside(form: HanForm, spelled: Spelled, by_stem: Mapping[str, Rows], by_text: Mapping[str, Rows]) -> list[int]:
    """The rows that share most with a Chinese name."""
    met: dict[tuple[str, int], float] = {}
    for stem in form.senses.keys() & by_stem.keys():
        _meet(met, stem, by_stem[stem])
    for _, letters in form.latin:
        _meet(met, letters, by_text.get(letters, {}))
    for text, spans in spelled.items():
        heard = heard_bits(spans[0][2], han_model())
        _meet(met, text, {row: min(heard, bits) for row, bits in by_text[text].items()})
    found: dict[int, float] = defaultdict(float)
    for (_, row), bits in sorted(met.items()):
        found[row] += bits
    return sorted(sorted(found, key=lambda row: (-found[row], row))[:BESIDE])


def _meet(met: dict[tuple[str, int], float], word: str, rows: Mapping[int, float]) -> None:
    for row, bits in rows.items():
        met[word, row] = max(bits, met.get((word, row), 0.0))


def _index(forms: Iterable[LatinForm], weights: Weights) -> tuple[dict[str, Rows], dict[str, Rows]]:
    """The rows that have a word, with its bits: by its stem, and by its letters or those of neighbours written as one."""
    by_stem: dict[str, Rows] = defaultdict(dict)
    by_text: dict[str, Rows] = defaultdict(dict)
    for row, form in enumerate(forms):
        bits = [weights.of(word) for word in form.words]
        for word, worth in zip(form.words, bits, strict=True):
            if word.legal or worth < TELLING:
                continue
            by_stem[word.stem][row] = worth
            by_text[word.text][row] = worth
        for mask, letters in form.joined:
            worth = sum(bits[place] for place in range(len(bits)) if mask >> place & 1)
            if worth >= TELLING:
                by_text[letters][row] = worth
    return dict(by_stem), dict(by_text)


def _spelled(words: Iterable[str], forms: Sequence[HanForm]) -> list[Spelled]:
    """For each Chinese name the words that it may spell, and where."""
    model, known = han_model(), dictionary()
    found: list[Spelled] = [{} for _ in forms]
    sounding = sorted(word for word in words if len(word) > 2 and word.isalpha() and known.frequency(word) <= SPOKEN)
    if len(sounding) * sum(len(form.units) for form in forms) > SOUNDED:
        return found
    sounds = Sounds(forms)
    for word in sounding:
        for column, spans in sounds.of(word, model.spelled_least).items():
            found[column][word] = spans
    return found


def _bits(latin: LatinForm, han: HanForm, spelled: Spelled, weights: Weights) -> float:
    """Bits of one pair."""
    model = han_model()
    bits = [weights.of(word) for word in latin.words]
    return align(latin, han, bits, answers(latin, han, bits, spelled, model), model).bits


def together(probability: float, parts: Sequence[tuple[str, float, str]]) -> list[tuple[str, float, str]]:
    """The parts of a pair by itself (`han.explain_cross`) and what its rivals make of it: they add up to log2 of the odds."""
    odds = float(np.log2(probability / (1 - probability)))
    return [*parts, ("rivals", odds - sum(bits for _, bits, _ in parts), "")]
