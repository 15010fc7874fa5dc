"""Names of countries within English sentences have their article; Chinese ones have none."""

import pytest

from overt.language.country_article import with_article
from overt.language.language import CHINESE, ENGLISH, Language


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        (ENGLISH, "United Kingdom", "the United Kingdom"),
        (ENGLISH, "Solomon Islands", "the Solomon Islands"),
        (ENGLISH, "Dominican Republic", "the Dominican Republic"),
        (ENGLISH, "Serbia", "Serbia"),
        (CHINESE, "菲律宾", "菲律宾"),
    ],
)
def test_a_country_has_its_article_within_sentences(language: Language, name: str, words: str) -> None:
    assert with_article(language, name) == words
