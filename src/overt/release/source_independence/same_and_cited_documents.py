"""Determines which documents are the same, and which documents each document cites."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from overt.model.errors import ValueProblem
from overt.model.geography.country_name_lookup import CountryNames
from overt.model.values.dates import date_bounds
from overt.release.source_independence.publisher_names import publisher_keys_of
from overt.resolve.documents_with_and_without_address import title_length
from overt.resolve.names import NameKeys
from overt.resolve.names.folding_and_scripts import folded_words

LONG_TITLE = 6
"""Minimum number of words of a distinctive title. A document with the same title and about the same date is a reprint."""


class Document(NamedTuple):
    """The properties by which documents are compared."""

    id: str
    address: str
    """The normalised address; empty if there is none."""
    title: str
    publishers: tuple[str, ...]
    """The publisher as each source writes it; several sources can describe a document."""
    published: str
    """The date (EDTF); empty if unknown."""
    cites: tuple[str, ...] = ()
    """Ids of cited documents."""
    collects: bool = False
    """Whether it is a collection of other publishers' reports, according to the register that cites it."""
    announcements: frozenset[str] = frozenset()
    """Keys of the announcements that it reports (`announcement_keys`)."""


def same_documents(documents: Sequence[Document], forms: NameKeys, countries: CountryNames | None) -> Iterator[tuple[str, str]]:
    """Yield pairs of ids of documents that are the same by title, publisher and date. The caller handles equal addresses.

    Documents with equal titles are the same if their publishers are equal or unknown, and either their dates may be equal, or a
    date is unknown and the title is long. Documents of two publishers with the same long title, at most a day apart, are the same
    text. Titles of one word (`title_length`) are ignored. `countries`: see `publisher_key`.
    """
    by_title: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        words = folded_words(document.title)
        if title_length(words) >= 2:
            by_title[" ".join(words)].append(document)
    for title, alike in by_title.items():
        is_long = title_length(title.split()) >= LONG_TITLE
        for left, right in combinations(alike, 2):
            publishers = [keys for each in (left, right) if (keys := publisher_keys_of(forms, each.publishers, countries))]
            days = _days_apart(left.published, right.published)
            if len(publishers) < 2 or publishers[0] & publishers[1]:
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
    """Return the ids of the documents that each document cites, directly or through others."""
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
