"""Determine who a document's information comes from, which documents are the same, and which documents each one cites."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from overt.model.errors import ValueProblem
from overt.model.values.dates import date_bounds
from overt.resolve.documents_without_address import title_length
from overt.resolve.names import NameKeys
from overt.resolve.names.folding import folded_words

_CITING = re.compile(
    r"\b(?:citing|quoting|quoted by|summary of|copy of|excerpt of|translation of|statement of|republishing|copied by|from|on|via)"
    r"\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;]|\s/\s|\band\b)\s*")
_PARTS = re.compile(r"\s*[,;]\s*")
_NOTE = re.compile(
    r"^(?:[a-z]+\s+)*(?:copy|mirror|repost|translation|translated|summary|text|extract|report|item|site|archived)\b"
)
_TRAILING_NOTE = re.compile(
    r"\s+(?:copy|mirror|text|report|summary|item|extract|translation|article|article copy|press release|investigation)$",
    re.IGNORECASE,
)
_TRAILING_DATA = re.compile(r"\s+data$")
_BRACKET = re.compile(r"\s*[(（]([^)）]*)[)）]")
_VIA = re.compile(r"^(?P<origin>.+?)\s+via\s+(?P<outlet>.+)$", re.IGNORECASE)
_CITES = re.compile(r"^(?P<outlet>.+?),?\s+(?:citing|quoting)\s+(?P<origin>.+)$", re.IGNORECASE)
_COPY_OF = re.compile(r"^copy of (?:an?\s+|the\s+)?(?P<origin>.+)$", re.IGNORECASE)
LONG_TITLE = 6
"""Minimum number of words of a distinctive title. Another document with this title, from about the same day, is a reprint."""


class PublisherNames(NamedTuple):
    """The publishers named in a document's publisher field."""

    outlets: tuple[str, ...]
    """The publishers, which the text separates by " / ". Empty for "copy of …" and "… via …", which only have `origins`."""
    origins: tuple[str, ...]
    """Publishers that the document cites or copies, according to the text."""
    bracketed: tuple[str, ...]
    """Names in brackets, which may be the origin ("Rappler (Reuters)") or anything else ("Nation (Kenya)")."""


def read_publisher(text: str) -> PublisherNames:
    """Parse the publishers in a text such as "Rappler (Reuters)", "VOA via Yahoo" or "Blog (VOA, citing AFP)"."""
    origins: list[str] = []
    bracketed: list[str] = []
    for note in _BRACKET.findall(text):
        is_copy, is_citing = bool(_NOTE.match(note)), False
        for part in _PARTS.split(note):
            if citing := _CITING.match(part):
                is_citing = True
                origins += _names(part[citing.end() :])
            elif not is_copy and not _NOTE.match(part):
                names = origins if is_citing else bracketed
                names += _names(part)
    outlet = _BRACKET.sub("", text).strip() or text.strip()
    if match := _VIA.match(outlet):
        return PublisherNames((), (*_names(match["origin"]), *origins), tuple(bracketed))
    if match := _CITES.match(outlet):
        return PublisherNames((match["outlet"].strip(" ,"),), (*_names(match["origin"]), *origins), tuple(bracketed))
    if match := _COPY_OF.match(outlet):
        return PublisherNames((), (*_names(match["origin"]), *origins), tuple(bracketed))
    outlets = (_TRAILING_NOTE.sub("", name).strip() for name in outlet.split(" / "))
    return PublisherNames(tuple(name for name in outlets if name), tuple(origins), tuple(bracketed))


def _names(text: str) -> list[str]:
    plain = (_TRAILING_NOTE.sub("", _TRAILING_DATA.sub("", name.strip(" ."))) for name in _BETWEEN.split(text))
    return [name for name in plain if name and not _NOTE.match(name)]


class Document(NamedTuple):
    """A document's properties by which it is compared with others."""

    id: str
    address: str
    """The normalised address; empty if there is none."""
    title: str
    publisher: str
    published: str
    """The date (EDTF); empty if unknown."""
    cites: tuple[str, ...] = ()
    """Ids of cited documents."""
    collects: bool = False
    """Whether it is a collection that sums up the reports of others, according to the register that cites it."""


def publisher_key(forms: NameKeys, name: str) -> str:
    """Return a publisher's name without text in brackets, legal form, case and punctuation."""
    plain = _BRACKET.sub("", name).strip() or name
    return forms.key(plain) or plain.casefold()


def same_documents(documents: Sequence[Document], forms: NameKeys) -> Iterator[tuple[str, str]]:
    """Yield pairs of documents that are the same by title, publisher and date. The caller handles equal addresses.

    Documents with equal titles are the same if their publishers are equal or unknown, and either their dates may be equal, or a
    date is unknown and the title is long. Documents of two publishers with the same long title, at most a day apart, are the same
    text. Titles of one word (`title_length`) are ignored.
    """
    by_title: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        words = folded_words(document.title)
        if title_length(words) >= 2:
            by_title[" ".join(words)].append(document)
    for title, alike in by_title.items():
        is_long = title_length(title.split()) >= LONG_TITLE
        for left, right in combinations(alike, 2):
            publishers = {publisher_key(forms, each.publisher) for each in (left, right) if each.publisher}
            days = _days_apart(left.published, right.published)
            if len(publishers) < 2:
                is_same = is_long if days is None else days == 0
            else:
                is_same = is_long and days is not None and days <= 1
            if is_same:
                yield left.id, right.id


def _days_apart(left: str, right: str) -> int | None:
    """Return the minimum number of days between two dates, 0 if they may be the same day; None if one is unknown or invalid."""
    if not left or not right:
        return None
    try:
        (first, last), (begin, end) = date_bounds(left), date_bounds(right)
    except ValueProblem:
        return None
    return max(0, (begin - last).days, (first - end).days)


def cited_documents(documents: Mapping[str, Document]) -> dict[str, frozenset[str]]:
    """Return the documents that each document cites, directly or through others."""
    closure: dict[str, frozenset[str]] = {}
    for start in documents:
        queue, reached = [start], set[str]()
        for identity in queue:
            for cited in documents[identity].cites if identity in documents else ():
                if cited not in reached and cited != start:
                    reached.add(cited)
                    queue.append(cited)
        closure[start] = frozenset(reached)
    return closure
