"""Months, kinds of customers, circumvention and both halves of a question are followed, and statements are answered in full."""

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels


@pytest.mark.parametrize("question", ["shutdown in Uganda January 2026", "乌干达2026年1月断网"])
def test_a_month_limits_restrictions_and_blocks_are_no_shutdowns(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 1 and "2026" in data["items"][0]["detail"]
    assert data["sentence"].startswith(("No restriction on record of this kind", "没有始于2026年1月的此类限制"))


def test_a_month_without_a_start_is_denied_and_no_other_is_added(answer: Ask) -> None:
    data = answer("what was blocked in Uganda in March 2026")
    assert not data["items"] and "No restriction on record began in March 2026" in data["sentence"]
    assert not any("Telegram" in note["text"] for note in data["notes"])  # that block ended in January


def test_months_of_lists_are_no_restrictions(answer: Ask) -> None:
    assert all(item["type"] == "listing" for item in answer("2026年6月1260H清单新增了多少家企业")["items"])


@pytest.mark.parametrize("question", ["pegasus europe police or intelligence", "飞马 欧洲 警方或情报机构"])
def test_projects_with_customers_of_a_kind_lead(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "Belgian Federal Police" in data["sentence"] or "比利时联邦警察" in data["sentence"]
    assert data["sentence"].startswith(("6 customers or operators", "按名称判断，有6个")) and not data["unweighed"]
    assert any("CNI" in label for label in labels(data)) and not any("Colombia" in label for label in labels(data))


@pytest.mark.parametrize(
    "question", ["which police forces use Clearview AI and which deny it", "哪些警察用Clearview AI，哪些否认"]
)
def test_use_and_denial_are_both_answered(question: str, answer: Ask) -> None:
    data = answer(question)
    assert len(data["items"]) > 1 and any("2021" in item["detail"] for item in data["items"])
    assert "St. Gallen" in data["sentence"] or "圣加仑" in data["sentence"]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("did Serbia's government admit using face recognition", 3),
        ("塞尔维亚否认使用人脸识别吗", 3),
        ("In which countries has Huawei denied helping the police?", 7),
        ("华为在哪些国家否认协助警方监控", 7),
    ],
)
def test_all_statements_count(question: str, number: int, answer: Ask) -> None:
    assert answer(question)["total"] == number


def test_what_a_statement_is_about_can_be_left_out(answer: Ask) -> None:
    data = answer("What did Safaricom say about the Neural Technologies software in its network?")
    assert data["sentence"].startswith("This leaves out “software”, “network”")
    assert "2 statements by Safaricom" in data["sentence"] and data["total"] == 1


def test_an_accusation_doesnt_hide_the_answer_to_it(answer: Ask) -> None:
    data = answer("What did Huawei say when it was accused of helping Uganda spy on the opposition?")
    assert "Huawei Technologies Co., Ltd. denied (14 August 2019)" in data["sentence"] and data["total"] == 1


def test_no_statement_that_confirms_is_said_to_be_missing(answer: Ask) -> None:
    assert "None confirms it" in answer("Does Rwanda admit using Pegasus?")["sentence"]
    assert "None confirms it" not in answer("does Poland admit it bought Pegasus")["sentence"]


@pytest.mark.parametrize(
    "question", ["circumvention in Turkmenistan", "土库曼斯坦 翻墙", "circumvention tools blocked in Turkmenistan"]
)
def test_circumvention_is_about_restrictions_of_vpns(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "2019" in data["sentence"] and data["items"][0]["type"] == "service"


def test_both_halves_of_a_question_are_answered(answer: Ask) -> None:
    data = answer("who supplied the cameras in Bishkek and did Huawei ever build anything there")
    assert labels(data) == ["China National Electronics Import & Export Corporation", "Smart City Bishkek and Osh (Huawei)"]


def test_a_paramilitary_force_isnt_the_police(answer: Ask) -> None:
    assert "警方" not in answer("苏丹快速支援部队买了Predator吗")["items"][0]["detail"]
