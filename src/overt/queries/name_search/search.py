"""Search over names in any script, while they are typed."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import orjson

from overt.index.search_text import hashed
from overt.queries.database import Reader
from overt.queries.name_search import index_plan as plan
from overt.queries.name_search.match_marks import Parts, marked
from overt.queries.name_search.name_fit import Fit, Query, fit, read_aloud, read_query, singular, spoken

MOST = 1_000
"""Things that can be looked through for one query."""
_FEW = 5
"""With fewer than these, words typed together or apart, other scripts and slips are looked for too."""
_AT_LEAST = 24
"""Things that are put in order at least: the best known of those that bear the words."""


class Entry(NamedTuple):
    """An entry of the index of names: a record, a country, a term, a figure or a source."""

    n: int
    """Its rank: the most important entries have the lowest numbers."""
    type: str
    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    kind: str | None
    countries: str | None
    """JSON."""
    projects: int | None
    year: int | None
    names: str = ""
    """Names by line; a match has none of them."""


class Match(NamedTuple):
    """An entry with a name that fits a query."""

    entry: Entry
    name: Parts
    """The name that was found, in pieces: not marked, marked, not marked, and so on."""
    fit: Fit


def find(reader: Reader, typed: str, *, size: int = 50, number: int = 1) -> tuple[int, list[Match]]:
    """How many things bear what was typed in their names (`MOST` at most), and one page of them, the best first.

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
    """The best of the things that bear what was typed in their names.

    Whole names come before names that begin so, these before names with the words, these before names a slip away; among equals
    the thing that more projects have to do with and more sources know of. A document comes no earlier than names with the words.
    """
    query = read_query(typed)
    return _look(reader, query, size).page(0, size) if query else []


def full_name_matches(reader: Reader, typed: str) -> list[Match]:
    """The things of which what was typed is a whole name, if it were spelled so or sounds so; the best first."""
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
    if query.thin:  # the index has words as they sound: what bears these is right only where it is spelled so
        hits.compare(with_words, query)
        return hits
    hits.compare(hits.search(plan.together(reader, query)), query)
    hits.compare(with_words, query, worst=Fit.SCATTERED)
    if len(with_words) == most:  # else those that begin so are among them
        hits.compare(hits.search(plan.begins(reader, query)), query, worst=Fit.SCATTERED)
    else:
        _look_further(hits, query, size)
    return hits


def _look_further(hits: "_Hits", query: Query, size: int) -> None:
    """What else a reader may have meant, until there are a few; of words a slip away, until there are as many as wanted."""
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
    """How a thing was found."""

    fit: Fit
    line: str
    """The name, as `entries.names` holds it."""
    query: Query
    apart: int = 0
    """How far what was typed is from the name, see `search_plan.near`."""
    near: tuple[str, ...] = ()
    """Words of the name that are a slip away."""
    cited: bool = False
    """Whether it is a document: what a title says is about the thing that is so called, which comes first."""

    @property
    def rank(self) -> tuple[int, int]:
        """Less is better."""
        return (max(self.fit, Fit.CONTAINS) if self.cited else self.fit), self.apart


class _Hits:
    """How well each thing fits, by its number; the first way to find it stays."""

    def __init__(self, reader: Reader, most: int) -> None:
        self.reader = reader
        self.ways: dict[int, _Way] = {}
        self._most = most

    def full_names(self, query: Query) -> list[int]:
        """Things with a name that, without spaces, is the query; a few may be others."""
        return [row["n"] for row in self.reader.rows("search.equal_names", [hashed(query.squeezed), self._most])]

    def search(self, expression: str | None) -> list[int]:
        """The most important of the things that an expression of FTS5 finds."""
        return [row["n"] for row in self.reader.rows("search.page", [expression, self._most])] if expression else []

    def compare(self, numbers: Iterable[int], query: Query, *, may_equal: bool = False, worst: Fit | None = None) -> None:
        """Compare the names of things with the query; what no name fits is `worst`, or not found."""
        for number, lines, cited in self._lines(numbers):
            if best := fit(lines, query, may_equal=may_equal):
                self.ways[number] = _Way(*best, query, cited=cited)
            elif worst is not None:
                self.ways[number] = _Way(worst, lines[0], query, cited=cited)

    def compare_near(self, numbers: Iterable[int], query: Query, near: dict[str, int]) -> None:
        """Take things with words near to typed ones; `near`: the nearest first."""
        for number, lines, cited in self._lines(numbers):
            slips = ((near[word], line, word) for line in lines if (word := spoken(line, near)))
            if best := min(slips, key=lambda slip: slip[0], default=None):
                self.ways[number] = _Way(Fit.SLIP, best[1], query, best[0], (best[2],), cited)

    def page(self, start: int, end: int) -> list[Match]:
        """Some of what was found, the best first."""
        ways = sorted(self.ways.items(), key=lambda item: (item[1].rank, item[0]))[start:end]
        entries = {entry.n: entry for entry in self.reader.query(Entry, "search.entries", [_json(n for n, _ in ways)])}
        return [Match(entries[n], marked(way.line, way.query, way.near), way.fit) for n, way in ways]

    def _lines(self, numbers: Iterable[int]) -> Iterator[tuple[int, list[str], bool]]:
        new = _json(number for number in numbers if number not in self.ways)
        rows = self.reader.rows("search.names", [new])
        return ((row["n"], row["names"].split("\n"), bool(row["cited"])) for row in rows)


def _json(numbers: Iterable[int]) -> str:
    return orjson.dumps(list(dict.fromkeys(numbers))).decode()
