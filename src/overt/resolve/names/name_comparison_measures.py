"""Align the words of many pairs of names at once, and measure every part of their comparison."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from overt.resolve.names.abbreviations.initials import abbreviates
from overt.resolve.names.lexicon import KINDS
from overt.resolve.names.name_arrays import CODE, Floats, Ints, NameTable, form_matrix
from overt.resolve.names.name_comparison_weights import PARTS, NameWeights

COLUMN: dict[str, int] = {part: number for number, part in enumerate(PARTS)}
_SOUNDS_ALIKE = 0.1
"""Assumed distance, in edits per letter, between words in two scripts that sound alike."""
_WORDS = (CODE["brand"], CODE["field"], CODE["scope"], CODE["generic"])
_SPECIFIC = (CODE["brand"], CODE["field"])
_PLACES = (CODE["country"], CODE["region"], CODE["city"], CODE["seat"])


class _Side(NamedTuple):
    """The words on one side of all pairs."""

    pair: Ints
    word: Ints
    off: Floats
    """Edits per letter to the closest counterpart; 1 if there is none."""


def parts_of(table: NameTable, left: Ints, right: Ints, weights: NameWeights) -> Floats:
    """Return the amount of each part for each pair, to be multiplied by the part's weight per unit.

    The result has the shape (pairs, parts), with the parts in the order of `PARTS`. `left` and `right` are numbers of names in
    `table`, shape (pairs,).
    """
    amount = np.zeros((len(left), len(PARTS)))
    first, second = _align_words(table, left, right, weights)
    rest_left, rest_right = _left_over(table, first, len(left)), _left_over(table, second, len(left))
    joined_edits = _edits_when_joined(table, left, right, rest_left, rest_right)
    amount[:, COLUMN["spelling"]] = _misspelled(table, first, second, len(left))
    for rest in (rest_left, rest_right):
        rest[joined_edits >= 0] = 0
    near = joined_edits > 0
    amount[near, COLUMN["spelling"]] = np.maximum(amount[near, COLUMN["spelling"]], joined_edits[near])
    agreed = np.minimum(1.0, _agreed(table, first, second, len(left)))
    agreed[joined_edits >= 0] = 1.0
    amount[:, COLUMN["words-agree"]] = agreed
    _words_left(amount, rest_left, rest_right)
    _numbers(amount, table, len(left), rest_left, rest_right, first, second)
    _places(amount, rest_left, rest_right, table, first)
    _forms(amount, table, left, right)
    _abbreviated(amount, table, left, right)
    return amount


def _align_words(table: NameTable, left: Ints, right: Ints, weights: NameWeights) -> tuple[_Side, _Side]:
    """Return the words of both sides, each with the distance to its closest counterpart on the other side."""
    left_count, right_count = table.count[left], table.count[right]
    left_pair, right_pair = np.repeat(np.arange(len(left)), left_count), np.repeat(np.arange(len(left)), right_count)
    left_begin, right_begin = np.cumsum(left_count) - left_count, np.cumsum(right_count) - right_count
    left_word = table.word_of[np.arange(len(left_pair)) + np.repeat(table.start[left] - left_begin, left_count)]
    right_word = table.word_of[np.arange(len(right_pair)) + np.repeat(table.start[right] - right_begin, right_count)]
    # A cell combines a word of the left name with a word of the right name of the same pair.
    width = right_count[left_pair]
    cell_left = np.repeat(np.arange(len(left_pair)), width)
    cell_right = np.arange(len(cell_left)) + np.repeat(right_begin[left_pair] - (np.cumsum(width) - width), width)
    ours, theirs = left_word[cell_left], right_word[cell_right]
    equal = table.meaning[ours] == table.meaning[theirs]
    left_off, right_off = np.ones(len(left_pair)), np.ones(len(right_pair))
    left_off[cell_left[equal]] = 0
    right_off[cell_right[equal]] = 0
    # Only words without an exact counterpart can be misspelled.
    open_cells = np.flatnonzero((left_off[cell_left] > 0) & (right_off[cell_right] > 0))
    cell_left, cell_right, ours, theirs = cell_left[open_cells], cell_right[open_cells], ours[open_cells], theirs[open_cells]
    off = _distances(table, ours, theirs, weights)
    foreign = table.script[left] != table.script[right]
    if foreign.any():
        across = np.flatnonzero(foreign[left_pair[cell_left]])
        sound = table.sounds(ours[across])
        alike = across[(sound >= 0) & (sound == table.sounds(theirs[across]))]
        off[alike] = np.minimum(off[alike], _SOUNDS_ALIKE)
    close = off < 1
    np.minimum.at(left_off, cell_left[close], off[close])
    np.minimum.at(right_off, cell_right[close], off[close])
    return _Side(left_pair, left_word, left_off), _Side(right_pair, right_word, right_off)


def _distances(table: NameTable, ours: Ints, theirs: Ints, weights: NameWeights) -> Floats:
    """Return the edits per letter for pairs of words; 1 if neither is a misspelling of the other."""
    longest = np.maximum(table.length[ours], table.length[theirs])
    allowed = np.zeros(len(ours), dtype=np.int64)
    for length, most in sorted(weights.edits.items()):
        allowed[longest >= length] = most
    brand = CODE["brand"]
    unknown = (table.kind[ours] == brand) | (table.kind[theirs] == brand)
    likely = table.spelled[ours] & table.spelled[theirs] & unknown
    likely &= np.abs(table.length[ours] - table.length[theirs]) <= allowed
    likely &= np.bitwise_count(table.mask[ours] ^ table.mask[theirs]) <= 2 * allowed
    places = np.flatnonzero(likely)
    off = np.ones(len(ours))
    if len(places):
        keys, back = np.unique(ours[places] * len(table.text) + theirs[places], return_inverse=True)
        first = [table.text[word] for word in keys // len(table.text)]
        second = [table.text[word] for word in keys % len(table.text)]
        distance = cpdist(first, second, scorer=OSA.distance, score_cutoff=max(weights.edits.values()), dtype=np.int32, workers=1)
        edits = distance[back]
        near = edits <= allowed[places]
        # With two edits, both words must begin with the same letter.
        near &= (edits < 2) | (table.first[ours[places]] == table.first[theirs[places]])
        off[places[near]] = edits[near] / longest[places[near]]
    return off


def _left_over(table: NameTable, side: _Side, pairs: int) -> Floats:
    """Count the words of each kind that have no counterpart; shape (pairs, kinds). Words of brands count by their weight."""
    unmatched = side.off >= 1
    words = side.word[unmatched]
    kinds = table.kind[words]
    amount = np.where(kinds == CODE["brand"], table.weight[words], 1.0)
    counted = np.bincount(side.pair[unmatched] * len(KINDS) + kinds, weights=amount, minlength=pairs * len(KINDS))
    return counted.reshape(pairs, len(KINDS)).astype(np.float64)


def _agreed(table: NameTable, first: _Side, second: _Side, pairs: int) -> Floats:
    sides = [
        np.bincount(side.pair, weights=table.weight[side.word] * (side.off < 1), minlength=pairs) for side in (first, second)
    ]
    return np.asarray(np.minimum(*sides), dtype=np.float64)


def _misspelled(table: NameTable, first: _Side, second: _Side, pairs: int) -> Floats:
    """Return the edits per letter, summed over the words and divided by the square root of the number of matched words.

    Only words of brands and fields count towards that number.
    """
    total, matched = np.zeros(pairs), np.zeros(pairs)
    for side in (first, second):
        is_match = (side.off < 1) & np.isin(table.kind[side.word], _SPECIFIC)
        total += np.bincount(side.pair, weights=np.where(side.off < 1, side.off, 0), minlength=pairs)
        matched += np.bincount(side.pair, weights=is_match, minlength=pairs)
    return np.asarray(total / 2 / np.sqrt(np.maximum(1, matched / 2)), dtype=np.float64)


def _edits_when_joined(table: NameTable, left: Ints, right: Ints, rest_left: Floats, rest_right: Floats) -> Floats:
    """Return the edits per letter for names that are equal without spaces, or nearly equal; -1 for other pairs.

    Names also count as equal (0) if they are equal including their legal forms, or if one is the other's alias. They may differ
    by one letter if they have more than six letters, different numbers of words, and no number or place without a counterpart.
    """
    result = np.full(len(left), -1.0)
    same = (table.joined[left] == table.joined[right]) | (table.complete[left] == table.complete[right])
    same |= (table.alias[left] == table.joined[right]) | (table.joined[left] == table.alias[right])
    result[same & (table.letters[left] > 1)] = 0
    spaced = table.count[left] != table.count[right]
    distinguished = (rest_left + rest_right)[:, (CODE["number"], *_PLACES)].sum(axis=1) > 0
    open_pairs = np.flatnonzero(
        ~(same | distinguished)
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
        result[close] = 1 / np.maximum(table.letters[left[close]], table.letters[right[close]])
    return result


def _words_left(amount: Floats, left: Floats, right: Floats) -> None:
    shares = np.array([1.0, 1.0, 0.8, 0.5])
    both = np.minimum(left[:, _WORDS] @ shares, right[:, _WORDS] @ shares)
    amount[:, COLUMN["words-differ"]] = np.minimum(2.0, both)
    most = np.maximum(left, right)
    one_sided = (left[:, _WORDS].sum(axis=1) == 0) | (right[:, _WORDS].sum(axis=1) == 0)
    # Short names omit a firm's field (Hikvision for Hikvision Digital Technology), so further words for the field hardly matter.
    most[one_sided, CODE["field"]] = np.minimum(most[one_sided, CODE["field"]], 0.75 + most[one_sided, CODE["field"]] / 4)
    for kind in ("brand", "field", "scope", "generic"):
        amount[:, COLUMN[f"{kind}-left-over"]] = np.minimum(2.0, most[:, CODE[kind]])


def _numbers(
    amount: Floats, table: NameTable, count: int, rest_left: Floats, rest_right: Floats, first: _Side, second: _Side
) -> None:
    number = CODE["number"]
    both = (rest_left[:, number] > 0) & (rest_right[:, number] > 0)
    one_sided = (rest_left[:, number] > 0) != (rest_right[:, number] > 0)
    for side in (first, second):  # the first item of a series often has no number
        unmatched = (side.off >= 1) & (table.kind[side.word] == number)
        not_first = np.array([text != "1" for text in table.text], dtype=np.bool_)
        distinct = np.bincount(side.pair, weights=unmatched & not_first[side.word], minlength=count) > 0
        one_sided &= distinct | ~(np.bincount(side.pair, weights=unmatched, minlength=count) > 0)
    amount[:, COLUMN["number-differs"]] = both
    amount[:, COLUMN["number-alone"]] = one_sided


def _places(amount: Floats, left: Floats, right: Floats, table: NameTable, first: _Side) -> None:
    ours, theirs = left[:, _PLACES] > 0, right[:, _PLACES] > 0
    differs = ours.any(axis=1) & theirs.any(axis=1)
    amount[:, COLUMN["place-differs"]] = differs
    for column, kind in enumerate(("country", "region", "city", "seat")):
        amount[:, COLUMN[f"{kind}-alone"]] = (ours[:, column] | theirs[:, column]) & ~differs
    # If a name has no brand, a city at its beginning matters as much as elsewhere: Harbin Engineering University.
    has_brand = (
        np.bincount(first.pair, weights=(first.off < 1) & (table.kind[first.word] == CODE["brand"]), minlength=len(amount)) > 0
    )
    amount[:, COLUMN["city-alone"]] = np.maximum(amount[:, COLUMN["city-alone"]], amount[:, COLUMN["seat-alone"]] * ~has_brand)
    amount[:, COLUMN["seat-alone"]] *= has_brand
    agrees = (first.off == 0) & np.isin(table.kind[first.word], _PLACES)
    amount[:, COLUMN["place-agrees"]] = np.bincount(first.pair, weights=agrees, minlength=len(amount)) > 0


def _forms(amount: Floats, table: NameTable, left: Ints, right: Ints) -> None:
    matrix = form_matrix()
    ours, theirs = table.form[left], table.form[right]
    amount[:, COLUMN["form-agrees"]] = matrix.agree[ours, theirs]
    amount[:, COLUMN["form-differs"]] = matrix.differ[ours, theirs]
    amount[:, COLUMN["form-elsewhere"]] = matrix.elsewhere[ours, theirs] & ~(table.han[left] ^ table.han[right])


def _abbreviated(amount: Floats, table: NameTable, left: Ints, right: Ints) -> None:
    """Score pairs of a name and its initials.

    In these pairs, the parts for words and spelling are set to 0, and so are those for places that only one name has, unless
    the short name has further words.
    """
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
