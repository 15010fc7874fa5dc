"""The benchmark of names in two languages: input, metrics and output."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bench.cross_script_name_quality import Unusable, main, part_of, read_pairs, recall_at, top1, truth_of

ROOT = Path(__file__).parents[2]
LINES = ["name_en,name_zh", "Nokia Corporation,诺基亚公司", "Kaspersky Lab,卡巴斯基实验室", "Freedom House,自由之家"]


def write(tmp_path: Path, *lines: str, start: bytes = b"") -> Path:
    path = tmp_path / "pairs.csv"
    path.write_bytes(start + "\n".join(lines).encode())
    return path


def test_a_file_with_a_mark_at_its_start_other_columns_and_blank_names(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "id,name_zh,Name_EN",
        "1, 诺基亚公司 ,Nokia  Corporation",
        "2,,Siemens",
        "3,爱立信,",
        "",
        "4",
        start=b"\xef\xbb\xbf",
    )
    assert read_pairs(path) == [("Nokia Corporation", "诺基亚公司")]


def test_names_of_another_language(tmp_path: Path) -> None:
    path = write(tmp_path, "name_en,name_ru", "Bluestem,Блюстем")
    assert read_pairs(path, "ru") == [("Bluestem", "Блюстем")]
    assert read_pairs(path, "fa") == [("Bluestem", "Блюстем")], "the only other column"
    with pytest.raises(Unusable, match="name_zh"):
        read_pairs(path)


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "name_en"), (b"name_en,other\na,b\n", "name_zh"), (b"name_en,name_zh\n,\n", "no row"), (b"\xff\xfe\x00", "UTF-8")],
)
def test_an_unusable_file_is_reported_in_one_line(
    tmp_path: Path, data: bytes, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(data)
    with pytest.raises(Unusable, match=word):
        read_pairs(path)
    assert main(["--matrix", str(path), "--json"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert main(["--matrix", str(tmp_path / "none.csv")]) == 2


def test_equal_chinese_names_count_as_the_same() -> None:
    pairs = [("a", "甲"), ("b", "甲"), ("a", "乙")]
    assert truth_of(pairs, ["甲", "乙"]).tolist() == [[True, True], [True, False], [True, True]]


def test_recall_is_taken_at_the_best_threshold_that_keeps_precision() -> None:
    scores = np.array([[0.9, 0.1], [0.8, 0.7]])
    truth = np.array([[True, False], [False, True]])
    assert recall_at(scores, truth) == (0.5, 0.9)
    assert recall_at(scores, truth, precision=0.6) == (1.0, 0.7)
    assert recall_at(np.array([[0.5, 0.5]]), np.array([[True, False]])) == (0.0, float("inf"))


def test_a_tie_is_not_first() -> None:
    truth = np.array([[True, False], [True, False]])
    assert top1(np.array([[0.5, 0.5], [0.6, 0.5]]), truth) == 0.5


def test_the_parts_do_not_depend_on_the_file() -> None:
    assert {part_of((f"Name {number}", "名")) for number in range(40)} == {"tuned", "aside"}
    assert part_of(("Nokia", "诺基亚")) == part_of(("Nokia", "诺基亚"))


def test_it_runs_as_a_script_from_anywhere(tmp_path: Path) -> None:
    path = write(tmp_path, *LINES, LINES[1])
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "cross_script_name_quality.py"), "--matrix", path, "--json"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    result = json.loads(done.stdout)
    assert result["pairs"] == 4
    assert result["distinct"]["pairs"] == 3
    assert result["recall_at_precision_98"] == result["top1"] == 1
    assert result["seconds"] >= 0


def test_misses_are_printed_with_their_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, *LINES, "Freedom Home,涅槃花园")
    assert main(["--matrix", str(path), "--misses"]) == 0
    output = capsys.readouterr().out
    assert "pairs: 4" in output
    assert "Freedom Home | 涅槃花园" in output
    assert "unanswered" in output
