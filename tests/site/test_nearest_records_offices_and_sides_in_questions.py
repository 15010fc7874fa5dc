"""Questions that no record fully answers, and about offices of countries, “whether” in Chinese, and compared sides."""

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels


@pytest.mark.parametrize(
    ("question", "words", "what"),
    [
        ("Has Kenya ever shut down the internet?", "Without “shut down the internet”", "Telegram was blocked in Kenya"),
        ("Were there shutdowns in Uganda in 2021?", "Without “shutdowns”", "2 restrictions on record began then"),
        ("cancelled projects of Huawei in Kenya", "Without “cancelled”", "4 projects are recorded"),
        ("Huawei in Laos data centre", "Without “data centre”", "1 documented project in Laos"),
        ("who supplied SORM to Kyrgyzstan", "Of similar kinds", "instead of “sorm”"),
        ("华为有没有给卢旺达提供监控", "若不限“监控”", "2019年的指数"),
        ("埃塞俄比亚断网 2020", "若不限“断网”、“2020”", "6项服务"),
    ],
)
def test_a_denial_has_what_meets_all_conditions_but_one_or_two(question: str, words: str, what: str, answer: Ask) -> None:
    data = answer(question)
    assert ("No record meets all of this" in data["sentence"]) or ("没有同时符合" in data["sentence"])
    assert words in data["sentence"] and what in data["sentence"] and data["items"]


def test_no_other_country_organisation_or_service_stands_for_the_one_in_a_denial(answer: Ask) -> None:
    for question in ("hikvision paraguay", "Is Facebook blocked in Kenya?", "Cellebrite in Bahrain", "海能达 蒙古"):
        data = answer(question)
        assert data["sentence"].startswith(("No record here", "此处没有记录")) and not data["items"]


def test_what_is_near_is_no_yes(answer: Ask) -> None:
    assert "Yes" not in answer("Has Kenya ever shut down the internet?")["sentence"]
    assert "是的" not in answer("肯尼亚断过网吗")["sentence"]


@pytest.mark.parametrize(
    "question", ["Which African countries shut off social media around elections?", "哪些非洲国家在选举期间断网？"]
)
def test_a_cause_remains_if_the_kind_of_restriction_is_left_out(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 15 and all("lections" in item["detail"] or "选举" in item["detail"] for item in data["items"])


def test_a_cause_that_an_answer_ignores_is_named_first(answer: Ask) -> None:
    assert "exams" in answer("shutdowns during exams in Iraq")["limits_left_out"]


def test_a_word_in_texts_drops_no_record_silently(answer: Ask) -> None:
    data = answer("How many times was WhatsApp banned by judges in Brazil?")
    assert data["total"] == 3 and data["sentence"].count("Judiciary") == 1
    assert "18 more records match the rest of the question" in answer("Kazakhstan certificate MITM")["sentence"]


def test_a_name_with_more_of_the_questions_words_comes_first(answer: Ask) -> None:
    data = answer("Which Chinese state programme gave satellite TV to African villages, and how many villages?")
    assert (
        labels(data)[0] == "Access to Satellite TV for 10,000 African Villages"
        and "10,112 villages" in data["items"][0]["detail"]
    )


def test_an_office_is_that_of_the_questions_country(answer: Ask) -> None:
    data = answer("越南 手机取证 公安部")
    assert data["total"] == 2 and "Cellebrite" in " ".join(labels(data)) and "越南公安部" in data["sentence"]
    assert answer("公安部 柬埔寨 培训")["items"]  # China's gave something there, and Cambodia has no such ministry on record
    assert answer("老挝公安部的摄像头是谁提供的")["unweighed"] == ["公安部"]  # Laos has none on record either


@pytest.mark.parametrize(
    "question", ["柬埔寨的国家互联网网关建成了没有？", "泰国用没用过飞马", "摩洛哥买过飞马没有？", "缅甸封锁了Facebook没有？"]
)
def test_or_not_asks_whether(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and data["items"]


def test_without_is_still_declined(answer: Ask) -> None:
    assert answer("哪些国家没有使用海康威视")["reason"] == "absence"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("莫桑比克监听中心的负责人是谁？", "outside"),
        ("Who heads the interception centre in Mozambique?", "unrecorded"),
        ("华为的总裁是谁", "unrecorded"),
    ],
)
def test_who_heads_something_isnt_recorded(question: str, reason: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == reason and not data["items"]


@pytest.mark.parametrize(
    ("question", "seat"),
    [
        ("塞尔维亚的摄像头是哪国公司供应的？", "总部在中国"),
        ("Which country's company supplied cameras to Serbia?", "based in China"),
    ],
)
def test_which_countrys_company_asks_for_suppliers_and_their_seats(question: str, seat: str, answer: Ask) -> None:
    data = answer(question)
    assert data["intent"] == "suppliers" and data["items"][0]["detail"].endswith(seat)


@pytest.mark.parametrize("question", ["Who leads Huawei?", "Who leads the Hikvision group?", "Who leads Russia?"])
def test_who_leads_an_organisation_or_a_country_isnt_recorded(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == "unrecorded" and not data["items"]


@pytest.mark.parametrize(
    ("question", "company"),
    [
        ("Who leads in surveillance exports to Africa?", "Huawei Technologies Co., Ltd."),
        ("Who leads the world in surveillance exports?", "Huawei Technologies Co., Ltd."),
        ("Which company leads in spyware in Mexico?", "NSO Group"),
    ],
)
def test_who_leads_in_something_asks_for_the_most(question: str, company: str, answer: Ask) -> None:
    data = answer(question)
    assert (data["intent"], data["unweighed"]) == ("suppliers", []) and labels(data)[0] == company
    assert data["sentence"].startswith("Most on record: ")


def test_which_countrys_company_without_a_record_is_denied(answer: Ask) -> None:
    assert answer("尼加拉瓜警察的摄像头是哪国公司供的")["sentence"].startswith("此处没有记录")


def test_each_side_of_a_comparison_has_its_own_answer(answer: Ask) -> None:
    sentence = answer("Compare the surveillance suppliers of Bolivia and Venezuela")["sentence"]
    bolivia, _, venezuela = sentence.partition(" Venezuela: ")
    assert bolivia.startswith("Bolivia: ") and "China National Electronics Service" in bolivia
    assert "ZTE" in venezuela and "ZTE" not in bolivia


def test_long_chinese_names_and_initials_are_names(answer: Ask) -> None:
    assert answer("中国电子科技集团是海康的母公司吗")["sentence"].startswith("据来源，是")
    assert labels(answer("Ethiopian INSA suppliers")) == ["Hacking Team"]


def test_what_an_organisation_said_about_other_countries_is_only_counted(answer: Ask) -> None:
    data = answer("匈牙利承认买了飞马吗")
    assert "没有NSO Group就此作出声明的记录" in data["sentence"] and "匈牙利内政部回应" in data["sentence"]


def test_statements_of_a_company_arent_declarations(answer: Ask) -> None:
    assert answer("埃及 Sandvine 声明")["sentence"].startswith("收录了Sandvine就此作出的2项声明")


def test_a_missing_amount_isnt_a_missing_project(answer: Ask) -> None:
    assert "2 projects are recorded" in answer("How much did the Serbian safe city cost?")["sentence"]
