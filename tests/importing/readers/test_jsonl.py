"""JSON Lines: one object per line, with places that lead back to the values."""

import tracemalloc
from pathlib import Path

import pytest

from overt.importing.errors import FileProblem
from overt.importing.readers import jsonl, read_places, read_rows
from tests.importing.readers.files import rows, save, spec

JSONL = spec("jsonl")


def test_rows_and_places(tmp_path: Path) -> None:
    file = save(tmp_path, "x.jsonl", b'\xef\xbb\xbf{"id": "1", "a/b": {"c": ["x", 2]}}\r\n\n{"id": null}\n')
    assert rows(file, JSONL) == [{"id": "1", "a/b": ""}, {"id": ""}]
    (place, cells), (last, _) = read_rows(file, JSONL)
    nested = list(cells["a/b"].child("c").cells())
    assert (place, cells["id"].locator, nested[1].locator, last) == ("line=1", "line=1/id", "line=1/a~1b/c/1", "line=3")
    places = {"line=1/a~1b/c/1", "line=1", "line=3/none", "line=9/id", "line=x", "/id", "line=1/a~1b/c/7"}
    assert read_places(file, JSONL, places) == {"line=1/a~1b/c/1": "2", "line=1": '{"id":"1","a/b":{"c":["x",2]}}'}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "x.jsonl: the file is empty"),
        ("\n\n", "x.jsonl: the file is empty"),
        ('{"a": 1}\n{"a": ', "x.jsonl: line 2, column "),
        ('{"a": 1}\n[1]\n', "x.jsonl: line 2 is not an object"),
        ('{"a": 1, "a": 2}', "x.jsonl: line 1: an object has the key 'a' twice"),
        ('[{"a": 1}]', "x.jsonl: this is one JSON array, not one object a line; write `format: json`"),
        ('{\n "a": 1\n}', "x.jsonl: this is one JSON document over several lines; write `format: json`"),
        ("<html>", "x.jsonl: this is a web page, not JSON"),
        ('{"a": ' + "[" * 500 + "]" * 500 + "}", "x.jsonl: line 1"),
    ],
)
def test_a_broken_file(tmp_path: Path, data: str, why: str) -> None:
    with pytest.raises(FileProblem) as caught:
        rows(save(tmp_path, "x.jsonl", data), JSONL)
    assert str(caught.value).startswith(why)


def test_a_json_file_with_several_lines_of_objects(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="has several JSON objects, one a line; write `format: jsonl`"):
        rows(save(tmp_path, "x.json", '{"a": 1}\n{"a": 2}\n'), spec("json"))


def test_a_long_line_is_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE", 1_000_000)
    file = save(tmp_path, "x.jsonl", b'{"a": "' + b"x" * 20_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(FileProblem, match=r"x.jsonl: line 1: is longer than 1,000,000 bytes"):
            rows(file, JSONL)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
