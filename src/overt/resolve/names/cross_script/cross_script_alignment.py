"""Align a name in another script with a Latin name: find the best matches that use no word or character twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from overt.resolve.names.cross_script.cross_script_model import CrossScriptModel, han_words
from overt.resolve.names.cross_script.cross_script_parsing import HanForm, LatinForm, LatinWord
from overt.resolve.names.han.cedict import dictionary
from overt.resolve.names.place_name_meanings import gazetteer

_BEAM = 12
"""Number of alternatives to follow at each character."""
_COMMON = 0.3
"""Weight of a common word in a meaning that has several words. Other words have weight 1."""
Spelled = dict[str, list[tuple[int, int, float]]]
"""Word → start, end and bits of its best spellings in one name."""
HOPELESS = -3.0
"""A pair is not aligned if even all its matches, minus the cost of all Latin words, give fewer bits than this."""


class Match(NamedTuple):
    """A match of the units (characters or words) from `begin` up to `end` with the Latin words in the bit mask."""

    begin: int
    end: int
    mask: int
    bits: float
    part: str
    """The kind of match, one of the kinds of evidence that `explain_cross` lists."""
    quality: float = 1.0
    """Share of the cost of its words and characters that the match saves. A poor match saves little."""


class Alignment(NamedTuple):
    """The best set of matches, and the words and characters that remain unmatched."""

    bits: float
    matches: tuple[Match, ...]
    missed_latin: int
    """Bit mask of the unmatched Latin words."""
    numbers: float = 0.0
    """The cost of differing numbers, already part of `bits`."""
    left_latin: float = 0.0
    """Share of the Latin words' total cost that no match saves."""
    left_han: float = 0.0
    """Share of the other name's total cost that no match saves."""
    doubtful: bool = False
    """Whether only words with several renderings match, apart from places, directions, common words and legal forms. Tianjin
    University of Technology is the English name of both 天津工业大学 and 天津理工大学.
    """
    replaced: float = 0.0
    """The cost of unmatched words on both sides, where one seems to replace the other; already part of `bits`."""


class WordWeights:
    """The bits of Latin words, depending on how common a word is in general and among the compared names."""

    def __init__(self, model: CrossScriptModel, forms: Sequence[LatinForm] = ()) -> None:
        self._model = model
        self._count = len(forms)
        self._counts: dict[str, int] = defaultdict(int)
        for form in forms:
            for root in {word.stem for word in form.words}:
                self._counts[root] += 1

    def word_bits(self, word: LatinWord) -> float:
        """Return the bits of a word: the weight of its kind, or less if it is common among the compared names or in brackets."""
        model = self._model
        if word.legal:
            return model.legal
        if word.number:
            bits = model.number
        elif word.common:
            bits = model.common
        elif word.trade:
            bits = model.trade
        else:
            bits = model.place if word.stem in gazetteer().stems else model.rare
        if count := self._counts.get(word.stem, 0):
            bits = min(bits, 2 + float(np.log2((self._count + 1) / count)))
        return bits * (model.aside if word.aside else 1.0)


@lru_cache(maxsize=1 << 13)
def relatives(word: str) -> dict[str, float]:
    """Return pieces of the Chinese words for the stem of a Latin word, each with the share of its word that it makes up.

    For example, 解决 is half of 解决方案 (solution). A single character counts in proportion to the words that contain it.
    """
    heads = [*dictionary().headwords(word)[:40], *han_words().latin.get(word, ())]
    if not heads:
        return {}
    pieces: dict[str, float] = {}
    characters: dict[str, float] = defaultdict(float)
    for head in heads:
        for character in set(head):
            characters[character] += 1 / len(heads)
        for begin in range(len(head)):
            for end in range(begin + 2, min(len(head), begin + 4) + 1):
                piece = head[begin:end]
                pieces[piece] = max(pieces.get(piece, 0.0), (end - begin) / len(head))
    many = min(1.0, len(heads) / 3)
    pieces |= {character: share * many for character, share in characters.items() if share >= 0.2 and "一" <= character <= "鿿"}
    return pieces


def find_matches(latin: LatinForm, han: HanForm, bits: Sequence[float], sounds: Spelled, model: CrossScriptModel) -> list[Match]:
    """Return the possible matches: for each span of units and set of Latin words, the best match.

    `bits`: the weight of each Latin word, in bits. `sounds`: letters → start, end and bits of their spellings in this name.
    """
    matches: dict[tuple[int, int, int], Match] = {}

    def add(begin: int, end: int, mask: int, worth: float, part: str, quality: float = 1.0) -> None:
        known = matches.get((begin, end, mask))
        if worth > 0 and (known is None or (worth, quality) > (known.bits, known.quality)):
            matches[begin, end, mask] = Match(begin, end, mask, worth, part, quality)

    def translated(begin: int, end: int) -> str:
        return "rendered" if (begin, end) in han.rendered else "translated"

    meanings: dict[tuple[int, int, frozenset[str]], list[float]] = {}
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(latin.words):
        places[word.stem].append(place)
        if word.stem in han.senses:
            for begin, end, sense, trust in han.senses[word.stem]:
                meanings.setdefault((begin, end, sense.stems), []).append(trust)
        for part, share in word.parts:
            for begin, end, sense, trust in han.senses.get(part, ()):
                if len(sense.stems) == 1:
                    add(begin, end, 1 << place, bits[place] * model.part * share * trust, "part", _half(share))
        kin = relatives(word.stem)
        for piece in kin.keys() & han.pieces.keys():
            share = kin[piece]
            for begin in han.pieces[piece]:
                top = model.related if len(piece) > 1 else model.related_sign
                add(begin, begin + len(piece), 1 << place, bits[place] * top * share, "related", _half(share))
        if word.number:
            for begin, end in han.numbers.get(word.number, ()):
                add(begin, end, 1 << place, bits[place], "number")
        for begin, end, sound_bits in sounds.get(word.text, ()):
            if _is_other_place(word.stem, "".join(han.units[begin:end])):
                continue
            worth = spelling_bits(sound_bits, model)
            share = min(1.0, bits[place] / model.rare)
            add(begin, end, 1 << place, worth * share, "spelled", min(1.0, worth / model.spelled_sure))
    for (begin, end, stems), trusts in meanings.items():
        met = [root for root in stems if root in places]
        share = (len(met) / len(stems)) ** model.partial * max(trusts) * model.translated
        for place in places[met[0]] if len(met) == 1 else ():
            add(begin, end, 1 << place, share * bits[place], translated(begin, end), _matched(stems, met))
        if len(met) > 1:
            chosen = [places[root][0] for root in met]
            mask = sum(1 << place for place in set(chosen))
            worth = share * sum(bits[place] for place in set(chosen))
            add(begin, end, mask, worth, translated(begin, end), _matched(stems, met))
    for mask, letters in latin.joined:
        for begin, end, sound_bits in sounds.get(letters, ()):
            worth = spelling_bits(sound_bits, model)
            add(begin, end, mask, worth, "spelled", min(1.0, worth / model.spelled_sure))
    for begin, letters in han.latin:
        _match_letters(latin, begin, letters, add, model)
    return list(matches.values())


def _is_other_place(root: str, characters: str) -> bool:
    """Return whether a Latin word and characters that sound like it are names of two places, like Shanxi and 陕西 (Shaanxi)."""
    known = gazetteer()
    senses = known.senses.get(characters)
    return senses is not None and root in known.stems and not any(root in sense.stems for sense in senses)


def _matched(stems: Iterable[str], met: Iterable[str]) -> float:
    """Return the share of a meaning that matches, so that "corporation" is a small part of 도로공사, "expressway corporation"."""
    common = han_words().common
    return sum(_COMMON if stem in common else 1.0 for stem in met) / sum(_COMMON if stem in common else 1.0 for stem in stems)


def _half(share: float) -> float:
    return (1 + share) / 2


def spelling_bits(bits: float, model: CrossScriptModel) -> float:
    """Return the weight of a match by sound, in bits, from the bits that a spelling finder gives it."""
    return min(model.spelled_most, max(0.01, model.spelled * (bits - model.spelled_from)))


def _match_letters(
    latin: LatinForm, begin: int, letters: str, add: Callable[[int, int, int, float, str], None], model: CrossScriptModel
) -> None:
    """Match Latin letters in the other name with an equal word, joined words, the initials of several words, or a longer or
    shorter word with the same beginning. The last of these gives fewer bits.
    """
    worth = min(model.rare + 2, model.letters * len(letters))
    for place, word in enumerate(latin.words):
        if word.text == letters:
            add(begin, begin + 1, 1 << place, worth, "letters")
        elif len(letters) > 2 and len(word.text) > 2 and (word.text.startswith(letters) or letters.startswith(word.text)):
            add(begin, begin + 1, 1 << place, worth * 0.6, "letters")
    for mask, joined in latin.joined:
        if joined == letters:
            add(begin, begin + 1, mask, worth, "letters")
    plain = [place for place, word in enumerate(latin.words) if not word.legal]
    initials = "".join(latin.words[place].text[0] for place in plain)
    if len(letters) > 1 and (at := initials.find(letters)) >= 0:
        mask = sum(1 << place for place in plain[at : at + len(letters)])
        add(begin, begin + 1, mask, model.initials * len(letters), "initials")


def align(latin: LatinForm, han: HanForm, bits: Sequence[float], matches: list[Match], model: CrossScriptModel) -> Alignment:
    """Return the set of matches with the most bits, once the cost of each unmatched word and character is subtracted.

    The bits of the result also include the costs of differing numbers and replaced words, and a bonus that grows with the matched
    shares of both names. A pair that can't reach `HOPELESS` bits gets no matches.
    """
    miss = [model.missed_latin * value for value in bits]
    best_bits: dict[int, float] = {}
    for match in matches:
        saved = match.quality * sum(miss[word] for word in _places(match.mask))
        best_bits[match.mask] = max(best_bits.get(match.mask, 0.0), match.bits + saved)
    if sum(best_bits.values()) - sum(miss) < HOPELESS:
        return Alignment(-sum(miss) - han.silent, (), (1 << len(bits)) - 1, left_latin=1.0, left_han=1.0)
    starts: dict[int, list[Match]] = defaultdict(list)
    for match in sorted(matches):
        starts[match.begin].append(match)
    size = len(han.units)
    states: list[dict[int, tuple[float, tuple[Match, ...]]]] = [{} for _ in range(size + 1)]
    states[0][0] = (0.0, ())
    for place in range(size):
        beam = list(states[place].items())
        if len(beam) > _BEAM:
            beam = sorted(beam, key=lambda item: (-item[1][0], item[0]))[:_BEAM]
        for mask, (score, chosen) in beam:
            _reach(states[place + 1], mask, score - han.costs[place], chosen)
            for end, cost in han.passes.get(place, ()):
                _reach(states[end], mask, score - cost, chosen)
            for match in starts.get(place, ()):
                if not match.mask & mask:
                    saved = match.quality * sum(miss[word] for word in _places(match.mask))
                    if match.quality < 1:
                        saved -= (1 - match.quality) * sum(han.costs[match.begin : match.end])
                    _reach(states[match.end], mask | match.mask, score + match.bits + saved, (*chosen, match))
    mask, (score, chosen) = min(states[size].items(), key=lambda item: (-item[1][0], item[0]))
    missed = ((1 << len(bits)) - 1) & ~mask
    numbers = model.numbers_differ if _numbers_differ(latin, han, chosen, missed) else 0.0
    left = sum(miss[place] for place in _places(missed))
    left += sum((1 - match.quality) * sum(miss[place] for place in _places(match.mask)) for match in chosen)
    earned = sum(match.bits for match in chosen) + sum(miss) - left
    replaced = model.replaced * min(left, earned - score)
    left_latin, left_han = left / sum(miss), min(1.0, (earned - score) / max(han.silent, 1e-9))
    return Alignment(
        score - sum(miss) - numbers - replaced + model.complete * (1 - left_latin) * (1 - left_han),
        chosen,
        missed,
        numbers,
        left_latin=left_latin,
        left_han=left_han,
        doubtful=_is_doubtful(latin, chosen),
        replaced=replaced,
    )


def _numbers_differ(latin: LatinForm, han: HanForm, chosen: Sequence[Match], missed: int) -> bool:
    """Return whether both names have an unmatched number, like 55th Research Institute and 第十三研究所 (13th)."""
    if not han.numbers or not any(latin.words[place].number and not latin.words[place].aside for place in _places(missed)):
        return False
    matched = {unit for match in chosen for unit in range(match.begin, match.end)}
    return any(end - 1 not in matched for spans in han.numbers.values() for _, end in spans)


def _is_doubtful(latin: LatinForm, chosen: Sequence[Match]) -> bool:
    if not any(match.part == "rendered" for match in chosen):
        return False
    words = (latin.words[place] for match in chosen if match.part != "rendered" for place in _places(match.mask))
    return all(word.common or word.legal or word.stem in gazetteer().stems or word.text in _SIDES for word in words)


def misses_place(latin: LatinForm, alignment: Alignment) -> bool:
    """Return whether a place, direction or number of the Latin name has no match, as in Huawei (Kenya) or NTT East."""
    words = (latin.words[place] for place in _places(alignment.missed_latin))
    return any(word.number or word.text in _SIDES or (word.stem in gazetteer().stems and not word.legal) for word in words)


_SIDES = frozenset({"north", "south", "east", "west", "northwest", "northeast", "southwest", "southeast", "central"})


@cache
def _places(mask: int) -> tuple[int, ...]:
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)


def _reach(states: dict[int, tuple[float, tuple[Match, ...]]], mask: int, score: float, chosen: tuple[Match, ...]) -> None:
    known = states.get(mask)
    if known is None or score > known[0]:
        states[mask] = (score, chosen)
