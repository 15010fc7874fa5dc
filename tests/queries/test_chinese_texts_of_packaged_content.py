"""Chinese texts of packaged content: they are complete, and each replaces only its own English text."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from overt.language.label_order import by_label
from overt.language.language import CHINESE, ENGLISH
from overt.model.content_catalogue import Catalogue
from overt.model.schema import Property
from overt.model.yaml_reading_and_validation import Content
from overt.queries.labels import Area, Term, Words
from overt.queries.translations.chinese_by_english_text import chinese_phrases, chinese_texts
from overt.queries.translations.localized_vocabulary import schema_in, words_in
from overt.release.figures.figure_definition import load_figures

PACKAGED = Catalogue()


def _parts() -> list[Any]:
    folders = (PACKAGED.schema.types, PACKAGED.vocabularies, PACKAGED.sources)
    return [*(part for folder in folders for part in folder.values()), *load_figures(PACKAGED)]


def _twins(value: Any, where: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield the place, the English text and the Chinese text (or None) of every field with a counterpart for Chinese."""
    if isinstance(value, Property):  # the data dictionary explains properties, and is only in English
        return
    if isinstance(value, Content):
        for name in type(value).model_fields:
            field, place = getattr(value, name), f"{where}/{name}"
            if f"{name}_zh" in type(value).model_fields:
                yield place, field, getattr(value, f"{name}_zh")
            yield from _twins(field, place)
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _twins(item, f"{where}/{key}")


def test_packaged_content_is_in_chinese_too() -> None:
    twins = [twin for part in _parts() for twin in _twins(part, getattr(part, "name", getattr(part, "slug", "")))]
    assert len(twins) > 500
    for place, english, chinese in twins:
        if isinstance(english, dict):
            assert english.keys() == chinese.keys(), place
        elif english and english not in ("USD", "USD@2021") and not place.endswith("/publisher"):  # Names are not translated.
            assert chinese, place


def test_no_english_text_has_two_chinese_ones() -> None:
    translations: dict[str, dict[str, str]] = {}
    for part in _parts():
        for place, english, chinese in _twins(part, getattr(part, "name", "")):
            if isinstance(english, str) and chinese and not place.endswith("/label"):
                translations.setdefault(english.strip(), {})[chinese] = place
    assert {text: places for text, places in translations.items() if len(places) > 1} == {}


_NAMED = {"name", "subject", "forum", "scope", "cited_for", "place_in_document"}


@pytest.mark.parametrize(
    ("register", "ours"),
    [
        ("agreements", _NAMED | {"says"}),
        ("reported_figures", _NAMED),
        ("deployments", {"name", "scale", "note", "says"}),
        ("laws", {"says"}),
        ("programmes", {"name", "scope"}),
    ],
)
def test_texts_of_our_registers_are_in_chinese_too(register: str, ours: set[str]) -> None:
    """Titles and publishers of documents are not translated. In the large registers, nor are places in documents."""
    phrases = chinese_phrases(PACKAGED)
    for file in Path(str(PACKAGED.source_folders[register] / "edition")).glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            texts = {row[name] for row in csv.DictReader(lines) for name in ours & row.keys()} - {""}
        assert texts <= phrases.keys(), file.name
    assert all(re.search("[\u4e00-\u9fff]", chinese) for chinese in phrases.values())


def test_fixed_words_are_translated_and_other_words_are_unchanged() -> None:
    language = replace(CHINESE, phrases={"third paragraph": "第三段"})
    assert language.localized({"label": "third paragraph", "label_zh": None}, "label") == "第三段"
    assert language.localized({"label": "third paragraphs", "label_zh": None}, "label") == "third paragraphs"
    assert ENGLISH.localized({"label": "third paragraph", "label_zh": "第三段"}, "label") == "third paragraph"


def test_texts_are_found_by_their_english() -> None:
    texts = chinese_texts(PACKAGED)
    assert texts["In use."] == "正在使用。"
    assert texts["Without submarine cables"] == "不含海底电缆"
    assert texts[PACKAGED.sources["aiddata_gcdf"].scope["other-sense"]].startswith("相关词语")
    language = replace(CHINESE, content=texts)
    assert language.translated("In use, or nearly.") == "In use, or nearly."
    assert str(language.translated_markup("In use <b>.")) == '<span lang="en">In use &lt;b&gt;.</span>'
    assert ENGLISH.translated_markup("In use.") == "In use."


def test_terms_areas_and_types_have_names_in_the_language() -> None:
    term = Term("statuses", "operational", "Operational", "投入使用", "In use.", None, None, "", None)
    named = (("AL", "Albania", "阿尔巴尼亚"), ("CN", "China", "中国"), ("BD", "Bangladesh", "孟加拉国"))
    areas = {code: Area(code, english, chinese, "country", None) for code, english, chinese in named}
    words = words_in(Words({"statuses": {"operational": term}}, areas, {}), replace(CHINESE, content={"In use.": "正在使用。"}))
    assert words.term("statuses", "operational") == "投入使用"
    assert words.terms["statuses"]["operational"].definition == "正在使用。"
    assert list(words.areas) == ["AL", "BD", "CN"] and words.area("BD") == "孟加拉国"
    assert (words.areas["BD"].other, words.areas["BD"].other_lang) == ("Bangladesh", "en")
    schema = schema_in(PACKAGED.schema, replace(CHINESE, content=chinese_texts(PACKAGED)))
    assert schema.types["project"].label == "项目" and schema.types["project"].properties["agreed"].label == "签约"
    assert schema.types["role"].description == "谁在项目中做了什么。"
    assert schema_in(PACKAGED.schema, ENGLISH) is PACKAGED.schema


def test_names_are_in_the_order_in_which_they_are_looked_for() -> None:
    rows = [
        Area("", label, None, "country", None) for label in ("Zambia", "Åland Islands", "chad", "Côte d’Ivoire", "中国", "阿富汗")
    ]
    assert [row.label for row in by_label(rows)] == ["阿富汗", "Åland Islands", "chad", "Côte d’Ivoire", "Zambia", "中国"]
