"""Split organisations' names into parts such as brand, field of work, places and legal form.

This is fast enough for a million names. `overt.resolve.names` uses the same word lists, but is more careful and slower.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from anyascii import anyascii

from overt.model.content_catalogue import Catalogue
from overt.model.geography.countries_and_territories import Areas
from overt.model.legal_forms import FormFile, legal_forms
from overt.model.yaml_reading_and_validation import packaged_model
from overt.resolve.names.folding_and_scripts import MAX_NAME_LENGTH, simplified
from overt.resolve.names.lexicon import WordFile

_LAST_LATIN = "\u024f"
_MAX_LETTERS = 120
"""Maximum length of a part of a name, in characters."""
_SOUNDS = str.maketrans({**dict.fromkeys("aeiouwyh", ""), "c": "k", "q": "k", "g": "k", "j": "k", "z": "s", "x": "ks", "v": "f"})
_DIGRAPHS = (("dzh", "j"), ("kh", "h"))
"""Transliterated letters → the letters used for the same sound in Latin spellings."""
_TWICE = re.compile(r"(.)\1+")
_ARTICLES = re.compile(r"\b(?:ال|لل)(?=\w{3})")
"""Matches the Arabic prefixes for “the” and “for the”."""


class NameParts(NamedTuple):
    """Parts of a name; None for a missing part. Unless stated otherwise, a part has sorted words of letters a–z and digits.

    Fields and places are keys of the word list or codes of countries, in lower case. If a name has only common words, they are
    also its brand.
    """

    brand: str | None
    letters: str | None
    """The brand's words in their original order, without spaces. If all words are common, fields come before places."""
    characters: str | None
    """The brand in simplified Chinese characters; None if it has none, or if the name also has letters of other scripts."""
    script: str | None
    """Script of the name: `latin`, `han`, or `other` (including several scripts); `latin` for a name of common words only."""
    field: str | None
    place: str | None
    form: str | None
    numbers: str | None
    sound: str | None
    """The brand's consonants, word by word, with similar consonants merged. Transliteration hardly changes them."""
    initials: str | None
    """First letters of up to 12 words in order; None if there are fewer than three. Legal forms and known phrases are left out,
    and so are stop words, except in Chinese.
    """


_Meaning = tuple[str, str]
"""The kind of a word (`form`, `field`, `place`, `number`, `empty`, `brand`) and its canonical word."""
_ByKind = dict[str, list[str]]
"""The words of a name by kind."""


class NameReader:
    """Splits names with word lists. A name's parts don't depend on the names read before it."""

    def __init__(self, words: WordFile, forms: FormFile, areas: Areas) -> None:
        self._signs = _FoldedCharacters()
        self._words: dict[str, _Meaning] = {}
        self._phrases: dict[str, list[tuple[list[str], _Meaning]]] = {}
        self._han: dict[str, _Meaning] = {}
        for ascii_only in (True, False):  # ASCII spellings take precedence over others with the same transliteration
            for form in forms.forms:
                spellings = (spelling for spelling in form.spellings if spelling.isascii() is ascii_only)
                self._learn(spellings, ("form", form.kind))
        self._learn(words.stop, ("empty", ""))
        groups = [("field", group) for group in (words.field, words.body, words.generic, words.scope)]
        groups += [("number", words.numbers)]
        groups += [("place", group) for group in (words.places, words.regions, words.cities)]
        for kind, group in groups:
            for word, spelling_list in group.items():
                self._learn(spelling_list, (kind, word.lower()))
        for area in areas.areas.values():
            self._learn([area.label, area.label_zh, *area.names], ("place", area.code.lower()))
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase[0]))
        self._longest = max(map(len, self._han), default=1)

    def _learn(self, spellings: Iterable[str], meaning: _Meaning) -> None:
        """Add spellings of a word or phrase. The first meaning of a spelling wins."""
        for spelling in spellings:
            folded = self._fold(spelling)
            pieces = _join_initials(folded.split())
            if not pieces or (
                len(spelling.strip("()")) == 1 and not spelling.isascii()
            ):  # a single character may be part of another word
                continue
            if all(_is_han(character) for character in folded):
                self._han.setdefault(folded, meaning)
            elif len(pieces) == 1:
                self._words.setdefault(pieces[0], meaning)
            elif not any(pieces == phrase for phrase, _ in self._phrases.get(pieces[0], ())):
                self._phrases.setdefault(pieces[0], []).append((pieces, meaning))

    def _fold(self, name: str) -> str:
        text = name[:MAX_NAME_LENGTH].casefold()
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
            text = _ARTICLES.sub("", text) if "\u0644" in text else text  # every Arabic article contains the letter lam
        return text.translate(self._signs)

    def read(self, name: str) -> NameParts:
        """Return the parts of a name of any length and script."""
        folded, characters = self._fold(name), ""
        pieces = _join_initials(folded.split())
        words: _ByKind = {"brand": [], "field": [], "place": [], "number": [], "form": [], "empty": []}
        initials: list[str] = []
        at, end = 0, len(pieces)
        while at < end:
            piece = pieces[at]
            if piece in self._phrases and (phrase := self._phrase(pieces, at)):
                size, (kind, word) = phrase
                words[kind].append(word)
                at += size
                continue
            at += 1
            if not piece.isascii():
                characters += self._read_han(piece, words, initials)
                continue
            kind, word = self._words.get(piece, ("brand", piece))
            words[kind].append(word)
            if kind != "form" and kind != "empty":
                initials.append(piece[0])
        return _name_parts(words, initials, characters, _script(name[:MAX_NAME_LENGTH], folded, characters))

    def _phrase(self, pieces: list[str], at: int) -> tuple[int, _Meaning] | None:
        for phrase, meaning in self._phrases[pieces[at]]:
            if pieces[at : at + len(phrase)] == phrase:
                return len(phrase), meaning
        return None

    def _read_han(self, piece: str, words: _ByKind, initials: list[str]) -> str:
        """Split Chinese text without spaces into words, and return the characters of the brand.

        Adds the words to `words`, and their first letters to `initials`. Many names end in the same words, so the search starts
        at the end and takes the longest known word at each position. The remaining characters are the brand, which is added as
        pinyin.
        """
        cut: list[tuple[str, _Meaning | None]] = []
        run = ""
        at = len(piece)
        while at:
            for length in range(min(self._longest, at), 0, -1):
                if known := self._han.get(piece[at - length : at]):
                    if run:
                        cut.append((run, None))
                        run = ""
                    cut.append((piece[at - length : at], known))
                    at -= length
                    break
            else:
                at -= 1
                run = piece[at] + run
        if run:
            cut.append((run, None))
        characters = ""
        for text, meaning in reversed(cut):
            kind, word = meaning or ("brand", text.translate(_PINYIN))
            if not word and kind == "brand":
                continue
            words[kind].append(word)
            if kind == "brand":
                characters += "".join(character for character in text if _is_han(character))
            if kind != "form":
                initials.append(text[0].translate(_PINYIN)[:1])
        return characters


def _join_initials(pieces: list[str]) -> list[str]:
    """Join consecutive single letters, as in S.A. and L.L.C."""
    if all(len(piece) > 1 for piece in pieces):
        return pieces
    joined: list[str] = []
    in_run = False
    for piece in pieces:
        is_initial = len(piece) == 1 and piece.isascii()
        if is_initial and in_run:
            joined[-1] += piece
        else:
            joined.append(piece)
        in_run = is_initial
    return joined


def load_reader(content: Catalogue) -> NameReader:
    """Return a reader of names, made from the packaged word lists (`content/names`) and the areas of a catalogue.

    Raises ContentError if a list is invalid. The last reader is cached.
    """
    digest = content.digest("names", "vocab")
    reader = _readers.get(digest)
    if reader is None:
        words = packaged_model(WordFile, "names/organization_fields_and_kinds.yml")
        reader = NameReader(words, legal_forms(), content.areas)
        _readers.clear()  # one cached reader is enough, because atlases usually have the same lists
        _readers[digest] = reader
    return reader


_readers: dict[str, NameReader] = {}


def _name_parts(words: _ByKind, initials: list[str], characters: str, script: str) -> NameParts:
    brand = words["brand"]
    digits = [word for word in brand if word.isdigit()]
    brand = [word for word in brand if not word.isdigit()] if digits else brand
    numbers = digits + words["number"]
    if not brand:  # for names such as Bank of China, which contain only common words
        brand, characters, script = words["field"] + words["place"] or numbers, "", "latin"
    letters = "".join(brand)[:_MAX_LETTERS]
    return NameParts(
        _join_words(brand),
        letters or None,
        characters[:_MAX_LETTERS] if script == "han" and characters else None,
        script if letters else None,
        _join_words(words["field"]),
        _join_words(words["place"]),
        _join_words([form for form in words["form"] if form != "any"]),
        _join_words(numbers),
        _sound(brand),
        "".join(initials[:12]) if len(initials) >= 3 else None,
    )


def _script(name: str, folded: str, characters: str) -> str:
    """Return the script of a name.

    In `folded`, all letters except Chinese characters are transliterated to Latin.
    """
    if name.isascii():
        return "latin"
    if characters:
        return "other" if any("a" <= character <= "z" for character in folded) else "han"
    normalized = unicodedata.normalize("NFKC", name)
    return (
        "other"
        if any(character > _LAST_LATIN and character.isalpha() and not _is_han(character) for character in normalized)
        else "latin"
    )


def _sound(brand: list[str]) -> str | None:
    text = " ".join(brand)[:_MAX_LETTERS]
    for digraph, letter in _DIGRAPHS:
        if digraph in text:
            text = text.replace(digraph, letter)
    return " ".join(_TWICE.sub(r"\1", text.translate(_SOUNDS)).split()) or None


def _join_words(words: list[str]) -> str | None:
    if len(words) < 2:
        return (words[0][:_MAX_LETTERS] or None) if words else None
    return " ".join(sorted({word for word in words if word}))[:_MAX_LETTERS] or None


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


class _FoldedCharacters(dict[int, str]):
    """Folded form of each character: a–z, digits, a Chinese character, a space, or nothing. Filled as characters occur."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


class _Pinyin(dict[int, str]):
    """Pinyin of each Chinese character, without its tone. Filled as characters occur."""

    def __missing__(self, code: int) -> str:
        self[code] = latin = _latin(chr(code))
        return latin


_PINYIN = _Pinyin()


def _fold_character(character: str) -> str:
    if character in "'’ʼ`" or unicodedata.category(character) in ("Mn", "Cf"):  # these don't end a word
        return ""
    if _is_han(character):
        return simplified(character)
    if not character.isalnum():
        return " "
    return _latin(character)


def _latin(character: str) -> str:
    return "".join(letter for letter in anyascii(character).casefold() if letter.isalnum() and letter.isascii())
