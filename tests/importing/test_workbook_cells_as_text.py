"""Cells of workbooks become text."""

import datetime

import pytest

from overt.importing.cells import cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("", ""), (" x ", " x "), (True, "true"), (False, "false"), (3, "3"), (3.0, "3"), (0.1, "0.1"),
        (1e20, "1e+20"),
        (datetime.datetime(2019, 5, 1), "2019-05-01"), (datetime.datetime(2019, 5, 1, 12, 30), "2019-05-01T12:30:00"),
        (datetime.date(2019, 5, 1), "2019-05-01"), (datetime.time(12, 30), "12:30:00"),
    ],
)  # fmt: skip
def test_cell_text(value: object, text: str) -> None:
    assert cell_text(value) == text
