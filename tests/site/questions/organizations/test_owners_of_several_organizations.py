"""Questions about the owners of several organisations have an answer for each, even if it has no owner on record."""

import pytest

from tests.site.conftest import Ask

_CETC, _DAHUA = "China Electronics Technology Group", "Zhejiang Dahua Technology Co., Ltd"


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("Who owns Hikvision and who owns Dahua?", [_DAHUA]),
        ("Who owns Hikvision and Dahua?", [_DAHUA]),
        ("Who owns Hikvision, Dahua and ZTE?", [_DAHUA, "ZTE Corporation"]),
        ("Hikvision and Dahua are owned by whom?", [_DAHUA]),
        ("Does CETC own Hikvision and Dahua?", [_DAHUA]),
    ],
)
def test_an_organisation_without_an_owner_is_named(question: str, without: list[str], answer_in_english: Ask) -> None:
    before, _, after = answer_in_english(question)["sentence"].partition("No owner is on record here: ")
    assert _CETC in before and all(name in after for name in without)
    assert "Hikvision" not in after.partition("That is not evidence of absence.")[0]


@pytest.mark.parametrize("question", ["海康威视和大华的母公司是谁？", "谁拥有海康威视，谁拥有大华？"])
def test_an_organisation_without_an_owner_is_named_in_chinese(question: str, answer_in_chinese: Ask) -> None:
    sentence = answer_in_chinese(question)["sentence"]
    assert "中国电子科技集团" in sentence and "没有所有者的记录：浙江大华技术股份有限公司。" in sentence


def test_a_question_about_one_owner_names_no_other(answer_in_english: Ask) -> None:
    assert "No owner is on record" not in answer_in_english("Is HMN Technologies owned by Huawei?")["sentence"]


def test_what_each_of_two_organisations_owns(answer_in_english: Ask) -> None:
    data = answer_in_english("What does Huawei own and what does Hengtong Group own?")
    each = [answer_in_english(f"What does {name} own?") for name in ("Huawei", "Hengtong Group")]
    assert "owns or owned the other" not in data["sentence"]
    assert {item["id"] for item in data["items"]} == {item["id"] for own in each for item in own["items"]}


@pytest.mark.parametrize("question", ["Does Huawei own HMN Technologies?", "Does CETC own Hikvision?"])
def test_one_owner_and_what_it_owns_remain_a_pair(question: str, answer_in_english: Ask) -> None:
    assert "No owner is on record" not in answer_in_english(question)["sentence"]
