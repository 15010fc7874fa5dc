"""The search of an edition: the server's search index, split into files so small that a query needs only a few of them.

The edition's scripts (`web/src/edition/`) load each file as a script, because pages on a disk can't load anything else.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson

from overt.edition.javascript_data import script
from overt.edition.page_and_link_rewriting import Rewriter
from overt.index.search_text import heard_characters, read_character, simple_characters, sound, squeeze
from overt.queries.database import Reader
from overt.queries.name_search.name_lookup import Entry
from overt.site.search.match_descriptions import describe_entry, entry_address
from overt.site.site import Site

FOLDER = "search"
PAGE, CHUNK = 8_000, 8
"""`PAGE`: maximum size in bytes of a page of the dictionary, unless a single term needs more. `CHUNK`: number of entries in
each file of entries.
"""
_MAX_UNION_LENGTH = 3
"""Maximum number of letters of a prefix for which the dictionary has the union of the entries of its terms (`_with_unions`)."""
_READ = ((0x0600, 0x06FF), (0x3000, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF))
Postings = dict[str, list[int]]


def search_files(sites: Mapping[str, Site], rewriter: Rewriter) -> Iterator[tuple[str, bytes]]:
    """Yield the name (below the edition's folder) and the content of every search file."""
    site = sites["en"]
    with site.database.lease() as reader:
        entries = reader.query(Entry, "static_edition.entries")
        columns = {row["id"]: at for at, row in enumerate(reader.rows("explorer_columns.columns"))}
        pairs = _pairs(reader)
    terms, around, words = _indexed(site.prepared.database)
    numbers = {row.n: columns.get(row.id) for row in entries}
    places = {term: sorted(at for n in documents if (at := numbers.get(n)) is not None) for term, documents in around.items()}
    dictionary = {**_with_unions(terms, ""), **_full_names(entries), **_with_unions(places, "~")}
    keys = sorted(dictionary, key=lambda key: key.encode("utf-16-be"))  # Scripts compare words in this order.
    pages = list(_pages((key, dictionary[key]) for key in keys))
    for number, page in enumerate(pages):
        yield _file(f"page-{number}", page)
    for start in range(0, len(entries), CHUNK):
        rows = [_entry(sites, rewriter, row, pairs) for row in entries[start : start + CHUNK]]
        yield _file(f"things-{start // CHUNK}", rows)
    yield _file("words", " ".join(words))
    characters = {character for key in terms for character in key}
    for block, readings in _readings():
        yield _file(f"read-{block:x}", readings)
    yield _file("index", {
        "release": site.prepared.release,
        "chunk": CHUNK,
        "pages": [page[0][0] for page in pages],
        "unions": [key for key in keys if key.endswith("*")],
        "heard": heard_characters(),
        "simple": simple_characters(characters),
    })  # fmt: skip


def _file(name: str, data: Any) -> tuple[str, bytes]:
    return f"{FOLDER}/{name}.js", script(f"{FOLDER}/{name}", data)


def _indexed(database: Path) -> tuple[Postings, Postings, list[str]]:
    """Return the terms of both search indexes with the numbers of their entries, and all words, the most important first."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        indexes: list[Postings] = []
        for name in ("search", "search_around"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.of_{name} USING fts5vocab(main, {name}, 'instance')")
            postings: Postings = {}
            for term, number in connection.execute(f"SELECT term, doc FROM of_{name} ORDER BY term, doc"):
                postings.setdefault(term, []).append(number)
            indexes.append(postings)
        words = [word for (word,) in connection.execute("SELECT word FROM search_words ORDER BY n")]
    return indexes[0], indexes[1], words


def _with_unions(postings: Postings, before: str) -> Postings:
    """Return the terms, and for each short prefix (`hu*`) whose terms need more than one page, the union of their entries.

    `before`: string to put before each term and prefix.
    """
    many: dict[str, list[str]] = {}
    for term in postings:
        for size in range(1, min(_MAX_UNION_LENGTH, len(term) - 1) + 1):
            many.setdefault(term[:size], []).append(term)
    unions = {
        f"{before}{start}*": sorted({number for term in terms for number in postings[term]} | set(postings.get(start, ())))
        for start, terms in many.items()
        if sum(len(term) + 5 * len(postings[term]) for term in terms) > PAGE
    }
    return {f"{before}{term}": documents for term, documents in postings.items()} | unions


def _full_names(entries: Iterable[Entry]) -> Postings:
    """Return the numbers of entries by full name, spelled as its sound or reading, without spaces (`=huavei`)."""
    terms: Postings = {}
    for row in entries:
        spelled = {squeeze(text) for line in row.names.split("\n") for text in _spellings(line)}
        for name in spelled:
            terms.setdefault(f"={name}", []).append(row.n)
    return terms


def _spellings(line: str) -> list[str]:
    name, _, heard = line.partition("\t")
    return [text for text in (sound(name), heard) if text]


def _pages(items: Iterable[tuple[str, list[int]]]) -> Iterator[list[tuple[str, list[int]]]]:
    """Group the terms into pages. The entry numbers of each term are delta-encoded."""
    page: list[tuple[str, list[int]]] = []
    size = 0
    for key, numbers in items:
        entry = (key, [*numbers[:1], *(after - before for before, after in pairwise(numbers))])
        length = len(orjson.dumps(entry))
        if page and size + length > PAGE:
            yield page
            page, size = [], 0
        page.append(entry)
        size += length
    if page:
        yield page


def _entry(
    sites: Mapping[str, Site], rewriter: Rewriter, row: Entry, pairs: Mapping[tuple[str, str], dict[str, int]]
) -> list[Any]:
    """Return an entry as the script reads it.

    The entry has, in this order: type, id, name, the name's language, and the Chinese name; a description and a link for each
    language of the site; all names; and, if the entry has projects, their number by country.
    """
    described = [
        part for site in sites.values() for part in (describe_entry(site, row), rewriter.target(entry_address(site, row)) or "")
    ]
    names = row.names.split("\n")
    entry = [row.type, row.id, row.label, row.label_lang, row.label_zh, *described, names]
    projects = pairs.get((row.type, row.id))
    return [*entry, projects] if projects else entry


def _pairs(reader: Reader) -> dict[tuple[str, str], dict[str, int]]:
    """Count the projects of each organisation, kind and layer by country."""
    pairs: dict[tuple[str, str], dict[str, int]] = {}
    for row in reader.rows("static_edition.pairs"):
        pairs.setdefault((row["type"], row["id"]), {})[row["country"]] = row["projects"]
    return pairs


def _readings() -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the reading of each character that has one, in blocks of 256 code points."""
    for first, last in _READ:
        for block in range(first >> 8, (last >> 8) + 1):
            block_readings = {}
            for code in range(block << 8, (block << 8) + 256):
                character = chr(code)
                if character.isalpha() and (read := read_character(character)):
                    block_readings[character] = read
            if block_readings:
                yield block, block_readings
