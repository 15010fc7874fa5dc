"""Labels and definitions of vocabularies, and labels and descriptions of the schema, in a given language."""

from dataclasses import replace
from typing import TypeVar

from overt.language.label_order import by_label
from overt.language.language import Language
from overt.model.schema import Property, RecordType, Schema
from overt.queries.labels import Area, Region, Term, Words

WordT = TypeVar("WordT", Term, Area, Region)


def words_in(words: Words, language: Language) -> Words:
    """Return words with labels and definitions in a language; `other` is the label in the site's other language.

    Except in English, areas are sorted by their labels in that language.
    """
    terms = {
        name: {
            identity: _in_language(row, language)._replace(definition=language.translated(row.definition))
            for identity, row in rows.items()
        }
        for name, rows in words.terms.items()
    }
    areas = {code: _in_language(row, language) for code, row in words.areas.items()}
    regions = {identity: _in_language(row, language) for identity, row in words.regions.items()}
    if language.code != "en":
        areas = {area.code: area for area in by_label(areas.values())}
        regions = {identity: row._replace(definition=row.definition_zh) for identity, row in regions.items()}
    return replace(words, terms=terms, areas=areas, regions=regions)


def _in_language(row: WordT, language: Language) -> WordT:
    english, chinese = row.label, row.label_zh or row.label
    if language.code == "en":
        return row._replace(other=chinese, other_lang="zh")
    return row._replace(label=chinese, other=english, other_lang="en")


def schema_in(schema: Schema, language: Language) -> Schema:
    """Return record types and properties with `label` and `description` in a language."""
    if language.code == "en":
        return schema
    types = {}
    for name, kind in schema.types.items():
        properties = {key: spec.model_copy(update=_texts(spec, language)) for key, spec in kind.properties.items()}
        types[name] = kind.model_copy(update={**_texts(kind, language), "properties": properties})
    return Schema(types=types)


def _texts(spec: RecordType | Property, language: Language) -> dict[str, str]:
    return {"label": spec.label_zh, "description": language.translated(spec.description)}
