"""Questions with words that the answer leaves out, and about loans, lenders, restrictions and agreements."""

from typing import Any

import pytest

from overt.queries.questions.question_lexicon import Lexicon
from overt.site.search.money.financier_home_countries import first_countries
from tests.site.conftest import Ask

BANNING = {"AU", "BE", "CA", "GB", "NO", "NZ", "TW", "US"}
"""The countries that ban TikTok on official devices."""
RESTRICTING = [
    *("state-owned", "state run", "government-linked", "official", "secret", "new", "public", "private", "national"),
    *("illegal", "strategic", "military grade", "leaked", "local", "foreign", "first ever", "main"),
]
"""Words that narrow a question about projects, but that its answer cannot use."""


def notes(data: dict[str, Any]) -> str:
    return " ".join(note["text"] for note in data["notes"])


def read_as(data: dict[str, Any]) -> dict[str, str]:
    return {reading["typed"]: reading["read"] for reading in data["readings"]}


@pytest.mark.parametrize("word", RESTRICTING)
def test_a_word_that_restricts_is_named_as_left_out(answer: Ask, word: str) -> None:
    data = answer(f"{word} surveillance projects in kenya")
    assert data["understood"], data
    assert " ".join(data["unweighed"]) == word.replace("-", " "), data["unweighed"]


def test_a_word_for_customers_is_named_if_no_customer_is_of_the_kind(answer: Ask) -> None:
    sentence = answer("military surveillance projects in kenya")["sentence"]
    assert sentence.startswith("No customer or operator on record here is of this kind (“military”)"), sentence


@pytest.mark.parametrize("word", ["国有企业", "军工企业", "官方", "秘密", "新的"])
def test_a_chinese_word_that_restricts_is_named_as_left_out(answer: Ask, word: str) -> None:
    assert word in answer(f"{word}在肯尼亚的监控项目")["unweighed"]


def test_a_word_near_a_kind_is_said_to_be_read_as_it(answer: Ask) -> None:
    assert read_as(answer("digital infrastructure in kenya")) == {"digital infrastructure": "Telecom or ICT project"}
    assert read_as(answer("who owed money to China in Africa"))["owed"] == "loans, grants and other commitments on record"
    assert read_as(answer("countries that removed huawei"))["removed"] == "restrictions, bans and the exclusion of suppliers"
    assert read_as(answer("biggest camera network in africa")) == {"biggest": "the highest amounts of money on record"}
    assert read_as(answer("cameras in kenya")) == {}


def test_a_narrower_word_is_said_to_be_narrower(answer: Ask) -> None:
    data = answer("深度包检测设备由哪些公司提供")
    assert data["sentence"].startswith("“深度包检测”没有单独的类别；答案涉及范围更广的“过滤”。")
    assert "“firewall” has no kind of its own" in answer("who built the firewall of pakistan")["sentence"]


def test_signed_beside_a_year_is_the_date_of_signature(answer: Ask) -> None:
    data = answer("2018年签的监控项目有哪些")
    assert data["unweighed"] == []
    assert "“签的”2018年" in data["sentence"]


def test_one_loan_in_two_prices_counts_once(answer: Ask) -> None:
    data = answer("chinese loans to ghana between 2010 and 2018")
    assert data["sentence"].startswith("5 commitments are recorded") and "$123 m" not in data["sentence"]
    assert "add up to $363 m in constant prices of 2021" in data["sentence"]
    assert "1 more commitment has no date" in data["sentence"] and "($199 m)" in data["sentence"] and "$150 m" in data["sentence"]
    assert "1 commitment isn’t counted or added" in notes(data) and "phase II, Ghana (ZTE) ($123 m)" in notes(data)


def test_a_loan_and_a_grant_of_one_project_both_count(answer: Ask) -> None:
    data = answer("who paid for ECU 911 in ecuador")
    assert "$240 m, $29.1 m in constant prices of 2021" in data["sentence"] and "(CN¥97 m)" in notes(data)


def test_commitments_of_other_types_are_named_with_their_amounts(answer: Ask) -> None:
    data = answer("how much did China Eximbank lend to Angola")
    assert "fixed-line networks in the provinces" in notes(data) and "($82.5 m" in notes(data)
    assert "without a commitment" not in notes(data)


def test_lenders_count_by_the_country_in_their_name(answer: Ask, lexicon: Lexicon) -> None:
    data = answer("surveillance projects financed by South Korea or the UAE")
    assert [item["label"] for item in data["items"]] == ["United Arab Emirates", "Export-Import Bank of Korea"]
    assert "2 financiers count by their names" in notes(data)
    assert first_countries(lexicon, "Embassy of China in Rwanda") == {"CN"}
    assert first_countries(lexicon, "Standard Bank") == set()


@pytest.mark.parametrize(
    "question",
    [
        "did the UAE finance cameras in Tanzania",
        "which countries does China lend to",
        "中国向哪些国家提供贷款",
        "日本政府贷款的通信项目",
    ],
)
def test_a_country_that_gives_is_the_lender(answer: Ask, question: str) -> None:
    data = answer(question)
    assert data["intent"] == "money" and [part["id"] for part in data["parts"] if part["type"] == "seat"]


def test_a_government_that_donates_is_the_donor(answer: Ask) -> None:
    data = answer("中国政府捐赠的监控设备有哪些")
    assert data["intent"] == "money" and data["total"] > 1


def test_donations_are_all_grants(answer: Ask) -> None:
    data = answer("柬埔寨 中国 监控摄像头 捐赠")
    assert data["total"] == 2 and "中国捐赠的金边警方闭路电视监控系统" in notes(data)


def test_a_chinese_name_does_not_split_a_kind(answer: Ask) -> None:
    for question in ("乌兹别克斯坦 中国 平安城市 投资", "中国平安城市在肯尼亚"):
        assert {"smart-city", "CN"} <= {part["id"] for part in answer(question)["parts"]}, question
    assert "organization" in {part["type"] for part in answer("中国平安在肯尼亚的项目")["parts"]}


def test_financiers_without_a_commitment_are_named(answer: Ask) -> None:
    assert "more financiers are named without a commitment: Banque Misr" in notes(answer("who financed surveillance in Africa"))


def test_the_highest_amount_names_projects_of_unknown_kind_and_contracts(answer: Ask) -> None:
    data = answer("biggest chinese loan for telecoms")
    assert "no source states the kind" in data["sentence"]
    assert "facility 3" in data["items"][0]["label"] and data["items"][0]["detail"].startswith("$1.64 bn")
    assert "The values of " in notes(data)
    data = answer("compare cost of safe city Kenya vs Uganda")
    assert "($126 m)" in data["sentence"] and "KES 14.9 bn" in notes(data)
    data = answer("波兰买飞马花了多少钱")
    assert "3340万兹罗提" in notes(data) and "有1笔以其他货币计的金额记录：2500万波兰兹罗提" in data["sentence"]
    assert "isn’t counted or added" in notes(answer("most expensive surveillance project in Ghana"))


def test_a_seat_without_lenders_lists_no_other_projects(answer: Ask) -> None:
    data = answer("loans from Japan for telecommunications")
    assert data["items"] == [] and "organisations whose home countries are not recorded are left out" in notes(data)


def test_restrictions_are_told_apart_by_kind(answer: Ask) -> None:
    sentence = answer("where is TikTok banned")["sentence"]
    assert "Blocking (24 countries), Ban on official devices (8 countries), Throttling (1 country)" in sentence
    for question in ("哪些国家政府设备禁用TikTok？", "which countries banned TikTok on government devices"):
        data = answer(question)
        assert data["total"] == len(BANNING) and {item["id"].split()[0] for item in data["items"]} == BANNING
    data = answer("TikTok removed from app stores")
    assert data["sentence"].startswith("No record meets all of this") and data["total"] == 33
    assert "YouTube" in str(answer("2023年埃塞俄比亚断网")["items"])


def test_restrictions_that_began_before_the_years_are_named(answer: Ask) -> None:
    data = answer("Which African countries blocked WhatsApp since 2020")
    assert "3 other restrictions began earlier or have no recorded start, and may have been in force then: " in notes(data)
    assert "began earlier" not in notes(answer("Which African countries blocked WhatsApp"))


def test_where_a_service_comes_from_is_named_as_left_out(answer: Ask) -> None:
    for question, origin in (("Chinese apps banned in India", "chinese"), ("American websites blocked in China", "american")):
        data = answer(question)
        assert data["intent"] == "blocked" and origin in data["unweighed"]
        assert len([part for part in data["parts"] if part["type"] == "area"]) == 1
    assert not answer("which Chinese apps are blocked")["understood"]


def test_countries_that_only_an_index_names_are_mentioned(answer: Ask) -> None:
    text = notes(answer("Which African countries have facial recognition cameras?"))
    assert "In 5 more countries, only an index names this" in text and "Kenya" in text and "South Africa" in text


def test_things_from_a_country_are_projects_and_not_suppliers(answer: Ask) -> None:
    data = answer("chinese data centres in europe")
    assert {item["type"] for item in data["items"]} == {"project"} and data["total"] == 5
    assert "Kragujevac" in notes(data) and "China Mobile International Limited" in notes(data) and "Frankfurt" in notes(data)
    assert {item["type"] for item in answer("chinese 5G projects in latin america")["items"]} == {"project"}
    assert {item["type"] for item in answer("chinese data centre companies in europe")["items"]} == {"organization"}


def test_tearing_out_is_a_ban_and_no_exclusion(answer: Ask) -> None:
    data = answer("德国什么时候拆除华为5G设备")
    assert data["intent"] == "agreements" and data["excluded"] == [] and "拆除" in read_as(data)


def test_lifted_restrictions_are_looked_for_in_texts(answer: Ask) -> None:
    lifted = answer("哪些国家解除了对推特的封锁")
    assert lifted["intent"] == "texts" and {item["type"] for item in lifted["items"]} == {"restriction"}


def test_lists_are_answered_from_the_lists(answer: Ask) -> None:
    for question in ("is tencent on the US military companies list", "is tencent on the 1260H list"):
        data = answer(question)
        assert data["intent"] == "lists" and data["items"][0]["label"] == "US DoD list of Chinese military companies", question


def test_a_denial_names_records_of_other_types(answer: Ask) -> None:
    assert "AnyVision face recognition at West Bank checkpoints" in notes(answer("AnyVision West Bank"))
    assert "projects" in notes(answer("facial recognition in Norway")) and "restriction" in notes(
        answer("facial recognition in Norway")
    )
    assert "An index of countries names this kind of technology: India." in notes(answer("predictive policing in India"))
    assert "as far as home countries are recorded" in answer("Norwegian surveillance companies abroad")["sentence"]


def test_a_year_before_by_is_no_limit(answer: Ask) -> None:
    assert answer("projects completed in 2019 by Huawei")["years"] == [2019, 2019]
    assert answer("Huawei projects by 2015 in Africa")["years"] == [None, 2015]
    assert answer("Huawei projects 2019 onwards in Kenya")["years"] == [2019, None]


def test_outside_leaves_out_what_is_before_it(answer: Ask) -> None:
    for question, left_out in (("中国以外的Tencent数据中心", "CN"), ("非洲以外的智慧城市项目", "africa")):
        assert [part["id"] for part in answer(question)["excluded"]] == [left_out], question
    assert len(answer("除华为以外谁供应肯尼亚")["excluded"]) == 1


@pytest.mark.parametrize("question", ["欧盟资助的边境监控", "border surveillance Tunisia EU funded"])
def test_a_region_that_funds_is_the_seat_of_lenders(answer: Ask, question: str) -> None:
    assert "european-union" in [part["id"] for part in answer(question)["parts"] if part["type"] == "seat"]


def test_suspended_before_a_kind_is_a_status_and_no_ban(answer: Ask) -> None:
    for question in ("smart city projects suspended", "suspended projects of Huawei"):
        assert "suspended" in {part["id"] for part in answer(question)["parts"] if part["type"] == "status"}, question
    assert answer("countries that suspended Huawei from 5G")["intent"] == "agreements"
    assert "decommissioned" in {part["id"] for part in answer("已停用的人脸识别系统")["parts"]}


def test_no_date_is_given_of_what_does_not_mention_the_subject(answer: Ask) -> None:
    data = answer("when did Kenya join the Belt and Road")
    assert data["sentence"].startswith("No name, summary or provision here mentions “belt and road”")


def test_the_agreement_of_a_union_is_first(answer: Ask) -> None:
    data = answer("agreement between Huawei and African Union")
    assert data["items"][0]["label"] == "African Union–Huawei memorandum"


@pytest.mark.parametrize(
    ("question", "name", "words"),
    [
        ("agreements of ASEAN", "ASEAN", "6 of them name ASEAN itself"),
        ("东盟的协议", "东盟", "6项直接提及东盟"),
        ("agreements of BRICS", "BRICS", "3 of them name BRICS itself"),
    ],
)
def test_agreements_that_name_an_organisation_of_states_are_first(answer: Ask, question: str, name: str, words: str) -> None:
    data = answer(question)
    number = int(next(filter(str.isdigit, words)))
    labels = [item["label"] for item in data["items"]]
    assert words in data["sentence"]
    assert all(name in label for label in labels[:number]) and not any(name in label for label in labels[number:])


def test_regions_that_are_no_organisations_sign_no_agreements(answer: Ask) -> None:
    assert answer("agreements of Africa")["sentence"] == "33 laws or agreements are on record: Africa."


def test_the_biggest_supplier_has_the_most_projects(answer: Ask) -> None:
    data = answer("biggest supplier of spyware in Africa")
    assert data["intent"] == "suppliers" and data["sentence"].startswith("Most on record: ") and "biggest" in read_as(data)


def test_a_denial_names_programmes_with_words_of_the_question(answer: Ask) -> None:
    data = answer("ITU standards facial recognition China")
    assert data["items"][0]["label"].startswith("ITU standards for facial recognition") and data["total"] == 1
    assert "ITU standards" not in notes(data), "the answer already names the record"


def test_people_are_not_counted(answer: Ask) -> None:
    assert not answer("how many Uyghurs use WeChat")["understood"]


def test_projects_of_unknown_status_are_named(answer: Ask) -> None:
    unknown = notes(answer("which countries bought from Candiru spyware"))
    assert "The status of 2 of the 6 projects is recorded as “Not known”: Candiru" in unknown
