"""Chinese versions of the texts and phrases in `content/`, and Chinese names of places, by their English text."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from overt.gazetteer.placement_rule_descriptions import RULES, RULES_ZH
from overt.model.content_catalogue import Catalogue
from overt.model.yaml_reading_and_validation import Content, read_mapping
from overt.release.figures.figure_definition import load_figures


def chinese_texts(content: Catalogue) -> dict[str, str]:
    """Map English texts to Chinese: the gazetteer's rules, and all fields with a counterpart `…_zh` except labels.

    The fields are those of record types, vocabularies, sources and figures. The keys are texts rather than ids, so that a release
    made with older content never gets the translation of a newer text. Raises ContentError for an invalid figure.
    """
    parts: list[Any] = [*content.schema.types.values(), *content.vocabularies.values(), *content.sources.values()]
    translations = dict(translation for part in (*parts, *load_figures(content)) for translation in _translations(part))
    return translations | dict(_counterparts(RULES, RULES_ZH))


def chinese_phrases(content: Catalogue) -> dict[str, str]:
    """Map phrases that recur in sources to Chinese: names of places and governments, and `words_zh` of each source."""
    return {**place_names(), **content.chinese_phrases}


@cache
def place_names() -> dict[str, str]:
    """Map the names of towns and provinces, as sources write them, to their Chinese names."""
    names = read_mapping(files("overt") / "content" / "names" / "place_names_zh.yml")
    return {str(english): str(chinese) for english, chinese in names.items()}


def _translations(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Content):
        fields = value.__dict__  # Looking up an attribute that a model lacks takes fifty times as long.
        for name, text in fields.items():
            if name == "label":  # Several terms may have the same label, so labels are translated by id.
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
