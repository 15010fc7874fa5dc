"""Names of organisations: legal, Chinese and short names, and names that are also those of services."""

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels
from tests.support.client import Client


def test_a_page_answers_a_name_that_others_only_resemble(shipped: Client) -> None:
    page = shipped.get("/zh/search?q=積至").text
    assert "Geedge Networks" in page and "以下名称中有与之相近的词" not in page


@pytest.mark.parametrize(("question", "name"), [("津巴布韦 云从", "云从科技"), ("腾讯云的数据中心", "腾讯云")])
def test_chinese_names_are_not_split(answer: Ask, question: str, name: str) -> None:
    labels = [part["label"] for part in answer(question)["parts"] if part["type"] == "organization"]
    assert [label for label in labels if name in label or "CloudWalk" in label], labels


def test_a_chinese_name_does_not_split_a_kind(answer: Ask) -> None:
    for question in ("乌兹别克斯坦 中国 平安城市 投资", "中国平安城市在肯尼亚"):
        assert {"smart-city", "CN"} <= {part["id"] for part in answer(question)["parts"]}, question
    assert "organization" in {part["type"] for part in answer("中国平安在肯尼亚的项目")["parts"]}


def test_a_service_beside_companies_is_the_company(answer: Ask) -> None:
    sentence = answer("腾讯是哪一年被列入美国国防部涉军企业名单的？阿里和百度呢？")["sentence"]
    assert "腾讯控股（2025年1月7日以来）" in sentence and sentence.count("2026年6月8日以来") == 2
    blocked = answer("Are Baidu and Facebook blocked in India?")
    assert {part["type"] for part in blocked["parts"] if part["text"] in ("baidu", "facebook")} == {"service"}


def test_an_office_is_that_of_the_questions_country(answer: Ask) -> None:
    data = answer("越南 手机取证 公安部")
    assert data["total"] == 2 and "Cellebrite" in " ".join(labels(data)) and "越南公安部" in data["sentence"]
    assert answer("公安部 柬埔寨 培训")["items"]  # Cambodia's ministry isn't on record. China's gave a training there.
    of_laos = answer("老挝公安部的摄像头是谁提供的")
    assert "老挝公安部" in [part["label"] for part in of_laos["parts"]] and of_laos["total"] == 1


def test_long_chinese_names_and_initials_are_names(answer: Ask) -> None:
    assert answer("中国电子科技集团是海康的母公司吗")["sentence"].startswith("据来源，是")
    assert labels(answer("Ethiopian INSA suppliers")) == ["Hacking Team"]


def test_words_for_another_name_mean_nothing_between_two_names(answer: Ask) -> None:
    data = answer("who owns HMN Tech, formerly Huawei Marine?")
    assert data["intent"] == "owners" and data["unweighed"] == []
    for question in ("hikvision formerly known as what", "what is Hikvision known as"):
        assert not answer(question)["understood"], "a note with the word “known” doesn't answer it"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("中国电子进出口有限公司在拉美的监控项目", "中国电子进出口有限公司"),
        ("China National Electronics Import and Export Corporation in Ecuador", "China National Electronics"),
        ("ZTE Corp in Ethiopia", "ZTE"),
        ("杭州海康威视数字技术股份有限公司在塞尔维亚", "海康威视"),
    ],
)
def test_legal_names_are_read(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and any(name in part["label"] for part in data["parts"]) and not data["unweighed"]


@pytest.mark.parametrize(
    ("question", "type_"),
    [("Huawei, Baidu cameras in Kenya and Uganda", "organization"), ("Huawei Baidu cameras in Kenya, Uganda", "service")],
)
def test_only_a_comma_between_them_makes_a_service_the_company_beside_another(question: str, type_: str, answer: Ask) -> None:
    assert [part["type"] for part in answer(question)["parts"] if part["text"] == "baidu"] == [type_]
