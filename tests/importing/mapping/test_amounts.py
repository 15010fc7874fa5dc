"""Amounts of money and numbers, as people write them."""

import pytest

from overt.importing.mapping.amounts import read_money, read_number
from overt.model.errors import ValueProblem


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("US$1.2m", "1200000", "USD"),
        ("US$ 1.2 m", "1200000", "USD"),
        ("€20 million", "20000000", "EUR"),
        ("RMB 1.05bn", "1050000000", "CNY"),
        ("1.05 billion yuan", "1050000000", "CNY"),
        ("2亿元", "200000000", "CNY"),
        ("1.5万美元", "15000", "USD"),
        ("USD 3,000,000", "3000000", "USD"),
        ("3 000 000 EUR", "3000000", "EUR"),
        ("£750k", "750000", "GBP"),
        ("HK$88m", "88000000", "HKD"),
        ("12 million US dollars", "12000000", "USD"),
        ("KES 14.9 billion", "14900000000", "KES"),
        ("₹5 crore", "50000000", "INR"),
    ],
)
def test_an_amount_with_its_currency(text: str, number: str, unit: str) -> None:
    assert read_money(text, None) == (number, unit)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("20", ".", "20"),
        ("$1.2m", ".", "1200000"),
        ("1.204,50", ",", "1204.5"),
        ("1,5 million", ",", "1500000"),
        ("¥3bn", ".", "3000000000"),
    ],
)
def test_the_source_says_the_currency_once(text: str, decimal: str, number: str) -> None:
    assert read_money(text, "USD", decimal) == (number, "USD")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("$3m", "in which currency"),
        ("20 million", "in which currency"),
        ("about 3 million USD", "'about' is not known"),
        ("USD 3 million or EUR 4 million", "is not an amount"),
        ("3 USD EUR", "two currencies"),
        ("1,5 million USD", "decimal: ','"),
        ("undisclosed", "is not an amount"),
        ("1.204,50 EUR", "decimal: ','"),
        ("", "is not an amount"),
    ],
)
def test_an_unclear_amount_is_refused_with_what_to_do(text: str, why: str) -> None:
    with pytest.raises(ValueProblem, match=why):
        read_money(text, None)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("12,000 km", "12000", "km"),
        ("1.5 thousand", "1500", None),
        ("38", "38", None),
        ("40 %", "40", "%"),
        ("-3.20", "-3.2", None),
    ],
)
def test_a_number_and_the_unit_behind_it(text: str, number: str, unit: str | None) -> None:
    assert read_number(text) == (number, unit)


@pytest.mark.parametrize("text", ["12 or 13", "twelve", "1 204 5", "3 km long"])
def test_a_text_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem, match="is not a number"):
        read_number(text)


@pytest.mark.parametrize("text", ["500 m", "1.2m", "30 t", "12 mm", "5 b", "8 M"])
def test_a_number_with_a_letter_that_can_be_a_unit_or_a_scale_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem, match="can be a unit or a scale"):
        read_number(text)


@pytest.mark.parametrize("text", [f"1{' ' * 3000}x5", f"1{'. ' * 3000}x5", f"{' x' * 3000}", f"{'1,' * 60}x5"])
def test_a_long_text_is_refused_at_once(text: str) -> None:
    with pytest.raises(ValueProblem, match="is not an amount"):
        read_money(text, "USD")
