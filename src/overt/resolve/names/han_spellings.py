"""How well Latin letters spell the sound of Chinese characters: 莱多斯 and Leidos, 青木 and Aoki.

A word is cut into as many pieces as there are characters, and each piece is weighed by how much more often it stands for this
character's reading than for any (pointwise mutual information, in bits). The counts behind that were learned from the names of
towns (`bench/linkage/spellings.py`); a piece never met with a syllable is weighed by its consonants and its vowels apart.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from overt.model.content_files import packaged_content
from overt.resolve.names.cedict import dictionary

Bits = NDArray[np.float32]
Signs = NDArray[np.int32]
Flags = NDArray[np.bool_]
LONGEST = 24
"""Letters of a word that are compared."""
MOST_SIGNS = 8
"""Characters that one word can stand for."""
PIECE = 6
"""Letters that one character can stand for."""
FLOOR = -7.0
"""Bits of a piece that was never met, by no part of it."""
_VOICED = {"k": "g", "sh": "j", "s": "z", "ch": "j", "ts": "z", "t": "d", "h": "b", "f": "b"}
UNMET = 0.05
"""How far a guess from the letters alone is believed: pieces that were never met count against a spelling."""
PINYIN = 3.0
"""Times that a syllable is taken to have been met in pinyin."""
DROPPED = 2.5
"""Bits that a silent last letter of a piece costs."""
MOST = 7.0
"""Bits of one piece at most: how rare a syllable is is not all evidence."""
SILENT = -3.0
"""Bits at most of a character that no letter stands for."""
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_INITIAL = re.compile(r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?")
_ONSET = re.compile(r"[^aeiouy]*")
_LETTERS = dict(
    zip(
        "etaoinshrdlcumwfgypbvkjxqz",
        (12, 9, 8, 8, 7, 7, 6, 6, 6, 4, 4, 3, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 0.3, 0.3, 0.2, 0.2),
        strict=True,
    )
)


def latin_letters(text: str) -> str:
    """The letters a to z of a text in lower case, accents and all else gone."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return re.sub(r"[^a-z]", "", plain)


def sound_letters(text: str) -> str:
    """The letters of a text as pieces are cut from them: doubled ones once, x within a word as ks for two characters."""
    letters = re.sub(
        r"([b-df-hj-np-tv-z])\1+", r"\1", latin_letters(text).replace("ck", "k").replace("ph", "f").replace("cy", "sy")
    )
    return letters[:1] + letters[1:].replace("x", "ks")


class Spellings:
    """Counts of pieces by sign, made into bits of evidence.

    `counts` says how often a piece of letters stands for a sign: a Mandarin syllable (`parted`, so that its initial and its final
    can be told apart) or a character.
    """

    def __init__(self, counts: Mapping[str, Mapping[str, float]], parted: bool = True) -> None:
        self.signs = {sign: number for number, sign in enumerate(sorted(counts))}
        """The number of each sign; their count stands for a sign that is unknown."""
        self._by_piece: dict[str, list[tuple[int, float]]] = defaultdict(list)
        totals: Counter[str] = Counter()
        weights = np.zeros(len(self.signs))
        for sign, row in counts.items():
            for piece, count in row.items():
                self._by_piece[piece].append((self.signs[sign], count))
                totals[piece] += count  # type: ignore[assignment]
                weights[self.signs[sign]] += count
        self._totals, self._weights, self._sum = totals, weights, float(weights.sum())
        self._parts = _Parts(counts, list(self.signs)) if parted else None
        self._begun = _beginnings(counts, self.signs)
        self.bits = lru_cache(maxsize=1 << 15)(self._bits)

    def begins(self, letters: str, signs: Signs) -> Flags:
        """Which signs a word may be spelled from: its first letter begins one that stands there, and a later one the next."""
        letters = sound_letters(letters)
        known = np.vstack([self._begun, np.zeros(26, np.bool_)])[signs]
        places = [ord(letter) - 97 for letter in letters]
        after = (
            known[1:, sorted(set(places[1 : PIECE + 1]))].any(axis=1) if len(places) > 1 else np.zeros(len(signs) - 1, np.bool_)
        )
        first = known[:, places[0]]
        return np.asarray(first & (np.append(after, False) | (len(letters) <= PIECE)))

    def _expected(self, piece: str) -> float:
        """How often a piece stands for a sign, whichever: counted, or guessed from its letters."""
        return float(self._totals[piece] / self._sum + UNMET * _guess(piece))

    def _bits(self, piece: str) -> Bits:
        """Bits of evidence of a piece for each sign; the last, for an unknown sign, is minus infinity."""
        seen = np.zeros(len(self.signs))
        for number, count in self._by_piece.get(piece, ()):
            seen[number] = count
        strength = 4.0 if self._parts else 0.5
        guess = self._parts.chances(piece) if self._parts else np.full(len(self.signs), 0.02 * _guess(piece))
        chance = (seen + strength * guess) / (self._weights + strength)
        result = np.full(len(self.signs) + 1, -np.inf, dtype=np.float32)
        result[:-1] = np.clip(np.log2(chance / self._expected(piece)), FLOOR, MOST)
        if len(piece) > 2:  # its last letter may be silent
            np.maximum(result, self.bits(piece[:-1]) - DROPPED, out=result)
        if not piece:  # a character that is not heard never speaks for a name
            np.minimum(result, SILENT, out=result)
        return result

    def spelled(self, letters: str, signs: Signs) -> Bits:
        """Bits for every run of signs to be spelled by all the letters of a word; shape (`MOST_SIGNS` + 1, signs).

        Row k, column p: the best way to cut the letters among the k signs that end at p; minus infinity where there is none.
        `signs` may be many names one after another, with the number of the unknown sign between them.
        """
        letters = sound_letters(letters)[:LONGEST]
        borders = np.flatnonzero(np.concatenate(([True], signs == len(self.signs), [True])))
        length, most = len(letters), min(MOST_SIGNS, max(1, len(letters)), int(np.diff(borders).max()) - 1)
        used, where = np.unique(signs, return_inverse=True)
        pieces = [
            np.stack([self.bits(letters[end - size : end])[used] for end in range(size, length + 1)], axis=1)[where]
            for size in range(min(PIECE, length) + 1)
        ]
        result = np.full((MOST_SIGNS + 1, len(signs)), -np.inf, dtype=np.float32)
        reached = np.full((len(signs), length + 1), -np.inf, dtype=np.float32)
        reached[:, 0] = 0
        for count in range(1, most + 1):
            before = np.full_like(reached, -np.inf)
            before[1:] = reached[:-1]
            if count == 1:
                before[:1] = reached[:1]
            reached = np.full_like(reached, -np.inf)
            for size, bits in enumerate(pieces):
                np.maximum(reached[:, size:], before[:, : length + 1 - size] + bits, out=reached[:, size:])
            result[count] = reached[:, length]
        return result

    def windows(self, letters: str, names: Sequence[Sequence[str]]) -> Bits:
        """Bits for each whole name, given as its signs, to be spelled by the letters."""
        unknown = len(self.signs)
        flat = [number for name in names for number in [*(self.signs.get(sign, unknown) for sign in name), unknown]]
        spelled = self.spelled(letters, np.array(flat, dtype=np.int32))
        ends = np.cumsum([len(name) + 1 for name in names]) - 2
        counts = np.array([min(len(name), MOST_SIGNS) for name in names])
        return np.asarray(spelled[counts, ends])


def _beginnings(counts: Mapping[str, Mapping[str, float]], signs: Mapping[str, int]) -> Flags:
    """For each sign the letters with which what stands for it begins, in more than one case of a hundred; shape (signs, 26)."""
    begun = np.zeros((len(signs), 26), np.bool_)
    for sign, row in counts.items():
        least = 0.01 * sum(row.values())
        for piece, count in row.items():
            if piece and count >= least and "a" <= piece[0] <= "z":
                begun[signs[sign], ord(piece[0]) - 97] = True
    return begun


class _Parts:
    """What onsets and rimes of pieces say of the initial and the final of a Mandarin syllable."""

    def __init__(self, counts: Mapping[str, Mapping[str, float]], signs: Sequence[str]) -> None:
        self._onsets = _Chances()
        self._rimes = _Chances()
        split = [(sign[: (cut := _INITIAL.match(sign).end())], sign[cut:]) for sign in signs]  # type: ignore[union-attr]
        for sign, (initial, final) in zip(signs, split, strict=True):
            for piece, count in counts[sign].items():
                onset = _onset(piece)
                self._onsets.count(initial, onset, count)
                self._rimes.count(final, piece[len(onset) :], count)
        self._initials = [initial for initial, _ in split]
        self._finals = [final for _, final in split]

    def chances(self, piece: str) -> NDArray[np.float64]:
        onset = _onset(piece)
        return self._onsets.of(onset, self._initials) * self._rimes.of(piece[len(onset) :], self._finals)


class _Chances:
    """Chance of a string given another, smoothed by its length."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], float] = defaultdict(float)
        self._totals: dict[str, float] = defaultdict(float)
        self._columns: dict[str, NDArray[np.float64]] = {}

    def count(self, given: str, what: str, count: float) -> None:
        self._counts[given, what] += count
        self._totals[given] += count

    def of(self, what: str, given: Iterable[str]) -> NDArray[np.float64]:
        if what not in self._columns:
            rare = 0.02 * _guess(what)
            self._columns[what] = np.array(
                [(self._counts.get((one, what), 0.0) + rare) / (self._totals[one] + 0.5) for one in given], dtype=np.float64
            )
        return self._columns[what]


def _guess(piece: str) -> float:
    """How likely a piece is by its length and its letters."""
    likely = (0.01, 0.2, 0.35, 0.25, 0.1, 0.05, 0.03)[min(len(piece), PIECE)]
    for letter in piece:
        likely *= _LETTERS.get(letter, 1) / 100
    return likely


def _onset(piece: str) -> str:
    match = _ONSET.match(piece)
    return match[0] if match else ""


def _table(name: str) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = defaultdict(dict)
    rows = csv.reader((packaged_content() / "names" / name).read_text(encoding="utf-8").splitlines())
    next(rows)
    for sign, letters, count in rows:
        table[sign][letters] = float(count)
    return table


def variants(reading: str) -> Iterator[tuple[str, float]]:
    """A Japanese reading and what becomes of it within a word, each with its share: kawa is voiced to gawa, nichi + ko is nikko.

    Doubled letters are written once here, as `sound_letters` does.
    """
    yield reading, 1.0
    for sound, voiced in _VOICED.items():
        if reading.startswith(sound) and len(reading) > len(sound):
            yield voiced + reading[len(sound) :], 0.15
            break
    if reading.startswith("ts"):
        yield "dz" + reading[2:], 0.05
    if reading.endswith(("su", "tsu", "ku")) and len(reading) > 3:
        yield reading[:-1], 0.1
    if reading.startswith(("h", "f")):
        yield "p" + reading[1:], 0.05
    for end in ("tsu", "chi", "ku", "ki"):
        if reading.endswith(end) and len(reading) > len(end):
            yield reading[: -len(end)], 0.2
            break
    if reading.endswith("o") and len(reading) > 1:
        for long in ("u", "h", "o"):
            yield reading + long, 0.1


@cache
def mandarin() -> Spellings:
    """Foreign and Chinese names by Mandarin syllables; each can also be written as it is in pinyin."""
    table = _table("han_spellings.csv")
    for syllable in dictionary().syllables():
        for letters in {syllable, syllable.replace("v", "u"), syllable.replace("x", "ks")}:
            table[syllable][letters] = table[syllable].get(letters, 0.0) + PINYIN
    return Spellings(table)


@cache
def japanese() -> Spellings:
    """Japanese names by characters."""
    table: dict[str, dict[str, float]] = {}
    for sign, row in _table("han_kanji.csv").items():
        spelled = table[sign] = defaultdict(float)
        for reading, count in row.items():
            for letters, share in variants(reading):
                spelled[letters] += count * share
    return Spellings(table, parted=False)
