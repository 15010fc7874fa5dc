"""Names as arrays of numbers, so that many can be compared at once without handling strings."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overt.model.legal_forms import LegalForm
from overt.resolve.names.abbreviations.initials import abbreviates, short_form
from overt.resolve.names.consonant_skeleton import skeleton
from overt.resolve.names.lexicon import KINDS, lexicon
from overt.resolve.names.name_comparison_weights import NameWeights
from overt.resolve.names.name_parser import ParsedName, parser
from overt.resolve.names.name_word import Word

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
CODE = {kind: code for code, kind in enumerate(KINDS)}
_MASK_BITS = 64
_NOT_COMPUTED = -2
_SCRIPTS = {
    script: number
    for number, script in enumerate(("", "latin", "han", "cyrillic", "arabic", "hangul", "kana", "greek", "other", "mixed"))
}
_SAME_KIND = {"seat": "city"}
"""Kind of word → another kind whose words it may match."""


class _TableName(NamedTuple):
    """A parsed name with its values for the columns of `NameTable`."""

    parsed: ParsedName
    words: tuple[Word, ...]
    short: str | None
    facts: tuple[int, ...]
    """Values in the order of `_FACTS`."""


_FACTS = ("words", "letters", "form", "first letter", "script", "whether in Han", "whether short")


@lru_cache(maxsize=1 << 16)
def read_name(name: str) -> _TableName:
    """Parse a name, and return it with its values for the columns of `NameTable`."""
    parsed = parser().parse(name)  # parse_name would cache the result a second time
    words, joined, short = _without_alias(parsed), parsed.joined, short_form(parsed)
    form = form_matrix().number[parsed.forms[0]] if parsed.forms else -1
    initial = ord(joined[0]) if joined else 0
    han = parsed.script in ("han", "mixed") and _has_han(joined)
    facts = (len(words), len(joined), form, initial, _SCRIPTS[parsed.script], han, short is not None)
    return _TableName(parsed, words, short, facts)


class NameTable:
    """Distinct parsed names and their words, as arrays. A name's number is its index in `names`."""

    def __init__(self, names: Sequence[str], weights: NameWeights) -> None:
        self.names = names
        rows = [read_name(name) for name in names]
        self.parsed = [row.parsed for row in rows]
        self.short = [row.short for row in rows]
        numbers: dict[Word, int] = {}
        flat = [numbers.setdefault(word, len(numbers)) for row in rows for word in row.words]
        self.word_of: Ints = np.array(flat, dtype=np.int64)
        facts = np.array([row.facts for row in rows], dtype=np.int64).reshape(len(rows), len(_FACTS)).T
        self.count, self.letters, self.form, self.initial, self.script = facts[:5]
        self.han, self.is_short = facts[5:7].astype(np.bool_)
        self.start: Ints = np.cumsum(self.count) - self.count
        joined: dict[str, int] = {}
        texts = [
            joined.setdefault(text, len(joined)) for name in self.parsed for text in (name.joined, name.complete, name.alias)
        ]
        self.joined, self.complete, self.alias = np.array(texts, dtype=np.int64).reshape(len(rows), 3).T
        self.alias = np.where([bool(name.alias) for name in self.parsed], self.alias, -1)
        self._read_words(list(numbers), weights)

    def _read_words(self, words: list[Word], weights: NameWeights) -> None:
        meanings: dict[tuple[str, str], int] = {}
        self.text = [word.written for word in words]
        count = len(words)
        self.meaning: Ints = np.fromiter(
            (meanings.setdefault((_SAME_KIND.get(word.kind, word.kind), word.meaning), len(meanings)) for word in words),
            np.int64,
            count,
        )
        self.kind: Ints = np.fromiter((CODE[word.kind] for word in words), np.int64, count)
        self.length: Ints = np.fromiter(map(len, self.text), np.int64, count)
        self.first: Ints = np.fromiter((ord(text[0]) for text in self.text), np.int64, count)
        self.mask = _masks(self.text, self.length)
        digits = np.fromiter((not text.isalpha() for text in self.text), np.bool_, count)
        self.spelled: Bools = ~digits & (self.length > 2) & (self.kind != CODE["number"])
        """Whether the word may be a misspelling of another word."""
        self._sound: Ints = np.full(count, _NOT_COMPUTED, dtype=np.int64)
        self._known_sounds: dict[str, int] = {}
        evidence = np.array([getattr(weights.evidence, kind, 0.0) for kind in KINDS])
        han = np.fromiter((bool(text) and text[0] > "\u2e7f" for text in self.text), np.bool_, count)
        share = np.minimum(1.0, self.length * np.where(han, 2, 1) / weights.full_word)
        self.weight: Floats = evidence[self.kind] * np.where(self.kind == CODE["brand"], share, 1.0)

    def sounds(self, words: Ints) -> Ints:
        """Return a number for the sound of each word, or -1 if the sound is too short. Sounds are computed on first use."""
        for word in np.unique(words[self._sound[words] == _NOT_COMPUTED]):
            sound = skeleton(self.text[word])
            self._sound[word] = self._known_sounds.setdefault(sound, len(self._known_sounds)) if len(sound) > 1 else -1
        return np.asarray(self._sound[words])


def _masks(texts: list[str], lengths: Ints) -> NDArray[np.uint64]:
    """Return the set of characters of each string as a bit mask.

    If two strings differ by few characters, their masks differ by few bits.
    """
    if not texts:
        return np.zeros(0, np.uint64)
    characters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    bits = np.uint64(1) << (characters % np.uint64(_MASK_BITS))
    return np.bitwise_or.reduceat(bits, np.cumsum(lengths) - lengths)


def _has_han(text: str) -> bool:
    return any(character > "\u2e7f" for character in text)


def _without_alias(parsed: ParsedName) -> tuple[Word, ...]:
    """Return a name's words without a word that abbreviates all others: Industrial and Commercial Bank of China (ICBC)."""
    words = parsed.words
    if len(words) > 2:
        for place, word in enumerate(words):
            written = word.written
            if word.kind == "brand" and 2 < len(written) < 8 and written[0] == words[not place].written[0]:
                rest = words[:place] + words[place + 1 :]
                if abbreviates(written, parsed._replace(words=rest)):
                    return rest
    return words


class FormMatrix:
    """Which legal forms agree, differ, or belong to different countries (`elsewhere`), by the forms' numbers.

    The matrices have the shape (forms + 1, forms + 1). The last row and column, with index -1, stand for names without a form.
    """

    def __init__(self) -> None:
        known = list(lexicon().forms.values())
        self.number = {form.id: number for number, form in enumerate(known)}
        size = len(known) + 1
        self.differ: Bools = np.zeros((size, size), dtype=np.bool_)
        self.elsewhere: Bools = np.zeros((size, size), dtype=np.bool_)
        self.agree: Bools = np.zeros((size, size), dtype=np.bool_)
        for left in known:
            for right in known:
                cell = self.number[left.id], self.number[right.id]
                self.differ[cell] = "any" not in (left.kind, right.kind) and left.kind != right.kind
                self.elsewhere[cell] = _in_different_areas(left, right)
                self.agree[cell] = left.id == right.id or (
                    left.kind == right.kind != "any" and not _in_different_areas(left, right)
                )


def _in_different_areas(left: LegalForm, right: LegalForm) -> bool:
    return bool(left.areas and right.areas and not left.areas & right.areas)


@cache
def form_matrix() -> FormMatrix:
    """Return the matrices for the legal forms in the lexicon, which are made on the first call."""
    return FormMatrix()


def number_distinct(left: Iterable[str], right: Iterable[str]) -> tuple[list[str], Ints, Ints]:
    """Return the distinct names of both sides, and for each side the indexes of its names among them."""
    numbers: dict[str, int] = {}
    first = [numbers.setdefault(name, len(numbers)) for name in left]
    second = [numbers.setdefault(name, len(numbers)) for name in right]
    return list(numbers), np.array(first, dtype=np.int64), np.array(second, dtype=np.int64)
