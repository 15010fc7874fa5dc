"""Whether a country right before an organisation is read as the organisation's seat."""

import pytest

from overt.queries.questions.home_countries.country_beside_organization import settle_own_seats, unlike_origins
from overt.queries.questions.understood_question import Part, Question

ITALY, VENDOR, SUDAN = (
    Part("area", "IT", "italy", 0, 1),
    Part("organization", "v", "vendor", 1, 2),
    Part("area", "SD", "sudan", 2, 3),
)
FAR_VENDOR = VENDOR._replace(start=2, end=3)


@pytest.mark.parametrize(
    ("parts", "seat", "first"),
    [
        ([ITALY, VENDOR, SUDAN], "IT", "origin"),
        ([ITALY, VENDOR, SUDAN], "DE", "area"),
        ([ITALY, VENDOR], "IT", "area"),
        ([ITALY._replace(type="seat"), VENDOR], "IT", "origin"),
        ([ITALY._replace(type="seat"), VENDOR], "DE", "origin"),
        ([ITALY, FAR_VENDOR, SUDAN._replace(start=3, end=4)], "IT", "area"),
    ],
)
def test_a_country_right_before_an_organisation_is_its_seat(parts: list[Part], seat: str, first: str) -> None:
    question = Question("", ("italy", "helped", "vendor", "sudan"), parts=list(parts))
    settle_own_seats(question, {"v": [seat]})
    assert question.parts[0].type == first
    assert question.parts[1:] == parts[1:]


@pytest.mark.parametrize("word", ["firm", "maker", "公"])
def test_a_word_for_companies_may_be_between_a_nationality_and_a_name(word: str) -> None:
    question = Question("", ("italian", word, "vendor"), parts=[ITALY._replace(type="seat"), FAR_VENDOR])
    settle_own_seats(question, {"v": ["DE", "IT"]})
    assert question.parts[0].type == "origin" and question.parts[0].countries == ("DE", "IT")
    assert unlike_origins(question) == [(question.parts[0], FAR_VENDOR)]
