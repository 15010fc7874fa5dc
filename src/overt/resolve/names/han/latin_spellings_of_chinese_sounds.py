"""Measure how well Latin letters spell the sound of Chinese characters: 莱多斯 and Leidos, 青木 and Aoki.

A word is cut into as many pieces as there are characters. The weight of a piece is how much more often it spells the reading
of its character than readings in general (pointwise mutual information, in bits). The counts come from the names of towns
(`bench/linkage/han_to_latin_spelling_training.py`). If a piece never occurred with a syllable, its consonants and its vowels
are weighted separately.
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
from overt.resolve.names.han.cedict import dictionary
from overt.resolve.names.han.pinyin_to_wade_giles import wade_giles
from overt.resolve.names.scripts.transliteration_and_sounds import kana_spellings

Bits = NDArray[np.float32]
Characters = NDArray[np.int32]
Flags = NDArray[np.bool_]
MAX_WORD_LENGTH = 24
"""Maximum number of letters of a word to compare."""
MAX_CHARACTERS = 8
"""Maximum number of characters that one word can spell."""
PIECE = 6
"""Maximum number of letters that can spell one character."""
FLOOR = -7.0
"""Lower bound of the bits of a piece."""
_VOICED = {"k": "g", "sh": "j", "s": "z", "ch": "j", "ts": "z", "t": "d", "h": "b", "f": "b"}
UNSEEN = 0.05
"""Weight of the estimate from a piece's letters (`_guess`). It makes pieces that never occurred count against a spelling."""
PINYIN = 3.0
"""Number added to the count of each syllable's pinyin spelling."""
WADE_GILES = 1.0
"""Number added to the count of each syllable's Wade–Giles spelling."""
SILENT_LETTER = 2.5
"""Cost of a silent final letter of a piece, in bits."""
CEILING = 7.0
"""Upper bound of the bits of a piece. Without it, rare syllables would count too much."""
SILENT_CHARACTER = -3.0
"""Upper bound of the bits of a character for which the word has no letter."""
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
    """Return the letters of a string in lower case and without accents. Characters other than a to z are dropped."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return re.sub(r"[^a-z]", "", plain)


def sound_letters(text: str) -> str:
    """Return the letters of a string in the form that is cut into pieces.

    Double consonants become single; ck, ph and cy become k, f and sy; x inside a word becomes ks, which two characters can spell.
    """
    letters = re.sub(
        r"([b-df-hj-np-tv-z])\1+", r"\1", latin_letters(text).replace("ck", "k").replace("ph", "f").replace("cy", "sy")
    )
    return letters[:1] + letters[1:].replace("x", "ks")


class Spellings:
    """Bits of evidence that pieces of letters spell signs, which are Mandarin syllables or characters.

    `counts`: sign → piece → how often the piece spells the sign. `parted`: whether signs are Mandarin syllables, which have an
    initial and a final.
    """

    def __init__(self, counts: Mapping[str, Mapping[str, float]], parted: bool = True) -> None:
        self.characters = {character: number for number, character in enumerate(sorted(counts))}
        """Sign → its index. The number of signs is the index of an unknown sign."""
        self._by_piece: dict[str, list[tuple[int, float]]] = defaultdict(list)
        totals: Counter[str] = Counter()
        weights = np.zeros(len(self.characters))
        for character, row in counts.items():
            for piece, count in row.items():
                self._by_piece[piece].append((self.characters[character], count))
                totals[piece] += count  # type: ignore[assignment]
                weights[self.characters[character]] += count
        self._totals, self._weights, self._sum = totals, weights, float(weights.sum())
        self._parts = _Parts(counts, list(self.characters)) if parted else None
        self._first_letters = _first_letters(counts, self.characters)
        self.bits = lru_cache(maxsize=1 << 15)(self._bits)

    def begins(self, letters: str, characters: Characters) -> Flags:
        """Return whether a word may begin at each sign; shape (characters,).

        The sign must be able to begin with the word's first letter. The next sign must be able to begin with a later letter,
        unless the word is short enough for a single sign.
        """
        letters = sound_letters(letters)
        known = np.vstack([self._first_letters, np.zeros(26, np.bool_)])[characters]
        places = [ord(letter) - 97 for letter in letters]
        after = (
            known[1:, sorted(set(places[1 : PIECE + 1]))].any(axis=1)
            if len(places) > 1
            else np.zeros(len(characters) - 1, np.bool_)
        )
        first = known[:, places[0]]
        return np.asarray(first & (np.append(after, False) | (len(letters) <= PIECE)))

    def _expected(self, piece: str) -> float:
        """Return the probability that a piece spells any sign: its share of all counts, plus an estimate from its letters."""
        return float(self._totals[piece] / self._sum + UNSEEN * _guess(piece))

    def _bits(self, piece: str) -> Bits:
        """Return the bits of a piece for each sign. The last, for an unknown sign, is minus infinity."""
        seen = np.zeros(len(self.characters))
        for number, count in self._by_piece.get(piece, ()):
            seen[number] = count
        strength = 4.0 if self._parts else 0.5
        guess = self._parts.chances(piece) if self._parts else np.full(len(self.characters), 0.02 * _guess(piece))
        chance = (seen + strength * guess) / (self._weights + strength)
        result = np.full(len(self.characters) + 1, -np.inf, dtype=np.float32)
        result[:-1] = np.clip(np.log2(chance / self._expected(piece)), FLOOR, CEILING)
        if len(piece) > 2:  # the last letter of the piece may be silent
            np.maximum(result, self.bits(piece[:-1]) - SILENT_LETTER, out=result)
        if not piece:  # a silent character is never evidence for a name
            np.minimum(result, SILENT_CHARACTER, out=result)
        return result

    def spelled(self, letters: str, characters: Characters) -> Bits:
        """Return the evidence, in bits, that a word spells each run of characters; shape (`MAX_CHARACTERS` + 1, characters).

        Row k, column p has the bits of the best way to divide the letters among the k characters that end at p, or minus
        infinity if there is none. `characters` can be many names one after another, separated by the index of the unknown sign.
        """
        letters = sound_letters(letters)[:MAX_WORD_LENGTH]
        borders = np.flatnonzero(np.concatenate(([True], characters == len(self.characters), [True])))
        length, max_count = len(letters), min(MAX_CHARACTERS, max(1, len(letters)), int(np.diff(borders).max()) - 1)
        used, where = np.unique(characters, return_inverse=True)
        pieces = [
            np.stack([self.bits(letters[end - size : end])[used] for end in range(size, length + 1)], axis=1)[where]
            for size in range(min(PIECE, length) + 1)
        ]
        result = np.full((MAX_CHARACTERS + 1, len(characters)), -np.inf, dtype=np.float32)
        reached = np.full((len(characters), length + 1), -np.inf, dtype=np.float32)
        reached[:, 0] = 0
        for count in range(1, max_count + 1):
            before = np.full_like(reached, -np.inf)
            before[1:] = reached[:-1]
            if count == 1:
                before[:1] = reached[:1]
            reached = np.full_like(reached, -np.inf)
            for size, bits in enumerate(pieces):
                np.maximum(reached[:, size:], before[:, : length + 1 - size] + bits, out=reached[:, size:])
            result[count] = reached[:, length]
        return result


def _first_letters(counts: Mapping[str, Mapping[str, float]], characters: Mapping[str, int]) -> Flags:
    """Return, for each sign, the first letters of its spellings, ignoring spellings below 1 %; shape (signs, 26)."""
    flags = np.zeros((len(characters), 26), np.bool_)
    for character, row in counts.items():
        min_count = 0.01 * sum(row.values())
        for piece, count in row.items():
            if piece and count >= min_count and "a" <= piece[0] <= "z":
                flags[characters[character], ord(piece[0]) - 97] = True
    return flags


class _Parts:
    """Probability of a piece: that of its onset given a Mandarin syllable's initial, times that of its rime given the final."""

    def __init__(self, counts: Mapping[str, Mapping[str, float]], characters: Sequence[str]) -> None:
        self._onsets = _ConditionalChances()
        self._rimes = _ConditionalChances()
        split = [(character[: (cut := _INITIAL.match(character).end())], character[cut:]) for character in characters]  # type: ignore[union-attr]
        for character, (initial, final) in zip(characters, split, strict=True):
            for piece, count in counts[character].items():
                onset = _onset(piece)
                self._onsets.count(initial, onset, count)
                self._rimes.count(final, piece[len(onset) :], count)
        self._initials = [initial for initial, _ in split]
        self._finals = [final for _, final in split]

    def chances(self, piece: str) -> NDArray[np.float64]:
        onset = _onset(piece)
        return self._onsets.probabilities(onset, self._initials) * self._rimes.probabilities(piece[len(onset) :], self._finals)


class _ConditionalChances:
    """Probability of a spelling given a sound, smoothed by an estimate from the spelling's letters (`_guess`)."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], float] = defaultdict(float)
        self._totals: dict[str, float] = defaultdict(float)
        self._columns: dict[str, NDArray[np.float64]] = {}

    def count(self, sound: str, spelling: str, count: float) -> None:
        self._counts[sound, spelling] += count
        self._totals[sound] += count

    def probabilities(self, spelling: str, sounds: Iterable[str]) -> NDArray[np.float64]:
        if spelling not in self._columns:
            rare = 0.02 * _guess(spelling)
            self._columns[spelling] = np.array(
                [(self._counts.get((sound, spelling), 0.0) + rare) / (self._totals[sound] + 0.5) for sound in sounds],
                dtype=np.float64,
            )
        return self._columns[spelling]


def _guess(piece: str) -> float:
    """Estimate the probability of a piece from its length and its letters."""
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
    for character, letters, count in rows:
        table[character][letters] = float(count)
    return table


def variants(reading: str) -> Iterator[tuple[str, float]]:
    """Yield a Japanese reading, its forms within a word and its spellings of a long o, each with a factor for its count.

    For example, kawa becomes gawa, and nichi + ko becomes nikko. Double consonants are single, as in `sound_letters`.
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
    """Return the Latin spellings of Mandarin syllables in foreign and Chinese names, including pinyin and Wade–Giles."""
    table = _table("han_spellings.csv")
    for syllable in dictionary().syllables():
        for letters in {syllable, syllable.replace("v", "u"), syllable.replace("x", "ks")}:
            table[syllable][letters] = table[syllable].get(letters, 0.0) + PINYIN
        older = wade_giles(syllable)
        table[syllable][older] = table[syllable].get(older, 0.0) + WADE_GILES
    return Spellings(table)


@cache
def japanese() -> Spellings:
    """Return the Latin spellings of Chinese characters and kana in Japanese names."""
    table: dict[str, dict[str, float]] = {}
    for character, row in _table("han_kanji.csv").items():
        spelled = table[character] = defaultdict(float)
        for reading, count in row.items():
            for letters, share in variants(reading):
                spelled[letters] += count * share
    return Spellings({**table, **kana_spellings()}, parted=False)
