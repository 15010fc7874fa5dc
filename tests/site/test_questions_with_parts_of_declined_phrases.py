"""Phrases for what lies outside the atlas decline no question in which they mean something else."""

import pytest

from tests.site.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "What was the price of a camera system in Nairobi?",
        "How much does a camera network in Belgrade cost?",
        "price of a surveillance camera network in Nairobi",
        "一个摄像头项目在肯尼亚花了多少钱",
        "一个摄像头系统在内罗毕要多少钱",
        "Which projects does the Chinese government finance in my country, Kenya?",
        "Which Chinese projects are in my city, Nairobi?",
        "我的国家肯尼亚有哪些中国项目？",
        "Which general directorate of security bought Hacking Team?",
        "What is the best documented system in Serbia?",
        "How well is Huawei connected to the state?",
        "How well documented are the cameras in Belgrade?",
        "Which governments said they will ban Huawei?",
        "哪些国家表示会禁用华为",
        "会不会有华为的项目在肯尼亚",
        "How do governments block Telegram?",
    ],
)
def test_such_a_question_is_not_declined(question: str, answer: Ask) -> None:
    assert answer(question)["reason"] != "outside"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What was the price of a camera system in Nairobi?", "KES 14.9 bn"),
        ("Which projects does the Chinese government finance in my country, Kenya?", "Kenya"),
        ("我的国家肯尼亚有哪些华为项目？", "肯尼亚"),
        ("会不会有华为的项目在肯尼亚", "肯尼亚"),
    ],
)
def test_what_is_on_record_is_answered(question: str, text: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and data["total"] and text in data["sentence"]


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("What is the price of a camera?", "price of one unit"),
        ("How much does a camera cost?", "price of one unit"),
        ("一个摄像头多少钱", "不记录单价"),
        ("Is TikTok blocked in my country?", "where you are"),
        ("Which projects in my area were financed by China?", "where you are"),
        ("Should my country ban TikTok?", "no advice"),
        ("which general bought Pegasus in Mexico", "not the persons in them"),
        ("is the best camera from Huawei", "doesn’t rate how good"),
        ("肯尼亚会不会封锁Telegram", "不作预测"),
        ("我的学校封了哪些网站", "无从得知您身在何处"),
    ],
)
def test_what_the_atlas_never_has_is_still_declined(question: str, about: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == "outside" and about in data["explanation"]
