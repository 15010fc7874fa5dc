"""Lenders of projects under names in several languages, and exact sums of one lender, which suggest that projects match."""

import pytest

from overt.resolve.projects.lender_keys import meaning
from tests.resolve.resolved_hand_made_claims import record
from tests.resolve.test_project_match_probabilities import level


def loan(key: str, lender: str, amount: str, agreed: str) -> list:
    """Return the claims of a project on credit."""
    source = key[0]
    claims = record(key, "project", kind="data-centre", country="KE", name=f"Quillwater {source}", agreed=agreed)
    claims += record(f"{source}:organization/l", name=lender)
    commitment = record(f"{key}/c", "commitment", project=key, financier=f"{source}:organization/l", amount=amount)
    return claims + [claim._replace(unit="USD") if claim.property == "amount" else claim for claim in commitment]


@pytest.mark.parametrize(
    ("lender", "amount", "agreed", "expected"),
    [
        ("Eximbank de Chine", "88705000", "2021", "exact"),
        ("中国进出口银行", "88700000", "2021", "exact"),
        ("Export-Import Bank of Korea", "88700000", "2021", "same"),
        ("China Eximbank", "88700000", "2016", "same"),
        ("China Eximbank", "89300000", "2021", "same"),
    ],
)
def test_one_exact_sum_of_one_lender_within_two_years(lender: str, amount: str, agreed: str, expected: str) -> None:
    left = loan("a:1", "Export-Import Bank of China", "88700000", "2021")
    assert level("amount", left, loan("b:1", lender, amount, agreed)) == expected


def test_a_round_sum_of_one_lender_says_less() -> None:
    left, right = (loan(key, "Export-Import Bank of China", "50000000", "2021") for key in ("a:1", "b:1"))
    assert level("amount", left, right) == "same"


def test_lenders_mean_one_bank_in_several_languages() -> None:
    assert meaning("Banco de Desarrollo de China") == meaning("China Development Bank") != ""
    assert meaning("Eximbank de Chine") == meaning("Export-Import Bank of China") != meaning("Export-Import Bank of Korea")
    assert meaning("Bank of China") == ""  # The name has no field.
    assert meaning("Quill Development Bank") == ""  # The name has no country.
    assert meaning("Austrian Development Agency") == "AT development"
    assert meaning("Australian Development Agency") == "AU development"
