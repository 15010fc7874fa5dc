"""Names as arrays: what the batch comparison looks up by number instead of by text."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from overt.resolve.names.initials import abbreviates, short_form
from overt.resolve.names.legal import LegalForm
from overt.resolve.names.lexicon import KINDS, lexicon
from overt.resolve.names.parse import ParsedName, parse_name
from overt.resolve.names.sounds import skeleton
from overt.resolve.names.weights import NameWeights
from overt.resolve.names.word import Word

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
CODE = {kind: code for code, kind in enumerate(KINDS)}
_MASK_BITS = 64
_NOT_ASKED = -2
_LIKE = {"seat": "city"}
"""Kinds whose words agree with those of another."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles: many tuples and no cycle are made here, and searching takes longer than making them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class NameTable:
    """Distinct names taken apart, and their words, as arrays. A name's number is its place in `names`."""

    def __init__(self, names: Sequence[str], weights: NameWeights) -> None:
        self.names = names
        with _uncollected():
            self.parsed = [parse_name(name) for name in names]
            words = [_without_alias(parsed) for parsed in self.parsed]
        numbers: dict[Word, int] = {}
        flat = [numbers.setdefault(word, len(numbers)) for word in chain.from_iterable(words)]
        self.word_of: Ints = np.array(flat, dtype=np.int64)
        self.count: Ints = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        self.start: Ints = np.cumsum(self.count) - self.count
        self.kept = words
        self._read_words(list(numbers), weights)
        self._read_names()

    def _read_words(self, words: list[Word], weights: NameWeights) -> None:
        meanings: dict[tuple[str, str], int] = {}
        self.text = [word.written for word in words]
        count = len(words)
        self.meaning: Ints = np.fromiter(
            (meanings.setdefault((_LIKE.get(word.kind, word.kind), word.meaning), len(meanings)) for word in words),
            np.int64,
            count,
        )
        self.kind: Ints = np.fromiter((CODE[word.kind] for word in words), np.int64, count)
        self.length: Ints = np.fromiter(map(len, self.text), np.int64, count)
        self.first: Ints = np.fromiter((ord(text[0]) for text in self.text), np.int64, count)
        self.mask = _masks(self.text, self.length)
        digits = np.fromiter((not text.isalpha() for text in self.text), np.bool_, count)
        self.spelled: Bools = ~digits & (self.length > 2) & (self.kind != CODE["number"])
        """Whether a word may be taken for another that is misspelled."""
        self._sound: Ints = np.full(count, _NOT_ASKED, dtype=np.int64)
        self._known_sounds: dict[str, int] = {}
        evidence = np.array([getattr(weights.evidence, kind, 0.0) for kind in KINDS])
        han = np.fromiter((bool(text) and text[0] > "\u2e7f" for text in self.text), np.bool_, count)
        share = np.minimum(1.0, self.length * np.where(han, 2, 1) / weights.full_word)
        self.weight: Floats = evidence[self.kind] * np.where(self.kind == CODE["brand"], share, 1.0)

    def _read_names(self) -> None:
        joined: dict[str, int] = {}
        self.joined: Ints = np.fromiter((joined.setdefault(one.joined, len(joined)) for one in self.parsed), np.int64)
        self.complete: Ints = np.fromiter((joined.setdefault(one.complete, len(joined)) for one in self.parsed), np.int64)
        aliases = (joined.setdefault(one.alias, len(joined)) if one.alias else -1 for one in self.parsed)
        self.alias: Ints = np.fromiter(aliases, np.int64, len(self.parsed))
        self.letters: Ints = np.fromiter((len(one.joined) for one in self.parsed), np.int64)
        self.han: Bools = np.fromiter(
            (one.script in ("han", "mixed") and _has_han(one.complete) for one in self.parsed), np.bool_
        )
        scripts: dict[str, int] = {}
        self.script: Ints = np.fromiter((scripts.setdefault(one.script, len(scripts)) for one in self.parsed), np.int64)
        self.form: Ints = np.fromiter((FORMS.number[one.forms[0]] if one.forms else -1 for one in self.parsed), np.int64)
        first = (one.joined[:1] for one in self.parsed)
        self.initial: Ints = np.fromiter((ord(sign) if sign else 0 for sign in first), np.int64)
        self.short = [short_form(one) for one in self.parsed]
        self.is_short: Bools = np.fromiter((one is not None for one in self.short), np.bool_)

    def sounds(self, words: Ints) -> Ints:
        """A number for how each of these words sounds, -1 where that says too little; found when first asked for."""
        for word in np.unique(words[self._sound[words] == _NOT_ASKED]):
            sound = skeleton(self.text[word])
            self._sound[word] = self._known_sounds.setdefault(sound, len(self._known_sounds)) if len(sound) > 1 else -1
        return np.asarray(self._sound[words])


def _masks(texts: list[str], lengths: Ints) -> NDArray[np.uint64]:
    """For each text the set of its signs as bits: two that differ by few signs differ by few bits."""
    if not texts:
        return np.zeros(0, np.uint64)
    signs = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    bits = np.uint64(1) << (signs % np.uint64(_MASK_BITS))
    return np.bitwise_or.reduceat(bits, np.cumsum(lengths) - lengths)


def _has_han(text: str) -> bool:
    return any(sign > "\u2e7f" for sign in text)


def _without_alias(parsed: ParsedName) -> tuple[Word, ...]:
    """The words without an abbreviation of the others: Industrial and Commercial Bank of China (ICBC)."""
    words = parsed.words
    if len(words) > 2:
        for place, word in enumerate(words):
            if word.kind == "brand" and 2 < len(word.written) < 8 and word.written.isascii():
                rest = words[:place] + words[place + 1 :]
                if rest[0].written[:1] == word.written[0] and abbreviates(word.written, parsed._replace(words=rest)):
                    return rest
    return words


class _Forms:
    """Which legal forms tell two names apart, by their numbers; shape (forms, forms), -1 (no form) being the last row."""

    def __init__(self) -> None:
        forms = list(lexicon().forms.values())
        self.number = {form.id: number for number, form in enumerate(forms)}
        size = len(forms) + 1
        self.differ: Bools = np.zeros((size, size), dtype=np.bool_)
        self.elsewhere: Bools = np.zeros((size, size), dtype=np.bool_)
        self.agree: Bools = np.zeros((size, size), dtype=np.bool_)
        for one in forms:
            for other in forms:
                place = self.number[one.id], self.number[other.id]
                self.differ[place] = "any" not in (one.kind, other.kind) and one.kind != other.kind
                self.elsewhere[place] = _apart(one, other)
                self.agree[place] = one.id == other.id or (one.kind == other.kind != "any" and not _apart(one, other))


def _apart(one: LegalForm, other: LegalForm) -> bool:
    return bool(one.areas and other.areas and not one.areas & other.areas)


FORMS = _Forms()


def distinct(left: Iterable[str], right: Iterable[str]) -> tuple[list[str], Ints, Ints]:
    """The distinct names of both sides, and each side as numbers of them."""
    numbers: dict[str, int] = {}
    first = [numbers.setdefault(name, len(numbers)) for name in left]
    second = [numbers.setdefault(name, len(numbers)) for name in right]
    return list(numbers), np.array(first, dtype=np.int64), np.array(second, dtype=np.int64)
