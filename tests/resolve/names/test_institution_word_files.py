"""The lists of words of institutions: `names/institution_words_by_meaning.yml` and `names/institution_words.yml`."""

import pytest

from overt.model.content_files import packaged_content
from overt.model.yaml_reading_and_validation import read_mapping
from overt.resolve.names.folding_and_scripts import fold
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.names.institution_word_meanings import plain

Entry = tuple[str, str]
"""Meaning and folded spelling."""


def entries(meanings: dict[str, list[str]]) -> list[Entry]:
    """Return the entries of a list, in order. A stem keeps its `*`."""
    return [
        (meaning, " ".join(map(plain, fold(spelling).split())) + "*" * spelling.endswith("*"))
        for meaning, spellings in meanings.items()
        for spelling in spellings
    ]


def test_no_word_is_listed_twice_with_one_meaning() -> None:
    by_meaning, by_language = (
        read_mapping(packaged_content() / "names" / name)
        for name in ("institution_words_by_meaning.yml", "institution_words.yml")
    )
    general = entries({**by_meaning["bodies"], **by_meaning["optional"], **by_meaning["words"], "stop": by_meaning["stop"]})
    assert len(general) == len(set(general))
    english = entries(by_language["languages"]["en"])
    for language, meanings in by_language["languages"].items():
        own = entries(meanings)
        assert len(own) == len(set(own)), language
        assert not set(own) & {*general, *(english if language != "en" else ())}, language


@pytest.mark.parametrize(
    ("key", "country", "words"),
    [
        ("haute autorite de lutte contre la corruption", "SN", {"anticorruption": "lutte contre la corruption"}),
        ("may bay khong nguoi lai", "VN", {"drone": "may bay khong nguoi lai"}),
    ],
)
def test_a_phrase_can_have_any_number_of_words(key: str, country: str, words: dict[str, str]) -> None:
    assert read_translated(key, country).words == words


@pytest.mark.parametrize(("country", "words"), [("AO", {}), ("BR", {}), ("IT", {"school": "descola"})])
def test_only_some_languages_join_words_by_apostrophes(country: str, words: dict[str, str]) -> None:
    assert read_translated("descola", country).words == words
