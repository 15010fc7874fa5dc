"""Chinese texts of content: labels by id, and longer texts by their English text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Protocol, TypeVar

from anyascii import anyascii

from overt.gazetteer.placement_rules import RULES, RULES_ZH
from overt.language.language import Language
from overt.model.catalogue import Catalogue
from overt.model.schema import Property, RecordType, Schema
from overt.model.yaml import Content, read_mapping
from overt.queries.labels import Area, Region, Term, Words
from overt.release.figures.figure_definition import load_figures

WordT = TypeVar("WordT", Term, Area, Region)


def chinese_texts(content: Catalogue) -> dict[str, str]:
    """Map English to Chinese texts, for every field of content that has a counterpart `…_zh`.

    The keys are texts rather than ids, so that a release made with older content never gets the translation of a newer text.
    """
    parts: list[Any] = [*content.schema.types.values(), *content.vocabularies.values(), *content.sources.values()]
    translations = dict(translation for part in (*parts, *load_figures(content)) for translation in _translations(part))
    return translations | dict(_counterparts(RULES, RULES_ZH))


def chinese_phrases(content: Catalogue) -> dict[str, str]:
    """Map phrases that recur in sources to Chinese: names of places, and `words_zh` of each source.yml."""
    words = {english: chinese for spec in content.sources.values() for english, chinese in spec.words_zh.items()}
    return {**place_names(), **words}


@cache
def place_names() -> dict[str, str]:
    """Map the names of towns and provinces, as sources write them, to their Chinese names."""
    names = read_mapping(files("overt") / "content" / "names" / "place_names_zh.yml")
    return {str(english): str(chinese) for english, chinese in names.items()}


def _translations(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Content):
        fields = value.__dict__  # looking up an attribute that a model lacks takes fifty times as long
        for name, text in fields.items():
            if name == "label":  # several terms may have the same label, so labels are translated by id
                continue
            if chinese := fields.get(f"{name}_zh"):
                yield from _counterparts(text, chinese)
            if not isinstance(text, str):
                yield from _translations(text)
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            if not isinstance(item, str):
                yield from _translations(item)


def _counterparts(english: Any, chinese: Any) -> Iterator[tuple[str, str]]:
    if isinstance(english, str) and isinstance(chinese, str):
        yield english.strip(), chinese.strip()
    elif isinstance(english, dict) and isinstance(chinese, dict):
        for key in english.keys() & chinese.keys():
            yield from _counterparts(english[key], chinese[key])


def words_in(words: Words, language: Language) -> Words:
    """Return terms and areas with `label` and `definition` in a language; `other` is the label in the site's other language."""
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


def sort_key(label: str) -> str:
    """Return a key that sorts labels as readers expect. Chinese labels are sorted by pronunciation."""
    return anyascii(label).casefold()


class _Labelled(Protocol):
    @property
    def label(self) -> str: ...


LabelledT = TypeVar("LabelledT", bound=_Labelled)


def by_label(rows: Iterable[LabelledT]) -> list[LabelledT]:
    """Return rows sorted by their labels."""
    return sorted(rows, key=lambda row: sort_key(row.label))
