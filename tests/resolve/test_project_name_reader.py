"""Words, numbers and initials of the names of projects, and numbers in their descriptions."""

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


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("Quito sumará 1.200 cámaras", set()),
        ("Police install 45 more cameras", set()),
        ("Réseau national, 3 200 km", set()),
        ("В городе установят 5 тысяч камер", set()),
        ("Proyek tahap kedua", {"2"}),
        ("Rede nacional, segunda fase", {"2"}),
        ("Güvenli şehir üçüncü aşama", {"3"}),
        ("Вторая очередь системы", {"2"}),
        ("المرحلة الثالثة من الشبكة", {"3"}),
        ("智慧城市三期工程", {"3"}),
        ("Mạng quốc gia giai đoạn hai", {"2"}),
        ("Thượng Hải network", set()),
    ],
)
def test_quantities_are_no_phases_and_ordinals_are(title: str, numbers: set[str]) -> None:
    assert READER.read(title).numbers == numbers


def test_a_number_of_an_abbreviation_belongs_to_it() -> None:
    parsed = READER.read("Quillwater Safe City (QSC3)")
    assert (parsed.numbers, parsed.bound) == (frozenset(), {("qsc", "3")})


def test_first_is_an_ordinal_without_a_phase() -> None:
    assert READER.read("First data centre in Quillwater").ordinals == {"1"}


def test_a_description_names_a_phase_but_no_quantity() -> None:
    assert READER.phases("The second phase has 45 cameras and 6 schools.") == {"2"}


def test_numbers_of_centres_are_no_phases() -> None:
    assert not READER.read("El sistema integrado: 4.300 cámaras y 16 centros").numbers
    assert READER.read("Backbone 16").bound or READER.read("Backbone 16").numbers
