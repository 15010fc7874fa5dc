"""Donations and gifts, givers and receivers."""

import re

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes

_ONLY = ("has only projects of the kind", "只有以下类别的项目")


def _counts(sentence: str) -> list[int]:
    [counts] = re.findall(r"(?:each once|各计一次)[:：](.*?)[.。]$", sentence)
    return [int(number) for number in re.findall(r"[(（](\d+)[)）]", counts)]


@pytest.mark.parametrize(
    "question",
    [
        "Which projects were donated?",
        "How many projects were donated in Africa?",
        "What was donated to Zambia?",
        "哪些项目是捐赠的？",
        "非洲有多少个捐赠项目？",
    ],
)
def test_what_counts_is_counted_apart_and_adds_up(question: str, answer: Ask) -> None:
    data = answer(question)
    assert len(_counts(data["sentence"])) > 1 and sum(_counts(data["sentence"])) == data["total"]
    assert any(text in note["text"] for note in data["notes"] for text in _ONLY)


@pytest.mark.parametrize(
    "question", ["Which spyware was donated?", "哪些间谍软件是捐赠的？", "What did Poland receive as a gift?"]
)
def test_money_of_the_own_country_is_no_gift(question: str, answer: Ask) -> None:
    assert not any("Pegasus" in label or "飞马" in label for label in labels(answer(question)))


@pytest.mark.parametrize(
    ("question", "other"),
    [("who gave cameras to Zambia", "who donated cameras to Zambia"), ("谁送了摄像头", "谁捐了摄像头")],
)
def test_who_gave_a_system_is_who_donated_it(question: str, other: str, answer: Ask) -> None:
    gave, donated = answer(question), answer(other)
    assert gave["sentence"] == donated["sentence"] and labels(gave) == labels(donated)


def test_who_gave_a_loan_is_about_loans(answer: Ask) -> None:
    sentence = answer("who gave loans for cameras")["sentence"]
    assert "Loan" in sentence and "Grant" not in sentence


def test_places_with_and_without_recorded_donations_follow_one_rule(answer: Ask) -> None:
    zambia, mauritania = answer("What was donated to Zambia?"), answer("What was donated to Mauritania?")
    assert any(label.startswith("Donation") for label in labels(zambia)) and any(
        label.startswith("Grant") for label in labels(zambia)
    )
    assert any(label.startswith("Grant") for label in labels(mauritania))


def test_a_government_that_donates_is_the_donor(answer: Ask) -> None:
    data = answer("中国政府捐赠的监控设备有哪些")
    assert data["intent"] == "money" and data["total"] > 1


def test_donations_are_all_grants(answer: Ask) -> None:
    data = answer("柬埔寨 中国 监控摄像头 捐赠")
    assert data["total"] == 2 and "中国捐赠的金边警方闭路电视监控系统" in notes(data)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Did Ghana's police buy Cellebrite themselves or was it a gift?", "Cellebrite phone extraction given to Ghana's police"),
        ("donated CCTV in Papua New Guinea", "Lae Market CCTV given by"),
        ("法国哪个城市收到华为赠送的监控系统？", "瓦朗谢讷"),
        ("加纳警方的Cellebrite是赠送的吗", "美国赠予加纳警方的Cellebrite手机取证设备"),
    ],
)
def test_a_gift_counts_although_it_has_another_kind(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert name in data["items"][0]["label"] and data["total"] == 1
    assert "No record" not in data["sentence"] and "没有" not in data["sentence"]


def test_countries_that_donate_are_the_givers(answer: Ask) -> None:
    data = answer("which countries donated scanners to Kenya")
    assert data["intent"] == "money" and {item["type"] for item in data["items"]} == {"lender"}


@pytest.mark.parametrize("question", ["who donated cameras", "谁捐赠了摄像头", "谁捐了摄像头"])
def test_a_loan_is_no_donation(question: str, answer: Ask) -> None:
    data, grants = answer(question), answer("which countries donated cameras")
    assert data["total"] == grants["total"] > 0
    assert [item["id"] for item in data["items"]] == [item["id"] for item in grants["items"]]


@pytest.mark.parametrize("question", ["which countries did china donate cameras to", "中国向哪些国家捐赠了摄像头"])
def test_who_gave_goods_to_which_countries_is_about_grants(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["intent"] == "money" and {"JO", "EC", "BO"} <= {item["id"] for item in data["items"]}
