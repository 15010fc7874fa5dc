"""Questions with a word that is only looked for in texts: projects whose texts lack it aren't dropped."""

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels


def test_projects_without_the_word_come_after_those_with_it(answer: Ask) -> None:
    data = answer("Where had Geedge Networks delivered its gateway before 2024?")
    first, second = labels(data)
    assert "Ethiopia" in first and second.startswith("Pakistan") and data["total"] == 2
    assert "1 more project matches the rest of the question" in data["sentence"] and second in data["sentence"]


def test_many_projects_without_the_word_are_counted(answer: Ask) -> None:
    data = answer("Where did Huawei install its middleboxes")
    assert "more projects match the rest of the question" in data["sentence"] and data["total"] == 1
