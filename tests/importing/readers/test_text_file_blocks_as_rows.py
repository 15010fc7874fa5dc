"""Text files in blocks: their rows, lines as the places of cells, and files that are refused."""

from pathlib import Path

import pytest

from overt.importing.errors import FileProblem
from overt.importing.readers import read_places, read_rows
from overt.importing.readers.input_file import InputFile
from overt.importing.readers.text_file_blocks_as_rows import cell_lines
from overt.model.errors import ContentError
from overt.model.source import FileSpec
from overt.model.yaml_reading_and_validation import parse

SPEC = FileSpec(patterns=["*.md"], format="text", blocks=r"(Article \d+)\s", many=True)
LAW = """# Law on Kites

1 May 2001, adopted

## Part one

Article 1 Kites fly.

They fly high.

## Part two

Of strings.

Article 2 Strings hold,\r
all of them.
"""


def text_file(folder: Path, text: bytes) -> InputFile:
    path = folder / "law.md"
    path.write_bytes(text)
    return InputFile("laws", "law.md", "0" * 64, path)


def test_blocks_become_rows_with_lines(tmp_path: Path) -> None:
    rows = list(read_rows(text_file(tmp_path, LAW.encode()), SPEC))
    assert [(locator, cells["label"].text, cells["heading"].text) for locator, cells in rows] == [
        ("lines=1-5", "", ""),
        ("lines=7-9", "Article 1", "## Part one"),
        ("line=13", "", "## Part two"),
        ("lines=15-16", "Article 2", "## Part two"),
    ]
    assert rows[1][1]["text"].text == "Article 1 Kites fly.\n\nThey fly high."
    assert [(line.locator, line.text) for line in cell_lines(rows[0][1]["text"])][1] == ("line=3", "1 May 2001, adopted")


def test_every_place_is_read_again(tmp_path: Path) -> None:
    file = text_file(tmp_path, LAW.encode())
    cells = [cell for _, row in read_rows(file, SPEC) for cell in (*row.values(), *cell_lines(row["text"]))]
    places = read_places(file, SPEC, {cell.locator for cell in cells} | {"line=999", "lines=1-2"})
    assert places == {cell.locator: cell.raw for cell in cells}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n", "the file is empty"),
        (b"<!DOCTYPE html><p>Article 1 no", "this is a web page"),
        (b"# A law\n\nSection 1", "no line begins as `blocks:` of source.yml says"),
        (b"Article 1 caf\xe9", "byte 13 is not utf-8"),
    ],
)
def test_other_files_are_refused_in_one_line(tmp_path: Path, text: bytes, message: str) -> None:
    with pytest.raises(FileProblem, match=message) as error:
        list(read_rows(text_file(tmp_path, text), SPEC))
    assert str(error.value).startswith("law.md: ") and "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"format": "text"}, "`blocks` says with what"),
        ({"format": "csv", "blocks": "x"}, "other formats have no blocks"),
        ({"format": "text", "blocks": "("}, "is not a regular expression"),
        ({"format": "text", "blocks": "Article(?= )"}, "is not a regular expression of RE2"),
    ],
)
def test_a_wrong_description_is_refused(fields: dict[str, str], message: str) -> None:
    with pytest.raises(ContentError, match=message):
        parse(FileSpec, {"patterns": ["*.md"], **fields}, "source.yml")


def test_no_pattern_makes_an_import_hang(tmp_path: Path) -> None:
    """Python's `re` would need hours for this line."""
    spec = FileSpec(patterns=["*.md"], format="text", blocks="(a+)+$")
    with pytest.raises(FileProblem, match="no line begins as `blocks:`"):
        list(read_rows(text_file(tmp_path, b"a" * 40 + b"b"), spec))
