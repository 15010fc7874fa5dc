"""Text in any declared encoding is read, and hints give the likely encoding and delimiter of a file."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from overt.importing.errors import FileProblem
from overt.importing.readers.encoding_and_delimiter import guess_delimiter, guess_encoding
from tests.importing.readers.files import rows, save, spec

TEXT = "Id,Name\n1,Café “Å”\n2,Ωmega – x\n"
CHINESE = "编号,项目名称,地点\n1,平安城市视频监控系统,奥尔德港\n"
RUSSIAN = "Номер,Название,Город\n1,Камеры наблюдения в порту,Ольха\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-8-sig", "UTF8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("gb18030", "gb18030"),
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, declared: str, end: str) -> None:
    file = save(tmp_path, "x.csv", TEXT.replace("\n", end).encode(encoding))
    assert rows(file, spec("csv", encoding=declared)) == [{"Id": "1", "Name": "Café “Å”"}, {"Id": "2", "Name": "Ωmega – x"}]


def test_a_mark_before_utf_16_of_a_declared_order_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    file = save(tmp_path, "x.csv", b"\xff\xfe" + TEXT.encode("utf-16-le"))
    assert list(rows(file, spec("csv", encoding="utf-16-le"))[0]) == ["Id", "Name"]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode()[:17], "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        ("Id,Name\n1,Café à la crème – “Š”\n".encode("cp1252"), "cp1252"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode(), "utf-8"),
        (RUSSIAN.encode("cp1251"), "cp1251"),
        (b"\x81\x98 \x98 x", None),
    ],
)
def test_guesses_of_encodings(data: bytes, encoding: str | None) -> None:
    assert guess_encoding(data) == encoding


@pytest.mark.parametrize(
    ("data", "declared", "why"),
    [
        (TEXT.encode("utf-16"), "utf-8", "it seems to be UTF-16: write `encoding: utf-16` in source.yml, or save it as utf-8"),
        (TEXT.encode("utf-16-le"), "utf-8", "it seems to be UTF-16-LE: write `encoding: utf-16-le`"),
        (TEXT.encode("utf-16-le"), "cp1252", "it seems to be UTF-16-LE: write `encoding: utf-16-le`"),
        (CHINESE.encode("gb18030"), "utf-8", "it seems to be GB18030: write `encoding: gb18030`"),
        (TEXT.encode(), "cp1252", "line 1: not cp1252 text; it seems to be UTF-8: write `encoding: utf-8`"),
        (TEXT.encode("utf-8-sig"), "latin-1", "it seems to be UTF-8: write `encoding: utf-8`"),
        (TEXT.encode(), "utf-16", "it seems to be UTF-8: write `encoding: utf-8`"),
        (("x" * 100_000 + TEXT).encode("gb18030"), "utf-8", "line 2: not utf-8 text (byte 0x"),
    ],
)
def test_a_wrong_encoding(tmp_path: Path, data: bytes, declared: str, why: str) -> None:
    with pytest.raises(FileProblem) as caught:
        rows(save(tmp_path, "x.csv", data), spec("csv", encoding=declared))
    assert str(caught.value).startswith("x.csv: line ") and why in str(caught.value)


@pytest.mark.parametrize("format_", ["json", "jsonl"])
@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_json_that_is_not_utf_8(tmp_path: Path, format_: str, encoding: str) -> None:
    with pytest.raises(FileProblem, match="not UTF-8, as JSON must be; save it as UTF-8"):
        rows(save(tmp_path, "x.json", '{"a": "é"}'.encode(encoding)), spec(format_))


@pytest.mark.parametrize("name", ["utf-88", "base64", "rot13"])
def test_names_that_are_no_encodings_of_texts(name: str) -> None:
    with pytest.raises(ValidationError, match="is not an encoding of texts"):
        spec("csv", encoding=name)


@pytest.mark.parametrize(
    ("data", "options", "delimiter"),
    [
        ("Id;Name;Town\n1;a;b\n", {}, '";"'),
        ("Id;Value\n1;2,5\n", {}, '";"'),
        ("Id\tName\n1\tb\n", {}, '"\\t"'),
        ("Id|Name|x\n1|b|c\n", {}, '"|"'),
        ("Id,Name\n1,b\n", {"delimiter": ";"}, '","'),
        ('"Id";"Name"\n"1";"b"\n', {}, '";"'),
        ('title\n"Id";"Name"\n"1";"b"\n', {"header": 2}, '";"'),
    ],
)
def test_a_wrong_delimiter(tmp_path: Path, data: str, options: dict[str, Any], delimiter: str) -> None:
    with pytest.raises(FileProblem) as caught:
        rows(save(tmp_path, "x.csv", data), spec("csv", **options))
    assert str(caught.value) == f"x.csv: the column names are all in one cell; is `delimiter: {delimiter}` missing in source.yml?"


def test_a_table_of_one_column_may_have_any_name(tmp_path: Path) -> None:
    assert rows(save(tmp_path, "x.csv", "Name; town\nAlder\n"), spec("csv")) == [{"Name; town": "Alder"}]


@pytest.mark.parametrize(("line", "delimiter"), [("a;b,c;d", ";"), ('"a;b;c",d', ","), ("a", None), ("a\tb", "\t")])
def test_guesses_of_delimiters(line: str, delimiter: str | None) -> None:
    assert guess_delimiter(line) == delimiter
