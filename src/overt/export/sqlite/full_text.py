"""Full-text search (FTS5) over names, titles, publishers of sources and questions of figures, in tables that Datasette finds."""

from collections.abc import Collection, Iterator, Mapping

from overt.model.schema import Schema

_WORDS = "unicode61 remove_diacritics 2"
_PARTS_OF_WORDS = "trigram"
"""FTS5's trigram tokenizer. It matches any three consecutive characters, even in Chinese names, which have no spaces between
words.
"""
_SEARCHED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "records": (("label",), _WORDS),
    "aliases": (("name",), _PARTS_OF_WORDS),
    "projects_flat": (
        (
            "name", "name_zh", "supplier_name", "implementer_name", "customer_name", "operator_name", "owner_name",
            "financier_name", "place_name",
        ),
        _WORDS,
    ),
    "figures": (("title", "title_zh", "question"), _WORDS),
    "sources": (("title", "publisher"), _WORDS),
}  # fmt: skip
SUFFIX = "_fts"


def searched_columns(schema: Schema, tables: Collection[str]) -> dict[str, tuple[tuple[str, ...], str]]:
    """Return the searched columns and their tokenizer, by table. Tables without searched columns are left out."""
    named = {
        kind.table: (columns, _WORDS)
        for kind in schema.types.values()
        if (columns := tuple(prop.column for prop in kind.properties.values() if prop.type == "name"))
    }
    return {name: searched for name, searched in sorted({**named, **_SEARCHED}.items()) if name in tables}


def search_tables(schema: Schema, tables: Collection[str]) -> Iterator[str]:
    """Yield the statements that create and fill the search tables. Each row has the `rowid` of the row that it indexes."""
    for table, (columns, tokenizer) in searched_columns(schema, tables).items():
        listed, name = ", ".join(f'"{column}"' for column in columns), f"{table}{SUFFIX}"
        yield f'CREATE VIRTUAL TABLE "{name}" USING fts5({listed}, content="{table}", tokenize="{tokenizer}")'
        yield f'INSERT INTO "{name}" ("{name}") VALUES (\'rebuild\')'
        yield f'INSERT INTO "{name}" ("{name}") VALUES (\'optimize\')'
