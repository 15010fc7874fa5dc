"""Compare names: the probability that two names belong to the same organisation, and the parts that it consists of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from overt.model.engines.garbage_collection_pause import paused_garbage_collection
from overt.resolve.names.folding_and_scripts import MAX_NAME_LENGTH
from overt.resolve.names.name_arrays import Floats, Ints, NameTable, number_distinct
from overt.resolve.names.name_comparison_measures import COLUMN, parts_of
from overt.resolve.names.name_comparison_weights import PARTS, NameWeights, PartName, name_weights

_CHUNK = 1 << 19
"""Number of pairs of words to compare at once. This uses about a hundred megabytes of memory."""


@dataclass(frozen=True)
class NameComparison:
    """The comparison of many pairs of names. Each array has one item per pair."""

    score: Floats
    """Probability that both names belong to the same organisation."""
    parts: Floats
    """Bits of each part, shape (pairs, parts), in the order of `PARTS`. Together with the prior they add up to log2 of the odds.
    """

    def part(self, name: PartName) -> Floats:
        """Return the bits of one part, for each pair of names."""
        return np.asarray(self.parts[:, COLUMN[name]])


class NamePart(NamedTuple):
    """One part of a comparison."""

    part: str
    weight: float
    """Bits (log2 of a Bayes factor): positive for the same organisation, negative against it."""
    words: str


def compare_names(left: Sequence[str], right: Sequence[str]) -> Floats:
    """Return the probability that each pair (`left[i]`, `right[i]`) belongs to the same organisation; shape (pairs,).

    The result is symmetrical and doesn't depend on the other pairs. Raises ValueError if the lists differ in length.
    """
    return compare_parts(left, right).score


def compare_parts(left: Sequence[str], right: Sequence[str]) -> NameComparison:
    """Compare as `compare_names` does, and return the bits of every part. Each distinct name is parsed once.

    Raises ValueError if the lists differ in length.
    """
    if len(left) != len(right):
        raise ValueError(f"{len(left)} names cannot be paired with {len(right)}")
    weights = name_weights()
    names, first, second = number_distinct(_cut(left), _cut(right))
    with paused_garbage_collection():
        table = NameTable(names, weights)
    bits = np.zeros((len(first), len(PARTS)))
    per_unit = np.array([weights.parts[part] for part in PARTS]) * weights.calibration
    for chunk in _chunks(table.count[first] * table.count[second]):
        bits[chunk] = parts_of(table, first[chunk], second[chunk], weights) * per_unit
    _across_scripts(bits, table, first, second, weights)
    total = np.clip(weights.prior * weights.calibration + bits.sum(axis=1), -60, 60)
    return NameComparison(1 / (1 + np.exp2(-total)), bits)


def explain_names(left: str, right: str) -> list[NamePart]:
    """Return the prior and the parts with a non-zero weight for two names. The weights add up to log2 of the score's odds."""
    from overt.resolve.names.words_behind_name_comparison_parts import words_of

    weights = name_weights()
    comparison = compare_parts([left], [right])
    parts = [NamePart("prior", weights.prior * weights.calibration, "")]
    for part in PARTS:
        weight = float(comparison.part(part)[0])
        if weight:
            parts.append(NamePart(part, weight, words_of(part, left[:MAX_NAME_LENGTH], right[:MAX_NAME_LENGTH])))
    return parts


def _cut(names: Sequence[str]) -> list[str]:
    return [name if len(name) <= MAX_NAME_LENGTH else name[:MAX_NAME_LENGTH] for name in names]


def _chunks(sizes: Ints) -> Iterator[slice]:
    """Yield runs of pairs whose sizes add up to at most `_CHUNK`. A larger pair is a run of its own."""
    ends = np.cumsum(sizes)
    begin = 0
    while begin < len(sizes):
        before = int(ends[begin] - sizes[begin])
        end = max(begin + 1, int(np.searchsorted(ends, before + _CHUNK, side="right")))
        yield slice(begin, end)
        begin = end


def _across_scripts(bits: Floats, table: NameTable, left: Ints, right: Ints, weights: NameWeights) -> None:
    """For pairs with only one Chinese name, replace most parts in `bits` with a comparison of meanings and sounds.

    Three parts are kept: differing numbers, differing places and, if the Latin name has a place that the Chinese name lacks, a
    country in only one of the names.
    """
    across = np.flatnonzero(table.han[left] ^ table.han[right])
    if not len(across):
        return
    from overt.resolve.names.cross_script.cross_script_comparison import cross_score  # imported here because importing it is slow

    unchanged = {COLUMN[part] for part in ("number-differs", "place-differs", "country-alone")}
    replaced = [column for column in range(len(PARTS)) if column not in unchanged]
    scores: dict[tuple[int, int], float] = {}
    for pair in across:
        first, second = int(left[pair]), int(right[pair])
        latin, han = (second, first) if table.han[first] else (first, second)
        if (latin, han) not in scores:
            scores[latin, han] = cross_score(table.names[latin], table.names[han])
        probability = min(max(scores[latin, han], 1e-9), 1 - 1e-9)
        bits[pair, replaced] = 0
        if not set(table.parsed[latin].places) - set(table.parsed[han].places):
            # Chinese names state a foreign organisation's country more often than Latin names do.
            bits[pair, COLUMN["country-alone"]] = 0
        # The score is calibrated and includes its own prior.
        odds = weights.parts["across-scripts"] * float(np.log2(probability / (1 - probability)))
        bits[pair, COLUMN["across-scripts"]] = odds - weights.prior * weights.calibration
