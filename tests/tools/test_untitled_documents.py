"""The list of documents that have no title in the registers."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tools.untitled_documents import main, registers


def test_documents_without_a_title_are_counted(tmp_path: Path) -> None:
    edition = tmp_path / "edition"
    edition.mkdir()
    (edition / "x_documents.csv").write_text("id,title,publisher,url\na,,A,https://a.example\nb,B,B,\n", encoding="utf-8")
    (edition / "other_documents.csv").write_text("id,name\na,b\n", encoding="utf-8")
    [register] = registers({"x": tmp_path})
    assert (register.name, [row["id"] for row in register.untitled]) == ("x", ["a"])


def test_an_unknown_register_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere"]) == 1
    assert "no register of this name: nowhere" in capsys.readouterr().err


def test_untitled_documents_of_a_register_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "edition").mkdir()
    (tmp_path / "edition" / "x_documents.csv").write_text("id,title,publisher,url\na,,A,https://a.example\n", encoding="utf-8")
    monkeypatch.setattr("tools.untitled_documents.Catalogue", lambda: SimpleNamespace(source_folders={"x": tmp_path}))
    assert main(["x"]) == 0
    assert capsys.readouterr().out == "a\tA\thttps://a.example\n"
