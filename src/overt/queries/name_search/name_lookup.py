"""Search for names in any script, as readers type them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from overt.index.search_text import hashed
from overt.queries.database import Reader, json_array
from overt.queries.name_search import fts_expressions as expressions
from overt.queries.name_search.match_marks import Parts, mark_match
from overt.queries.name_search.name_fit import Fit, Query, best_fit, first_word_in, read_aloud, read_query, singular

MAX_RESULTS = 1_000
"""Maximum number of entries that one query returns."""
_FEW = 5
"""If there are fewer entries than this, the search also tries other spellings and typing errors."""
_AT_LEAST = 24
"""Minimum number of matching entries to rank, beginning with the most important, even if fewer are requested."""


class Entry(NamedTuple):
    """An entry of the index of names, such as a record, a country, a term, a figure or a source."""

    n: int
    """Number of the entry. Important entries have low numbers."""
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
    """The fitting name, with the matching parts marked."""
    fit: Fit


def find(reader: Reader, typed: str, *, size: int = 50, number: int = 1) -> tuple[int, list[Match]]:
    """Count the entries with a name that fits (at most `MAX_RESULTS`), and return one page of them in the order of `first`.

    The count is 0 for a query without a word, and for a page beyond `MAX_RESULTS`.
    """
    query = read_query(typed)
    start = size * (number - 1)
    if query is None or start >= MAX_RESULTS:
        return 0, []
    hits = _search(reader, query, start + size)
    words = expressions.all_words(reader, query) if len(hits.fits) >= start + size and not query.thin else None
    total = reader.first("search.count", [words, MAX_RESULTS]) if words else None
    return max(total["entries"] if total else 0, min(MAX_RESULTS, len(hits.fits))), hits.page(start, start + size)


def first(reader: Reader, typed: str, size: int) -> list[Match]:
    """Return the `size` entries whose names fit best.

    Names that equal the query come first, then names that begin with it, names with its words, and names that it may misspell.
    Of equal fits, the more important entry comes first. Titles of documents rank no higher than names that contain the query.
    """
    query = read_query(typed)
    return _search(reader, query, size).page(0, size) if query else []


def full_name_matches(reader: Reader, typed: str) -> list[Match]:
    """Return up to `_AT_LEAST` entries with a name that equals the query or sounds like it, best first."""
    query = read_query(typed)
    if query is None:
        return []
    hits = _Hits(reader, _AT_LEAST)
    hits.compare(hits.full_names(query), query, may_equal=True)
    return hits.page(0, _AT_LEAST)


def _search(reader: Reader, query: Query, size: int) -> "_Hits":
    limit = MAX_RESULTS if query.thin else min(MAX_RESULTS, max(_AT_LEAST, size))
    hits = _Hits(reader, limit)
    words = expressions.all_words(reader, query)
    with_words = hits.search(words)
    hits.compare(hits.full_names(query), query, may_equal=True)
    if query.thin:  # The index has only sounds, so the letters of names must match, too.
        hits.compare(with_words, query)
        return hits
    hits.compare(hits.search(expressions.joined_words(reader, query)), query)
    hits.compare(with_words, query, worst=Fit.SCATTERED)
    if len(with_words) == limit:  # Otherwise, names that begin with the query are among them.
        hits.compare(hits.search(expressions.first_word(reader, query)), query, worst=Fit.SCATTERED)
    else:
        _search_further(hits, query, size)
    return hits


def _search_further(hits: "_Hits", query: Query, size: int) -> None:
    """Try other spellings, and then typing errors, while there are fewer than `_FEW` entries.

    The search for typing errors goes on until there are `size` entries.
    """
    if len(hits.fits) < _FEW:
        for expression in expressions.without_one_space(hits.reader, query):
            hits.compare(hits.search(expression), query)
    if len(hits.fits) < _FEW:
        hits.compare(hits.search(expressions.split_word(hits.reader, query)), query)
    read = read_aloud(query)
    for other in (singular(query), read):
        if other and len(hits.fits) < _FEW:
            hits.compare(hits.full_names(other), other, may_equal=True)
            hits.compare(hits.search(expressions.all_words(hits.reader, other)), other)
    for meant in (query, read):
        if meant and len(hits.fits) < _FEW:
            for expression, near in expressions.near_words(hits.reader, meant):
                hits.compare_near(hits.search(expression), meant, near)
                if len(hits.fits) >= size:
                    break


class _NameFit(NamedTuple):
    """How well an entry fits, by its best name."""

    fit: Fit
    line: str
    """The name, as in `entries.names`."""
    query: Query
    distance: int = 0
    """Distance between the query and the name (see `fts_expressions.near_words`)."""
    near: tuple[str, ...] = ()
    """Words of the name that are one or two typing errors away from words of the query."""
    cited: bool = False
    """Whether the entry is a document. A title often contains the name of another entry, which should come first."""

    @property
    def rank(self) -> tuple[int, int]:
        """A sort key; smaller is better."""
        return (max(self.fit, Fit.CONTAINS) if self.cited else self.fit), self.distance


class _Hits:
    """Collects the entries that fit, by number, each with the first fit that a comparison found."""

    def __init__(self, reader: Reader, limit: int) -> None:
        self.reader = reader
        self.fits: dict[int, _NameFit] = {}
        self._limit = limit

    def full_names(self, query: Query) -> list[int]:
        """Return the numbers of entries with a name that sounds the same as the query, apart from spaces.

        Hashes are compared, so a few names may differ.
        """
        return [row["n"] for row in self.reader.rows("search.equal_names", [hashed(query.squeezed), self._limit])]

    def search(self, expression: str | None) -> list[int]:
        """Return the numbers of the most important entries that match an FTS5 expression."""
        return [row["n"] for row in self.reader.rows("search.page", [expression, self._limit])] if expression else []

    def compare(self, numbers: Iterable[int], query: Query, *, may_equal: bool = False, worst: Fit | None = None) -> None:
        """Compare the query with the names of entries that have no fit yet. `may_equal`: see `best_fit`.

        Entries without a fitting name get the fit `worst`, or are left out if it is None.
        """
        for number, lines, cited in self._lines(numbers):
            if best := best_fit(lines, query, may_equal=may_equal):
                self.fits[number] = _NameFit(*best, query, cited=cited)
            elif worst is not None:
                self.fits[number] = _NameFit(worst, lines[0], query, cited=cited)

    def compare_near(self, numbers: Iterable[int], query: Query, near: dict[str, int]) -> None:
        """Add entries with names that contain words similar to the query's. `near`: distances of these words, nearest first."""
        for number, lines, cited in self._lines(numbers):
            slips = ((near[word], line, word) for line in lines if (word := first_word_in(line, near)))
            if best := min(slips, key=lambda slip: slip[0], default=None):
                self.fits[number] = _NameFit(Fit.SLIP, best[1], query, best[0], (best[2],), cited)

    def page(self, start: int, end: int) -> list[Match]:
        """Return a range of the entries, best first."""
        fits = sorted(self.fits.items(), key=lambda item: (item[1].rank, item[0]))[start:end]
        entries = {entry.n: entry for entry in self.reader.query(Entry, "search.entries", [json_array(n for n, _ in fits)])}
        return [Match(entries[n], mark_match(best.line, best.query, best.near), best.fit) for n, best in fits]

    def _lines(self, numbers: Iterable[int]) -> Iterator[tuple[int, list[str], bool]]:
        new = dict.fromkeys(number for number in numbers if number not in self.fits)
        rows = self.reader.rows("search.names", [json_array(new)])
        return ((row["n"], row["names"].split("\n"), bool(row["cited"])) for row in rows)
