"""Words, numbers and initials of the names of projects."""

import pytest

from overt.resolve.projects import load_project_model
from overt.resolve.projects.project_name_reader import ProjectNameReader

MODEL = load_project_model()
READER = ProjectNameReader(MODEL.words)


@pytest.mark.parametrize(
    ("name", "words", "numbers"),
    [
        ("China Eximbank provides RMB 850 million loan for Safe City Islamabad Project", {"safe", "city", "islamabad"}, set()),
        ("Safe City Project (Linked to Project ID#55437 and #70442)", {"safe", "city"}, set()),
        ("Ceiba-2", {"ceiba"}, {"2"}),
        ("SJC2", {"sjc"}, {"2"}),
        ("Backbone, Phases II and III", {"backbone"}, {"2", "3"}),
        ("Phase I of the Optical Fibre Backbone", {"backbone"}, {"1"}),
        ("Loan for a safe city (Dushanbe, Tajikistan, 2013)", {"safe", "city"}, set()),
    ],
)
def test_words_and_numbers_of_a_name(name: str, words: set[str], numbers: set[str]) -> None:
    parsed = READER.read(name)
    assert (parsed.words, parsed.numbers | {number for _, number in parsed.bound}) == (words, numbers)


@pytest.mark.parametrize("rule", ["plain", "wide"])
def test_every_word_of_the_model_is_read(rule: str) -> None:
    words = getattr(MODEL.words, rule)
    assert [word for word in words if READER.read(word).words != {word}] == []
    assert len(words) == len(set(words))


def test_initials_are_read() -> None:
    assert "peace" in READER.read("Pakistan East Africa Cable Express").initials


@pytest.mark.parametrize("name", ["x" * 100_000, "(" * 5_000, "‮⁦🚨", "安全城市项目", "$" * 10_000 + "1" * 10_000])
def test_strange_names_are_read(name: str) -> None:
    READER.read(name)
