"""Answers with only denied, unverified, cancelled or announced projects say so first, and count their countries separately."""

import pytest

from tests.site.conftest import Ask


@pytest.mark.ci
@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("Did Huawei sell spyware to Uganda?", "1 project is recorded, but with the status “Denied”: "),
        ("Did Circles sell interception to Chile?", "1 project is recorded, but with the status “Denied”: "),
        ("Has the Dominican Republic bought spyware?", "1 project is recorded, but with the status “Denied”: "),
        ("How many spyware projects are in the Dominican Republic?", "1 project is recorded, but with the status “Denied”: "),
        ("Who supplied spyware to the Dominican Republic?", "1 project is recorded, but with the status “Denied”: "),
        ("What is the latest spyware project in the Dominican Republic?", "1 project is recorded, but with the status “Denied”"),
        ("When did Huawei supply spyware to Uganda?", "1 project is recorded, but with the status “Denied”: "),
        ("Did ZTE sell surveillance to Ethiopia?", "2 projects are recorded, but only with these statuses, “Denied” (1), “"),
        ("Did Huawei supply Zambia with surveillance?", "2 projects are recorded, but only with these statuses, “"),
        ("Which countries use Huawei spyware?", "1 project is recorded, but with the status “Denied”: "),
        ("How many countries use Huawei spyware?", "1 project is recorded, but with the status “Denied”: "),
        ("华为卖给乌干达间谍软件了吗？", "记录了1个项目，但状态为“已否认”："),
        ("多米尼加有间谍软件吗？", "记录了1个项目，但状态为“已否认”："),
        ("中兴向埃塞俄比亚出售监控了吗？", "记录了2个项目，但状态均为“已否认”（1）、“未经核实”（1）："),
        ("华为间谍软件用在哪些国家？", "记录了1个项目，但状态为“已否认”："),
    ],
)
def test_the_first_sentence_has_the_status(question: str, beginning: str, answer: Ask) -> None:
    data = answer(question)
    assert data["sentence"].startswith(beginning) and data["items"]


@pytest.mark.parametrize(
    "question", ["spyware in Kenya", "Which spyware projects are denied?", "Does Kenya have cameras from Huawei?"]
)
def test_answers_with_a_documented_project_or_a_status_in_the_question_do_not(question: str, answer_in_english: Ask) -> None:
    assert "but with the status" not in answer_in_english(question)["sentence"]


@pytest.mark.parametrize(
    ("which", "how_many"),
    [
        ("Which countries bought Circles?", "How many countries use Circles?"),
        ("Which countries have spyware?", "How many countries have spyware?"),
        ("Which countries have Chinese cameras?", "How many countries have Chinese cameras?"),
        ("哪些国家有间谍软件？", "有多少国家有间谍软件？"),
    ],
)
def test_which_and_how_many_have_one_number(which: str, how_many: str, answer: Ask) -> None:
    data, counted = answer(which), answer(how_many)
    assert data["sentence"] == counted["sentence"] and data["total"] == counted["total"] > 0
