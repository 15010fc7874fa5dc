"""Evidence that records of projects match: dates and countries given more or less precisely, sums, and the ends of cables."""

import pytest

from overt.model.claim import Claim
from tests.resolve.resolved_hand_made_claims import record
from tests.resolve.test_project_evidence_across_languages_and_scripts import project
from tests.resolve.test_project_match_probabilities import level, parties, place


@pytest.mark.parametrize(("left", "right", "expected"), [("2022-08-09", "2022-08-09", "day"), ("2022-08-09", "2022-08", "same")])
def test_one_day_says_more_than_one_month(left: str, right: str, expected: str) -> None:
    assert level("finish", project("a:1", operational=left), project("b:1", operational=right)) == expected


def test_a_report_about_one_landing_names_one_country() -> None:
    values = {"kind": "submarine-cable"}
    assert level("country", project("a:1", **values, country=["CL", "AU"]), project("b:1", **values, country="CL")) == "landing"
    assert level("country", project("a:1", country=["CL", "AU"]), project("b:1", country="CL")) == "within"


@pytest.mark.parametrize(("loan", "expected"), [("85000000", "part"), ("85700000", "unknown")])
def test_a_loan_is_a_usual_share_of_a_contract_or_no_part(loan: str, expected: str) -> None:
    lent = project("a:1") + record("a:1/c", "commitment", project="a:1")
    lent.append(Claim("a", "a:1/c", "commitment", "amount", loan, unit="USD"))
    contract = [*project("b:1"), Claim("b", "b:1", "project", "contract-value", "100000000", unit="USD")]
    assert level("amount", lent, contract) == expected


@pytest.mark.parametrize(("opened", "expected"), [("2019-12-30", "close"), ("2020-06", "fits"), ("2020", "fits")])
def test_an_opening_within_two_months_of_another_date_is_close(opened: str, expected: str) -> None:
    values = {"kind": "data-centre", "country": "AO", "name": "Quillwater"}
    left = record("a:1", "project", agreed="2019-12", **values)
    assert level("order", left, record("b:1", "project", operational=opened, **values)) == expected


def cable_between(key: str, maker: str, *towns: str) -> list[list]:
    """Return the claims of a cable, its maker and its landings."""
    claims = record(key, "project", kind="submarine-cable", name=f"Cable {key[0]} of Quill{key[0]}")
    claims += parties(key, "supplier", maker)
    for town in towns:
        claims += place(f"{key}/{town}", key, name=town)
    return claims


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("Quillmarine", "Kribi", "Fortaleza"), ("Quillmarine", "Kribi", "Fortaleza"), "ends"),
        (("Quillmarine", "Chennai", "Colombo"), ("Quillmarine", "チェンナイ", "コロンボ"), "ends"),
        (("Quillmarine", "Kribi", "Fortaleza"), ("Fernworks", "Kribi", "Fortaleza"), "several"),
        (("Quillmarine", "Kribi", "Fortaleza"), ("Quillmarine", "Kribi", "Fortaleza", "Lagos"), "several"),
        (("Quillmarine", "Kribi"), ("Quillmarine", "Kribi"), "near"),
    ],
)
def test_cables_with_the_same_ends_and_a_common_party_are_one(
    left: tuple[str, ...], right: tuple[str, ...], expected: str
) -> None:
    assert level("place", cable_between("a:1", *left), cable_between("b:1", *right)) == expected
