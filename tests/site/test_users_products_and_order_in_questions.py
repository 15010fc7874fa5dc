"""Kinds of customers, products, programmes, order, orderers and halves of questions are followed."""

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels


def test_customers_of_a_kind_are_named_by_country(answer: Ask) -> None:
    sentence = answer("Which European ministries use Hikvision or Dahua cameras?")["sentence"]
    assert "Romania: Ministry of National Defence of Romania" in sentence and "Italy: Italian Ministry of Justice" in sentence


def test_government_bodies_beside_another_kind_are_all_kinds(answer: Ask) -> None:
    data = answer("欧盟哪些国家的军队或政府机关装了大华或海康威视的摄像头？")
    assert data["total"] > 1 and "Dublin City Council" in data["sentence"] and "Netherlands Police" in data["sentence"]


def test_no_customer_of_a_kind_is_said_first(answer: Ask) -> None:
    data = answer("Which Polish ministries use Pegasus?")
    assert data["sentence"].startswith("No customer or operator on record here is of this kind") and data["total"] == 1


@pytest.mark.parametrize("question", ["predator madagascar", "马达加斯加 捕食者"])
def test_a_product_counts_for_all_its_makers(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 1 and all(name in data["sentence"] for name in ("Signum Intelligence", "Cytrox", "Nexa Technologies"))


def test_a_product_counts_by_titles_of_resellers(answer: Ask) -> None:
    data = answer("How many spyware systems of Intellexa or Predator are denied or unverified?")
    assert data["total"] == 6 and any("Jordan" in label for label in labels(data))


@pytest.mark.parametrize("question", ["What did Pakistan use before Geedge?", "巴基斯坦在积至之前用哪家公司的系统？"])
def test_what_came_before_is_ordered_by_dates(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "2018" in data["items"][0]["detail"] and not data["unweighed"]


def test_a_programme_comes_with_its_projects(answer: Ask) -> None:
    data = answer("What is the Chinese state programme that gives African villages satellite TV, and was Nigeria part of it?")
    assert data["items"][0]["type"] == "programme" and "Nigeria" in data["items"][1]["detail"] and not data["limits_left_out"]


@pytest.mark.parametrize("question", ["巴西法院封过WhatsApp几次？", "How often did courts block WhatsApp in Brazil?"])
def test_who_ordered_a_restriction_limits_it(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 3 and "3" in data["sentence"].split("（")[0].split("(")[0]


def test_both_sentences_of_a_question_are_answered(answer: Ask) -> None:
    data = answer("有哪些公司从 1260H 清单上被移除？旷视还在吗？")
    assert data["total"] > 2 and "北京旷视科技" in data["sentence"]


def test_a_second_half_without_a_name_is_about_the_first(answer: Ask) -> None:
    assert answer("腾讯什么时候被列入美国国防部1260H清单？现在还在吗")["total"] == 1


def test_owners_over_time_are_all_listed(answer: Ask) -> None:
    assert any("Global Marine" in label for label in labels(answer("hmn tech ownership after huawei")))


def test_a_title_with_the_country_is_named_without_its_supplier(answer: Ask) -> None:
    sentence = answer("Is it true that Hungary agreed to put Chinese face-recognition cameras in?")["sentence"]
    assert "Reported Chinese AI cameras" in sentence and "Denied" in sentence


def test_countries_are_named_and_not_only_counted(answer: Ask) -> None:
    sentence = answer("Which Latin American countries are named as likely clients of Circles?")["sentence"]
    assert all(name in sentence for name in ("Chile", "Ecuador", "Guatemala", "Peru"))


def test_no_record_meets_all_never_follows_the_record_that_does(answer: Ask) -> None:
    assert "没有同时符合" not in answer("法国哪个城市收到华为赠送的监控系统？")["sentence"]


def test_bans_on_officials_phones_are_bans_on_devices(answer: Ask) -> None:
    data = answer("Which countries banned TikTok from officials' phones?")
    assert data["items"] and all(item["detail"].startswith("Ban on official devices") for item in data["items"])


def test_a_record_put_before_an_answer_drops_no_limit(answer: Ask) -> None:
    data = answer("哪些亚洲国家的警方用了中国的摄像头？")
    assert data["sentence"].startswith("按名称判断") and "警方" in data["sentence"]


def test_court_cases_are_no_customers(answer: Ask) -> None:
    assert not answer("court cases about face recognition")["understood"]


def test_those_in_a_second_half_are_no_other_question(answer: Ask) -> None:
    data = answer("Which African countries block Telegram, and which of those bans are still on?")
    assert data["items"] and all(item["label"].startswith("Telegram") for item in data["items"])


def test_it_in_a_second_half_is_the_organisation_of_the_first(answer: Ask) -> None:
    types = [item["type"] for item in answer("海康威视的母公司是谁？它在哪些美国清单上？")["items"]]
    assert "organization" in types and "list" in types
