from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model.errors import ValueProblem
from overt.model.values.amounts import canonical_amount, canonical_money_unit, canonical_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1204.50", "1204.5"), ("1,204.50", "1204.5"), ("1 204", "1204"), ("1\u00a0204\u202f", "1204"), ("1,234,567", "1234567"),
        ("-0", "0"), ("0.000", "0"), (".5", "0.5"), ("5.", "5"), ("+7", "7"), ("1e3", "1000"), ("1.5E-2", "0.015"), ("007", "7"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ],
)  # fmt: skip
def test_a_number_has_a_plain_form(text: str, number: str) -> None:
    assert canonical_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", ".", "-", "1,5", "1.204,50", "12,34", "1,2345", "1,204 567", "1_000", "٣", "1e999", "1e9999999999", "nan", "inf", "sNaN",
     "1e31", "1e-30", "$5", "5 km", "1--2", "0x10", "9" * 100_000],
)  # fmt: skip
def test_other_texts_are_not_numbers(text: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        canonical_number(text)
    assert len(str(caught.value)) < 200


def test_an_amount_of_money_is_not_below_zero() -> None:
    assert [canonical_amount(text) for text in ("0", "-0", "-0.00", "1e3")] == ["0", "0", "0", "1000"]
    with pytest.raises(ValueProblem, match="'-5' is below zero"):
        canonical_amount("-5")


@given(st.decimals(min_value=-(10**25), max_value=10**25, places=6))
def test_a_decimal_keeps_its_value(number: Decimal) -> None:
    text = canonical_number(format(number, "f"))
    assert Decimal(text) == number
    assert canonical_number(text) == text


@given(st.text(max_size=40) | st.text(alphabet="0123456789.,eE+- \u00a0", max_size=30))
def test_any_text_is_refused_or_stable(text: str) -> None:
    try:
        number = canonical_number(text)
    except ValueProblem:
        return
    assert canonical_number(number) == number


@pytest.mark.parametrize("unit", ["USD", "CNY", "USD@2021", "EUR@1999", "BGN", "DEM@1998"])
def test_a_money_unit_is_a_currency_with_or_without_a_year(unit: str) -> None:
    assert canonical_money_unit(unit) == unit


@pytest.mark.parametrize(
    "unit", ["", "usd", "US$", "XYZ", "USD@", "USD@21", "USD@2121", "USD 2021", "USD@2021@2022", "XXX", "XTS@2020"]
)
def test_other_texts_are_not_money_units(unit: str) -> None:
    with pytest.raises(ValueProblem, match="not a currency"):
        canonical_money_unit(unit)
