"""Date formats are guessed from a column's texts, an ambiguous order of day and month is reported, and quarters become months."""

import pytest

from overt.importing.editing.date_format_guess import guess_formats, quarter_months


@pytest.mark.parametrize(
    ("texts", "formats"),
    [
        (["2019-05-17", "2019", "2019-05"], []),
        (["17/05/2019", "03/04/2019"], ["%d/%m/%Y"]),
        (["05/17/2019", "03/04/2019"], ["%m/%d/%Y"]),
        (["17.05.2019", "May 2019", "3 March 2020"], ["%d.%m.%Y", "%d %B %Y", "%B %Y"]),
        (["2019年5月17日", "2020年3月"], ["%Y年%m月%d日", "%Y年%m月"]),
        (["c. 17/05/2019"], ["%d/%m/%Y"]),
        (["5/5/2019"], ["%d/%m/%Y"]),
    ],
)
def test_the_formats_of_a_column(texts: list[str], formats: list[str]) -> None:
    guess = guess_formats(texts)
    assert (guess.formats, guess.ambiguous, guess.unread) == (formats, [], [])


def test_a_date_with_two_readings_is_not_decided_without_another_date() -> None:
    guess = guess_formats(["03/04/2019", "01/02/2020", "May 2019"])
    assert guess.formats == ["%B %Y"]
    assert guess.ambiguous == ["03/04/2019", "01/02/2020"]
    assert guess.twins == ["%d/%m/%Y", "%m/%d/%Y"]


def test_a_column_with_both_orders_is_ambiguous() -> None:
    guess = guess_formats(["17/05/2019", "05/18/2019", "03/04/2019"])
    assert guess.ambiguous == ["03/04/2019"]


def test_days_that_a_spreadsheet_counts_are_read_only_where_they_are_expected() -> None:
    assert guess_formats(["43602"]).unread == ["43602"]
    assert guess_formats(["43602"], serial=True).formats == ["serial"]


def test_a_text_that_is_no_date_is_named() -> None:
    assert guess_formats(["soon", "17/05/2019"]).unread == ["soon"]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Q3 2017", "2017-07/2017-09"),
        ("q1-2020", "2020-01/2020-03"),
        ("2019Q4", "2019-10/2019-12"),
        ("Q5 2017", None),
        ("FY2017", None),
    ],
)
def test_the_months_of_a_quarter(text: str, months: str | None) -> None:
    assert quarter_months(text) == months
