"""Meanings of words in names of institutions, by language (`institution_words_by_meaning.yml`, `institution_words.yml`)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from babel.languages import get_official_languages
from rapidfuzz.distance import Prefix

from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.names.folding_and_scripts import fold, latin, script_of

STOP = "stop"
"""The kind of words without a meaning of their own."""
_ELIDED, _UNELIDED = frozenset({"ca", "fr", "it"}), frozenset({"es", "pt"})
"""Languages that join words with an apostrophe, and related languages that don't."""
_MIN_STEM = 4
_MIN_FORM, _MAX_ENDING = 6, 3
"""Minimum number of letters that two forms of a word share at the beginning, and maximum number of letters after these."""
_BY_MEANING, _BY_LANGUAGE = "names/institution_words_by_meaning.yml", "names/institution_words.yml"
_MARKS = re.compile("[\u064b-\u0655\u0670\u0640]")
_LETTERS = str.maketrans(dict.fromkeys("ىیئۍېے", "ي") | dict.fromkeys("ةۃہھۀ", "ه") | {"ک": "ك"})
"""Letters that Arabic, Persian and Urdu write differently or confuse → the Arabic letter."""
_UNSPACED = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))
"""First and last characters of Thai and Lao, Burmese, and Khmer, which are written without spaces between words."""


class TranslationFile(Content):
    """`names/institution_words_by_meaning.yml`."""

    title: str
    description: str
    bodies: dict[str, list[str]]
    optional: dict[str, list[str]]
    stop: list[str]
    words: dict[str, list[str]]


class InstitutionWordFile(Content):
    """`names/institution_words.yml`."""

    title: str
    description: str
    bodies: list[str]
    compounds: dict[str, list[str]]
    """Meaning → the two or more meanings that it stands for."""
    countries: dict[str, list[str]]
    languages: dict[str, dict[str, list[str]]]


class Sense(NamedTuple):
    """A meaning of a word."""

    kind: str
    """`words`, `bodies`, `optional` or STOP."""
    meaning: str


class WordTable:
    """The known words of one or more languages, with their meanings."""

    def __init__(self) -> None:
        self.phrases: dict[tuple[str, ...], list[Sense]] = {}
        self.longest: dict[str, int] = {}
        """First word → number of words of the longest phrase that begins with it."""
        self._stems: dict[str, list[tuple[str, Sense]]] = defaultdict(list)
        self._forms: dict[str, list[tuple[str, Sense]]] = defaultdict(list)
        """First letters → words that may occur with a different ending."""
        self.unspaced: set[str] = set()

    def learn(self, spelling: str, sense: Sense, path: str) -> None:
        """Add a word, a phrase or, if it ends in `*`, the stem of words. Raises ContentError for an invalid spelling."""
        parts = tuple(map(plain, fold(spelling).split()))
        if not parts:
            raise ContentError(f"{path}: {sense.meaning}: {spelling!r} has no letters")
        if spelling.endswith("*"):
            if len(parts) > 1 or len(parts[0]) < _MIN_STEM:
                raise ContentError(
                    f"{path}: {sense.meaning}: {spelling!r} is not one word of {_MIN_STEM} letters or more before *"
                )
            self._stems[parts[0][:_MIN_STEM]].append((parts[0], sense))
            return
        if is_unspaced(parts[0]):
            self.unspaced.add(parts[0])
        # Stop words have no other forms: областной (regional) isn't a form of области (in the field of).
        if len(parts) == 1 and len(parts[0]) >= _MIN_FORM and sense.kind != STOP:
            self._forms[parts[0][:_MIN_FORM]].append((parts[0], sense))
        self.longest[parts[0]] = max(len(parts), self.longest.get(parts[0], 0))
        senses = self.phrases.setdefault(parts, [])
        if sense not in senses:
            senses.append(sense)

    def of_stem(self, word: str) -> list[Sense]:
        """Return the senses of the longest known stem at the beginning of a word; empty if there is none."""
        stems = [(stem, sense) for stem, sense in self._stems.get(word[:_MIN_STEM], ()) if word.startswith(stem)]
        longest = max((len(stem) for stem, _ in stems), default=0)
        return [sense for stem, sense in stems if len(stem) == longest]

    def words(self) -> Iterator[tuple[str, Sense]]:
        """Yield single words and stems with their senses."""
        yield from ((phrase[0], sense) for phrase, senses in self.phrases.items() if len(phrase) == 1 for sense in senses)
        yield from (entry for entries in self._stems.values() for entry in entries)

    @cached_property
    def latin_spellings(self) -> Mapping[str, frozenset[str]]:
        """Meaning → single words and stems with this meaning, in Latin letters.

        Cached here, because several languages can share a table.
        """
        spellings: dict[str, set[str]] = defaultdict(set)
        for word, sense in self.words():
            spellings[sense.meaning].add(latin(word))
        return {meaning: frozenset(words) for meaning, words in spellings.items()}

    def of_form(self, word: str) -> list[Sense]:
        """Return the senses of known words from which a long word differs only in its ending, as in intérieure, informações."""
        return [
            sense
            for form, sense in self._forms.get(word[:_MIN_FORM], ())
            if Prefix.similarity(word, form) >= max(_MIN_FORM, max(len(word), len(form)) - _MAX_ENDING)
        ]


class _Reading(NamedTuple):
    """The entries of the tables for a word in the languages of a country."""

    beginnings: list[tuple[tuple[str, ...], int]]
    """Forms of the word that can begin a phrase, with the number of words of the longest phrase. The word as written comes
    first, then the word without a prefix.
    """
    by_form: list[Sense]
    """Senses if no phrase matches: those of the word's stem or, failing that, of a word with a different ending."""


class InstitutionWords:
    """Finds the meanings of words in the languages of a country."""

    def __init__(self, tables: Iterable[WordTable], *, elides: bool) -> None:
        """`elides`: whether a word may begin with an elided d or l, as in d'information (`without_prefix`)."""
        self.tables = list(tables)
        self._elides = elides
        self._readings: dict[str, _Reading] = {}
        self._unspaced = sorted({text for table in self.tables for text in table.unspaced}, key=lambda text: (-len(text), text))

    def senses(self, pieces: list[str], at: int) -> tuple[int, list[Sense]]:
        """Return the number of words of the longest known phrase at a position, and its senses (empty for an unknown word)."""
        beginnings, by_form = self._reading(pieces[at])
        for forms, longest in beginnings:
            for size in range(min(longest, len(pieces) - at), 0, -1):
                for form in forms:
                    if senses := self._phrase((form, *pieces[at + 1 : at + size])):
                        return size, senses
        return 1, by_form

    def _reading(self, word: str) -> _Reading:
        """Return the entries of the tables for a word. They are cached, because many names have the same words."""
        if (reading := self._readings.get(word)) is None:
            groups = ((word,), tuple(without_prefix(word, elides=self._elides)))
            lengths = [
                (forms, max((table.longest.get(form, 0) for table in self.tables for form in forms), default=0))
                for forms in groups
            ]
            stems = _distinct(sense for table in self.tables for sense in table.of_stem(word))
            by_form = stems or _distinct(sense for table in self.tables for sense in table.of_form(word))
            reading = self._readings[word] = _Reading([entry for entry in lengths if entry[1]], by_form)
        return reading

    def _phrase(self, phrase: tuple[str, ...]) -> list[Sense]:
        return _distinct(sense for table in self.tables for sense in table.phrases.get(phrase, ()))

    def split(self, word: str) -> Iterator[str]:
        """Yield a word unchanged or, if its script has no spaces between words, its parts.

        These are the known words in it and the text between them, in order.
        """
        if not is_unspaced(word):
            yield word
            return
        rest, between = word, ""
        while rest:
            match = next((text for text in self._unspaced if rest.startswith(text)), "")
            if match and between:
                yield between
                between = ""
            if match:
                yield match
            else:
                between += rest[0]
            rest = rest[len(match) or 1 :]
        if between:
            yield between


@cache
def institution_words(country: str) -> InstitutionWords:
    """Return the words of `institution_words_by_meaning.yml`, and those of English and of a country's official languages.

    `country`: its code; empty if unknown. Raises ContentError for an invalid file.
    """
    by_meaning, by_language = _tables()
    codes = get_official_languages(country, regional=True, de_facto=True) if country else ()
    languages = dict.fromkeys(("en", *(code.partition("_")[0] for code in codes)))
    elides = not _ELIDED.isdisjoint(languages) or _UNELIDED.isdisjoint(languages)  # Portuguese “descola” is not d'escola
    tables = dict.fromkeys((by_meaning, *(by_language[code] for code in languages if code in by_language)))
    return InstitutionWords(tables, elides=elides)


def parts_of(meaning: str) -> list[str]:
    """Return the parts of a compound meaning such as `cyber-police`, or the meaning itself if it isn't a compound."""
    return _by_language().compounds.get(meaning, [meaning])


@cache
def latin_spellings(meaning: str, country: str) -> frozenset[str]:
    """Return the words with a meaning in a country's languages, in Latin letters, without phrases."""
    return frozenset().union(*(table.latin_spellings.get(meaning, ()) for table in institution_words(country).tables))


@cache
def country_stems(country: str) -> tuple[str, ...]:
    """Return the beginnings of other words for the country with this code, such as hellenic for Greece."""
    return tuple(plain(fold(stem)) for stem in _by_language().countries.get(country, ()))


@cache
def _by_language() -> InstitutionWordFile:
    return packaged_model(InstitutionWordFile, _BY_LANGUAGE)


@cache
def _tables() -> tuple[WordTable, Mapping[str, WordTable]]:
    """Return the words of institution_words_by_meaning.yml, and those of institution_words.yml by language."""
    file = packaged_model(TranslationFile, _BY_MEANING)
    general, kinds = WordTable(), {}
    lists = {STOP: {STOP: file.stop}, "words": file.words, "bodies": file.bodies, "optional": file.optional}
    for kind, meanings in lists.items():
        for meaning, spellings in meanings.items():
            kinds[meaning] = kind
            for spelling in spellings:
                general.learn(spelling, Sense(kind, meaning), _BY_MEANING)
    other = _by_language()
    kinds |= dict.fromkeys(other.bodies, "bodies")
    tables: dict[str, WordTable] = {}
    for codes, meanings in other.languages.items():
        table = WordTable()
        for meaning, spellings in meanings.items():
            for spelling in spellings:
                table.learn(spelling, Sense(kinds.get(meaning, "words"), meaning), f"{_BY_LANGUAGE}: {codes}")
        tables |= dict.fromkeys(codes.split(), table)
    return general, tables


def plain(word: str) -> str:
    """Return a folded word without Arabic vowel marks, and with plain letters: ı and đ become i and d, and ی becomes ي."""
    script = script_of(word[0]) if word else ""
    if script == "latin":
        return latin(word)
    return _MARKS.sub("", word).translate(_LETTERS) if script == "arabic" else word


def is_unspaced(word: str) -> bool:
    """Return whether a word is in Thai, Lao, Burmese or Khmer letters, which are written without spaces between words."""
    initial = word[:1]
    return not initial.isascii() and any(first <= initial <= last for first, last in _UNSPACED)


def _distinct(senses: Iterable[Sense]) -> list[Sense]:
    return list(dict.fromkeys(senses))


def without_prefix(word: str, *, elides: bool = True) -> Iterator[str]:
    """Yield an Arabic, Hebrew or Amharic word without a prefix that may be an article, conjunction or preposition.

    An Arabic word is also yielded with the article in place of the prefix. If the language `elides`, the word is also yielded
    without a first d or l that an apostrophe may have separated (d'information). The Amharic suffix for “and” is removed, too.
    """
    if elides and len(word) > 3 and word[0] in "dl" and word[1] in "aeiouh":  # shorter words may be names: Don, Lin
        yield word[1:]
    if word.isascii():
        return
    for prefix in ("وال", "بال", "لل", "ال", "و", "ل", "ب"):
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            yield word[len(prefix) :]
            yield f"ال{word[len(prefix) :]}"
    for prefix in ("וה", "ול", "לה", "בה", "ה", "ל", "ו", "ב", "מ", "የ", "በ", "ለ"):
        if word.startswith(prefix) and len(word) - len(prefix) > 1:
            yield word[len(prefix) :]
    if word.endswith("ና") and len(word) > 2:
        yield word[:-1]
        yield from without_prefix(word[:-1])
