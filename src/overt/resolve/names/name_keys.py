"""Keys of names without their legal forms. Names with equal keys count as the same name."""

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from overt.resolve.names.folding import fold, script_of, simplified

SHORTEST = 2
"""Minimum number of letters of a key by which records may be joined."""
_DROPPED = ("any", "limited", "stock")
"""Kinds of legal forms that are dropped. Other kinds stay, because a foundation, cooperative or state enterprise with a company's
name is another organisation.
"""
_SINGLE_LETTERS = re.compile(r"\b[^\W\d_](?: [^\W\d_])+\b", re.ASCII)
_UNSPACED = ("han", "hangul", "kana")


class _DroppedForms(NamedTuple):
    """The folded forms to drop, longest first."""

    endings: dict[str, list[str]]
    """Forms after a name, by their last word."""
    beginnings: dict[str, list[str]]
    """Forms that may precede a name, by their first word."""
    glued: list[str]
    """Forms written without a space: 有限公司."""


@cache
def _dropped_forms() -> _DroppedForms:
    from overt.model.legal_forms import legal_forms  # Imported here because folding alone, as for a search, needs no YAML.

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


class NameKeys:
    """Folds names and drops the legal forms of companies (`names/legal_forms.yml`)."""

    def __init__(self) -> None:
        self._endings, self._beginnings, self._glued = _dropped_forms()
        self._glued_signs = {sign for form in self._glued for sign in (form[0], form[-1])}
        self.key = lru_cache(maxsize=1 << 16)(self._key)

    def _key(self, name: str) -> str | None:
        """Return the key by which a name is looked up; None if it is too short to identify an organisation."""
        folded = _folded(name)
        key = folded
        while (shorter := self._shorter(key)) != key:
            key = shorter
        return key if len(key.replace(" ", "")) >= SHORTEST else None

    def has_form(self, name: str) -> bool:
        """Return whether a name has a legal form."""
        folded = _folded(name)
        return self._shorter(folded) != folded

    def _shorter(self, name: str) -> str:
        """Return the name without one legal form at its end or beginning; the name itself if it consists only of that form."""
        first, _, rest = name.partition(" ")
        last = name.rpartition(" ")[2]
        if rest:
            for form in self._endings.get(last, ()):
                if name.endswith(f" {form}"):
                    return name[: -len(form)].rstrip()
            for form in self._beginnings.get(first, ()):
                if name.startswith(f"{form} "):
                    return name[len(form) :].lstrip()
        if name and (name[-1] in self._glued_signs or name[0] in self._glued_signs):
            for form in self._glued:
                if name != form and name.endswith(form):
                    return name[: -len(form)].rstrip()
                if name != form and name.startswith(form):
                    return name[len(form) :].lstrip()
        return name


def _folded(name: str) -> str:
    """Fold a name, simplify Chinese characters, and join runs of single letters: S.A. as SA."""
    return _SINGLE_LETTERS.sub(lambda run: run[0].replace(" ", ""), simplified(fold(name)))


def alias_key(name: str, forms: NameKeys) -> str:
    """Return the key by which a name is looked up. Unlike keys for joining records, it exists for short names, too."""
    return forms.key(name) or fold(name) or name
