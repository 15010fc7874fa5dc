"""Search entries for countries, regions, platforms, terms of vocabularies, figures and sources, with all their names."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import orjson
from babel import Locale

from overt.model.content_catalogue import Catalogue
from overt.model.vocabulary import Term

_LANGUAGES = ("ar", "es", "fr", "ru")
"""Languages besides English and Chinese in which countries can be found by name: the other official languages of the United
Nations.
"""
COLUMNS = ("type", "id", "label", "label_zh", "projects", "names")
"""Columns of `content_entries`. The query `search.entries` combines these entries with the records."""
_VALUES = """SELECT DISTINCT f.value, NULL FROM records AS r JOIN facts AS f ON f.id = r.id
    WHERE r.type = '{type}' AND f.property = '{property}'"""
ContentEntry = tuple[str, str, str, str | None, int | None, list[str]]
_TERMS = (
    ("layer", "layers", "SELECT layer, count(*) FROM project_layer GROUP BY layer", True),
    ("kind", "project-kinds", "SELECT kind, count(*) FROM project_kind GROUP BY kind", True),
    ("series", "series", "SELECT series, NULL FROM indicators GROUP BY series", False),
    ("topic", "provision-topics", "SELECT topic, NULL FROM provisions GROUP BY topic", False),
    ("programme-kind", "programme-kinds", _VALUES.format(type="programme", property="kind"), False),
    ("restriction-kind", "restriction-kinds", _VALUES.format(type="restriction", property="kind"), True),
    ("measure", "measures", _VALUES.format(type="reported_figure", property="measure"), False),
)
"""Search entries for terms of vocabularies.

Each row has the type of the entries, their vocabulary, a query, and whether unused terms can also be found. The query returns
the terms that this edition uses, each with its number of projects or NULL.
"""


def content_entries(target: sqlite3.Connection, content: Catalogue) -> Iterator[ContentEntry]:
    """Yield rows of `COLUMNS` for the content of this edition, according to the tables of the index.

    Content that the edition doesn't use is left out, except regions, the terms that `_TERMS` always includes, and platforms as
    in `_platforms`.
    """
    areas = content.areas
    countries = "SELECT code, label, label_zh, alpha3, projects FROM areas JOIN countries USING (code)"
    for code, label, label_zh, alpha3, projects in target.execute(countries).fetchall():
        further_names = [*areas.spellings(code), *_in_other_languages(code)]
        yield "country", code, label, label_zh, projects, [label, label_zh, code, alpha3 or "", *further_names]
    regions = """SELECT id, label, label_zh, names, (SELECT count(*) FROM project_region AS p WHERE p.region = r.id)
        FROM regions AS r ORDER BY position"""
    for identity, label, label_zh, names, projects in target.execute(regions).fetchall():
        yield "region", identity, label, label_zh, projects, [label, label_zh, *orjson.loads(names)]
    for kind, vocabulary, used, always in _TERMS:
        projects_of = dict(target.execute(used).fetchall())
        for term in content.vocabularies[vocabulary].terms:
            if always or term.id in projects_of:
                projects = projects_of.get(term.id, 0) if kind in ("layer", "kind") else None
                yield kind, term.id, term.label, term.label_zh, projects, _names(term)
    for term in _platforms(target, content):
        yield "platform", term.id, term.label, term.label_zh, None, [*_names(term), *term.also, *term.domains]
    for name, title, title_zh in target.execute("SELECT name, title, title_zh FROM figures").fetchall():
        yield "figure", name, title, title_zh, None, [title, title_zh, name]
    for slug, title, publisher in target.execute("SELECT source, title, publisher FROM sources").fetchall():
        yield "source", slug, title, None, None, [title, publisher, slug]


def _names(term: Term) -> list[str]:
    return [term.label, term.label_zh, *term.search]


def _platforms(target: sqlite3.Connection, content: Catalogue) -> Iterable[Term]:
    """Return the platforms with domains, but only those that have a page.

    If the edition has blocklists or measurements, all of them have one. Otherwise, a platform has one only if a restriction
    names it, as the restricted platform or as a replacement.
    """
    terms = [term for term in content.vocabularies["platforms"].terms if term.domains]
    lists = "SELECT EXISTS (SELECT 1 FROM observed_series) OR EXISTS (SELECT 1 FROM measurements)"
    if target.execute(lists).fetchone()[0]:
        return terms
    platforms, replacements = (
        {value for value, _ in target.execute(_VALUES.format(type="restriction", property=name))}
        for name in ("platform", "replacement")
    )
    return [term for term in terms if term.id in platforms or {term.label, term.label_zh, *term.also} & replacements]


def _in_other_languages(code: str) -> list[str]:
    """Return the names of a country in `_LANGUAGES`, from CLDR; empty for areas that CLDR lacks."""
    return [name for language in _LANGUAGES if (name := _territories(language).get(code))]


@cache
def _territories(language: str) -> Mapping[str, str]:
    return Locale(language).territories
