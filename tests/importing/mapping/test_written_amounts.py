"""Amounts of money and numbers, as people write them."""

import re

import pytest

from overt.importing.mapping.written_amounts import read_money, read_number
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
    assert read_money(text, None)[:2] == (number, unit)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("20", ".", "20"),
        ("$1.2m", ".", "1200000"),
        ("1.204,50", ",", "1204.5"),
        ("1,5 million", ",", "1500000"),
    ],
)
def test_the_source_says_the_currency_once(text: str, decimal: str, number: str) -> None:
    assert read_money(text, "USD", decimal)[:2] == (number, "USD")


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
    assert read_number(text)[:2] == (number, unit)


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


@pytest.mark.parametrize(
    ("text", "default", "currency"),
    [
        ("12", "€", "EUR"),
        ("12", "RMB", "CNY"),
        ("12", "usd", "USD"),
        ("¥12", "JPY", "JPY"),
        ("$12", "MXN", "MXN"),
        ("€12", "USD", "EUR"),
    ],
)
def test_a_currency_of_another_column_may_be_a_sign(text: str, default: str, currency: str) -> None:
    assert read_money(text, default) == ("12", currency, False)


@pytest.mark.parametrize(
    ("text", "default", "why"),
    [
        ("¥3bn", "USD", "has the sign ¥, which amounts in USD don't have"),
        ("$3m", "EUR", "has the sign $, which amounts in EUR don't have"),
        ("¥3m RMB $", "USD", "has the sign $, which amounts in CNY don't have"),
        ("3m", "$", "can be several currencies"),
        ("3m", "dinars", "'dinars' is not a currency"),
    ],
)
def test_a_sign_of_another_currency_is_refused(text: str, default: str, why: str) -> None:
    with pytest.raises(ValueProblem, match=re.escape(why)):
        read_money(text, default)


def test_codes_of_former_currencies_count_only_in_capitals() -> None:
    assert read_money("5 million BGN", None)[:2] == ("5000000", "BGN")
    for text in ("5 million ban", "1000 bad", "12 million sur"):
        with pytest.raises(ValueProblem):
            read_money(text, "EUR")
