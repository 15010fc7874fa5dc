"""Dates as people write them."""

import pytest

from overt.importing.mapping.written_dates import read_date
from overt.model.errors import ValueProblem


@pytest.mark.parametrize(
    ("text", "formats", "date"),
    [
        ("17/05/2019", ("%d/%m/%Y",), "2019-05-17"),
        ("May 2019", ("%d/%m/%Y", "%B %Y"), "2019-05"),
        ("may 2019", ("%b %Y",), "2019-05"),
        ("2019年5月", ("%Y年%m月",), "2019-05"),
        ("2019年5月17日", ("%Y年%m月%d日",), "2019-05-17"),
        ("2019", (), "2019"),
        ("2019-05", (), "2019-05"),
        ("2019-05-17", ("%d.%m.%y",), "2019-05-17"),
        ("17.05.19", ("%d.%m.%y",), "2019-05-17"),
        ("43602", ("serial",), "2019-05-17"),
        ("c. 2019", (), "2019~"),
        ("circa May 2019", ("%B %Y",), "2019-05~"),
        ("2017/2021", (), "2017/2021"),
        ("12/12/2019", ("%d/%m/%Y", "%m/%d/%Y"), "2019-12-12"),
    ],
)
def test_a_date_keeps_its_precision(text: str, formats: tuple[str, ...], date: str) -> None:
    assert read_date(text, formats) == date


@pytest.mark.parametrize(
    ("text", "formats", "why"),
    [
        ("17/05/2019", (), "add its format under `dates:`"),
        ("03/04/2019", ("%d/%m/%Y", "%m/%d/%Y"), "2019-03-04 or 2019-04-03"),
        ("31/02/2019", ("%d/%m/%Y",), "expected %d/%m/%Y"),
        ("2019-02-30", ("%d/%m/%Y",), "is not a date"),
        ("43602", ("%d/%m/%Y",), "is not a date"),
        ("17/05/0209", ("%d/%m/%Y",), "1800"),
        ("tbc", ("%Y",), "is not a date"),
    ],
)
def test_another_text_is_refused_with_what_to_do(text: str, formats: tuple[str, ...], why: str) -> None:
    with pytest.raises(ValueProblem, match=why):
        read_date(text, formats)
