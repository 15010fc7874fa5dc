"""Companies that match by initials, and names with or without the name of their country."""

import pytest

from overt.resolve.names.country_words import split_country, without_country
from tests.resolve.test_combined_evidence_for_organizations import joined
from tests.resolve.test_shared_brands_and_notes_beside_names import are_one


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
        ("SA", "Saudi Quillsen Fern", "SQF"),  # These are three letters, without a legal form in common.
        ("BD", "Quillsen Fern Company Limited", "QFCL"),  # The name lacks the country.
        ("BD", "Bangladesh Quillsen Fern Company Limited; BANQUIL", "BQFCL"),  # The company has another abbreviation.
        ("BD", "Bangladesh Quill Company Limited", "BQCL"),  # Its brand is its short name.
    ],
)
def test_other_initials_may_be_those_of_another_company(country: str, left: str, right: str) -> None:
    assert not joined(country, ("company", left), ("company", right))


@pytest.mark.parametrize(
    ("country", "left", "right", "is_one"),
    [
        ("MZ", "Mozambique Satellite, S.A.", "Fqxel; Moçambique Satellite", True),
        ("BR", "Brasil Satellite Celular", "Brazil Satellite", False),
        ("GB", "United Satellite", "Kingdom Satellite", False),  # Neither word is a name of the country by itself.
        ("MZ", "Qxtel; Mozambique Satellite", "Fqxel; Moçambique Satellite", False),  # Only their aliases agree.
    ],
)
def test_the_country_in_another_language_makes_no_other_company(country: str, left: str, right: str, is_one: bool) -> None:
    assert bool(joined(country, ("company", left), ("company", right))) is is_one


def test_a_name_is_split_at_the_longest_name_of_the_country() -> None:
    assert split_country(("banco", "cabo", "verde"), "CV") == (("banco",), "cabo verde")
    assert split_country(("fernway",), "CV") == (("fernway",), "")


@pytest.mark.parametrize(
    ("country", "name", "expected"),
    [
        ("KR", "한국인터넷진흥원", "인터넷진흥원"),
        ("JP", "日本銀行", ""),
        ("JP", "한국인터넷진흥원", ""),
        ("PE", "peru telecom", ""),
    ],
)
def test_a_name_without_spaces_begins_with_its_country(country: str, name: str, expected: str) -> None:
    assert without_country(name, country) == expected


def test_a_state_body_may_leave_out_its_country() -> None:
    english = {"name": "National Information Society Agency"}
    assert are_one("KR", "state-body", english, {"name": "한국지능정보사회진흥원"})
