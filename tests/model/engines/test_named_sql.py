"""Named queries are read without the comments above them, and files with obvious mistakes are refused."""

import pytest

from overt.model.engines.named_sql import _parse
from overt.model.errors import ContentError


def test_queries_have_names_and_leave_their_descriptions_behind() -> None:
    text = "-- A subject.\n\n-- name: first\n-- What it answers.\nSELECT 1;\n\n-- name: second\nSELECT 2 -- why\nFROM a\n"
    assert dict(_parse("a.sql", text)) == {"first": "SELECT 1", "second": "SELECT 2 -- why\nFROM a"}


@pytest.mark.parametrize("text", ["SELECT 1", "-- name: a\n-- nothing\n-- name: b\nSELECT 1", "-- name: a\n"])
def test_sql_without_a_name_and_names_without_sql_are_refused(text: str) -> None:
    with pytest.raises(ContentError, match=r"a\.sql"):
        dict(_parse("a.sql", text))
