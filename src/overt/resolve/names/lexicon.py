"""The lexicon of names: legal forms and known words, such as fields of work, kinds of body, places and numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from overt.model.content_catalogue import Catalogue
from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.legal_forms import FormFile, LegalForm, legal_forms
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping
from overt.resolve.names.folding_and_scripts import fold, latin, runs, simplified
from overt.resolve.names.legal_form_lookup import FormPhrases, add_form

Kind = Literal["brand", "field", "scope", "generic", "number", "country", "region", "city", "seat", "stop"]
"""Kinds of words. `seat` is a city at the start of a name, as in names of Chinese firms. `city` is a city elsewhere, as in names
of branches.
"""
KINDS: tuple[Kind, ...] = ("brand", "field", "scope", "generic", "number", "country", "region", "city", "seat", "stop")
UNSPACED = frozenset({"han", "hangul"})
"""Scripts that are written without spaces, and for which the lexicon has words."""
PLACES = frozenset({"country", "region", "city"})


class WordFile(Content):
    """`names/organization_fields_and_kinds.yml`."""

    title: str
    description: str
    stop: list[str]
    field: dict[str, list[str]]
    body: dict[str, list[str]]
    generic: dict[str, list[str]]
    scope: dict[str, list[str]]
    numbers: dict[str, list[str]]
    regions: dict[str, list[str]]
    places: dict[str, list[str]]
    cities: dict[str, list[str]]
    state: list[str]
    """Words of state bodies, which work in one country: a single word (`police`), or several words that must occur together
    (`security service`). Each word is a key of `field` or `body`.
    """


class Meaning(NamedTuple):
    """The meaning of a known word or phrase: its kind, and an id shared by all languages."""

    kind: Kind
    id: str


class Lexicon:
    """Known words and phrases, folded.

    Raises ContentError if a word has two meanings, `state` has an unknown word, or a spelling of a legal form has no letters.
    """

    def __init__(self, forms: FormFile, words: WordFile, areas: dict[str, list[str]]) -> None:
        self.words: dict[str, Meaning] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = defaultdict(list)
        self.unspaced: dict[str, Meaning] = {}
        self.forms: dict[str, LegalForm] = {form.id: form for form in forms.forms}
        self.endings: dict[str, FormPhrases] = {}
        """Legal forms by their last word."""
        self.beginnings: dict[str, FormPhrases] = {}
        """Legal forms that can precede a name, by their first word."""
        self.glued: dict[str, LegalForm] = {}
        """Legal forms that are written without a space (Han, Kana, Hangul)."""
        self._read_words(words)
        self._state = [frozenset(entry.split()) for entry in words.state]
        if unknown := frozenset().union(*self._state) - words.field.keys() - words.body.keys():
            raise ContentError(
                f"names/organization_fields_and_kinds.yml: state: {', '.join(sorted(unknown))}: neither a field nor a body"
            )
        self._read_areas(areas)
        for form in forms.forms:
            for spelling in form.spellings:
                self._read_form(form, spelling)
        for entries in self.phrases.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))
        longest_first = sorted(self.unspaced, key=lambda text: (-len(text), text))
        self.unspaced_pattern = re.compile("|".join(map(re.escape, longest_first)))
        self.glued_longest = max(map(len, self.glued))
        self._near = _deletions({word for ending in self.endings.values() for words in ending.forms for word in words})
        self._near_beginnings = {word[:2] for word in self._near.values()}
        self._corrected: dict[str, str] = {}

    def names_state_body(self, key: str) -> bool:
        """Return whether a folded name has the words of a state body, such as police, but no country."""
        return self.has_state_words(key) and not any(
            self.words[word].kind == "country" for word in key.split() if word in self.words
        )

    def has_state_words(self, key: str) -> bool:
        """Return whether a folded name has the words of a state body, such as police, with or without a country."""
        ids = {self.words[word].id for word in key.split() if word in self.words}
        return any(words <= ids for words in self._state)

    def has_brand(self, key: str) -> bool:
        """Return whether a folded name has a word that isn't in the lexicon, or is in it as a brand."""
        return any(word not in self.words or self.words[word].kind == "brand" for word in key.split())

    def _read_words(self, words: WordFile) -> None:
        for spelling in words.stop:
            self._add(spelling, Meaning("stop", ""))
        groups: tuple[tuple[Kind, dict[str, list[str]]], ...] = (
            ("field", words.field),
            ("field", words.body),
            ("generic", words.generic),
            ("scope", words.scope),
            ("number", words.numbers),
            ("region", words.regions),
            ("country", words.places),
            ("city", words.cities),
        )
        for kind, group in groups:
            for name, spellings in group.items():
                for spelling in spellings:
                    self._add(spelling, Meaning(kind, name))

    def _read_areas(self, areas: dict[str, list[str]]) -> None:
        for code, names in areas.items():
            for name in names:
                folded = simplified(fold(name))
                # Names of two letters are country codes. Common abbreviations are in organization_fields_and_kinds.yml.
                if len(folded) > 2 or not folded.isascii():
                    self._add(name, Meaning("country", code), allow_repeat=True)

    def _add(self, spelling: str, meaning: Meaning, *, allow_repeat: bool = False) -> None:
        folded = simplified(fold(spelling)) or spelling
        known = self.words.setdefault(folded, meaning) if " " not in folded else meaning
        if known != meaning and not allow_repeat:
            raise ContentError(
                f"names/organization_fields_and_kinds.yml: {spelling!r} is under {known.id!r} and under {meaning.id!r}"
            )
        parts = tuple(folded.split())
        if len(parts) > 1:
            self.phrases[parts[0]].append((parts, meaning))
        elif _script(folded) in UNSPACED:
            if len(folded) > 1:
                self.unspaced.setdefault(folded, meaning)
        elif not folded.isascii() and len(latin(folded)) > 3:
            self.words.setdefault(latin(folded), meaning)

    def _read_form(self, form: LegalForm, spelling: str) -> None:
        folded = simplified(fold(spelling))
        if not folded:
            raise ContentError(f"names/legal_forms.yml: {form.id}: {spelling!r} has no letters; leave it out")
        script = _script(folded)
        if script in ("han", "kana", "hangul"):
            if len(folded) > 1:
                self.glued.setdefault(folded, form)
            else:
                add_form(self.endings, folded, (folded,), form)
                add_form(self.beginnings, folded, (folded,), form)
            return
        spellings = {folded}
        if folded.isalpha() and len(folded) <= 5:
            spellings.add(" ".join(folded))  # folding turns S.A. into two words, and SA into one
        for written in sorted(spellings):
            parts = tuple(written.split())
            add_form(self.endings, parts[-1], parts, form)
            if not folded.isascii() or form.leads or (len(parts) > 1 and len(folded) > 8):
                add_form(self.beginnings, parts[0], parts, form)

    def near_form_word(self, word: str) -> str:
        """Return the word of a legal form that a long unknown word misspells by one letter; otherwise the word itself."""
        if len(word) < 5 or word[:2] not in self._near_beginnings or word in self.words:
            return word
        if word not in self._corrected:
            if len(self._corrected) > 1 << 18:
                self._corrected.clear()
            candidates = (self._near.get(shorter) for shorter in _shortened(word))
            self._corrected[word] = next((near for near in candidates if near and abs(len(near) - len(word)) < 2), word)
        return self._corrected[word]


def _shortened(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _deletions(words: set[str]) -> dict[str, str]:
    near: dict[str, str] = {}
    for word in sorted(word for word in words if len(word) > 4):
        for shorter in _shortened(word):
            near.setdefault(shorter, word)
    return near


def _script(word: str) -> str:
    return runs(word)[0][0] if word else ""


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the package, which is read on the first call. Raises ContentError for an invalid file."""
    folder = packaged_content() / "names"
    words = parse(WordFile, read_mapping(folder / "organization_fields_and_kinds.yml"), "names/organization_fields_and_kinds.yml")
    areas = {
        code: [name for name in (area.label, area.label_zh, *area.names) if "," not in name]
        for code, area in Catalogue().areas.areas.items()
        if area.kind != "region"
    }
    return Lexicon(legal_forms(), words, areas)
