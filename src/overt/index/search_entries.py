"""Search entries for countries, regions, layers, kinds, series, figures and sources, with all their names."""

import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache

import orjson
from babel import Locale

from overt.model.areas import Areas

_LANGUAGES = ("ar", "es", "fr", "ru")
"""Official languages of the United Nations besides English and Chinese. Countries can also be found by their names in these."""
COLUMNS = ("type", "id", "label", "label_zh", "projects", "names")
"""Columns of `content_entries`; the query `search.entries` combines these entries with the records."""
ContentEntry = tuple[str, str, str, str | None, int | None, list[str]]


def content_entries(target: sqlite3.Connection, areas: Areas) -> Iterator[ContentEntry]:
    """Yield rows of COLUMNS from the tables of the index, so that only entries of this edition can be found."""
    countries = "SELECT code, label, label_zh, alpha3, projects FROM areas JOIN countries USING (code)"
    for code, label, label_zh, alpha3, projects in target.execute(countries).fetchall():
        further_names = [*areas.spellings(code), *_in_other_languages(code)]
        yield "country", code, label, label_zh, projects, [label, label_zh, code, alpha3 or "", *further_names]
    regions = """SELECT id, label, label_zh, names, (SELECT count(*) FROM project_region AS p WHERE p.region = r.id)
        FROM regions AS r ORDER BY position"""
    for identity, label, label_zh, names, projects in target.execute(regions).fetchall():
        yield "region", identity, label, label_zh, projects, [label, label_zh, *orjson.loads(names)]
    for kind, vocabulary, table in (("layer", "layers", "project_layer"), ("kind", "project-kinds", "project_kind")):
        terms = f"""SELECT id, label, label_zh, (SELECT count(*) FROM {table} AS p WHERE p.{kind} = t.id)
            FROM terms AS t WHERE vocabulary = ?"""
        for identity, label, label_zh, projects in target.execute(terms, [vocabulary]).fetchall():
            yield kind, identity, label, label_zh, projects, [label, label_zh]
    series = """SELECT id, label, label_zh FROM terms
        WHERE vocabulary = 'series' AND id IN (SELECT series FROM indicators) ORDER BY position"""
    for identity, label, label_zh in target.execute(series).fetchall():
        yield "series", identity, label, label_zh, None, [label, label_zh]
    for name, title, title_zh in target.execute("SELECT name, title, title_zh FROM figures").fetchall():
        yield "figure", name, title, title_zh, None, [title, title_zh, name]
    for slug, title, publisher in target.execute("SELECT source, title, publisher FROM sources").fetchall():
        yield "source", slug, title, None, None, [title, publisher, slug]


def _in_other_languages(code: str) -> list[str]:
    """Return the names of a country in `_LANGUAGES`, from CLDR; empty for areas that CLDR doesn't have."""
    return [name for language in _LANGUAGES if (name := _territories(language).get(code))]


@cache
def _territories(language: str) -> Mapping[str, str]:
    return Locale(language).territories
