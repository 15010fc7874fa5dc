"""Answers that name no supplier, laws that don't name a company, joined exclusions, and words in use in Taiwan."""

import pytest

from tests.site.conftest import Ask
from tests.support.client import Client


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("safe city africa not huawei", "of them name no supplier."),
        ("facial recognition projects in Africa without Huawei", "of them name no supplier."),
        ("非洲 安全城市 非华为", "个未列明供应方。"),
        ("SmartView vendor", "No supplier is named."),
        ("SmartView的供應商是誰", "未列明供应方。"),
        ("柬埔寨国家互联网网关的供应商是哪家公司？", "未列明供应方。"),
    ],
)
def test_projects_without_a_supplier_are_counted(question: str, sentence: str, answer: Ask) -> None:
    assert sentence in answer(question)["sentence"]


def test_named_suppliers_need_no_such_sentence(answer: Ask) -> None:
    assert "no supplier" not in answer("safe city africa huawei")["sentence"].casefold()


@pytest.mark.parametrize(
    ("question", "law", "sentence"),
    [
        ("romania huawei 5g law", "Law 163/2021", "or are of another kind"),
        ("belgium huawei 5g law", "Law of 17 February 2022", "or are of another kind"),
        ("罗马尼亚 华为 5G 法律", "2021年第163号法律", "同一主题的法律或协议"),
    ],
)
def test_laws_on_the_subject_that_dont_name_the_company_follow(question: str, law: str, sentence: str, answer: Ask) -> None:
    data = answer(question)
    assert sentence in data["sentence"] and law in data["sentence"]
    assert any(item["label"].startswith(law) for item in data["items"])


@pytest.mark.parametrize(
    "question",
    [
        "Sandvine customers outside Egypt and the Emirates",
        "who bought Sandvine apart from Egypt and the United Arab Emirates",
        "list everyone who got Sandvine boxes except Egypt and the Emirates",
    ],
)
def test_all_joined_countries_are_left_out(question: str, answer: Ask) -> None:
    data = answer(question)
    labels = " ".join(item["label"] for item in data["items"])
    assert data["understood"] and "Türk Telekom" in labels
    assert "Egypt" not in labels and "Emirates" not in labels


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("積至 國家", "places"),
        ("geedge countries", "places"),
        ("東南亞有哪些政府用過間諜軟體", "places"),
        ("緬甸的網路防火牆是誰賣的", "suppliers"),
        ("中國和俄羅斯簽過的網路安全條約", "agreements"),
        ("how long did the twitter ban in nigeria last?", "blocked"),
    ],
)
def test_the_words_are_understood(question: str, intent: str, answer: Ask) -> None:
    data = answer(question)
    assert (data["understood"], data["intent"], data["unknown"]) == (True, intent, [])


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("is cambodia's national internet gateway operational", "(Announced or planned)"),
        ("柬埔寨國家網際網路閘道已經上線了嗎", "（已宣布或计划中）"),
    ],
)
def test_a_project_of_the_name_is_beside_its_law(question: str, status: str, answer: Ask) -> None:
    assert status in answer(question)["sentence"]


def test_a_page_answers_a_name_that_others_only_resemble(shipped: Client) -> None:
    page = shipped.get("/zh/search?q=積至").text
    assert "Geedge Networks" in page and "以下名称中有与之相近的词" not in page
