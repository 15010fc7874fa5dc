"""The index that the search asks: what is looked for more comes first in it, so that the first that are found are the best.

FTS5 gives rows in the order of their numbers and stops where it is told. So entries are numbered by how much is known of them,
and no query puts more than some hundreds in order, however many bear the word.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from overt.index.search_pinyin import read_aloud
from overt.index.search_text import FIRST, LONGEST_WORD, hashed, joined, pairs, runs, sound, squeeze
from overt.index.search_typos import SHORTEST, keys

_LONGEST = 20_000
"""Characters of names that are indexed of one thing."""
_NAMES, _LONGEST_NAME = 40, 120
"""Names, and characters of each, that a query is compared with as a whole."""
_INSERTS = (
    "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO search (rowid, terms) VALUES (?, ?)",
    "INSERT INTO search_around (rowid, terms) VALUES (?, ?)",
    "INSERT INTO search_whole VALUES (?, ?)",
)


class Entry(NamedTuple):
    """One thing that can be found: a row of `load/entries.sql`."""

    type: str
    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    kind: str | None
    countries: str | None
    """Codes as a JSON list; null where it has none."""
    projects: int | None
    year: int | None
    names: list[str]
    more: list[str]
    """What else a filter of projects by words finds it by."""


class Spelled(NamedTuple):
    """A name as the index has it."""

    terms: set[str]
    sound: str
    heard: str
    """The name as it is read, sign by sign; empty where nothing in it is."""


def spelled(name: str) -> Spelled:
    """The terms of a name: words, pairs of signs, pairs of syllables; the first of each also with `FIRST` before it."""
    terms = set[str]()
    heard: list[str] = []
    read = False
    sounds = sound(name)
    for run, unspaced in runs(sounds):
        cuts = [pairs(run)] if unspaced else [[run[:LONGEST_WORD]]]
        syllables = read_aloud(run) if unspaced else []
        if syllables:
            cuts.append(joined(syllables))
            terms.add(syllables[-1])
            read = True
        if unspaced:
            terms.add(run[-1])
        for cut in cuts:
            terms.update(cut)
            if not heard:
                terms.add(FIRST + cut[0])
        heard += syllables or [run]
    return Spelled(terms, sounds, " ".join(heard) if read else "")


def write_index(target: sqlite3.Connection, entries: Iterable[Iterable[Sequence[Any]]]) -> None:
    """Fill the tables of the search from rows of Entry in batches; the most important must come first."""
    index = _Index()
    for batch in entries:
        for row in batch:
            index.add(Entry(*row))
        index.flush(target)
    words = index.words.items()
    target.executemany("INSERT INTO search_words (word, n) VALUES (?, ?)", words)
    slips = ((number, " ".join(sorted(keys(word)))) for word, number in words)
    target.executemany("INSERT INTO search_slips (rowid, keys) VALUES (?, ?)", slips)


def _line(name: str, heard: str) -> str:
    """A name as `entries.names` holds it; of a long one the beginning, and not how it is read."""
    if len(name) > _LONGEST_NAME:
        return name[: _LONGEST_NAME - 1].rstrip() + "…"
    return f"{name}\t{heard}" if heard else name


class _Index:
    """Rows that wait to be written."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        """In the order in which they were met: those of the most important things first."""
        self._number = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {statement: [] for statement in _INSERTS}

    def add(self, entry: Entry) -> None:
        self._number += 1
        number, terms, lines, full_names, left = self._number, set[str](), list[str](), set[int](), _LONGEST
        for name in dict.fromkeys([entry.label, *entry.names]):
            name = " ".join(name[: max(left, 0)].split())
            left -= len(name)
            spelling = spelled(name)
            terms |= spelling.terms
            if len(lines) < _NAMES:
                lines.append(_line(name, spelling.heard))
                full_names |= {hashed(squeeze(text)) for text in (spelling.sound, spelling.heard) if text}
        entries, search, around, names = self._rows.values()
        entries.append((number, *entry[:-2], "\n".join(lines)))
        in_order = sorted(terms)
        search.append((number, " ".join(in_order)))
        names += [(key, number) for key in full_names]
        if entry.type == "project":
            more = {term for name in entry.more for term in spelled(name).terms}
            around.append((number, " ".join(sorted(term for term in terms | more if term[0] != FIRST))))
        for term in in_order:
            if len(term) >= SHORTEST - 1 and term.isascii() and term.isalpha():
                self.words.setdefault(term, len(self.words) + 1)

    def flush(self, target: sqlite3.Connection) -> None:
        for statement, rows in self._rows.items():
            target.executemany(statement, rows)
            rows.clear()
