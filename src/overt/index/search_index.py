"""Writes the search index. The most important entries have the lowest numbers.

FTS5 returns rows in the order of their numbers and stops at a limit. So the first matches are the best-known ones, and no query
has to sort more than a few hundred rows, however many entries match.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from overt.index.search_pinyin import read_aloud
from overt.index.search_text import FIRST, MAX_WORD_LENGTH, hashed, joined, pairs, runs, sound, squeeze
from overt.index.search_typos import MIN_WORD_LENGTH, keys

_MAX_NAMES_LENGTH = 20_000
"""Maximum number of characters of an entry's names that are indexed."""
_NAMES, _MAX_NAME_LENGTH = 40, 120
"""Maximum number of names of an entry that are stored, and maximum number of characters of a stored name.

Stored names are compared with complete queries.
"""
_INSERTS = (
    "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO search (rowid, terms) VALUES (?, ?)",
    "INSERT INTO search_around (rowid, terms) VALUES (?, ?)",
    "INSERT INTO search_whole VALUES (?, ?)",
)


class Entry(NamedTuple):
    """A search entry: a row of the query `search.entries`."""

    type: str
    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    kind: str | None
    countries: str | None
    """Codes of countries as a JSON list; None if the entry has no country."""
    projects: int | None
    year: int | None
    names: list[str]
    more: list[str]
    """Further names by which a project can be found: names of its organisations and places."""


class Spelled(NamedTuple):
    """A name in the forms in which it can be found: its search terms, its sound and its reading."""

    terms: set[str]
    sound: str
    reading: str
    """The name with each character replaced by its reading, if it has one; empty if no character has a reading."""


def spelled(name: str) -> Spelled:
    """Return the sound, the reading and the terms of a name: words, pairs of characters and pairs of syllables.

    In scripts without spaces, the last character and the last syllable of a run are terms, too. The first word, or the first pair
    of characters and the first pair of syllables, also occur with `FIRST` in front.
    """
    terms = set[str]()
    heard: list[str] = []
    read = False
    sounds = sound(name)
    for run, unspaced in runs(sounds):
        cuts = [pairs(run)] if unspaced else [[run[:MAX_WORD_LENGTH]]]
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
    """Fill the search tables from batches of rows with the fields of `Entry`, the most important first."""
    index = _Index()
    for batch in entries:
        for row in batch:
            index.add(Entry(*row))
        index.flush(target)
    words = index.words.items()
    target.executemany("INSERT INTO search_words (word, n) VALUES (?, ?)", words)
    typo_keys = ((number, " ".join(sorted(keys(word)))) for word, number in words)
    target.executemany("INSERT INTO search_slips (rowid, keys) VALUES (?, ?)", typo_keys)


def _line(name: str, heard: str) -> str:
    """Return a name as stored in `entries.names`: truncated if it is long, otherwise with any reading after a tab."""
    if len(name) > _MAX_NAME_LENGTH:
        return name[: _MAX_NAME_LENGTH - 1].rstrip() + "…"
    return f"{name}\t{heard}" if heard else name


class _Index:
    """The numbered words, and the rows of the search tables that have not been written yet."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        """Number of each word. Words of the most important entries come first."""
        self._number = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {statement: [] for statement in _INSERTS}

    def add(self, entry: Entry) -> None:
        self._number += 1
        number, terms, lines, full_names, left = self._number, set[str](), list[str](), set[int](), _MAX_NAMES_LENGTH
        for name in dict.fromkeys([entry.label, *entry.names]):
            name = " ".join(name[: max(left, 0)].split())
            left -= len(name)
            spelling = spelled(name)
            terms |= spelling.terms
            if len(lines) < _NAMES:
                lines.append(_line(name, spelling.reading))
                full_names |= {hashed(squeeze(text)) for text in (spelling.sound, spelling.reading) if text}
        entries, search, around, names = self._rows.values()
        entries.append((number, *entry[:-2], "\n".join(lines)))
        in_order = sorted(terms)
        search.append((number, " ".join(in_order)))
        names += [(key, number) for key in full_names]
        if entry.type == "project":
            more = {term for name in entry.more for term in spelled(name).terms}
            around.append((number, " ".join(sorted(term for term in terms | more if term[0] != FIRST))))
        for term in in_order:
            if len(term) >= MIN_WORD_LENGTH - 1 and term.isascii() and term.isalpha():
                self.words.setdefault(term, len(self.words) + 1)

    def flush(self, target: sqlite3.Connection) -> None:
        for statement, rows in self._rows.items():
            target.executemany(statement, rows)
            rows.clear()
