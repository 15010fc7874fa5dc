"""Words of pairs of names put side by side, many pairs at once: what agrees, what is left over, what differs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from overt.resolve.names.initials import abbreviates
from overt.resolve.names.lexicon import KINDS
from overt.resolve.names.name_table import CODE, Floats, Ints, NameTable, forms
from overt.resolve.names.name_weights import PARTS, NameWeights

COLUMN: dict[str, int] = {part: number for number, part in enumerate(PARTS)}
_SOUNDS_ALIKE = 0.1
"""How misspelled a word counts that only sounds alike, across scripts."""
_WORDS = (CODE["brand"], CODE["field"], CODE["scope"], CODE["generic"])
_TELLING = (CODE["brand"], CODE["field"])
_PLACES = (CODE["country"], CODE["region"], CODE["city"], CODE["seat"])


class _Side(NamedTuple):
    """The words of one side of the pairs, one after the other."""

    pair: Ints
    word: Ints
    off: Floats
    """How far the best counterpart is from the word, per letter; 1 where there is none."""


def parts_of(table: NameTable, left: Ints, right: Ints, weights: NameWeights) -> Floats:
    """How much of each part is in each pair; shape (pairs, parts), the parts in the order of `PARTS`.

    `left` and `right` are numbers of names in `table`, shape (pairs,).
    """
    amount = np.zeros((len(left), len(PARTS)))
    first, second = _aligned(table, left, right, weights)
    rest_left, rest_right = _left_over(table, first, len(left)), _left_over(table, second, len(left))
    whole = _run_together(table, left, right, rest_left, rest_right)
    amount[:, COLUMN["spelling"]] = _misspelled(table, first, second, len(left))
    for rest in (rest_left, rest_right):
        rest[whole >= 0] = 0
    near = whole > 0
    amount[near, COLUMN["spelling"]] = np.maximum(amount[near, COLUMN["spelling"]], whole[near])
    agreed = np.minimum(1.0, _agreed(table, first, second, len(left)))
    agreed[whole >= 0] = 1.0
    amount[:, COLUMN["words-agree"]] = agreed
    _words_left(amount, rest_left, rest_right)
    _numbers(amount, table, left, right, rest_left, rest_right, first, second)
    _places(amount, rest_left, rest_right, table, first)
    _forms(amount, table, left, right)
    _abbreviated(amount, table, left, right)
    return amount


def _aligned(table: NameTable, left: Ints, right: Ints, weights: NameWeights) -> tuple[_Side, _Side]:
    """Each word of both sides with how far its best counterpart is."""
    left_count, right_count = table.count[left], table.count[right]
    left_pair, right_pair = np.repeat(np.arange(len(left)), left_count), np.repeat(np.arange(len(left)), right_count)
    left_begin, right_begin = np.cumsum(left_count) - left_count, np.cumsum(right_count) - right_count
    left_word = table.word_of[np.arange(len(left_pair)) + np.repeat(table.start[left] - left_begin, left_count)]
    right_word = table.word_of[np.arange(len(right_pair)) + np.repeat(table.start[right] - right_begin, right_count)]
    # Every word of the left with every one of the right of its pair: cells, one after the other.
    width = right_count[left_pair]
    cell_left = np.repeat(np.arange(len(left_pair)), width)
    cell_right = np.arange(len(cell_left)) + np.repeat(right_begin[left_pair] - (np.cumsum(width) - width), width)
    one, other = left_word[cell_left], right_word[cell_right]
    equal = table.meaning[one] == table.meaning[other]
    left_off, right_off = np.ones(len(left_pair)), np.ones(len(right_pair))
    left_off[cell_left[equal]] = 0
    right_off[cell_right[equal]] = 0
    # Only words without an equal counterpart can be misspelled.
    open_cells = np.flatnonzero((left_off[cell_left] > 0) & (right_off[cell_right] > 0))
    cell_left, cell_right, one, other = cell_left[open_cells], cell_right[open_cells], one[open_cells], other[open_cells]
    off = _distances(table, one, other, weights)
    foreign = table.script[left] != table.script[right]
    if foreign.any():
        across = np.flatnonzero(foreign[left_pair[cell_left]])
        sound = table.sounds(one[across])
        alike = across[(sound >= 0) & (sound == table.sounds(other[across]))]
        off[alike] = np.minimum(off[alike], _SOUNDS_ALIKE)
    close = off < 1
    np.minimum.at(left_off, cell_left[close], off[close])
    np.minimum.at(right_off, cell_right[close], off[close])
    return _Side(left_pair, left_word, left_off), _Side(right_pair, right_word, right_off)


def _distances(table: NameTable, one: Ints, other: Ints, weights: NameWeights) -> Floats:
    """Edits per letter for pairs of words; 1 for words that are not one word misspelled."""
    longest = np.maximum(table.length[one], table.length[other])
    allowed = np.zeros(len(one), dtype=np.int64)
    for length, edits in sorted(weights.edits.items()):
        allowed[longest >= length] = edits
    brand = CODE["brand"]
    unknown = (table.kind[one] == brand) | (table.kind[other] == brand)
    likely = table.spelled[one] & table.spelled[other] & unknown
    likely &= np.abs(table.length[one] - table.length[other]) <= allowed
    likely &= np.bitwise_count(table.mask[one] ^ table.mask[other]) <= 2 * allowed
    places = np.flatnonzero(likely)
    off = np.ones(len(one))
    if len(places):
        keys, back = np.unique(one[places] * len(table.text) + other[places], return_inverse=True)
        first = [table.text[word] for word in keys // len(table.text)]
        second = [table.text[word] for word in keys % len(table.text)]
        distance = cpdist(first, second, scorer=OSA.distance, score_cutoff=max(weights.edits.values()), dtype=np.int32, workers=1)
        found = distance[back]
        fine = found <= allowed[places]
        fine &= (found < 2) | (table.first[one[places]] == table.first[other[places]])  # two edits need the same beginning
        off[places[fine]] = found[fine] / longest[places[fine]]
    return off


def _left_over(table: NameTable, side: _Side, pairs: int) -> Floats:
    """The words without a counterpart: how many of each kind, those of the brand by their share; shape (pairs, kinds)."""
    alone = side.off >= 1
    words = side.word[alone]
    kinds = table.kind[words]
    amount = np.where(kinds == CODE["brand"], table.weight[words], 1.0)
    counted = np.bincount(side.pair[alone] * len(KINDS) + kinds, weights=amount, minlength=pairs * len(KINDS))
    return counted.reshape(pairs, len(KINDS)).astype(np.float64)


def _agreed(table: NameTable, first: _Side, second: _Side, pairs: int) -> Floats:
    sides = [np.bincount(one.pair, weights=table.weight[one.word] * (one.off < 1), minlength=pairs) for one in (first, second)]
    return np.asarray(np.minimum(*sides), dtype=np.float64)


def _misspelled(table: NameTable, first: _Side, second: _Side, pairs: int) -> Floats:
    """Edits per letter, summed over words; less where more other words agree."""
    total, matched = np.zeros(pairs), np.zeros(pairs)
    for side in (first, second):
        found = (side.off < 1) & np.isin(table.kind[side.word], _TELLING)
        total += np.bincount(side.pair, weights=np.where(side.off < 1, side.off, 0), minlength=pairs)
        matched += np.bincount(side.pair, weights=found, minlength=pairs)
    return np.asarray(total / 2 / np.sqrt(np.maximum(1, matched / 2)), dtype=np.float64)


def _run_together(table: NameTable, left: Ints, right: Ints, rest_left: Floats, rest_right: Floats) -> Floats:
    """Names that differ by spaces (and one letter): edits per letter; 0 where nothing else differs, -1 where more does."""
    found = np.full(len(left), -1.0)
    same = (table.joined[left] == table.joined[right]) | (table.complete[left] == table.complete[right])
    same |= (table.alias[left] == table.joined[right]) | (table.joined[left] == table.alias[right])
    found[same & (table.letters[left] > 1)] = 0
    spaced = table.count[left] != table.count[right]
    told_apart = (rest_left + rest_right)[:, (CODE["number"], *_PLACES)].sum(axis=1) > 0
    open_pairs = np.flatnonzero(
        ~(same | told_apart)
        & spaced
        & (rest_left.sum(axis=1) + rest_right.sum(axis=1) > 0)
        & (np.abs(table.letters[left] - table.letters[right]) <= 1)
        & (np.minimum(table.letters[left], table.letters[right]) > 6)
    )
    if len(open_pairs):
        first = [table.parsed[name].joined for name in left[open_pairs]]
        second = [table.parsed[name].joined for name in right[open_pairs]]
        edits = cpdist(first, second, scorer=OSA.distance, score_cutoff=1, dtype=np.int32, workers=1)
        close = open_pairs[edits <= 1]
        found[close] = 1 / np.maximum(table.letters[left[close]], table.letters[right[close]])
    return found


def _words_left(amount: Floats, left: Floats, right: Floats) -> None:
    shares = np.array([1.0, 1.0, 0.8, 0.5])
    both = np.minimum(left[:, _WORDS] @ shares, right[:, _WORDS] @ shares)
    amount[:, COLUMN["words-differ"]] = np.minimum(2.0, both)
    most = np.maximum(left, right)
    one_sided = (left[:, _WORDS].sum(axis=1) == 0) | (right[:, _WORDS].sum(axis=1) == 0)
    # Short names leave out what the firm does, all at once: Hikvision for Hikvision Digital Technology.
    most[one_sided, CODE["field"]] = np.minimum(most[one_sided, CODE["field"]], 0.75 + most[one_sided, CODE["field"]] / 4)
    for kind in ("brand", "field", "scope", "generic"):
        amount[:, COLUMN[f"{kind}-left-over"]] = np.minimum(2.0, most[:, CODE[kind]])


def _numbers(
    amount: Floats, table: NameTable, left: Ints, right: Ints, rest_left: Floats, rest_right: Floats, first: _Side, second: _Side
) -> None:
    number = CODE["number"]
    both = (rest_left[:, number] > 0) & (rest_right[:, number] > 0)
    alone = (rest_left[:, number] > 0) != (rest_right[:, number] > 0)
    for side in (first, second):  # the first of a series is often named without its number
        ones = (side.off >= 1) & (table.kind[side.word] == number)
        other = np.array([text != "1" for text in table.text], dtype=np.bool_)
        telling = np.bincount(side.pair, weights=ones & other[side.word], minlength=len(left)) > 0
        alone &= telling | ~(np.bincount(side.pair, weights=ones, minlength=len(left)) > 0)
    amount[:, COLUMN["number-differs"]] = both
    amount[:, COLUMN["number-alone"]] = alone


def _places(amount: Floats, left: Floats, right: Floats, table: NameTable, first: _Side) -> None:
    ours, theirs = left[:, _PLACES] > 0, right[:, _PLACES] > 0
    differs = ours.any(axis=1) & theirs.any(axis=1)
    amount[:, COLUMN["place-differs"]] = differs
    for column, kind in enumerate(("country", "region", "city", "seat")):
        amount[:, COLUMN[f"{kind}-alone"]] = (ours[:, column] | theirs[:, column]) & ~differs
    # A city tells much where no brand does: Harbin Engineering University.
    named = (
        np.bincount(first.pair, weights=(first.off < 1) & (table.kind[first.word] == CODE["brand"]), minlength=len(amount)) > 0
    )
    amount[:, COLUMN["city-alone"]] = np.maximum(amount[:, COLUMN["city-alone"]], amount[:, COLUMN["seat-alone"]] * ~named)
    amount[:, COLUMN["seat-alone"]] *= named
    agrees = (first.off == 0) & np.isin(table.kind[first.word], _PLACES)
    amount[:, COLUMN["place-agrees"]] = np.bincount(first.pair, weights=agrees, minlength=len(amount)) > 0


def _forms(amount: Floats, table: NameTable, left: Ints, right: Ints) -> None:
    known = forms()
    ours, theirs = table.form[left], table.form[right]
    amount[:, COLUMN["form-agrees"]] = known.agree[ours, theirs]
    amount[:, COLUMN["form-differs"]] = known.differ[ours, theirs]
    amount[:, COLUMN["form-elsewhere"]] = known.elsewhere[ours, theirs] & ~(table.han[left] ^ table.han[right])


def _abbreviated(amount: Floats, table: NameTable, left: Ints, right: Ints) -> None:
    """One name is the initials of the other: what was left over says nothing then."""
    for short, long in ((left, right), (right, left)):
        likely = table.is_short[short] & (table.initial[short] == table.initial[long]) & (table.count[long] > 1)
        for pair in np.flatnonzero(likely & (amount[:, COLUMN["brand-left-over"]] > 0)):
            letters = table.short[short[pair]]
            if letters and abbreviates(letters, table.parsed[long[pair]]):
                _clear(amount[pair], keep_place=table.count[short[pair]] > 1)
                amount[pair, COLUMN["initials"]] = 1 + (len(letters) - 3) / 2


def _clear(row: NDArray[np.float64], *, keep_place: bool) -> None:
    for part in (
        "words-agree",
        "spelling",
        "brand-left-over",
        "field-left-over",
        "scope-left-over",
        "generic-left-over",
        "words-differ",
    ):
        row[COLUMN[part]] = 0
    if not keep_place:
        for part in ("country-alone", "region-alone", "city-alone", "seat-alone"):
            row[COLUMN[part]] = 0
