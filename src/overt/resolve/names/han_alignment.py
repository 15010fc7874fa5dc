"""What of a Chinese name answers what of a Latin one: the heaviest set of answers that uses no word or character twice."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from overt.resolve.names.cedict import dictionary
from overt.resolve.names.han_forms import HanForm, LatinForm, Word
from overt.resolve.names.han_words import HanModel, han_words
from overt.resolve.names.place_names import places

_KEPT = 12
"""Alternatives that are followed at each character."""
HOPELESS = -3.0
"""Where all answers together cannot bring more bits than that, none is looked at."""


class Answer(NamedTuple):
    """Characters `begin` to `end` of the Chinese name answer the Latin words of the bit mask."""

    begin: int
    end: int
    mask: int
    bits: float
    part: str


class Alignment(NamedTuple):
    """The best set of answers, and what it leaves unanswered."""

    bits: float
    answers: tuple[Answer, ...]
    missed_latin: int
    """Bit mask."""
    numbers: float = 0.0
    """Bits lost, among all, because both names have a number and the numbers differ."""
    left_latin: float = 0.0
    """Share of the bits of the Latin words that nothing answers."""
    left_han: float = 0.0
    """Share of what the Chinese name costs without an answer that is still lost."""
    replaced: float = 0.0
    """Bits lost, among all, because both names have words that nothing answers: one stands in the other's place."""


class Weights:
    """Bits of each Latin word, by how common it is: in names as a rule, and among the names at hand."""

    def __init__(self, model: HanModel, forms: Sequence[LatinForm] = ()) -> None:
        self._model = model
        self._count = len(forms)
        self._met: dict[str, int] = defaultdict(int)
        for form in forms:
            for root in {word.stem for word in form.words}:
                self._met[root] += 1

    def of(self, word: Word) -> float:
        """Bits of a word."""
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
            bits = model.place if word.stem in places().stems else model.rare
        if met := self._met.get(word.stem, 0):
            bits = min(bits, 2 + float(np.log2((self._count + 1) / met)))
        return bits * (model.aside if word.aside else 1.0)


@lru_cache(maxsize=1 << 13)
def relatives(word: str) -> dict[str, float]:
    """Pieces of Chinese words that a Latin word's stem stands for, with how much of the words they are.

    方案 is half of 解决方案 (solution). A single character counts by the share of the words that have it.
    """
    heads = [(head, 1.0) for head in dictionary().headwords(word)[:40]] + [
        (head, 1.0) for head in han_words().latin.get(word, ())
    ]
    if not heads:
        return {}
    pieces: dict[str, float] = {}
    signs: dict[str, float] = defaultdict(float)
    for head, _ in heads:
        for sign in set(head):
            signs[sign] += 1 / len(heads)
        for begin in range(len(head)):
            for end in range(begin + 2, min(len(head), begin + 4) + 1):
                piece = head[begin:end]
                pieces[piece] = max(pieces.get(piece, 0.0), (end - begin) / len(head))
    many = min(1.0, len(heads) / 3)
    pieces |= {sign: share * many for sign, share in signs.items() if share >= 0.2 and "一" <= sign <= "鿿"}
    return pieces


def answers(
    latin: LatinForm, han: HanForm, bits: Sequence[float], sounds: Mapping[str, list[tuple[int, int, float]]], model: HanModel
) -> list[Answer]:
    """All that may answer each other. `bits` of the Latin words; `sounds`: where letters are spelled in this name."""
    found: dict[tuple[int, int, int], Answer] = {}

    def add(begin: int, end: int, mask: int, worth: float, part: str) -> None:
        old = found.get((begin, end, mask))
        if worth > 0 and (old is None or worth > old.bits):
            found[begin, end, mask] = Answer(begin, end, mask, worth, part)

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
                    add(begin, end, 1 << place, bits[place] * model.part * share * trust, "part")
        kin = relatives(word.stem)
        for piece in kin.keys() & han.pieces.keys():
            share = kin[piece]
            for begin in han.pieces[piece]:
                top = model.related if len(piece) > 1 else model.related_sign
                add(begin, begin + len(piece), 1 << place, bits[place] * top * share, "related")
        if word.number:
            for begin, end in han.numbers.get(word.number, ()):
                add(begin, end, 1 << place, bits[place], "number")
        for begin, end, heard in sounds.get(word.text, ()):
            worth = heard_bits(heard, model)
            add(begin, end, 1 << place, worth * min(1.0, bits[place] / model.rare), "spelled")
    for (begin, end, stems), trusts in meanings.items():
        met = [root for root in stems if root in places]
        share = (len(met) / len(stems)) ** model.partial * max(trusts) * model.translated
        for place in places[met[0]] if len(met) == 1 else ():
            add(begin, end, 1 << place, share * bits[place], "translated")
        if len(met) > 1:
            chosen = [places[root][0] for root in met]
            mask = sum(1 << place for place in set(chosen))
            add(begin, end, mask, share * sum(bits[place] for place in set(chosen)), "translated")
    for mask, letters in latin.joined:
        for begin, end, heard in sounds.get(letters, ()):
            add(begin, end, mask, heard_bits(heard, model), "spelled")
    for begin, letters in han.latin:
        _letters(latin, begin, letters, add, model)
    return list(found.values())


def heard_bits(bits: float, model: HanModel) -> float:
    """What a spelling is worth, of so many bits by its sounds."""
    return min(model.spelled_most, max(0.01, model.spelled * (bits - model.spelled_from)))


def _letters(
    latin: LatinForm, begin: int, letters: str, add: Callable[[int, int, int, float, str], None], model: HanModel
) -> None:
    """Latin letters in a Chinese name: a word, its beginning, several words joined, or the initials of several words."""
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


def align(latin: LatinForm, han: HanForm, bits: Sequence[float], found: list[Answer], model: HanModel) -> Alignment:
    """The best choice among the answers: their bits less what every word and character costs that nothing answers."""
    miss = [model.missed_latin * value for value in bits]
    most: dict[int, float] = {}
    for answer in found:
        most[answer.mask] = max(most.get(answer.mask, 0.0), answer.bits + sum(miss[word] for word in _places(answer.mask)))
    if sum(most.values()) - sum(miss) < HOPELESS:
        return Alignment(-sum(miss) - han.silent, (), (1 << len(bits)) - 1, left_latin=1.0, left_han=1.0)
    starts: dict[int, list[Answer]] = defaultdict(list)
    for answer in sorted(found):
        starts[answer.begin].append(answer)
    size = len(han.units)
    states: list[dict[int, tuple[float, tuple[Answer, ...]]]] = [{} for _ in range(size + 1)]
    states[0][0] = (0.0, ())
    for place in range(size):
        kept = list(states[place].items())
        if len(kept) > _KEPT:
            kept = sorted(kept, key=lambda item: (-item[1][0], item[0]))[:_KEPT]
        for mask, (score, chosen) in kept:
            _reach(states[place + 1], mask, score - han.costs[place], chosen)
            for end, cost in han.passes.get(place, ()):
                _reach(states[end], mask, score - cost, chosen)
            for answer in starts.get(place, ()):
                if not answer.mask & mask:
                    saved = sum(miss[word] for word in _places(answer.mask))
                    _reach(states[answer.end], mask | answer.mask, score + answer.bits + saved, (*chosen, answer))
    mask, (score, chosen) = min(states[size].items(), key=lambda item: (-item[1][0], item[0]))
    missed = ((1 << len(bits)) - 1) & ~mask
    numbers = model.numbers_differ if _numbers_differ(latin, han, chosen, missed) else 0.0
    left = sum(miss[place] for place in _places(missed))
    earned = sum(answer.bits for answer in chosen) + sum(miss) - left
    replaced = model.replaced * min(left, earned - score)
    return Alignment(
        score - sum(miss) - numbers - replaced,
        chosen,
        missed,
        numbers,
        left_latin=left / sum(miss),
        left_han=min(1.0, (earned - score) / max(han.silent, 1e-9)),
        replaced=replaced,
    )


def _numbers_differ(latin: LatinForm, han: HanForm, chosen: Sequence[Answer], missed: int) -> bool:
    """Whether each name has a number that nothing answers: 55th Research Institute, 第十三研究所."""
    if not han.numbers or not any(latin.words[place].number and not latin.words[place].aside for place in _places(missed)):
        return False
    answered = {unit for answer in chosen for unit in range(answer.begin, answer.end)}
    return any(end - 1 not in answered for spans in han.numbers.values() for _, end in spans)


@cache
def _places(mask: int) -> tuple[int, ...]:
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)


def _reach(states: dict[int, tuple[float, tuple[Answer, ...]]], mask: int, score: float, chosen: tuple[Answer, ...]) -> None:
    old = states.get(mask)
    if old is None or score > old[0]:
        states[mask] = (score, chosen)
