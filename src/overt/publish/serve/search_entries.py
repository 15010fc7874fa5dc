"""What the search finds: things by every name they bear, countries, kinds and figures by theirs."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from overt.model.areas import Areas
from overt.publish.serve.search_text import fold, tokens

_WEIGHTS = {
    "country": 9,
    "kind": 8,
    "organization": 7,
    "figure": 6,
    "agreement": 4,
    "project": 3,
    "source": 3,
    "place": 1,
    "document": 0,
}
"""What comes first among names that fit equally well."""
_LONGEST = 20_000
"""Characters of names that are indexed of one thing."""
_NAMES, _LONGEST_NAME = 40, 120
"""Names, and characters of each, that a query is compared with as a whole."""
Entry = tuple[str, str, str | None, str | None, str, list[str], list[str]]


def write_entries(target: sqlite3.Connection, areas: Areas, records: Iterable[list[tuple[Any, ...]]]) -> None:
    """Fill `entries` and `search`; content first, so that the few it has are never behind the many records."""
    entries: list[tuple[Any, ...]] = []
    words: list[tuple[int, str, str]] = []

    def flush() -> None:
        target.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entries)
        target.executemany("INSERT INTO search (rowid, names, more) VALUES (?, ?, ?)", words)
        entries.clear()
        words.clear()

    for number, (kind, identity, label, label_zh, detail, names, more) in enumerate(_all(target, areas, records), start=1):
        folded = "|".join(["", *(fold(name)[:_LONGEST_NAME] for name in names[:_NAMES]), ""])
        entries.append((number, kind, identity, label, label_zh, detail, folded, _WEIGHTS[kind]))
        words.append((number, tokens(" ".join(names)[:_LONGEST]), tokens(" ".join(more)[:_LONGEST])))
        if len(entries) >= 20_000:
            flush()
    flush()


def _all(target: sqlite3.Connection, areas: Areas, records: Iterable[list[tuple[Any, ...]]]) -> Iterator[Entry]:
    countries = "SELECT code, label, label_zh, alpha3, projects FROM areas JOIN countries USING (code) ORDER BY code"
    for code, label, label_zh, alpha3, projects in target.execute(countries).fetchall():
        others = areas.areas[code].names if code in areas.areas else []
        yield "country", code, label, label_zh, str(projects), [label, label_zh, code, alpha3 or "", *others], []
    kinds = "SELECT id, label, label_zh FROM terms WHERE vocabulary = 'project-kinds' ORDER BY position"
    for identity, label, label_zh in target.execute(kinds).fetchall():
        yield "kind", identity, label, label_zh, "", [label, label_zh], []
    for name, title, title_zh in target.execute("SELECT name, title, title_zh FROM figures ORDER BY name").fetchall():
        yield "figure", name, title, title_zh, "", [title, title_zh, name], []
    for slug, title, publisher in target.execute("SELECT source, title, publisher FROM sources ORDER BY source").fetchall():
        yield "source", slug, title, None, publisher, [title, publisher, slug], []
    for rows in records:
        for kind, identity, label, label_zh, names, more in rows:
            yield kind, identity, label, label_zh, "", names, more
