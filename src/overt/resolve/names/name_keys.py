"""Keys of names, which leave out companies' legal forms. Names with equal keys count as the same name."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from overt.resolve.names.folding import fold, plain_initials, script_of, simplified

MIN_KEY_LENGTH = 2
"""Minimum length of a key for joining records."""
_DROPPED = ("any", "limited", "stock")
"""Kinds of legal forms to drop. Other kinds stay, because a foundation, cooperative or state enterprise with a company's name is
another organisation.
"""
_SINGLE_LETTERS = re.compile(r"\b[^\W\d_](?: [^\W\d_])+\b", re.ASCII)
_PLAIN_LETTERS = str.maketrans({"ı": "i", "đ": "d", "ø": "o", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e"})
"""Letters that stay after folding, since they have no accent: Yıldız is also written Yildiz."""
_UNSPACED = ("han", "hangul", "kana")
_BRACKETS = re.compile(r"^([^()]+?)\s*\(([^()]+)\)$")
_DASH = re.compile(r"^(.+?)\s+[-–—]\s+([^\W\d_]{3,8})$")
_NOTE = re.compile(
    r"(?:as of|since|from|until|till|up to|before|after|depuis|jusqu'en|desde|hasta|até|seit|bis|с|до|после)\b.*\b(?:19|20)\d\d"
    r"|(?:former|formerly|previously|renamed|now)\b.*",
    re.IGNORECASE,
)
"""Matches a note in brackets about the time of a name, which is no part of it: (until March 2017), (formerly Acme)."""
_ELISION = re.compile(r"(?<=\b[dlDL])['’]")
_ABBREVIATION = re.compile(r"[A-Z]{3,8}")
MIN_WRITTEN_APART = 12
"""Minimum length of a name that is equal to one with other spaces. A shorter one may be another name if it is split elsewhere."""
GROUP_WORDS = frozenset({"group", "groupe", "grupo", "gruppe", "holding", "kumpulan"})
"""Last words, as spelled in keys, that mean the head of a group rather than another body: MTN Group is MTN."""


class _DroppedForms(NamedTuple):
    """The folded forms to drop, longest first."""

    endings: dict[str, list[str]]
    """Forms after a name, by their last word."""
    beginnings: dict[str, list[str]]
    """Forms that can precede a name, by their first word."""
    glued: list[str]
    """Forms written without a space: 有限公司."""


@cache
def _dropped_forms() -> _DroppedForms:
    from overt.model.legal_forms import legal_forms  # imported here because plain folding, as for a search, needs no YAML

    dropped = _DroppedForms(defaultdict(list), defaultdict(list), [])
    forms = {
        (_folded(spelling), form.leads) for form in legal_forms().forms if form.kind in _DROPPED for spelling in form.spellings
    }
    for form, leads in sorted(forms, key=lambda item: (-len(item[0]), item)):
        if script_of(form[0]) in _UNSPACED:
            dropped.glued.append(form)
            continue
        dropped.endings[form.split()[-1]].append(form)
        if leads:
            dropped.beginnings[form.split()[0]].append(form)
    return dropped


@cache
def _national_forms() -> dict[str, str]:
    """Return the folded spellings of legal forms that are specific to some countries, each with the form's id."""
    from overt.model.legal_forms import legal_forms

    return {
        _folded(spelling): form.id
        for form in legal_forms().forms
        if form.kind in _DROPPED and form.areas
        for spelling in form.spellings
    }


class NameKeys:
    """Folds names and drops the legal forms of companies (`names/legal_forms.yml`)."""

    def __init__(self) -> None:
        self._endings, self._beginnings, self._glued = _dropped_forms()
        self._glued_characters = {character for form in self._glued for character in (form[0], form[-1])}
        from overt.resolve.names.key_spellings import key_spellings  # imported here because search needs no YAML

        self._spellings = key_spellings()
        self._national = _national_forms()
        self.key = lru_cache(maxsize=1 << 16)(self._key)

    def _key(self, name: str) -> str | None:
        """Return the lookup key of a name; None if it is too short to identify an organisation.

        Abbreviations and country names have one spelling in keys (`names/key_spellings.yml`). A final abbreviation of the name,
        in brackets or after a dash, and a final note about its time, in brackets, are dropped.
        """
        key = self._spellings.respell(self._without_forms(_folded(_without_note(name))))
        return key if len(key.replace(" ", "")) >= MIN_KEY_LENGTH else None

    def _without_forms(self, folded: str) -> str:
        while (shorter := self._shorter(folded)) != folded:
            folded = shorter
        return folded

    def equal_names(self, name: str) -> Iterator[str]:
        """Yield the keys of a name: `key`, and for “Airtel (Bharti)” also the key of “Bharti Airtel”."""
        if key := self.key(name):
            yield key
        if (brackets := _BRACKETS.match(_without_note(name))) and (turned := self.key(f"{brackets[2]} {brackets[1]}")):
            yield turned

    def head_key(self, name: str) -> str | None:
        """Return the key that a name without a legal form shares with the head of its group: for “MTN Group”, the key of “MTN”.

        None for a name with a legal form, because a register of companies may have both (Sony Corporation, Sony Group
        Corporation), and for a name that is too short.
        """
        key = self.key(name)
        if key is None or self.has_form(name):
            return None
        rest, _, last = key.rpartition(" ")
        return (rest if len(rest.replace(" ", "")) >= MIN_KEY_LENGTH else None) if last in GROUP_WORDS else key

    def spaceless_key(self, name: str) -> str | None:
        """Return the key of a name without its spaces; None if it is shorter than MIN_WRITTEN_APART."""
        spaceless = (self.key(name) or "").replace(" ", "")
        return spaceless if len(spaceless) >= MIN_WRITTEN_APART else None

    def has_form(self, name: str) -> bool:
        """Return whether a name has a legal form."""
        return self.form_of(name) is not None

    def form_of(self, name: str) -> str | None:
        """Return the id of a name's legal form, or None.

        The id is empty for a form that English also uses for companies of other countries (Co., Ltd., Inc.), which says nothing
        about the body.
        """
        folded = _folded(_without_note(name))
        shorter = self._shorter(folded)
        if shorter == folded:
            return None
        form = folded.removeprefix(shorter).strip() if folded.startswith(shorter) else folded.removesuffix(shorter).strip()
        return self._national.get(form, "")

    def _shorter(self, name: str) -> str:
        """Return the name without one legal form at its end or beginning. A name that is only a form stays unchanged."""
        first, _, rest = name.partition(" ")
        last = name.rpartition(" ")[2]
        if rest:
            for form in self._endings.get(last, ()):
                if name.endswith(f" {form}"):
                    return name[: -len(form)].rstrip()
            for form in self._beginnings.get(first, ()):
                if name.startswith(f"{form} "):
                    return name[len(form) :].lstrip()
        if name and (name[-1] in self._glued_characters or name[0] in self._glued_characters):
            for form in self._glued:
                if name != form and name.endswith(form):
                    return name[: -len(form)].rstrip()
                if name != form and name.startswith(form):
                    return name[len(form) :].lstrip()
        return name


def _without_note(name: str) -> str:
    """Return a name without a final abbreviation, in brackets or after a dash, or a final note about its time, in brackets."""
    dash = _DASH.match(name)
    if dash and (fold(dash[2]) in plain_initials(dash[1]) or _abbreviates(dash[2].upper(), dash[1])):
        return dash[1]
    brackets = _BRACKETS.match(name)
    if not brackets:
        return name
    rest, note = brackets[1], brackets[2]
    is_note = fold(note) in plain_initials(rest) or _abbreviates(note, rest) or bool(_NOTE.fullmatch(note.strip()))
    return rest if is_note else name


def is_note_of_time(name: str) -> bool:
    """Return whether a name ends in a note about its time, in brackets: Acme (until 2017)."""
    brackets = _BRACKETS.match(name)
    return bool(brackets and _NOTE.fullmatch(brackets[2].strip()))


def _abbreviates(letters: str, name: str) -> bool:
    """Return whether capitals are, in order, initials of a name's words, beginning with the first. Words may be left out.

    A word after an elision counts: ATI of Agence tunisienne d'Internet.
    """
    if not _ABBREVIATION.fullmatch(letters):
        return False
    initials = [word[0] for word in fold(_ELISION.sub(" ", name)).split()]
    remaining = iter(initials)
    return letters.lower()[:1] == "".join(initials[:1]) and all(letter in remaining for letter in letters.lower())


def _folded(name: str) -> str:
    """Fold a name, simplify Chinese characters, use plain letters (ı, đ), and join single letters: S.A. becomes SA."""
    return _SINGLE_LETTERS.sub(lambda run: run[0].replace(" ", ""), simplified(fold(name)).translate(_PLAIN_LETTERS))


def alias_key(name: str, forms: NameKeys) -> str:
    """Return the lookup key of a name. Unlike `NameKeys.key`, this returns a key for short names, too."""
    return forms.key(name) or fold(name) or name
