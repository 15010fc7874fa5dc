"""The certain part of a time span is opaque, and the rest is faint."""

from overt.charts.date_segments import date_segments


def ends(segments: list[tuple[float, float, float]]) -> tuple[float, float]:
    return min(segment[0] for segment in segments), max(segment[1] for segment in segments)


def opaque(segments: list[tuple[float, float, float]]) -> list[tuple[float, float]]:
    return [(round(low, 2), round(high, 2)) for low, high, opacity in segments if opacity == 1]


def test_days_are_opaque_and_years_fade() -> None:
    assert date_segments("2011-05-03", "2015-06-01") == [(2011 + 122 / 365, 2015 + 151 / 365, 1)]
    segments = date_segments("2009", "2012")
    assert opaque(segments) == [(2010.0, 2012.0)]
    assert ends(segments) == (2009, 2013)
    before = [segment for segment in segments if segment[1] <= 2010.001]
    assert [opacity for _, _, opacity in sorted(before)] == [0.3, 0.6], "fainter away from the certain part"


def test_no_day_is_certain_between_dates_that_overlap() -> None:
    segments = date_segments("2019", "2019-06")
    assert opaque(segments) == []
    assert ends(segments) == (2019, 2020)
    assert ends(date_segments("2015", "2010")) == (2010, 2016), "an end before its beginning is not hidden"


def test_a_span_with_one_date() -> None:
    assert opaque(date_segments(None, "2018")) == []
    assert ends(date_segments(None, "2018")) == (2018, 2019)
    assert opaque(date_segments("2018-03-05", None)) == [(2018.17, 2018.29)], "a day is a mark that can be seen"
    assert date_segments("2018-03-05", "2018-03-05") == date_segments("2018-03-05", None)


def test_open_and_qualified_dates() -> None:
    assert ends(date_segments(None, "../2021")) == (2020, 2022)
    low, high = ends(date_segments("2019/..", None))
    assert (low, high) == (2019, 2021)
    assert opaque(date_segments("2011-05-03?", "2015-06-01")) == []
    assert date_segments("2011-05-03?", "2015-06-01")[0][2] < 1
    assert ends(date_segments("201X", None)) == (2010, 2020)


def test_text_that_is_not_a_date_is_not_drawn() -> None:
    for text in (None, "", "soon", "<b>", "../..", "2019" * 100):
        assert date_segments(text, None) == []
