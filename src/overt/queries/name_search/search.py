"""Search over names in any script, while they are being typed."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import orjson

from overt.index.search_text import hashed
from overt.queries.database import Reader
from overt.queries.name_search import index_plan as plan
from overt.queries.name_search.match_marks import Parts, marked
from overt.queries.name_search.name_fit import Fit, Query, fit, read_aloud, read_query, singular, spoken

MOST = 1_000
"""Maximum number of entries that the results of one query can have."""
_FEW = 5
"""With fewer results than this, other word boundaries, other scripts and typing errors are tried too."""
_AT_LEAST = 24
"""Minimum number of entries to rank, the best known of those with the words."""


class Entry(NamedTuple):
    """An entry of the index of names: a record, a country, a term, a figure or a source."""

    n: int
    """Number of the entry; the most important entries have the lowest numbers."""
    type: str
    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    kind: str | None
    countries: str | None
    """Codes of countries as a JSON list."""
    projects: int | None
    year: int | None
    names: str = ""
    """Names, one per line; empty in a match."""


class Match(NamedTuple):
    """An entry with a name that fits a query."""

    entry: Entry
    name: Parts
    """The matching name, in pieces that are alternately unmarked and marked."""
    fit: Fit


def find(reader: Reader, typed: str, *, size: int = 50, number: int = 1) -> tuple[int, list[Match]]:
    """Return how many entries have a name that matches what was typed (at most `MOST`), and one page of them, best first.

    The order is that of `first`.
    """
    query = read_query(typed)
    start = size * (number - 1)
    if query is None or start >= MOST:
        return 0, []
    hits = _look(reader, query, start + size)
    words = plan.words(reader, query) if len(hits.ways) >= start + size and not query.thin else None
    total = reader.first("search.count", [words, MOST]) if words else None
    return max(total["entries"] if total else 0, min(MOST, len(hits.ways))), hits.page(start, start + size)


def first(reader: Reader, typed: str, size: int) -> list[Match]:
    """Return the entries whose names best match what was typed.

    Full names come before names that begin with the query, these before names with its words, and these before names with typing
    errors. Among equal matches, entries with more projects and sources come first. A document never ranks higher than names with
    the words.
    """
    query = read_query(typed)
    return _look(reader, query, size).page(0, size) if query else []


def full_name_matches(reader: Reader, typed: str) -> list[Match]:
    """Return the entries with a full name that is spelled or sounds like what was typed, best first."""
    query = read_query(typed)
    if query is None:
        return []
    hits = _Hits(reader, _AT_LEAST)
    hits.compare(hits.full_names(query), query, may_equal=True)
    return hits.page(0, _AT_LEAST)


def _look(reader: Reader, query: Query, size: int) -> "_Hits":
    most = MOST if query.thin else min(MOST, max(_AT_LEAST, size))
    hits = _Hits(reader, most)
    words = plan.words(reader, query)
    with_words = hits.search(words)
    hits.compare(hits.full_names(query), query, may_equal=True)
    if query.thin:  # the index contains sounds, and for such a word only an equal spelling is a match
        hits.compare(with_words, query)
        return hits
    hits.compare(hits.search(plan.together(reader, query)), query)
    hits.compare(with_words, query, worst=Fit.SCATTERED)
    if len(with_words) == most:  # otherwise names that begin with the query are among those with its words
        hits.compare(hits.search(plan.begins(reader, query)), query, worst=Fit.SCATTERED)
    else:
        _look_further(hits, query, size)
    return hits


def _look_further(hits: "_Hits", query: Query, size: int) -> None:
    """Try other meanings of the query until there are a few results, and typing errors until a page is full."""
    if len(hits.ways) < _FEW:
        for expression in plan.spaced(hits.reader, query):
            hits.compare(hits.search(expression), query)
    if len(hits.ways) < _FEW:
        hits.compare(hits.search(plan.parted(hits.reader, query)), query)
    read = read_aloud(query)
    for other in (singular(query), read):
        if other and len(hits.ways) < _FEW:
            hits.compare(hits.full_names(other), other, may_equal=True)
            hits.compare(hits.search(plan.words(hits.reader, other)), other)
    for meant in (query, read):
        if meant and len(hits.ways) < _FEW:
            for expression, near in plan.near(hits.reader, meant):
                hits.compare_near(hits.search(expression), meant, near)
                if len(hits.ways) >= size:
                    break


class _Way(NamedTuple):
    """How an entry matched."""

    fit: Fit
    line: str
    """The name as stored in `entries.names`."""
    query: Query
    apart: int = 0
    """Distance of the typed word from the word in the name, as `index_plan.near` yields it."""
    near: tuple[str, ...] = ()
    """Words of the name that differ from typed words by an error."""
    cited: bool = False
    """Whether the entry is a document. A title names a thing that has an entry of its own, which should come first."""

    @property
    def rank(self) -> tuple[int, int]:
        """Sort key; smaller is better."""
        return (max(self.fit, Fit.CONTAINS) if self.cited else self.fit), self.apart


class _Hits:
    """The best match of each entry, by the entry's number; an earlier match is never replaced."""

    def __init__(self, reader: Reader, most: int) -> None:
        self.reader = reader
        self.ways: dict[int, _Way] = {}
        self._most = most

    def full_names(self, query: Query) -> list[int]:
        """Return the entries with a name that equals the query apart from spaces; because names are hashed, a few may differ."""
        return [row["n"] for row in self.reader.rows("search.equal_names", [hashed(query.squeezed), self._most])]

    def search(self, expression: str | None) -> list[int]:
        """Return the most important entries that match an FTS5 expression."""
        return [row["n"] for row in self.reader.rows("search.page", [expression, self._most])] if expression else []

    def compare(self, numbers: Iterable[int], query: Query, *, may_equal: bool = False, worst: Fit | None = None) -> None:
        """Add the entries whose names match the query. Entries without such a name are added as `worst`, or left out if that is
        None.
        """
        for number, lines, cited in self._lines(numbers):
            if best := fit(lines, query, may_equal=may_equal):
                self.ways[number] = _Way(*best, query, cited=cited)
            elif worst is not None:
                self.ways[number] = _Way(worst, lines[0], query, cited=cited)

    def compare_near(self, numbers: Iterable[int], query: Query, near: dict[str, int]) -> None:
        """Add entries with words similar to the typed ones. `near`: similar words with their distances, closest first."""
        for number, lines, cited in self._lines(numbers):
            slips = ((near[word], line, word) for line in lines if (word := spoken(line, near)))
            if best := min(slips, key=lambda slip: slip[0], default=None):
                self.ways[number] = _Way(Fit.SLIP, best[1], query, best[0], (best[2],), cited)

    def page(self, start: int, end: int) -> list[Match]:
        """Return the results from `start` to `end`, best first."""
        ways = sorted(self.ways.items(), key=lambda item: (item[1].rank, item[0]))[start:end]
        entries = {entry.n: entry for entry in self.reader.query(Entry, "search.entries", [_json(n for n, _ in ways)])}
        return [Match(entries[n], marked(way.line, way.query, way.near), way.fit) for n, way in ways]

    def _lines(self, numbers: Iterable[int]) -> Iterator[tuple[int, list[str], bool]]:
        new = _json(number for number in numbers if number not in self.ways)
        rows = self.reader.rows("search.names", [new])
        return ((row["n"], row["names"].split("\n"), bool(row["cited"])) for row in rows)


def _json(numbers: Iterable[int]) -> str:
    return orjson.dumps(list(dict.fromkeys(numbers))).decode()
