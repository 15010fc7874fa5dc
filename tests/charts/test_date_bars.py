"""What is sure of a date is firm, the rest faint."""

from overt.charts.date_bars import parts_of


def ends(parts: list[tuple[float, float, float]]) -> tuple[float, float]:
    return min(part[0] for part in parts), max(part[1] for part in parts)


def firm(parts: list[tuple[float, float, float]]) -> list[tuple[float, float]]:
    return [(round(low, 2), round(high, 2)) for low, high, opacity in parts if opacity == 1]


def test_days_are_firm_and_years_fade() -> None:
    assert parts_of("2011-05-03", "2015-06-01") == [(2011 + 122 / 365, 2015 + 151 / 365, 1)]
    parts = parts_of("2009", "2012")
    assert firm(parts) == [(2010.0, 2012.0)]
    assert ends(parts) == (2009, 2013)
    before = [part for part in parts if part[1] <= 2010.001]
    assert [opacity for _, _, opacity in sorted(before)] == [0.3, 0.6], "fainter away from what is sure"


def test_nothing_is_sure_between_dates_that_overlap() -> None:
    parts = parts_of("2019", "2019-06")
    assert firm(parts) == []
    assert ends(parts) == (2019, 2020)
    assert ends(parts_of("2015", "2010")) == (2010, 2016), "an end before its beginning is not hidden"


def test_one_date_alone() -> None:
    assert firm(parts_of(None, "2018")) == []
    assert ends(parts_of(None, "2018")) == (2018, 2019)
    assert firm(parts_of("2018-03-05", None)) == [(2018.17, 2018.29)], "a day is a mark that can be seen"
    assert parts_of("2018-03-05", "2018-03-05") == parts_of("2018-03-05", None)


def test_open_and_doubted_dates() -> None:
    assert ends(parts_of(None, "../2021")) == (2020, 2022)
    low, high = ends(parts_of("2019/..", None))
    assert (low, high) == (2019, 2021)
    assert firm(parts_of("2011-05-03?", "2015-06-01")) == []
    assert parts_of("2011-05-03?", "2015-06-01")[0][2] < 1
    assert ends(parts_of("201X", None)) == (2010, 2020)


def test_what_is_no_date_is_not_drawn() -> None:
    for text in (None, "", "soon", "<b>", "../..", "2019" * 100):
        assert parts_of(text, None) == []
