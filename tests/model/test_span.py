"""Spans: what dates can mean, and whether something was in place in a period, in Python and in SQL."""

import sqlite3
from datetime import date, timedelta
from itertools import product

import duckdb
import pytest

from overt.model.errors import ValueProblem
from overt.model.values.span import InPlace, Span, date_limits, first_day, in_place, in_place_on_record, in_place_sql, last_day

D = date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", D(2019, 1, 1), D(2019, 12, 31)),
        ("2019-02", D(2019, 2, 1), D(2019, 2, 28)),
        ("2019?", D(2018, 1, 1), D(2020, 12, 31)),
        ("2019~", D(2018, 1, 1), D(2020, 12, 31)),
        ("2019%", D(2017, 1, 1), D(2021, 12, 31)),
        ("2019-01~", D(2018, 12, 1), D(2019, 2, 28)),
        ("2019-03-01?", D(2019, 2, 28), D(2019, 3, 2)),
        ("201X", D(2010, 1, 1), D(2019, 12, 31)),
        ("../2019-05", None, D(2019, 5, 31)),
        ("2017/2021", D(2017, 1, 1), D(2021, 12, 31)),
        ("2017~/..", D(2016, 1, 1), None),
        ("2017/2018-01?", D(2017, 1, 1), D(2018, 2, 28)),
        ("2018-23~", D(2017, 9, 1), D(2019, 11, 30)),
    ],
)
def test_limits_of_dates(text: str, first: date | None, last: date | None) -> None:
    assert date_limits(text) == (first, last)


@pytest.mark.parametrize("text", ["", "soon", "2019-13", "2019?/2020/2021", "?"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem):
        date_limits(text)


def test_what_began_was_there_on_its_first_day() -> None:
    span = Span(D(2018, 5, 1), D(2018, 5, 1))
    assert [in_place(span, day, day) for day in (D(2018, 4, 30), D(2018, 5, 1), D(2018, 5, 2))] == [
        "not",
        "certainly",
        "possibly",
    ]
    assert in_place(span, D(2018, 1, 1), D(2018, 12, 31)) is InPlace.CERTAINLY


def test_on_the_day_of_its_end_it_has_ended() -> None:
    span = Span(D(2018, 5, 1), D(2018, 5, 1), D(2018, 6, 1), D(2018, 6, 1))
    assert [in_place(span, day, day) for day in (D(2018, 5, 31), D(2018, 6, 1))] == ["certainly", "not"]


def test_what_no_source_dates_is_not_in_place_before_its_first_date() -> None:
    unknown = Span(None, D(2018, 5, 1), D(2019, 3, 2), None)
    years = {year: (D(year, 1, 1), D(year, 12, 31)) for year in (1950, 2017, 2018, 2019, 2025)}
    assert {year: str(in_place_on_record(unknown, *days)) for year, days in years.items()} == {
        1950: "not", 2017: "not", 2018: "certainly", 2019: "certainly", 2025: "possibly",
    }  # fmt: skip
    assert (first_day(unknown), last_day(unknown)) == (D(2018, 5, 1), D(2019, 3, 1))
    over = Span(None, D(2018, 4, 30), None, D(2018, 5, 1))
    assert in_place_on_record(over, D(2018, 4, 30), D(2018, 4, 30)) == "possibly", "it may have ended long before"
    assert in_place_on_record(Span(), *years[2025]) == "not" and in_place(Span(), *years[2025]) == "possibly"
    assert first_day(Span()) is None and last_day(Span()) is None


def test_sql_says_the_same() -> None:
    days = [None, *(D(2018, 1, 1) + timedelta(step) for step in (0, 1, 2, 5))]
    periods = [(first, last) for first, last in product(days[1:], days[1:]) if first and last and first <= last]
    spans = [Span(*bounds, begun=begun) for bounds in product(days, repeat=4) for begun in (True, False)]
    names = (*Span._fields, "first_day", "last_day")
    rows = [(*span, *period) for span in spans for period in periods]
    expected = [str(in_place_on_record(span, *period)) for span in spans for period in periods]
    condition = in_place_sql("first_day", "last_day", prefix="spans.")
    types = ["DATE"] * 4 + ["BOOLEAN"] + ["DATE"] * 2
    with duckdb.connect() as connection:
        values = ", ".join(
            f"unnest($values[{n}])::{kind} AS {name}" for n, (name, kind) in enumerate(zip(names, types, strict=True), 1)
        )
        columns = [[None if cell is None else str(cell) for cell in column] for column in zip(*rows, strict=True)]
        answers = connection.execute(f"SELECT {condition} FROM (SELECT {values}) AS spans", {"values": columns}).fetchall()
    assert [answer for (answer,) in answers] == expected
    index = sqlite3.connect(":memory:")
    index.execute(f"CREATE TABLE spans ({', '.join(names)})")
    texts = [[str(cell) if isinstance(cell, date) else cell for cell in row] for row in rows]
    index.executemany(f"INSERT INTO spans VALUES ({', '.join('?' * len(names))})", texts)
    assert [answer for (answer,) in index.execute(f"SELECT {condition} FROM spans ORDER BY rowid")] == expected
    assert len(set(expected)) == 3
    index.close()
