"""Names compared: the probability that two are of one organisation, by the names alone, and the parts that it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from overt.resolve.names.folding import LONGEST
from overt.resolve.names.name_table import Bools, Floats, Ints, NameTable, distinct, read_name, uncollected
from overt.resolve.names.name_weights import PARTS, NameWeights, Part, name_weights
from overt.resolve.names.parsed_name import parse_name
from overt.resolve.names.word_alignment import COLUMN, parts_of

_AT_ONCE = 1 << 19
"""Pairs of words that are laid side by side at once: what they need stays within a hundred megabytes."""


@dataclass(frozen=True)
class Comparison:
    """Pairs of names compared. Every array has an entry for each pair."""

    score: Floats
    """The probability that both names are of one organisation."""
    parts: Floats
    """Bits of each part, shape (pairs, parts), in the order of `PARTS`; with the prior they add up to log2 of the odds."""

    def part(self, name: Part) -> Floats:
        """The bits of one part."""
        return np.asarray(self.parts[:, COLUMN[name]])

    @property
    def number_differs(self) -> Bools:
        """Whether one name has a number that the other has not."""
        return np.asarray((self.parts[:, [COLUMN["number-differs"], COLUMN["number-alone"]]] < 0).any(axis=1))


class NamePart(NamedTuple):
    """One part of a comparison."""

    part: str
    weight: float
    """Bits (log2 of a Bayes factor): for one organisation above 0, against it below."""
    words: str


def compare(left: Sequence[str], right: Sequence[str]) -> Floats:
    """The probability that the names of each pair (`left[i]`, `right[i]`) are of one organisation; shape (pairs,).

    Symmetrical, and independent of the other pairs. Raises ValueError when the lists differ in length.
    """
    return compare_parts(left, right).score


def compare_parts(left: Sequence[str], right: Sequence[str]) -> Comparison:
    """Like `compare`, with the bits of every part. Each distinct name is taken apart once."""
    if len(left) != len(right):
        raise ValueError(f"{len(left)} names cannot be paired with {len(right)}")
    weights = name_weights()
    names, first, second = distinct(_cut(left), _cut(right))
    with uncollected():
        table = NameTable(names, weights)
    bits = np.zeros((len(first), len(PARTS)))
    per_unit = np.array([weights.parts[part] for part in PARTS]) * weights.calibration
    for chunk in _chunks(table.count[first] * table.count[second]):
        bits[chunk] = parts_of(table, first[chunk], second[chunk], weights) * per_unit
    _across_scripts(bits, table, first, second, weights)
    total = np.clip(weights.prior * weights.calibration + bits.sum(axis=1), -60, 60)
    return Comparison(1 / (1 + np.exp2(-total)), bits)


def explain(left: str, right: str) -> list[NamePart]:
    """The parts of a pair that weigh anything, the prior first; their weights add up to log2 of the score's odds."""
    from overt.resolve.names.comparison_text import words_of

    weights = name_weights()
    compared = compare_parts([left], [right])
    parts = [NamePart("prior", weights.prior * weights.calibration, "")]
    for part in PARTS:
        weight = float(compared.part(part)[0])
        if weight:
            parts.append(NamePart(part, weight, words_of(part, left[:LONGEST], right[:LONGEST])))
    return parts


def forget_names() -> None:
    """Drop what is remembered of names that were compared before (some 65,000 of them)."""
    read_name.cache_clear()
    parse_name.cache_clear()


def _cut(names: Sequence[str]) -> list[str]:
    return [name if len(name) <= LONGEST else name[:LONGEST] for name in names]


def _chunks(sizes: Ints) -> Iterator[slice]:
    """Runs of pairs whose sizes add up to no more than is laid out at once, or single ones."""
    ends = np.cumsum(sizes)
    begin = 0
    while begin < len(sizes):
        before = int(ends[begin] - sizes[begin])
        end = max(begin + 1, int(np.searchsorted(ends, before + _AT_ONCE, side="right")))
        yield slice(begin, end)
        begin = end


def _across_scripts(bits: Floats, table: NameTable, left: Ints, right: Ints, weights: NameWeights) -> None:
    """Chinese beside Latin names: what translation and sound say stands in the place of all but countries and numbers."""
    across = np.flatnonzero(table.han[left] ^ table.han[right])
    if not len(across):
        return
    from overt.resolve.names.han_comparison import cross_score  # reads a dictionary, which others need not wait for

    kept = {COLUMN[part] for part in ("number-differs", "place-differs", "country-alone")}
    replaced = [column for column in range(len(PARTS)) if column not in kept]
    scores: dict[tuple[int, int], float] = {}
    for pair in across:
        one, other = int(left[pair]), int(right[pair])
        latin, han = (other, one) if table.han[one] else (one, other)
        if (latin, han) not in scores:
            scores[latin, han] = cross_score(table.names[latin], table.names[han])
        probability = min(max(scores[latin, han], 1e-9), 1 - 1e-9)
        bits[pair, replaced] = 0
        if not set(table.parsed[latin].places) - set(table.parsed[han].places):
            bits[pair, COLUMN["country-alone"]] = 0  # Chinese says the country of a foreign organisation where others do not
        # That score is calibrated, and its prior is in it.
        odds = weights.parts["across-scripts"] * float(np.log2(probability / (1 - probability)))
        bits[pair, COLUMN["across-scripts"]] = odds - weights.prior * weights.calibration
