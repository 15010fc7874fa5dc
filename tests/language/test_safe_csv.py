"""CSV that spreadsheet programs read as text and numbers, never as formulas."""

import pytest

from overt.language.safe_csv import csv_parts, escape_formula


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1+1", "-", "-1\n", "-٣", "@x", "\tx", "\rx", "=HYPERLINK(1)", "＝1+1", "＋1", "－1", "＠x"]
)
def test_cells_that_would_run_are_marked_as_text(cell: str) -> None:
    assert escape_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5.0000", "-1", "0.5", -1.5])
def test_amounts_stay_numbers(cell: object) -> None:
    assert escape_formula(cell) == cell


def test_csv() -> None:
    text = "".join(csv_parts([["a", "b"], ["=x", -1.5], ['say "hi"', None], ["two\nlines", "ü"]]))
    assert text == '\ufeffa,b\r\n\'=x,-1.5\r\n"say ""hi""",\r\n"two\nlines",ü\r\n'
