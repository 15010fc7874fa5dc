"""Names brought to a key: equal keys are taken for the same name."""

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from overt.model.legal_forms import legal_forms
from overt.resolve.names.folding import fold, script_of, simplified

SHORTEST = 2
"""A form shorter than this says too little to join two records."""
_DROPPED = ("any", "limited", "stock")
"""Kinds of companies. A foundation, a cooperative or a state enterprise of a company's name is somebody else."""
_ALONE = re.compile(r"\b[^\W\d_](?: [^\W\d_])+\b", re.ASCII)
_UNSPACED = ("han", "hangul", "kana")


class _Dropped(NamedTuple):
    """The forms that are taken off names, folded, longest first."""

    endings: dict[str, list[str]]
    """Forms that stand apart from the name, by their last word."""
    beginnings: dict[str, list[str]]
    """The same by their first word, of those that may lead a name."""
    glued: list[str]
    """Forms that are written against the name: 有限公司."""


@cache
def _dropped() -> _Dropped:
    known = _Dropped(defaultdict(list), defaultdict(list), [])
    held = {
        (_folded(spelling), form.leads) for form in legal_forms().forms if form.kind in _DROPPED for spelling in form.spellings
    }
    for form, leads in sorted(held, key=lambda one: (-len(one[0]), one)):
        if script_of(form[0]) in _UNSPACED:
            known.glued.append(form)
            continue
        known.endings[form.split()[-1]].append(form)
        if leads:
            known.beginnings[form.split()[0]].append(form)
    return known


class NameForms:
    """Folds names and takes the legal forms of companies off them (`names/legal_forms.yml`)."""

    def __init__(self) -> None:
        self._endings, self._beginnings, self._glued = _dropped()
        self._glued_signs = {sign for form in self._glued for sign in (form[0], form[-1])}
        self.key = lru_cache(maxsize=1 << 16)(self._key)

    def _key(self, name: str) -> str | None:
        """The form under which a name is looked up; None when too little is left to tell anybody by."""
        folded = _folded(name)
        key = folded
        while (shorter := self._shorter(key)) != key:
            key = shorter
        return key if len(key.replace(" ", "")) >= SHORTEST else None

    def has_form(self, name: str) -> bool:
        """Whether a name says a legal form."""
        folded = _folded(name)
        return self._shorter(folded) != folded

    def _shorter(self, name: str) -> str:
        """The name without one legal form at its end or its beginning; a name that is nothing else stays."""
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
    """Folded, traditional Han signs as simplified ones, letters that stand alone as one word: S.A. as SA."""
    return _ALONE.sub(lambda run: run[0].replace(" ", ""), simplified(fold(name)))
