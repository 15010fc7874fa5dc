"""Companies of one country that match by initials, by the country's name in another language, or by a former name."""

import pytest

from overt.resolve.names.country_words import split_country
from overt.resolve.names.former_and_registered_notes import is_about_time
from tests.resolve.test_body_evidence import joined


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        ("BD", "Bangladesh Quillsen Fern Company Limited", "BQFCL"),
        ("MW", "Quill Networks Malawi Plc", "QNM; QNM Plc"),
    ],
)
def test_the_only_name_of_a_company_is_the_initials_of_the_other_with_its_country(country: str, left: str, right: str) -> None:
    assert joined(country, ("company", left), ("company", right))
    assert joined(country, ("state-owned-company", left), ("company", right))


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        ("SA", "Saudi Quillsen Fern", "SQF"),  # three letters without a common legal form
        ("BD", "Quillsen Fern Company Limited", "QFCL"),  # without the country
        ("BD", "Bangladesh Quillsen Fern Company Limited; BANQUIL", "BQFCL"),  # it has another abbreviation
        ("BD", "Bangladesh Quill Company Limited", "BQCL"),  # its brand is its short name
    ],
)
def test_other_initials_may_be_those_of_another_company(country: str, left: str, right: str) -> None:
    assert not joined(country, ("company", left), ("company", right))


@pytest.mark.parametrize(
    ("country", "left", "right", "is_one"),
    [
        ("MZ", "Mozambique Satellite, S.A.", "Fqxel; Moçambique Satellite", True),
        ("BR", "Brasil Satellite Celular", "Brazil Satellite", False),
        ("GB", "United Satellite", "Kingdom Satellite", False),  # no names of the country
        ("MZ", "Qxtel; Mozambique Satellite", "Fqxel; Moçambique Satellite", False),  # two aliases
    ],
)
def test_the_country_in_another_language_makes_no_other_company(country: str, left: str, right: str, is_one: bool) -> None:
    assert bool(joined(country, ("company", left), ("company", right))) is is_one


def test_a_name_is_split_at_the_longest_name_of_the_country() -> None:
    assert split_country(("banco", "cabo", "verde"), "CV") == (("banco",), "cabo verde")
    assert split_country(("fernway",), "CV") == (("fernway",), "")


@pytest.mark.parametrize(
    "note", ["2023年更名前", "更名前", "before renaming in 2019", "2019년 사명 변경 전", "avant le changement de nom"]
)
def test_notes_of_a_time_before_a_renaming_are_about_time(note: str) -> None:
    assert is_about_time(note)


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        ("Fenglin Qiaobu", "云投某某股份有限公司; 枫林乔布（2023年更名前）", True),
        ("Fenglin Qiaobu", "云投某某股份有限公司; 柏林乔布（2023年更名前）", False),  # other consonants
        ("Hua Xin", "云投某某股份有限公司; 华鑫（2019年更名前）", False),  # two characters
    ],
)
def test_a_former_name_of_four_characters_is_known_by_its_sound(left: str, right: str, is_one: bool) -> None:
    assert bool(joined("CN", ("company", left), ("company", right))) is is_one


def test_words_in_katakana_are_translated() -> None:
    assert joined("JP", ("company", "Quillsen; Sun Denshi"), ("company", "サン電子株式会社"))
    assert not joined("JP", ("company", "Quillsen; Star Denshi"), ("company", "サン電子株式会社"))
