"""Rows of queries as named tuples."""

from typing import NamedTuple

import pytest

from overt.queries.database import Reader
from overt.queries.labels import Area
from overt.queries.rows.typed_rows import make_rows


class Pair(NamedTuple):
    left: str
    right: int
    both: str = "neither"


def test_columns_go_to_the_fields_of_their_names() -> None:
    assert make_rows(Pair, "query", ("right", "left"), [(1, "a"), (2, "b")], {}) == [Pair("a", 1), Pair("b", 2)]
    assert make_rows(Pair, "query", ("left", "right", "both"), [("a", 1, "c")], {}) == [Pair("a", 1, "c")]


def test_a_decoder_makes_the_field_of_its_column() -> None:
    [row] = make_rows(Pair, "query", ("right", "left"), [("17", "a")], {"right": int})
    assert row == Pair("a", 17)


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (("left",), "field right has no column"),
        (("left", "right", "middle"), "column middle has no field"),
        (("left", "right", "left"), "column left is there twice"),
    ],
)
def test_columns_that_differ_from_the_fields_are_refused(columns: tuple[str, ...], problem: str) -> None:
    with pytest.raises(TypeError, match=f"Pair does not fit the query subject.name: {problem}"):
        make_rows(Pair, "subject.name", columns, [], {})


def test_a_reader_returns_rows_of_a_class(reader: Reader) -> None:
    areas = reader.query(Area, "labels.areas")
    assert {area.code: area.label for area in areas}["KE"] == "Kenya"
    with pytest.raises(TypeError, match=r"Area does not fit the query labels\.meta"):
        reader.query(Area, "labels.meta")
