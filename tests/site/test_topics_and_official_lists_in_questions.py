"""Questions about topics with a place, names side by side, official lists and lenders."""

import pytest

from overt.queries.questions.question_tokens import is_article, tokens
from tests.site.conftest import Ask


def test_a_financier_without_a_commitment_is_named(answer: Ask) -> None:
    data = answer("submarine cable China Eximbank loan")
    assert "The Export-Import Bank of China" in data["sentence"]
    assert not data["sentence"].startswith("No "), data["sentence"]
    assert any("402,033,662" in note["text"] for note in data["notes"])


@pytest.mark.parametrize("question", ["uganda 2021 election internet", "uganda 2021 election", "uganda elections"])
def test_a_topic_and_a_place_ask_for_restrictions_first(answer: Ask, question: str) -> None:
    data = answer(question)
    assert "Facebook" in data["sentence"], data["sentence"]
    assert any(word.startswith("election") for word in data["unweighed"])


def test_laws_are_found_by_a_topic_and_a_place(answer: Ask) -> None:
    assert answer("russia data localisation")["items"][0]["type"] == "agreement"


def test_unknown_seats_are_no_denial(answer: Ask) -> None:
    data = answer("非中国公司的人脸识别 中亚")
    sentence = data["sentence"]
    assert any("Presight" in item["detail"] for item in data["items"])
    assert any("没有供应方总部所在地的记录" in note["text"] for note in data["notes"])
    assert "没有项目记录" not in sentence and "此处没有记录" not in sentence


def test_a_bank_and_a_customer_side_by_side_mean_both(answer: Ask) -> None:
    data = answer("megafon china development bank")
    assert (data["intent"], data["total"]) == ("money", 9)
    assert "$3.3 bn" in data["sentence"] and " or " not in data["sentence"]
    assert all(part["text"] for part in data["parts"])


def test_two_suppliers_side_by_side_are_alternatives(answer: Ask) -> None:
    assert answer("huawei zte kenya")["total"] > 1


@pytest.mark.parametrize(
    ("question", "type_"),
    [("Huawei, Baidu cameras in Kenya and Uganda", "organization"), ("Huawei Baidu cameras in Kenya, Uganda", "service")],
)
def test_only_a_comma_between_them_makes_a_service_the_company_beside_another(question: str, type_: str, answer: Ask) -> None:
    assert [part["type"] for part in answer(question)["parts"] if part["text"] == "baidu"] == [type_]


def test_half_of_a_pair_of_topics_is_not_dropped(answer: Ask) -> None:
    data = answer("total chinese financing ghana telecoms and security")
    assert data["unweighed"] == ["telecoms and security"]
    assert "$480 m" in data["sentence"]


@pytest.mark.parametrize(
    ("question", "total"),
    [("zte 1260h", 0), ("zte fcc list", 1), ("tencent pentagon list", 1), ("大疆在不在美国国防部军工企业名单", 1)],
)
def test_official_lists_are_told_apart(answer: Ask, question: str, total: int) -> None:
    data = answer(question)
    assert (data["intent"], data["total"]) == ("lists", total), data["sentence"]


def test_an_entry_of_another_list_is_named(answer: Ask) -> None:
    sentence = answer("zte 1260h")["sentence"]
    assert sentence.startswith("No entry here of an official list names it: ZTE Corporation, US DoD list")
    assert "US FCC covered list" in sentence


def test_entries_of_a_list_are_found_by_year_and_by_their_end(answer: Ask) -> None:
    assert answer("1260H list 2024")["total"] > 0
    removed = answer("哪些公司被移出1260H名单")
    assert removed["total"] > answer("1260H list companies removed in 2025")["total"] > 0


def test_safe_cities_of_other_kinds_are_named(answer: Ask) -> None:
    sentence = answer("huawei safe city projects in africa")["sentence"]
    assert "more projects of other kinds" in sentence
    assert "Sierra Leone" in sentence


def test_lenders_are_named_beside_amounts(answer: Ask) -> None:
    assert "国家开发银行" in answer("赞比亚平安城市项目多少钱，谁贷款")["sentence"]


def test_loans_of_unknown_kind_are_named(answer: Ask) -> None:
    data = answer("国开行 俄罗斯 电信贷款")
    assert "VEB" in data["sentence"]
    assert "places" not in {part["id"] for part in data["parts"]}


def test_unbuilt_projects_of_a_kind_are_no_denial(answer: Ask) -> None:
    assert answer("5G network in Japan")["sentence"].startswith("1 project is recorded")


def test_laws_and_agreements_ask_for_both(answer: Ask) -> None:
    assert answer("laws and agreements of Tajikistan")["total"] > 0


@pytest.mark.parametrize(
    ("text", "expected"), [("article 7", True), ("第三十七条", True), ("article", False), ("第三条路", False)]
)
def test_numbers_of_articles(text: str, expected: bool) -> None:
    assert is_article(tokens(text)) is expected


def test_suppliers_used_by_somebody_are_suppliers(answer: Ask) -> None:
    assert answer("non-Chinese facial recognition suppliers used by students in Europe")["unweighed"] == ["students"]
