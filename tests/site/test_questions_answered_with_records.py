"""Questions with exact names and everyday words are answered with single records, and nothing is claimed about other words."""

import re
from typing import Any

import pytest

from overt.queries.questions.sought_words import excerpt, forms_in, mentions, sought_word, stem
from overt.site.search.texts.article_numbers import is_of_article
from tests.site.conftest import Ask


def labels(data: dict[str, Any]) -> list[str]:
    return [item["label"] for item in data["items"]]


def test_stems_and_chinese_pairs() -> None:
    assert stem("patrols") == stem("patrolled") == "patrol" and stem("stopped") == stem("stops") == "stop"
    assert stem("access") == stem("accesses") and stem("2019") == "2019"
    penalty = sought_word("penalties", [["penalty", "fine", "处罚"]])
    assert mentions("A fine of up to 10 million.", penalty) and mentions("未备案的予以处罚", penalty)
    assert not mentions("It went fairly.", penalty)
    assert mentions("可追踪车辆的数字车牌", sought_word("车牌追踪", [])) and not mentions("追问", sought_word("车牌追踪", []))
    assert excerpt("It began in 2014. A court stopped it. It is long.", [sought_word("court", [])]) == "A court stopped it."


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("CEIBA-2 cable", "CEIBA-2 submarine cable (Malabo–Bata–Kribi)"),
        ("How does China's Golden Shield Project work?", "Golden Shield Project"),
        ("Smart Sampa contract winner", "Smart Sampa: cameras with face recognition for the city of São Paulo"),
        ("which app scans phones at the Xinjiang border", "BXAQ (Fengcai) phone-scanning app at the Xinjiang border"),
        ("What is the Great Firewall?", "Great Firewall"),
    ],
)
def test_a_name_leads_to_its_record(answer_in_english: Ask, question: str, name: str) -> None:
    data = answer_in_english(question)
    assert data["understood"] and data["intent"] in ("record", "texts") and labels(data) == [name]


def test_unused_words_beside_a_name_are_named(answer_in_english: Ask) -> None:
    assert "winner" in answer_in_english("Smart Sampa contract winner")["unweighed"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("反间谍法 检查电子设备 第几条", "中华人民共和国反间谍法"),
        ("国家网络身份认证公共服务管理办法 什么时候施行 是自愿的吗", "国家网络身份认证公共服务管理办法"),
        ("网络身份认证 网号网证 是否自愿", "国家网络身份认证公共服务管理办法"),
        ("克拉古耶瓦茨 数据中心", "克拉古耶瓦茨：中国援建的城市数据中心"),
        ("柬埔寨 国家互联网网关", "柬埔寨：国家互联网网关"),
        ("巴基斯坦国家防火墙是谁提供的设备", "巴基斯坦网络监控系统（WMS 2.0），即国家防火墙"),
    ],
)
def test_chinese_names_lead_to_their_records(answer_in_chinese: Ask, question: str, name: str) -> None:
    assert name in labels(answer_in_chinese(question))[:2]


def test_names_in_translation_count_for_a_narrow_kind(answer_in_chinese: Ask) -> None:
    notes = " ".join(note["text"] for note in answer_in_chinese("巴基斯坦国家防火墙是谁提供的设备")["notes"])
    assert "1个名称含有“防火墙”" in notes


def test_other_words_are_looked_for_in_texts(answer_in_english: Ask) -> None:
    data = answer_in_english("court ruling on facial recognition in Buenos Aires")
    assert data["intent"] == "texts" and "mentions “ruling” in its name or texts" in data["sentence"]
    assert "A court suspended the system in April 2022" in data["items"][0]["detail"]
    assert answer_in_english("Huawei technicians helped spy on Bobi Wine")["understood"] is False


def test_removals_in_a_month_are_entries_of_the_list(answer_in_english: Ask) -> None:
    dropped = answer_in_english("companies dropped from the Pentagon Chinese military list in February 2026")
    assert dropped["total"] == 12 and {item["type"] for item in dropped["items"]} == {"listing"}


def test_a_cause_without_the_kind_of_restriction_has_records(answer_in_english: Ask) -> None:
    exams = answer_in_english("internet shutdowns because of exams")
    assert exams["items"] and all("exams" in item["detail"].lower() for item in exams["items"])
    assert "Without “internet shutdowns”: 6 restrictions" in exams["sentence"]


def test_a_question_for_a_motive_is_answered_with_what_a_record_says(answer_in_english: Ask) -> None:
    why = answer_in_english("Sandvine Belarus why was the contract ended")
    assert why["sentence"].startswith("Overt doesn’t record why")
    assert "free flow of information" in why["items"][0]["detail"]


def test_whether_a_system_is_in_use_is_answered_with_its_status(answer_in_english: Ask) -> None:
    assert (
        "status: Decommissioned" in answer_in_english("Is the Como face recognition system still in use?")["items"][0]["detail"]
    )


def test_devices_are_not_counted_but_texts_are_shown(answer_in_english: Ask) -> None:
    data = answer_in_english("How many cameras did Huawei install in Nairobi and Mombasa?")
    assert data["sentence"].startswith("Overt counts projects, not the devices") and "1,800" in data["items"][0]["detail"]


def test_only_recorded_ends_answer_whether_a_ban_was_lifted(answer_in_english: Ask) -> None:
    data = answer_in_english("has Telegram been unblocked in Kenya")
    assert (
        data["sentence"].startswith("The ends of 2 restrictions are on record")
        and "1 more has no recorded end" in data["sentence"]
    )
    assert not answer_in_english("Huawei cameras restored in Kenya")["understood"]


def test_without_a_supplier_leaves_out_its_projects_but_lists_no_countries(answer_in_english: Ask) -> None:
    data = answer_in_english("safe city projects without Huawei in Africa")
    assert [part["text"] for part in data["excluded"]] == ["huawei"] and data["total"]
    assert not any("Huawei" in item["detail"] for item in data["items"])
    assert answer_in_english("countries without Huawei")["reason"] == "absence"


def test_laws_can_leave_out_a_country(answer_in_english: Ask) -> None:
    data = answer_in_english("Which laws require real-name registration outside China?")
    assert data["intent"] == "agreements" and "not China" in data["sentence"]
    assert data["items"] and not any("China" in item["detail"] for item in data["items"])


def test_denials_by_governments_are_statements_too(answer_in_english: Ask) -> None:
    data = answer_in_english("which governments deny using Pegasus")
    details = " ".join(item["detail"] for item in data["items"])
    assert re.search(r"Denials about \d\d projects are on record as statements", data["sentence"])
    assert "Royal Thai Police" in details


def test_ordinary_words_are_no_misspelled_names(answer_in_english: Ask) -> None:
    parts = answer_in_english("crimes solved with cameras in Ecuador")["parts"]
    assert [part["label"] for part in parts if part["type"] == "area"] == ["Ecuador"]


def test_a_country_is_never_looked_for_in_names(answer_in_chinese: Ask) -> None:
    assert answer_in_chinese("几内亚比绍 华为")["items"] == []
    assert labels(answer_in_chinese("Candiru 乌兹别克斯坦")) == ["与乌兹别克斯坦国家安全局有关的Candiru漏洞利用"]


def test_a_denial_keeps_its_conditions_beside_a_name(answer_in_english: Ask) -> None:
    data = answer_in_english("Peru 5G Entel Huawei")
    assert labels(data) == ["Entel (Peru): 5G antennas of Huawei"]
    assert "No project is recorded under all these conditions: 5G network in Peru, Entel, Huawei" in data["sentence"]
    assert not any("in its name" in note["text"] for note in data["notes"]), "the answer already names the record"
    assert answer_in_english("has Brazil banned Huawei")["items"] == []


def test_another_form_of_a_word_is_reported_as_that_form(answer_in_english: Ask) -> None:
    assert stem("policy") != stem("police") and stem("officers") != stem("office")
    watched = sought_word("watched", [])
    assert forms_in("Cameras watch areas.", watched) == ["watch"]
    assert forms_in("It says Human Rights Watch.", watched) == [] == forms_in("It was seen.", watched)
    assert forms_in("胡胡伊的摄像头", sought_word("胡胡伊省", [])) == ["胡胡伊"]
    sentence = answer_in_english("who stopped selling to Belarus and Russia in March 2021?")["sentence"]
    assert "“stops”" in sentence and "(for “stopped”), “march”" in sentence


@pytest.mark.parametrize(
    "question",
    [
        "how many people are watched by Chinese cameras worldwide",
        "How many people were arrested because of facial recognition in Moscow?",
        "63 countries chinese surveillance technology - where does that number come from",
    ],
)
def test_no_text_answers_a_question_for_a_number_of_people_or_a_figure(answer_in_english: Ask, question: str) -> None:
    assert not answer_in_english(question)["understood"]


def test_articles_are_compared_by_number() -> None:
    assert (
        is_of_article("68–69", "article 69") and is_of_article("Section 19", "第十九条") and is_of_article("20(3)", "Article 20")
    )
    assert not is_of_article("8, 10", "第九条") and not is_of_article("20(3)", "article 3") and not is_of_article("7", "7 laws")


def test_nothing_is_denied_about_words_in_texts(answer_in_english: Ask) -> None:
    data = answer_in_english("hikvison xinjiang contracts over")
    assert data["unweighed"] == ["over"] and data["total"] == 3
    assert "mention" not in data["sentence"] and any("is over" in item["detail"] for item in data["items"])


def test_a_loan_is_counted_once(answer_in_english: Ask) -> None:
    bolivia = answer_in_english("chinese loans to bolivia")
    assert bolivia["sentence"].startswith("3 commitments are recorded") and "$105 m" not in bolivia["sentence"]
    assert any("isn’t counted or added" in note["text"] and "$105 m" in note["text"] for note in bolivia["notes"])
    assert "add up to XOF 20.2 bn." in answer_in_english("loans to Mali")["sentence"]
    ghana = answer_in_english("chinese loans to Ghana for police networks 2007-2018")
    assert "add up to $193 m in constant prices" in ghana["sentence"]
    assert any("isn’t counted or added" in note["text"] and "$123 m" in note["text"] for note in ghana["notes"])
    cambodia = answer_in_english("Chinese aid for cameras in Cambodia")
    assert any("may be the same as another lender’s" in item["detail"] for item in cambodia["items"])


def test_trainings_by_a_ministry_are_found(answer_in_chinese: Ask) -> None:
    trainings = answer_in_chinese("中国公安部给外国警察的培训")
    assert trainings["total"] == 3 and "没有记录" not in trainings["sentence"]


def test_a_denial_is_found_by_its_organisation_and_country(answer_in_english: Ask) -> None:
    denial = answer_in_english("did Huawei deny spying in Uganda")
    assert denial["total"] == 1 and "rejects the report" in denial["items"][0]["detail"]


def test_who_runs_a_system_leads_to_what_is_said_about_its_use(answer_in_english: Ask) -> None:
    belgrade = answer_in_english("who runs the safe city in Belgrade and does it use face recognition")
    assert any("face recognition is not in use" in note["text"] for note in belgrade["notes"])


def test_a_company_of_the_state_is_called_so(answer_in_english: Ask) -> None:
    assert "(State-owned company)" in answer_in_english("is hikvision state owned?")["sentence"]


def test_an_article_is_found_by_its_number(answer_in_chinese: Ask) -> None:
    article = answer_in_chinese("数据安全法第三十六条")
    assert "；36：" in article["items"][0]["detail"] and not article["unweighed"]
    assert answer_in_chinese("数据安全法第九十九条")["unweighed"] == ["第九十九条"]


def test_restrictions_since_a_year_leave_out_earlier_ones(answer_in_english: Ask) -> None:
    blocked = answer_in_english("which platforms did Russia block since 2025")
    assert blocked["total"] == 9
    assert any("10 other restrictions began earlier or have no recorded start" in note["text"] for note in blocked["notes"])


def test_restrictions_without_a_start_may_have_been_in_force(answer_in_english: Ask) -> None:
    sentence = answer_in_english("calls blocked in UAE 2019")["sentence"]
    assert "2 restrictions are recorded" in sentence
    assert "2 of these restrictions have no recorded start, and may have been in force then." in sentence
    assert "no recorded start" not in answer_in_english("calls blocked in UAE")["sentence"]
