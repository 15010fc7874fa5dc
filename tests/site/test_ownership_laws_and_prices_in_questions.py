"""Questions about owners of two organisations, laws by name, agencies of a country, prices, and what no record has."""

import re

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Does Huawei still own HMN Technologies, the cable company?", "No longer"),
        ("Is HMN Technologies a subsidiary of Huawei?", "No longer"),
        ("Does HMN Technologies belong to Huawei?", "No longer"),
        ("华为还拥有华海通信吗？", "据来源，现已不是"),
        ("Is CETC the parent of Hikvision?", "Yes"),
        ("Does Huawei own Hengtong Optic-Electric?", "In part"),
        ("Did Huawei own HMN Technologies?", "Sources name"),
    ],
)
def test_relations_say_whether_one_organisation_owns_the_other(question: str, first: str, answer: Ask) -> None:
    data = answer(question)
    assert data["intent"] == "owners" and data["sentence"].startswith(first) and not data["unweighed"]


def test_an_ended_relation_has_its_dates_and_is_followed_by_the_owners_since(answer: Ask) -> None:
    sentence = answer("Does Huawei still own HMN Technologies, the cable company?")["sentence"]
    assert "51%, January 2008 to 9 March 2020" in sentence.partition("Sources name")[0]
    assert "81%, since 12 May 2020" in sentence and "2.44%" in sentence


def test_a_pair_without_a_relation_still_has_the_owners_of_the_second(answer: Ask) -> None:
    data = answer("Is Hikvision owned by Huawei?")
    assert data["sentence"].startswith("No record here says that one of them owns") and "China Electronics" in data["sentence"]


def test_who_owns_doesnt_take_a_describing_kind_for_projects(answer: Ask) -> None:
    assert "81%" in answer("Who owns HMN Technologies, the cable company?")["sentence"]


@pytest.mark.parametrize("question", ["俄罗斯“主权互联网法”哪年生效的？", "俄罗斯的主权互联网法什么时候生效"])
def test_the_law_with_the_questions_words_in_its_name_leads(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "90-FZ" in data["sentence"] and "2019年11月1日" in data["sentence"] and "2017" not in data["sentence"]
    assert "90-FZ" in labels(data)[0]


def test_a_name_that_all_laws_have_leaves_the_earliest_first(answer: Ask) -> None:
    assert "242-FZ" in answer("俄罗斯数据本地化法哪年通过的？")["sentence"]


@pytest.mark.parametrize("question", ["美国哪些政府机构买过间谍软件？", "which us government agencies have bought spyware"])
def test_agencies_of_a_country_are_customers(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["intent"] == "projects" and data["total"] == 2 and "Federal Bureau of Investigation" in str(data["items"])
    assert [part["type"] for part in data["parts"]] == ["area", "kind"]


def test_a_question_for_a_price_says_that_none_is_recorded(answer: Ask) -> None:
    sentence = answer("How much do Swedish police pay Palantir each year?")["sentence"]
    assert "No price or contract value is on record" in sentence and "Acus" in sentence and "lender" not in sentence
    assert answer("how much did ghana pay for pegasus")["sentence"].startswith("The value of 1 contract is on record")


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("huawei safe city revenue 2023", "revenue"),
        ("字节跳动 向政府提供用户数据 多少条", "向政府提供用户数据"),
        ("How many user data requests did Telegram get from India?", "user data requests"),
        ("华为2023年营收多少", "营收"),
        ("hikvision share price", "share price"),
    ],
)
def test_what_no_record_has_is_declined_by_name(question: str, word: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == "unrecorded" and f"“{word}”" in data["explanation"] and not data["items"]


def test_an_authority_with_such_a_word_in_its_name_isnt_declined(answer: Ask) -> None:
    assert answer("Zimbabwe Revenue Authority")["reason"] is None
    assert answer("Huawei revenue surveillance")["reason"] != "unrecorded"


def test_compared_companies_have_their_own_counts_and_countries(answer: Ask) -> None:
    data = answer("Huawei or Dahua, who has supplied more surveillance systems and to how many countries?")
    huawei = re.search(
        r"Huawei Technologies Co., Ltd.: (\d+) projects in (\d+) countries, (\d+) projects announced", data["sentence"]
    )
    dahua = re.search(r"Dahua Technology Co., Ltd.: (\d+) projects in (\d+) countries", data["sentence"])
    assert huawei and dahua
    assert int(huawei[1]) > int(huawei[2]) > int(dahua[2]) and int(huawei[1]) > int(dahua[1]) > 0 and int(huawei[3]) > 0


def test_a_share_that_is_left_isnt_followed_by_a_denial_of_owners(answer: Ask) -> None:
    sentence = answer("Is Alcatel Submarine Networks owned by Nokia?")["sentence"]
    assert sentence.startswith("In part") and "No current owner" not in sentence and "On record as ended: Nokia" in sentence
