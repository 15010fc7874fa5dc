"""Match many names in other scripts with many Latin names, without comparing every pair.

A name is compared only with the Latin names that have most in common with it: translations of its words, words that sound like
its characters, and Latin letters. The probabilities (`assignment_probabilities`) assume that each name has at most one partner.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from overt.resolve.names.cross_script.cross_script_alignment import (
    Alignment,
    Spelled,
    WordWeights,
    align,
    find_matches,
    misses_place,
    spelling_bits,
)
from overt.resolve.names.cross_script.cross_script_comparison import assignment_probabilities
from overt.resolve.names.cross_script.cross_script_model import cross_script_model
from overt.resolve.names.cross_script.cross_script_parsing import HanForm, LatinForm, latin_form
from overt.resolve.names.han.cedict import dictionary
from overt.resolve.names.scripts.non_latin_name_parser import parse_non_latin
from overt.resolve.names.scripts.spelling_finders_by_script import NameSpellingFinder

MAX_CANDIDATES = 40
"""Maximum number of Latin names to compare with a name in another script."""
MIN_BITS = 1.0
"""Minimum number of bits of a word by which names are looked up."""
MAX_GLOSSES = 40
"""A word in more dictionary entries than this is matched by its meaning, never by the sound of Chinese characters."""
MAX_SPELLINGS = 20_000_000
"""Maximum product of the numbers of words and of characters. Above it, spellings by sound are not tried, and names match only
by meaning, numbers and letters.
"""

Rows = dict[int, float]
"""For one word: row of each Latin name that contains it → its bits there."""


class CrossPair(NamedTuple):
    """A Latin name and a name in another script, by their indexes in the input lists."""

    latin: int
    han: int
    probability: float
    doubtful: bool = False
    """Whether too much of a name is unmatched, or a place, direction or number of the Latin name is unmatched, or the names may
    be those of two schools (`Alignment.doubtful`).
    """


def cross_pairs(latin: Sequence[tuple[str, str]], han: Sequence[tuple[str, str]], min_probability: float) -> list[CrossPair]:
    """Return the pairs with a match probability of at least `min_probability`, sorted by index.

    `latin` and `han`: names, each with its cluster. Two names of one cluster don't compete for the same match.
    """
    model = cross_script_model()
    rows = [(index, latin_name, cluster) for index, (name, cluster) in enumerate(latin) if (latin_name := latin_form(name)).words]
    columns = [
        (index, form, cluster) for index, (name, cluster) in enumerate(han) if (form := parse_non_latin(name, model)).units
    ]
    if not rows or not columns:
        return []
    weights = WordWeights(model, list({form: None for _, form, _ in rows}))
    by_stem, by_text = _index((form for _, form, _ in rows), weights)
    spelled = _spelled(by_text, [form for _, form, _ in columns])
    cells: list[tuple[int, int]] = []
    bits: list[float] = []
    doubtful: list[bool] = []
    for column, (_, form, _) in enumerate(columns):
        for row in _candidate_rows(form, spelled[column], by_stem, by_text):
            cells.append((row, column))
            alignment = _align(rows[row][1], form, spelled[column], weights)
            bits.append(alignment.bits)
            left = max(alignment.left_latin, alignment.left_han)
            doubtful.append(alignment.doubtful or left > model.same_left or misses_place(rows[row][1], alignment))
    if not cells:
        return []
    places = np.array(cells, np.int64)
    clusters = [row[2] for row in rows], [column[2] for column in columns]
    probabilities = assignment_probabilities(np.array(bits), places[:, 0], places[:, 1], *clusters, model.unmatched_among_many)
    return sorted(
        CrossPair(rows[row][0], columns[column][0], float(probability), doubt)
        for (row, column), probability, doubt in zip(cells, probabilities, doubtful, strict=True)
        if probability >= min_probability
    )


def _candidate_rows(form: HanForm, spelled: Spelled, by_stem: Mapping[str, Rows], by_text: Mapping[str, Rows]) -> list[int]:
    """Return the rows of the Latin names that have most in common with a name in another script, sorted."""
    shared: dict[tuple[str, int], float] = {}
    for stem in form.senses.keys() & by_stem.keys():
        _share(shared, stem, by_stem[stem])
    for _, letters in form.latin:
        _share(shared, letters, by_text.get(letters, {}))
    for text, spans in spelled.items():
        spelled_bits = spelling_bits(spans[0][2], cross_script_model())
        _share(shared, text, {row: min(spelled_bits, bits) for row, bits in by_text[text].items()})
    totals: dict[int, float] = defaultdict(float)
    for (_, row), bits in sorted(shared.items()):
        totals[row] += bits
    return sorted(sorted(totals, key=lambda row: (-totals[row], row))[:MAX_CANDIDATES])


def _share(shared: dict[tuple[str, int], float], word: str, rows: Mapping[int, float]) -> None:
    for row, bits in rows.items():
        shared[word, row] = max(bits, shared.get((word, row), 0.0))


def _index(forms: Iterable[LatinForm], weights: WordWeights) -> tuple[dict[str, Rows], dict[str, Rows]]:
    """Return the rows in which each word occurs, with its bits: by stem, and by letters (including adjacent words joined)."""
    by_stem: dict[str, Rows] = defaultdict(dict)
    by_text: dict[str, Rows] = defaultdict(dict)
    for row, form in enumerate(forms):
        bits = [weights.word_bits(word) for word in form.words]
        for word, worth in zip(form.words, bits, strict=True):
            if word.legal or worth < MIN_BITS:
                continue
            by_stem[word.stem][row] = worth
            by_text[word.text][row] = worth
        for mask, letters in form.joined:
            worth = sum(bits[place] for place in range(len(bits)) if mask >> place & 1)
            if worth >= MIN_BITS:
                by_text[letters][row] = worth
    return dict(by_stem), dict(by_text)


def _spelled(words: Iterable[str], forms: Sequence[HanForm]) -> list[Spelled]:
    """Return, for each name in another script, the words that its characters may spell by sound, with their positions.

    Above MAX_SPELLINGS, the result has no words for any name.
    """
    model, known = cross_script_model(), dictionary()
    spelled: list[Spelled] = [{} for _ in forms]
    finder = NameSpellingFinder(forms)
    is_common = {word: known.frequency(word) > MAX_GLOSSES for word in sorted(words) if len(word) > 1 and word.isalpha()}
    sounding = [word for word, common in is_common.items() if finder.spells_common_words or not common]
    if len(sounding) * sum(len(form.units) for form in forms) > MAX_SPELLINGS:
        return spelled
    for word in sounding:
        for column, spans in finder.find(word, model.spelled_least, is_common=is_common[word]).items():
            spelled[column][word] = spans
    return spelled


def _align(latin: LatinForm, han: HanForm, spelled: Spelled, weights: WordWeights) -> Alignment:
    model = cross_script_model()
    bits = [weights.word_bits(word) for word in latin.words]
    return align(latin, han, bits, find_matches(latin, han, bits, spelled, model), model)
