"""Words of a question count as used by a record's name only if the name has them as words."""

import pytest

from overt.index.search_text import written
from overt.site.search.related_projects import contains_words
from tests.site.conftest import Ask


@pytest.mark.parametrize(
    ("name", "word", "is_in"),
    [
        ("Safe city and smart city", "art", False),
        ("Spyware and software", "war", False),
        ("Reported Chinese AI cameras", "AI", True),
        ("Belgrade: smart city", "smart city", True),
        ("平安城市视频监控", "监控", True),
        ("平安城市视频监控", "战争", False),
    ],
)
def test_parts_of_words_are_no_words(name: str, word: str, is_in: bool) -> None:
    assert contains_words(written(name), written(word)) is is_in


@pytest.mark.parametrize("country", ["Norway", "Fiji"])
def test_a_programme_without_a_record_in_a_country_is_not_denied_there(country: str, answer: Ask) -> None:
    sentence = answer(f"Chinese state programme that gives African villages satellite TV, and was {country} part of it?")[
        "sentence"
    ]
    assert f"No project with words of its name is on record in: {country}. That is not evidence of absence." in sentence
