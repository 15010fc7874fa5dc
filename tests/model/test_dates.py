import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model.errors import ValueProblem
from overt.model.values.dates import canonical_date, canonical_year, date_bounds, period_bounds

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", DAY(2019, 1, 1), DAY(2019, 12, 31)),
        ("2019-02", DAY(2019, 2, 1), DAY(2019, 2, 28)),
        ("2020-02", DAY(2020, 2, 1), DAY(2020, 2, 29)),
        ("2019-03-05", DAY(2019, 3, 5), DAY(2019, 3, 5)),
        ("2019?", DAY(2019, 1, 1), DAY(2019, 12, 31)),
        ("2019-10-15~", DAY(2019, 10, 15), DAY(2019, 10, 15)),
        ("201X", DAY(2010, 1, 1), DAY(2019, 12, 31)),
        ("2019-33", DAY(2019, 1, 1), DAY(2019, 3, 31)),
        ("2019-34", DAY(2019, 4, 1), DAY(2019, 6, 30)),
        ("2019-36", DAY(2019, 10, 1), DAY(2019, 12, 31)),
        ("2017/2021-06", DAY(2017, 1, 1), DAY(2021, 6, 30)),
        ("../2021", DAY(1, 1, 1), DAY(2021, 12, 31)),
        ("2021/..", DAY(2021, 1, 1), DAY(9999, 12, 31)),
    ],
)
def test_a_date_spans_the_days_that_it_can_mean(text: str, first: datetime.date, last: datetime.date) -> None:
    assert canonical_date(text) == text
    assert date_bounds(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2019-13", "2019-02-30", "2021-02-29", "2019-1", "05/03/2019", "2019/2020/2021", "../..", "/", "0209", "20021",
     "1066-10-14", "2500", "2021/2019", "2019-00", "１９９９", "2019-03-05 or so", "9" * 5000, "/" * 3000],
)  # fmt: skip
def test_other_texts_are_not_dates(text: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        canonical_date(text)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


def test_space_around_a_date_is_removed() -> None:
    assert canonical_date(" 2019-03 ") == "2019-03"


@given(st.dates(DAY(1800, 1, 1), DAY(2200, 12, 31)))
def test_every_day_and_month_is_read(day: datetime.date) -> None:
    assert date_bounds(canonical_date(day.isoformat())) == (day, day)
    first, last = date_bounds(canonical_date(day.isoformat()[:7]))
    assert first <= day <= last
    assert (last + datetime.timedelta(days=1)).day == 1


@given(st.text(alphabet="0123456789-/.?~%XTZ[]{}, ouy", max_size=30) | st.text(max_size=60))
def test_any_text_is_refused_or_stable(text: str) -> None:
    try:
        date = canonical_date(text)
    except ValueProblem:
        return
    assert canonical_date(date) == date
    first, last = date_bounds(date)
    assert first <= last


@pytest.mark.parametrize(("text", "year"), [("2004", "2004"), ("2004.0", "2004"), (" 1999 ", "1999")])
def test_a_year_has_four_digits(text: str, year: str) -> None:
    assert canonical_year(text) == year


@pytest.mark.parametrize("text", ["", "99", "2004.5", "1066", "2999", "year 2004"])
def test_other_texts_are_not_years(text: str) -> None:
    with pytest.raises(ValueProblem, match=re.escape(repr(text))):
        canonical_year(text)


@pytest.mark.parametrize("text", ["2018", "2018-05", "2018-05-17"])
def test_a_day_month_or_year_is_a_period(text: str) -> None:
    assert period_bounds(text) == date_bounds(text)


@pytest.mark.parametrize(
    "text", ["2016/2018", "2018/..", "2018~", "2018?", "201X", "2018-21", "[2018,2019]", "2018-02-30", "0018", "soon", ""]
)
def test_other_dates_are_no_period(text: str) -> None:
    """A period may only be a day, a month or a year, because its text becomes part of file names."""
    with pytest.raises(ValueProblem):
        period_bounds(text)


@pytest.mark.parametrize(
    "text",
    ["Y99999999999", "Y1E9999999", "1E9S9", "1950S999999999", "9999-12-31", "../9999-12-31", "2019/9999-12-31", "0001-01-01"],
)
def test_a_huge_year_or_a_placeholder_is_refused(text: str) -> None:
    """The EDTF library takes minutes for some of these, and fails with an OverflowError for others."""
    with pytest.raises(ValueProblem):
        canonical_date(text)


@pytest.mark.parametrize("text", ["2019/..", "2019/", "../2019", "1950S2", "201X"])
def test_open_ends_and_imprecise_years_are_dates(text: str) -> None:
    assert canonical_date(text) == text
