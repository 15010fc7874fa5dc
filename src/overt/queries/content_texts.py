"""What content says in Chinese: labels by what they name, longer texts by the English text that they are the same as."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from anyascii import anyascii

from overt.language.language import Language
from overt.model.content import Catalogue
from overt.model.schema import Property, RecordType, Schema
from overt.model.yaml import Content
from overt.queries.database import Row
from overt.queries.labels import Words
from overt.release.figures.figure_definition import load_figures


def chinese_texts(content: Catalogue) -> dict[str, str]:
    """English text → Chinese, from every field of content that has a twin `…_zh`.

    By text, so that a release whose content said something else is not given the translation of other words.
    """
    parts: list[Any] = [*content.schema.types.values(), *content.vocabularies.values(), *content.sources.values()]
    return dict(pair for part in (*parts, *load_figures(content)) for pair in _pairs(part))


def chinese_phrases(content: Catalogue) -> dict[str, str]:
    """What sources say again and again in the same words → Chinese, from `words_zh` of their source.yml."""
    return {english: chinese for spec in content.sources.values() for english, chinese in spec.words_zh.items()}


def _pairs(held: Any) -> Iterator[tuple[str, str]]:
    if isinstance(held, Content):
        for name in type(held).model_fields:
            if name == "label":  # many things are called the same; each is named by its id
                continue
            value = getattr(held, name)
            yield from _twins(value, getattr(held, f"{name}_zh", None))
            yield from _pairs(value)
    elif isinstance(held, dict | list):
        for one in held.values() if isinstance(held, dict) else held:
            yield from _pairs(one)


def _twins(english: Any, chinese: Any) -> Iterator[tuple[str, str]]:
    if isinstance(english, str) and isinstance(chinese, str):
        yield english.strip(), chinese.strip()
    elif isinstance(english, dict) and isinstance(chinese, dict):
        for key in english.keys() & chinese.keys():
            yield from _twins(english[key], chinese[key])


def words_in(words: Words, language: Language) -> Words:
    """Terms and areas with `label` and `definition` in a language; `other` is what the other language calls them."""
    terms = {
        name: {
            identity: {**_named(row, language), "definition": language.translated(row["definition"])}
            for identity, row in held.items()
        }
        for name, held in words.terms.items()
    }
    areas = {code: _named(row, language) for code, row in words.areas.items()}
    if language.code != "en":
        areas = {row["code"]: row for row in by_label(areas.values())}
    return replace(words, terms=terms, areas=areas)


def _named(row: Row, language: Language) -> Row:
    english, chinese = row["label"], row["label_zh"] or row["label"]
    if language.code == "en":
        return {**row, "other": chinese, "other_lang": "zh"}
    return {**row, "label": chinese, "other": english, "other_lang": "en"}


def schema_in(schema: Schema, language: Language) -> Schema:
    """Record types and properties with `label` and `description` in a language."""
    if language.code == "en":
        return schema
    types = {}
    for name, kind in schema.types.items():
        properties = {key: held.model_copy(update=_said(held, language)) for key, held in kind.properties.items()}
        types[name] = kind.model_copy(update={**_said(kind, language), "properties": properties})
    return Schema(types=types)


def _said(held: RecordType | Property, language: Language) -> dict[str, str]:
    return {"label": held.label_zh, "description": language.translated(held.description)}


def sort_key(label: str) -> str:
    """Puts names in the order in which readers look for them: Chinese ones by their sounds."""
    return anyascii(label).casefold()


def by_label(rows: Iterable[Row], key: str = "label") -> list[Row]:
    """Rows in the order of what they are called."""
    return sorted(rows, key=lambda row: sort_key(row[key]))
