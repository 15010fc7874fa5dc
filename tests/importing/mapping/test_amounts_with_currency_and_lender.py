"""Amounts of money with a currency, scale or lender from other columns."""

from pathlib import Path

from tests.importing.mapping.tracker_source import MAPPING, ROW, run, values


def test_a_currency_in_its_own_column(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "commitment: {column: Value,", "commitment: {column: Value, currency: {column: Notes}, times: '1000000',"
    )
    outcome = run(
        tmp_path, [{**ROW, "Value": 1.5, "Notes": "EUR"}], mapping.replace("    ignore: {Notes: our own reminders}\n", "")
    )
    [claim] = [claim for claim in outcome.claims if claim.property == "amount"]
    assert (claim.value, claim.unit) == ("1500000", "EUR")


def test_an_unknown_currency_is_one_problem(tmp_path: Path) -> None:
    mapping = MAPPING.replace("{column: Value,", "{column: Value, currency: {column: Notes, lookup: currencies},")
    mapping = mapping.replace("lookups:\n", "lookups:\n  currencies: {dollars: USD}\n")
    [problem] = run(tmp_path, [{**ROW, "Value": "1.2m", "Notes": "Foo"}], mapping).report.problems
    assert "'Foo'" in problem.message and problem.locator.endswith("col=Notes")
    [problem] = run(tmp_path / "empty", [{**ROW, "Value": "1.2m", "Notes": None}], mapping).report.problems
    assert "column Notes is empty" in problem.message


def test_a_scale_of_the_text_beside_a_factor_is_a_problem(tmp_path: Path) -> None:
    mapping = MAPPING.replace("commitment: {column: Value,", "commitment: {column: Value, times: '1000000',")
    outcome = run(tmp_path, [{**ROW, "Value": "US$3"}, {**ROW, "No": 8, "Value": "US$1.2bn"}], mapping)
    assert [claim.value for claim in outcome.claims if claim.property == "amount"] == ["3000000"]
    [problem] = outcome.report.problems
    assert problem.message == ("amount: 'US$1.2bn' has a scale of its own beside `times: 1000000`; write it under `corrections:`")


def test_each_of_several_amounts_has_its_own_lender(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "commitment: {column: Value, financier: {column: Lender}}",
        'commitment: {column: Value, split: ";", financier: {column: Lender, split: ";"},'
        ' agreed: {column: Signed, dates: "%d/%m/%Y"}}',
    )
    row = {**ROW, "Value": "US$1m; €2m", "Lender": "Exim; KfW"}
    outcome = run(tmp_path, [row], mapping)
    amounts = {claim.record: claim.unit for claim in outcome.claims if claim.type == "commitment" and claim.property == "amount"}
    lenders = {claim.record: claim.value for claim in outcome.claims if claim.property == "financier"}
    assert {amounts[record]: lender for record, lender in lenders.items()} == {
        "USD": "tracker:organization/exim", "EUR": "tracker:organization/kfw",
    }  # fmt: skip
    assert [values(outcome, record.partition(":")[2])["agreed"] for record in amounts] == [{"2019-05-17"}] * 2
    refused = run(tmp_path / "three", [{**row, "Lender": "Exim; KfW; JICA"}], mapping)
    assert [problem.message for problem in refused.report.problems] == ["3 financiers for 2 amounts; are both split alike?"]
