"""Answers on denials by several organisations say who made each denial, and which organisations have none on record."""

import pytest

from tests.site.conftest import Ask

_HUAWEI, _ZTE = "Huawei Technologies Co., Ltd.", "ZTE Corporation"


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("Did ZTE and Huawei deny helping Uganda?", _ZTE),
        ("Did NSO and Huawei deny selling to Uganda?", "NSO Group"),
        ("Did Huawei deny helping Uganda, and did ZTE deny it?", _ZTE),
        ("Denials by ZTE and Huawei in Uganda", _ZTE),
        ("What did ZTE or Huawei deny in Uganda?", _ZTE),
    ],
)
def test_a_denial_is_only_by_the_organisation_that_made_it(question: str, without: str, answer_in_english: Ask) -> None:
    data = answer_in_english(question)
    assert f"A denial by {_HUAWEI} about 1 project is on record" in data["sentence"]
    assert f"No denial of its own is on record for {without} here." in data["sentence"]
    assert [_HUAWEI in item["detail"] for item in data["items"]] == [True]


@pytest.mark.parametrize("question", ["华为和中兴否认帮助乌干达了吗？", "华为以及中兴是否否认帮助乌干达？"])
def test_a_denial_is_only_by_the_organisation_that_made_it_in_chinese(question: str, answer_in_chinese: Ask) -> None:
    sentence = answer_in_chinese(question)["sentence"]
    assert "华为技术有限公司曾就1个项目作出否认" in sentence
    assert "本站没有中兴通讯股份有限公司自己作出的否认记录" in sentence


@pytest.mark.parametrize(
    "question", ["Have Hikvision and Huawei denied anything?", "denials by Hikvision and by Huawei", "海康威视和华为否认过什么？"]
)
def test_both_have_denials_of_their_own(question: str, answer: Ask) -> None:
    data = answer(question)
    totals = [answer(f"What did {name} deny?")["total"] for name in ("Hikvision", "Huawei")]
    assert min(totals) > 0 and data["total"] == sum(totals)
    assert "No denial" not in data["sentence"] and "没有" not in data["sentence"]


def test_no_denial_is_not_claimed_beside_a_denial(answer_in_english: Ask) -> None:
    """The answer lists projects of both companies, with a denial by Huawei, so it must not say that there is no denial."""
    data = answer_in_english("What did Huawei deny about ZTE in Uganda?")
    assert any(f"{_HUAWEI}: " in item["detail"] for item in data["items"]) and "No denial" not in data["sentence"]
