"""Whether a country right before an organisation is read as the organisation's seat."""

import pytest

from overt.queries.questions.seats.own_seats import settle_own_seats
from overt.queries.questions.understood_question import Part, Question

ITALY, VENDOR, SUDAN = (
    Part("area", "IT", "italy", 0, 1),
    Part("organization", "v", "vendor", 1, 2),
    Part("area", "SD", "sudan", 2, 3),
)


@pytest.mark.parametrize(
    ("parts", "seat", "first"),
    [
        ([ITALY, VENDOR, SUDAN], "IT", "origin"),
        ([ITALY, VENDOR, SUDAN], "DE", "area"),
        ([ITALY, VENDOR], "IT", "area"),
        ([ITALY._replace(type="seat"), VENDOR], "IT", "origin"),
        ([ITALY, VENDOR._replace(start=2, end=3), SUDAN._replace(start=3, end=4)], "IT", "area"),
    ],
)
def test_a_country_right_before_an_organisation_of_that_seat_is_its_seat(parts: list[Part], seat: str, first: str) -> None:
    question = Question("", ("italy", "vendor", "sudan", "sudan"), parts=list(parts))
    settle_own_seats(question, {"v": seat})
    assert question.parts[0].type == first
    assert question.parts[1:] == parts[1:]
