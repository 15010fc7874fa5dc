"""Named queries are read without the comments above them and can include earlier ones. Obvious mistakes are refused."""

import pytest

from overt.model.engines.named_sql import read_statements
from overt.model.errors import ContentError


def test_queries_have_names_and_leave_their_descriptions_behind() -> None:
    text = "-- A subject.\n\n-- name: first\n-- What it answers.\nSELECT 1;\n\n-- name: second\nSELECT 2 -- why\nFROM a\n"
    assert read_statements("a.sql", text) == {"first": "SELECT 1", "second": "SELECT 2 -- why\nFROM a"}


@pytest.mark.parametrize("text", ["SELECT 1", "-- name: a\n-- nothing\n-- name: b\nSELECT 1", "-- name: a\n"])
def test_sql_without_a_name_and_names_without_sql_are_refused(text: str) -> None:
    with pytest.raises(ContentError, match=r"a\.sql"):
        read_statements("a.sql", text)


def test_a_query_includes_earlier_ones() -> None:
    text = "-- name: a\nSELECT 1 AS x\n-- name: b\nSELECT x FROM ({{a}})\n-- name: c\nSELECT x + 1 FROM ({{b}})"
    assert read_statements("a.sql", text)["c"] == "SELECT x + 1 FROM (SELECT x FROM (SELECT 1 AS x))"


@pytest.mark.parametrize("text", ["-- name: a\nFROM ({{b}})\n-- name: b\nSELECT 1", "-- name: a\nFROM ({{a}})"])
def test_a_query_includes_only_earlier_ones(text: str) -> None:
    with pytest.raises(ContentError, match=r"a\.sql: the query a includes [ab], but no earlier query has this name"):
        read_statements("a.sql", text)


def test_two_queries_with_one_name_are_refused() -> None:
    with pytest.raises(ContentError, match=r"a\.sql: the query a is there twice"):
        read_statements("a.sql", "-- name: a\nSELECT 1\n-- name: a\nSELECT 2")
