"""Parties and titles of projects in other languages: English abbreviations, makers' full names, ministries, ordinals, words."""

import pytest

from overt.resolve.names.abbreviations.translated_abbreviations import abbreviates_translation
from overt.resolve.names.cross_script.cross_script_comparison import cross_match
from overt.resolve.projects.brands_in_supplier_names import brands, share_brand
from overt.resolve.projects.participant_name_reader import read_party
from overt.resolve.projects.participants_under_two_names import alike_participants
from overt.resolve.projects.project_model import load_project_model
from overt.resolve.projects.project_name_reader import ProjectNameReader
from overt.resolve.projects.project_name_tables import attribute_rows, read_project_names
from overt.resolve.projects.stated_numbers import NumberReader

WORDS = load_project_model().words


def are_alike(country: str, role: str, left: str, right: str) -> bool:
    """Return whether the rules find that two participants of one country's projects are the same organisation."""
    parties = [(country, f"{side}:1", role, name, frozenset({name})) for side, name in (("a", left), ("b", right))]
    return bool(list(alike_participants(parties)))


@pytest.mark.parametrize(
    ("country", "short", "name", "fits"),
    [
        ("BD", "btrc", "বাংলাদেশ টেলিযোগাযোগ নিয়ন্ত্রণ কমিশন", True),
        ("EG", "ntra", "الجهاز القومي لتنظيم الاتصالات", True),
        ("VN", "vnpt", "Tập đoàn Bưu chính Viễn thông Việt Nam", True),
        ("PE", "nita", "Agencia Nacional de Tecnología de la Información", True),
        ("VN", "vntp", "Bộ Viễn thông", False),  # Only one word says what the body does.
        ("VN", "vnpe", "Tập đoàn Bưu chính Viễn thông Việt Nam", False),
        ("PE", "nitx", "Agencia Nacional de Tecnología de la Información", False),
        ("PE", "nita", "National Agency of Technology Information", False),  # Words of English names are not reordered.
        ("PE", "qnit", "Agencia Nacional de Tecnología Quill", False),  # “Quill” has no known meaning.
        ("PE", "nit", "Agencia Nacional de Tecnología de la Información", False),
    ],
)  # fmt: skip
def test_an_english_abbreviation_stands_for_a_name_in_another_language(country: str, short: str, name: str, fits: bool) -> None:
    assert abbreviates_translation(short, read_party(name, country), country) is fits


@pytest.mark.parametrize(
    ("country", "name", "is_one"),
    [
        ("KG", "Китайская национальная корпорация по импорту и экспорту электроники", True),
        ("BO", "Corporación Nacional China de Importación y Exportación de Electrónica", True),
        ("BO", "Corporación Nacional China de Importación y Exportación de Maquinaria", False),
        ("KG", "Китайская национальная аэротехническая корпорация по импорту и экспорту", False),
        ("KG", "Китайская корпорация электронных технологий", False),
    ],
)
def test_a_maker_is_known_by_its_full_name_in_another_language(country: str, name: str, is_one: bool) -> None:
    assert are_alike(country, "supplier", "CEIEC", name) is is_one


@pytest.mark.parametrize(
    ("country", "left", "right", "is_one"),
    [
        ("VN", "Ministry of Public Security", "Bộ Công an", True),
        ("VN", "Ministry of National Defence", "Bộ Công an", False),
        ("TZ", "Ministry of Home Affairs", "내무부", True),
        ("VN", "Ministry of Information and Communications", "情報通信省", True),
        ("TZ", "National Identification Authority", "국가신분청", True),
    ],
)
def test_ministries_are_known_by_their_whole_names(country: str, left: str, right: str, is_one: bool) -> None:
    assert are_alike(country, "customer", left, right) is is_one


def test_a_description_is_no_brand() -> None:
    machines = ["Corporación Nacional China de Importación y Exportación de Maquinaria"]
    assert not brands(machines)
    assert not share_brand(machines, ["Corporación Nacional China de Importación y Exportación de Electrónica"])
    assert share_brand(["Quillsen Fernway Technology"], ["Quillsen Fernway"])


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("クイル共和国の2本目となる海底ケーブル", {"2"}),
        ("第2データセンター", {"2"}),
        ("第二条海缆", {"2"}),
        ("제2데이터센터 구축", {"2"}),
        ("2단계 사업", {"2"}),
        ("3条海缆", set()),
        ("제2세대 통신망", set()),
        ("第5世代", set()),
        ("2차량", set()),
    ],
)
def test_ordinals_in_japanese_chinese_and_korean_titles_are_numbers(title: str, numbers: set[str]) -> None:
    assert ProjectNameReader(WORDS).read(title).numbers == numbers


def test_an_alias_alone_makes_no_other_activity() -> None:
    titles = {"a:1": {"Quill Cable", "Quill Spur"}, "b:1": {"Fern Spur"}}
    own: dict[str, frozenset[str]] = {project: frozenset() for project in titles}
    names = read_project_names(sorted(titles), titles, own, frozenset(), ProjectNameReader(WORDS), WORDS)
    assert attribute_rows(names, "acts") == [("b:1", "extend")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.000 tỉ đồng", 3e12),
        ("3 nghìn tỉ đồng", 3e12),
        ("6,800만 달러", 6.8e7),
        ("30億円", 3e9),
        ("500百万円", 5e8),
        ("2 mil millones de pesos", 2e9),
        ("1,2 трлн тенге", 1.2e12),
        ("88.655 million", 88.655e6),
        ("20 million m", 2e7),
    ],
)
def test_multipliers_of_many_languages_are_read(text: str, value: float) -> None:
    (number,) = NumberReader(WORDS.multipliers, WORDS.units, WORDS.numerals).read(text)
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("video surveillance", "видеонаблюдение"),
        ("national data centre", "национальный центр обработки данных"),
        ("facial recognition", "التعرف على الوجوه"),
        ("electronic passport", "جواز السفر الإلكتروني"),
        ("surveillance cameras", "دوربین‌های نظارتی"),
        ("national backbone network", "국가기간망"),
        ("intelligent transport system", "지능형교통체계"),
        ("facial recognition", "顔認証"),
        ("command centre", "指令センター"),
        ("electronic government", "电子政务"),
    ],
)
def test_words_of_titles_of_projects_are_translated(english: str, other: str) -> None:
    assert cross_match(english, other).probability >= 0.7
