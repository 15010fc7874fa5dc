"""Notes that mark names as former names, registered names or brands.

Examples are “ex-” in ex-ADIE, “2017년까지” (until 2017) in 미래부(2017년까지), and “raison sociale” in Onatel (raison sociale).

The words of the notes are in `names/former_name_markers.yml`.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Annotated

from pydantic import StringConstraints

from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.names.folding_and_scripts import fold
from overt.resolve.names.lexicon import lexicon

_YEAR = r"(?:19|20)\d\d"
_EX = r"(?:ex|ish)-\s?"
"""Matches the beginning of ex-ADIE. The hyphen is required, because other names begin with these letters: Ex Libris."""
_LIST = re.compile(
    r"\s*[,;،、；]\s*(?:(?:and|then|later|et|y|und|и)\s+)?|\s+(?:[/→>]|and|then|later|et|puis|y|e|und|dann|en|och|og|oraz|и|затем|та|і|ve|dan|lalu|và|و|ثم|সহ|और|와|및)\s+"
)
"""Matches what separates the names in a list."""
_HAN = r"原(?![子料生油创創始])(?=[\u3400-\u9fff]{6})|旧(?![金石])(?=[\u3040-\u30ff\u3400-\u9fff]{5})"
"""Matches 原 or 旧 (“former”) before a long name, but not in words such as 原子 (atom) and 旧金山 (San Francisco)."""


_Words = list[Annotated[str, StringConstraints(pattern=r"[^\s*]")]]
"""Spellings with at least one character besides spaces and `*`. An empty spelling would match every name."""


class FormerNameFile(Content):
    """`names/former_name_markers.yml`."""

    title: str
    description: str
    before: _Words
    glued: _Words
    after: _Words
    last: _Words
    until: _Words
    year_until: _Words
    since: _Words
    year_since: _Words
    registered: _Words
    trading: _Words


@cache
def _words() -> FormerNameFile:
    return packaged_model(FormerNameFile, "names/former_name_markers.yml")


@cache
def _formerly() -> re.Pattern[str]:
    words = _words()
    before = rf"(?:{_any(words.before)})[\s:\uff1a-]+"
    glued = rf"(?:{_any(words.glued)})[:\uff1a\s]*"
    return re.compile(rf"^(?:{_EX}|{before}|{glued}|{_HAN})", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    """Return the pattern of a note after a name, in brackets or as its last word."""
    words = _words()
    return re.compile(rf"\s*[(\uff08\[]\s*(?:{_any(words.after)})\s*[)\uff09\]]$|\s+(?:{_any(words.last)})$", re.IGNORECASE)


@cache
def _note_of_time() -> re.Pattern[str]:
    """Return the pattern of a note that gives a name's period of use or a former name: until 2017, formerly Acme."""
    words = _words()
    until = rf"(?:{_any(words.until)})\b.*(?<!\d){_YEAR}\b.*|.*(?<!\d){_YEAR}\s?(?:{_any(words.year_until)})"
    return re.compile(
        rf"{_present()}|{until}|{_any(words.after)}|(?:former|formerly|previously|renamed|now)\b.*|{_EX}.*", re.IGNORECASE
    )


def without_formerly(name: str) -> str:
    """Return a name without the note that marks it as a former name; empty if there is no such note before or after it."""
    name = name.strip()
    rest = _formerly().sub("", name)
    if rest == name:
        rest = _after().sub("", name)
    return rest.strip() if rest != name else ""


@cache
def _present() -> str:
    """Return a pattern for notes with the year since which a name has been in use."""
    words = _words()
    return rf"(?:{_any(words.since)})\b.*\b{_YEAR}|.*(?<!\d){_YEAR}\s?(?:{_any(words.year_since)})"


@cache
def _sort_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any((*_words().registered, *_words().trading))})[\s,;:]+(?=\S)", re.IGNORECASE)


def former_names_in(name: str, *, has_form: bool) -> tuple[str, ...]:
    """Return the names in an alias that has a note for former names before or after it; empty if there is no such note.

    Several brands in a list are several names: formerly Zain, Celtel and KenCell. `has_form`: whether the alias has a legal
    form. A comma after a legal form precedes a place, so the alias is then one name.
    """
    former = without_formerly(name)
    parts = [part.strip() for part in _LIST.split(former) if part.strip()]
    are_brands = all(len(part.split()) == 1 and lexicon().has_brand(fold(part)) for part in parts)
    if not former or len(parts) == 1 or has_form or not are_brands:
        return (former,) if former else ()
    return tuple(parts)


def brand_before_description(name: str) -> set[str]:
    """Return the brand before the first comma of a registered name such as “Iskratel, telekomunikacijski sistemi, d.o.o.”.

    The set has the folded brand. It is empty unless the text before the comma is a single word that can be a brand.
    """
    first, comma, _ = name.partition(",")
    brand = fold(first)
    return {brand} if comma and " " not in brand and lexicon().has_brand(brand) else set()


def is_about_time(note: str) -> bool:
    """Return whether a note in brackets is about when a name was in use, or gives a former name: до 2019, formerly Acme.

    The kind of name may come first: brand until 2017.
    """
    note = note.strip()
    return any(_note_of_time().fullmatch(text) for text in (note, _sort_before().sub("", note, count=1)))


@cache
def _sorts() -> tuple[frozenset[str], frozenset[str]]:
    words = _words()
    return frozenset(map(fold, words.registered)), frozenset(map(fold, words.trading))


def is_about_sort(note: str) -> bool:
    """Return whether a note in brackets after a name is about the kind of name: raison sociale, brand."""
    return any(fold(note) in notes for notes in _sorts())


def is_about_registered(note: str) -> bool:
    """Return whether a note in brackets after a name marks the registered name: raison sociale.

    A start year may follow: raison sociale depuis 2018.
    """
    sort = _sort_before().match(note.strip())
    return fold(note) in _sorts()[0] or bool(sort and fold(sort[0]) in _sorts()[0] and is_about_present(note))


def is_about_present(note: str) -> bool:
    """Return whether a note gives the year since which a name has been in use: since 2019."""
    text = _sort_before().sub("", note.strip(), count=1)
    return bool(re.fullmatch(_present(), text, re.IGNORECASE))


def _any(spellings: Iterable[str]) -> str:
    """Return a pattern for any of these spellings; `*` stands for any ending. Without spellings, it matches nothing."""
    longest_first = sorted(spellings, key=lambda text: (-len(text), text))
    return "|".join(re.escape(spelling).replace(r"\*", r"\w*") for spelling in longest_first) or "(?!)"
