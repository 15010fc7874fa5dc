"""Parses a document's publisher field, and recognises publishers by any of their names (`names/publishers.yml`)."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from overt.model.errors import ContentError, ValueProblem
from overt.model.geography.country_name_lookup import CountryNames
from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.names import NameKeys

_PATH = "names/publishers.yml"
_CITING = re.compile(
    r"(?:[A-Z][a-z]+\s+(?=translation\b))?"
    r"\b(?:citing|quoting|quoted by|summary of|copy of|excerpt of|translation of|statement of|notes on|republishing|copied by"
    r"|from|on|via|after)\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;]|\s/\s|\band\b)\s*")
_ON = re.compile(r"\s+on\s+")
_PARTS = re.compile(r"\s*[,;]\s*")
_NOTE = re.compile(
    r"^(?:[a-z]+\s+)*(?:copy|mirror|repost|repeated|reworded|cache|translation|translated|summary|text|extract|report|item|site"
    r"|archived?|compilation|database|repository|version)\b"
)
_TRAILING_NOTE = re.compile(
    r"(?:['’]s)?\s+(?:copy|mirror|text|report|summary|item|extract|translation|article|article copy|press release"
    r"|investigation)$",
    re.IGNORECASE,
)
_TRAILING_DATA = re.compile(r"\s+data$")
_BRACKET = re.compile(r"\s*[(（]([^)）]*)[)）]")
_ELSEWHERE = re.compile(r",\s+(?:at|in)\s+\S.*$")
_VIA = re.compile(r"^(?P<origin>.+?)\s+via\s+(?P<outlet>.+)$", re.IGNORECASE)
_CITES = re.compile(r"^(?P<outlet>.+?),?\s+(?:citing|quoting)\s+(?P<origin>.+)$", re.IGNORECASE)
_COPY_OF = re.compile(r"^copy of (?:an?\s+|the\s+)?(?P<origin>.+)$", re.IGNORECASE)


class PublisherFile(Content):
    """The content of `names/publishers.yml`."""

    title: str
    description: str
    source: str
    publishers: dict[str, list[str]]
    """The other names of each publisher, by its main name."""
    sections: list[str]
    """Publishers whose national sections and services add the name of a country, as in “Amnesty International UK”."""
    unnamed: list[str]
    """Words that sources write if they don't name the publisher, such as “press report”."""


class PublisherNames(NamedTuple):
    """The publishers named in a document's publisher field."""

    outlets: tuple[str, ...]
    """Who published the document; the field separates several by " / ". Empty for "copy of …" and "… via …"."""
    origins: tuple[str, ...]
    """Publishers that the document cites or copies, according to the field."""
    bracketed: tuple[str, ...]
    """Names in brackets, which may be the origin ("Rappler (Reuters)") or anything else ("Nation (Kenya)")."""


def read_publisher(forms: NameKeys, text: str) -> PublisherNames:
    """Parse the publishers in a text such as "Rappler (Reuters)", "VOA via Yahoo" or "Blog (VOA, citing AFP)".

    In "Blog (VOA on AFP)", VOA reports on what AFP published. A name is split at "on" only after a publisher that is in
    `names/publishers.yml`, because the word can be part of a name: Index on Censorship.
    """
    origins: list[str] = []
    bracketed: list[str] = []
    for note in _BRACKET.findall(text):
        is_copy, is_citing = bool(_NOTE.match(note)), False
        for part in _PARTS.split(note):
            if citing := _CITING.match(part):
                is_citing = True
                origins += _names(forms, part[citing.end() :])
            elif not is_copy and not _NOTE.match(part):
                names = origins if is_citing else bracketed
                names += _names(forms, part)
    outlet = _ELSEWHERE.sub("", _BRACKET.sub("", text).strip()) or text.strip()
    if match := _VIA.match(outlet):
        return PublisherNames((), (*_names(forms, match["origin"]), *origins), tuple(bracketed))
    if match := _CITES.match(outlet):
        return PublisherNames((match["outlet"].strip(" ,"),), (*_names(forms, match["origin"]), *origins), tuple(bracketed))
    if match := _COPY_OF.match(outlet):
        return PublisherNames((), (*_names(forms, match["origin"]), *origins), tuple(bracketed))
    outlets = (_TRAILING_NOTE.sub("", name).strip() for name in outlet.split(" / "))
    return PublisherNames(tuple(name for name in outlets if name), tuple(origins), tuple(bracketed))


def _names(forms: NameKeys, text: str) -> list[str]:
    parts = (part for name in _BETWEEN.split(text) for part in _split_at_on(forms, name))
    plain = (_TRAILING_NOTE.sub("", _TRAILING_DATA.sub("", name.strip(" ."))) for name in parts)
    return [name for name in plain if name and not _NOTE.match(name)]


def _split_at_on(forms: NameKeys, text: str) -> list[str]:
    known = _known_keys().publishers
    for on in _ON.finditer(text):
        outlet = text[: on.start()]
        if _plain_key(forms, outlet) in known:
            return [outlet, *_split_at_on(forms, text[on.end() :])]
    return [text]


def publisher_key(forms: NameKeys, name: str, countries: CountryNames | None) -> str:
    """Return a publisher's key. Names of one publisher have equal keys.

    The key is the name without text in brackets, legal form, case and punctuation. Other names and national sections of a
    publisher in `names/publishers.yml` have the key of that publisher's main name. The key is empty for a word that names no
    publisher. `countries`: names of countries, to recognise national sections; None to recognise no sections.
    """
    key = _plain_key(forms, name)
    known = _known_keys()
    if key in known.unnamed:
        return ""
    if publisher := known.publishers.get(key):
        return publisher
    words = key.split()
    for at in range(len(words) - 1, 0, -1):
        section = known.publishers.get(" ".join(words[:at]), "")
        if section in known.sections and countries is not None and is_area(countries, " ".join(words[at:])):
            return section
    return key


def publisher_keys_of(forms: NameKeys, names: Iterable[str], countries: CountryNames | None) -> frozenset[str]:
    """Return the keys of several names, without those that name no publisher. `countries`: see `publisher_key`."""
    return frozenset(key for name in names if (key := publisher_key(forms, name, countries)))


def is_area(names: CountryNames, name: str) -> bool:
    """Return whether a name is that of a country or area."""
    try:
        names.find(name)
    except ValueProblem:
        return False
    return True


class _KnownKeys(NamedTuple):
    """The contents of `names/publishers.yml`, with names replaced by their keys."""

    publishers: dict[str, str]
    """The key of the publisher's main name, by the key of each of its names."""
    sections: frozenset[str]
    unnamed: frozenset[str]


@cache
def _known_keys() -> _KnownKeys:
    file, forms = packaged_model(PublisherFile, _PATH), NameKeys()
    publishers: dict[str, str] = {}
    for publisher, names_beside in file.publishers.items():
        own = _plain_key(forms, publisher)
        for name in (publisher, *names_beside):
            key = _plain_key(forms, name)
            if publishers.setdefault(key, own) != own:
                raise ContentError(f"{_PATH}: publishers: {name}: is a name of two publishers")
    sections = frozenset(_plain_key(forms, name) for name in file.sections)
    if unknown := sections - set(publishers.values()):
        raise ContentError(f"{_PATH}: sections: {', '.join(sorted(unknown))}: not under publishers")
    return _KnownKeys(publishers, sections, frozenset(_plain_key(forms, name) for name in file.unnamed))


def _plain_key(forms: NameKeys, name: str) -> str:
    plain = _BRACKET.sub("", name).strip() or name
    return forms.key(plain) or plain.casefold()
