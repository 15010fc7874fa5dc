"""Keys of names, without the legal forms of companies. Names with equal keys count as the same name."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from overt.resolve.names.folding_and_scripts import fold, script_of, simplified
from overt.resolve.names.notes_in_brackets import BRACKETS, without_note

MIN_KEY_LENGTH = 2
"""Minimum length of a key for joining records."""
_DROPPED = ("any", "limited", "stock")
"""Kinds of legal forms to drop. Other kinds stay, because a foundation, cooperative or state enterprise with the name of a
company is a different organisation.
"""
_SINGLE_LETTERS = re.compile(r"\b[^\W\d_](?: [^\W\d_])+\b", re.ASCII)
_PLAIN_LETTERS = str.maketrans({"ı": "i", "đ": "d", "ø": "o", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e"})
"""Letters that folding doesn't change, because they have no accent → plain letters: Yıldız is also written Yildiz."""
_UNSPACED = ("han", "hangul", "kana")
_SEATED = re.compile(r"(.+),\s*([^\W\d_]+)")
"""Matches a name followed by a place: Quill (Pvt) Limited, Haripur."""
MIN_WRITTEN_APART = 12
"""Minimum length of a key whose spaces don't matter. Shorter keys that differ in their spaces may be different names."""
GROUP_WORDS = frozenset({"group", "groupe", "grupo", "gruppe", "holding", "kumpulan"})
"""Words at the end of a key that mean the head of a group. A name means the same body with and without them: MTN Group, MTN."""


class _DroppedForms(NamedTuple):
    """The folded legal forms to drop from names, longest first."""

    endings: dict[str, list[str]]
    """Forms after a name, by their last word."""
    beginnings: dict[str, list[str]]
    """Forms that can precede a name, by their first word."""
    glued: list[str]
    """Forms written without a space: 有限公司 (limited company)."""


@cache
def _dropped_forms() -> _DroppedForms:
    from overt.model.legal_forms import legal_forms  # imported here because callers that only fold names need no YAML

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
    """Makes keys of names: folded, in standard spelling, and without legal forms of companies (`names/legal_forms.yml`)."""

    def __init__(self) -> None:
        self._endings, self._beginnings, self._glued = _dropped_forms()
        self._glued_characters = {character for form in self._glued for character in (form[0], form[-1])}
        from overt.resolve.names.standard_spellings import key_spellings  # imported here because search needs no YAML

        self._spellings = key_spellings()
        self._national = _national_forms()
        self.key = lru_cache(maxsize=1 << 16)(self._key)

    def _key(self, name: str) -> str | None:
        """Return the lookup key of a name; None if it is too short to identify an organisation.

        Abbreviations and country names have one spelling in keys (`names/key_spellings.yml`). An abbreviation of the name is
        dropped if it is in brackets, after a dash at the end, or before a dash at the beginning. So is a final note in brackets
        on when the name was in use, or on what kind of name it is.
        """
        key = self._spellings.respell(self._without_forms(_folded(without_note(name))))
        return key if len(key.replace(" ", "")) >= MIN_KEY_LENGTH else None

    def _without_forms(self, folded: str) -> str:
        while (shorter := self._shorter(folded)) != folded:
            folded = shorter
        return folded

    def equal_names(self, name: str) -> Iterator[str]:
        """Yield the keys of a name: `key`, and for “Airtel (Bharti)” also the key of “Bharti Airtel”."""
        if key := self.key(name):
            yield key
        if (brackets := BRACKETS.match(without_note(name))) and (turned := self.key(f"{brackets[2]} {brackets[1]}")):
            yield turned

    def head_key(self, name: str) -> str | None:
        """Return the key that a name without a legal form shares with the head of its group: for “MTN Group”, the key of “MTN”.

        For a name that doesn't end in a word such as “Group”, this is its own key. The result is None for a name that is too
        short or has a legal form: a register may have both Sony Corporation and Sony Group Corporation.
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

        The id is empty for a form that English names of companies in any country have (Co., Ltd., Inc.), because it doesn't
        distinguish bodies.
        """
        folded = _folded(without_note(name))
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


def _folded(name: str) -> str:
    """Fold a name, simplify Chinese characters, replace letters such as ı and đ, and join single letters: S.A. becomes SA."""
    return _SINGLE_LETTERS.sub(lambda run: run[0].replace(" ", ""), simplified(fold(name)).translate(_PLAIN_LETTERS))


def alias_key(name: str, forms: NameKeys) -> str:
    """Return the lookup key of a name. Unlike `NameKeys.key`, this returns a key for short names, too."""
    return forms.key(name) or fold(name) or name


def without_seat(name: str, keys: NameKeys) -> str:
    """Return a name without the place after its legal form: Quill (Pvt) Limited, Haripur. Empty for any other name."""
    match = _SEATED.fullmatch(name.strip())
    if not match or keys.form_of(match[1]) is None or keys.form_of(f"{match[1].partition(' ')[0]} {match[2]}") is not None:
        return ""  # In Quill Co., Ltd, the last word belongs to the legal form.
    return match[1]
