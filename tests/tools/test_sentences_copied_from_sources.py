"""The check that no register repeats a sentence of a page."""

import csv
import json
from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from tools.sentences_copied_from_sources import Names, Text, main, read_excerpts, shared_runs, texts_and_names

PAGE = "The Mayor of Alder opened twelve hundred shiny new cameras, she said, on Elm Street last Tuesday."


def runs(text: str, page: str = PAGE, *names: str) -> list[str]:
    return [run.words for run in shared_runs([Text("register", text)], [Text("page", page)], Names(names))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "In May “Twelve hundred SHINY new caméras, she said on Elm…” were opened.",
            ["twelve hundred shiny new cameras she said on elm"],
        ),
        ("Twelve hundred shiny new cameras, she said.", []),
        ("The mayor opened 1,200 cameras in Elm Street.", []),
        (f"{PAGE} And again: {PAGE}", [" ".join(PAGE.lower().replace(",", "").rstrip(".").split())] * 2),
        ("", []),
    ],
)
def test_a_run_of_eight_words_is_shared(text: str, words: list[str]) -> None:
    assert runs(text) == words


def test_a_name_or_title_counts_as_one_word() -> None:
    page = "It was bought by the Ministry of Parks and Gardens of Birch in May."
    text = "Bought by the Ministry of Parks and Gardens of Birch in May 2020."
    assert runs(text, page) == ["bought by the ministry of parks and gardens of birch in may"]
    assert runs(text, page, "Ministry of Parks and Gardens of Birch", "Ministry of Parks") == []


def test_separators_of_thousands_and_scripts_make_no_difference() -> None:
    assert runs("It has 1,200 or 1.200 posts on seven hills", "has 1200 or 1200 posts on seven hills") != []
    assert runs("该市安装一千个摄像头", "去年该市安装一千个摄像头。") == ["该 市 安 装 一 千 个 摄 像 头"]


def test_no_run_crosses_a_gap_in_an_excerpt(tmp_path: Path) -> None:
    path = tmp_path / "excerpts.jsonl"
    path.write_text(
        json.dumps({"id": "alder", "excerpt": "one two three four [...] five six seven eight nine"}) + "\n{}\n", encoding="utf-8"
    )
    excerpts = list(read_excerpts(path))
    assert [excerpt.place for excerpt in excerpts] == ["excerpts.jsonl, line 1 (alder)"] * 2
    assert shared_runs([Text("register", "one two three four five six seven eight nine")], excerpts, Names([])) == []


def test_titles_and_names_are_not_compared_themselves(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        "id,title,organization,note,terms,url\n1,A title,A body,A note,first; second,https://a.example\n", encoding="utf-8"
    )
    texts, names = texts_and_names(path)
    assert names == ["A title", "A body"]
    assert [text.text.strip() for text in texts] == ["1", "A note", "first", "second"]
    assert texts[1].place == "register.csv, row 2, column note"


def test_a_line_that_is_no_object_is_named(tmp_path: Path) -> None:
    path = tmp_path / "excerpts.jsonl"
    path.write_text('{"excerpt": "a"}\nnot JSON\n', encoding="utf-8")
    with pytest.raises(SystemExit, match="line 2: not a JSON object"):
        list(read_excerpts(path))
    with pytest.raises(SystemExit, match="No such file"):
        list(read_excerpts(tmp_path / "none.jsonl"))
    with pytest.raises(SystemExit, match="name the files"):
        main([])


@pytest.mark.ci
def test_a_copied_note_of_a_register_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = Path(str(Catalogue().source_folders["deployments"])) / "edition" / "deployments.csv"
    with register.open(newline="", encoding="utf-8") as file:
        note = max((row["note"] for row in csv.DictReader(file)), key=len)
    path = tmp_path / "excerpts.jsonl"
    path.write_text(json.dumps({"excerpt": f"A page: {note}"}), encoding="utf-8")
    assert main([str(path)]) == 1
    assert "column note" in capsys.readouterr().out
    path.write_text(json.dumps({"excerpt": PAGE}), encoding="utf-8")
    assert main([str(path)]) == 0
