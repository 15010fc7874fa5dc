"""Customers, buyers and users of systems, and words for kinds of them such as the police."""

import pytest

from overt.model.content_catalogue import Catalogue
from overt.site.search.question_answering import is_question
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes
from tests.site.questions.conftest import DENIED, AskSmallAtlas

OPEN = ("so what you ask for remains open", "因此无法确定所问的结果")
NARROWED = ("of this kind (“police”", "个此类客户或运营方")


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("police system Kenya", "3 customers or operators are of this kind (“police”), as far as names say so: Kenya:"),
        ("who supplied the police in Kenya", "Sources name 3 suppliers (Kenya): FlexiSPY, Huawei Technologies and Safaricom."),
    ],
)
def test_users_choose_projects(question: str, beginning: str, answer: Ask) -> None:
    data = answer(question)
    assert data["sentence"].startswith(beginning)
    assert not any("Konza" in label or "ZTE" in label for label in labels(data))


def test_a_word_for_customers_is_named_if_no_customer_is_of_the_kind(answer: Ask) -> None:
    sentence = answer("military surveillance projects in kenya")["sentence"]
    assert sentence.startswith("No customer or operator on record here is of this kind (“military”)"), sentence


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "Largest Chinese loan for a police or public security network in Africa",
            "National Public Security Communications System",
        ),
        ("中国给哪个国家的警察贷款最多", "尼日利亚"),
        ("飞马最早卖给哪个国家的军方", "墨西哥陆军"),
    ],
)
def test_a_superlative_follows_a_word_for_users_in_names(question: str, first: str, answer: Ask) -> None:
    data = answer(question)
    assert any(text in data["sentence"] for text in NARROWED) and labels(data)[0].startswith(first)
    assert not data["limits_left_out"] and not any(text in data["sentence"] for text in OPEN)


def test_a_number_follows_a_word_for_users_in_names(answer: Ask) -> None:
    every = answer("How many projects does Huawei have in Africa?")
    police = answer("How many police projects does Huawei have in Africa?")
    assert NARROWED[0] in police["sentence"] and "more projects have customers of other kinds" in police["sentence"]
    assert 0 < police["total"] < every["total"]


@pytest.mark.parametrize("question", ["pegasus europe police or intelligence", "飞马 欧洲 警方或情报机构"])
def test_projects_with_customers_of_a_kind_lead(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "Belgian Federal Police" in data["sentence"] or "比利时联邦警察" in data["sentence"]
    assert data["sentence"].startswith(("6 customers or operators", "按名称判断，有6个")) and not data["unweighed"]
    assert any("CNI" in label for label in labels(data)) and not any("Colombia" in label for label in labels(data))


@pytest.mark.parametrize("question", ["did the Rapid Support Forces buy Predator", "苏丹快速支援部队买了Predator吗"])
def test_a_customer_beside_a_product_needs_none_of_its_other_makers(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 1 and ("Denied" in data["sentence"] or "已否认" in data["sentence"])
    assert "Cytrox" not in [part["label"] for part in data["parts"]]


def test_a_paramilitary_force_isnt_the_police(answer: Ask) -> None:
    assert "警方" not in answer("苏丹快速支援部队买了Predator吗")["items"][0]["detail"]


@pytest.mark.parametrize("question", ["美国哪些政府机构买过间谍软件？", "which us government agencies have bought spyware"])
def test_agencies_of_a_country_are_customers(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["intent"] == "projects" and data["total"] == 2
    assert "Federal Bureau of Investigation" in str(data["items"]) or "美国联邦调查局" in str(data["items"])
    assert [part["type"] for part in data["parts"]] == ["area", "kind"]


def test_customers_are_named(ask_small_atlas: AskSmallAtlas) -> None:
    [item] = ask_small_atlas("who uses the data centre in laos")["items"]
    assert item["label"] == DENIED and "customer" in item["detail"]


def test_a_name_with_a_left_out_word_gets_its_projects(answer: Ask) -> None:
    data = answer("clearview ai police")
    assert is_question(data) and "customers or operators are of this kind (“police”)" in data["sentence"]
    assert data["total"] == 6 and "1 more project has customers of another kind only." in data["sentence"]
    assert {item["type"] for item in data["items"]} == {"project"}
    assert not is_question(answer("clearview ai"))


def test_customers_of_a_kind_are_named_by_country(answer: Ask) -> None:
    sentence = answer("Which ministries use Huawei cameras?")["sentence"]
    assert "Burkina Faso: Ministry of Security" in sentence and "Ghana: Ministry of National Security" in sentence


def test_government_bodies_beside_another_kind_are_all_kinds(answer: Ask) -> None:
    data = answer("欧盟哪些国家的军队或政府机关装了大华或海康威视的摄像头？")
    assert data["total"] > 1 and "都柏林市议会" in data["sentence"] and "荷兰警察" in data["sentence"]


def test_no_customer_of_a_kind_is_said_first(answer: Ask) -> None:
    data = answer("Which Polish ministries use Pegasus?")
    assert data["sentence"].startswith("No customer or operator on record here is of this kind") and data["total"] == 1


def test_a_record_put_before_an_answer_drops_no_limit(answer: Ask) -> None:
    data = answer("哪些亚洲国家的警方用了中国的摄像头？")
    assert data["sentence"].startswith("按名称判断") and "警方" in data["sentence"]


def test_buyers_are_named_where_they_are_on_record(answer: Ask) -> None:
    data = answer("Which governments bought Predator?")
    assert {item["type"] for item in data["items"]} == {"country"} and len(labels(data)) == len(set(labels(data)))
    assert "whoever bought or runs it" in notes(data) and "Government of" in data["items"][0]["detail"]


def test_all_such_words_limit_questions_and_name_orderers() -> None:
    grammar = Catalogue().question_grammar
    subjects = {word for words in grammar.subjects.values() for word in words}
    for kind in grammar.limiting_customers:
        words = {*grammar.customer_words[kind]} - subjects
        assert words and words <= {*grammar.unweighed} and words <= {*grammar.limits}
    for body, kind in grammar.orderer_customers.items():
        assert {*grammar.customer_words[kind]} <= {*grammar.orderers[body]}


@pytest.mark.parametrize("question", ["which cops use Cellebrite", "哪些国家的警队用Cellebrite"])
def test_the_police_limit_projects_by_every_word(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] and ("Police" in data["sentence"] or "警察" in data["sentence"]) and not data["limits_left_out"]
