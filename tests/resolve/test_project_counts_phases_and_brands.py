"""Details by which projects match or differ: counts in titles, phases, early ends, numbers of cables and two-letter brands."""

import pytest

from tests.resolve.resolved_hand_made_claims import record
from tests.resolve.test_project_match_probabilities import level, parties

TOWERS = {"kind": "mobile-network", "country": "ZM"}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Loan for 808 towers", "Last of 204 towers handed over", "titled"),
        ("Loan for 808 towers", "204 of 808 towers handed over", "same"),
        ("Loan for 808 towers", "Last of the towers handed over", "same"),  # the description also has 808
        ("Loan for 808 towers", "204 schools connected", "same"),
    ],
)
def test_titles_that_count_one_thing_differently_are_of_two_projects(left: str, right: str, expected: str) -> None:
    text = "A loan for 808 more is sought."
    second = record("b:1", "project", name=right, description=text, **TOWERS)
    assert level("stated", record("a:1", "project", name=left, **TOWERS), second) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Towers handed over", "A second phase is planned.", "described"),
        ("Towers, phase 2, handed over", "", "same"),
        ("Towers, phase 3, handed over", "After the second phase.", "other"),
    ],
)
def test_a_phase_in_a_description_may_be_another_one(name: str, text: str, expected: str) -> None:
    values = {"description": text} if text else {}
    second = record("b:1", "project", name=name, **values, **TOWERS)
    assert level("number", record("a:1", "project", name="Towers of Quillmoor, phase II", **TOWERS), second) == expected


@pytest.mark.parametrize(
    ("agreed", "expected"), [("2015-11", "close"), ("2015-06", "fits"), ("2016-07", "unknown"), ("2018", "before")]
)
def test_an_end_long_before_an_agreement_does_not_fit_it(agreed: str, expected: str) -> None:
    first = record("a:1", "project", name="Towers of Quillmoor", agreed=agreed, **TOWERS)
    assert level("order", first, record("b:1", "project", name="Fern masts", operational="2015-10-20", **TOWERS)) == expected


@pytest.mark.parametrize(
    ("text", "mention", "number"), [("FQX2 dài 10.500 km.", "same", "unknown"), ("A cable of 10,500 km.", "unknown", "later")]
)
def test_a_text_names_a_cable_with_its_number(text: str, mention: str, number: str) -> None:
    first = record("a:1", "project", name="Fern Quill Cable 2", kind="submarine-cable")
    first += record("a:1", "project", alias="FQX2")
    second = record("b:1", "project", name="VNPT khai thác tuyến cáp", description=text, kind="submarine-cable", country="VN")
    second += parties("b:1", "customer", "VNPT")
    assert level("mention", first, second) == mention
    assert level("number", first, second) == number


@pytest.mark.parametrize(("customer", "expected"), [("QF Digital", "other-named"), ("Fern Holdings", "unknown")])
def test_a_brand_of_two_letters_counts_with_the_rest_of_the_name(customer: str, expected: str) -> None:
    values = {"kind": "data-centre", "country": "ID"}
    first = record("a:1", "project", name="Fern builds data centre at Quill Park", **values) + parties(
        "a:1", "customer", "Fern Ltd"
    )
    second = record("b:1", "project", name="QF Digital data centre at Quill Park", **values)
    assert level("customers", first, second + parties("b:1", "customer", customer)) == expected
