"""Laws: titles, subjects, articles, the companies that they exclude, and dates of laws."""

import pytest

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import is_article, tokens
from overt.site.search.texts.article_numbers import is_of_article
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes
from tests.site.questions.conftest import AskSmallAtlas

ANONYMISERS = "Law on anonymisers and VPNs (Federal Law No. 276-FZ, Russia)"


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


def test_a_wider_topic_is_named(understood_answer: Ask) -> None:
    data = understood_answer("countries with real-name SIM registration")
    assert "no topic of its own" in data["sentence"] and "China" in labels(data)


def test_dates_of_bans_are_given_or_missing(understood_answer: Ask) -> None:
    assert "20 October 2020" in understood_answer("When did Sweden exclude Huawei")["sentence"]
    assert understood_answer("When did the UK ban Huawei from 5G?")["sentence"].startswith("No date is on record")


def test_laws_of_several_countries_are_alternatives(understood_answer: Ask) -> None:
    assert understood_answer("laws on cybercrime in Kenya and Uganda")["total"]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("国家安全法和国家情报法哪个先生效", "国家安全法", "国家情报法"),
        ("which law is older, the Data Security Law or the Cybersecurity Law", "Cybersecurity Law", "Data Security Law"),
        ("China's Data Security Law vs Personal Information Protection Law: which is newer", "Personal", "Data Security Law"),
    ],
)
def test_laws_in_the_order_of_their_dates(question: str, first: str, second: str, answer: Ask) -> None:
    data = answer(question)
    assert first in labels(data)[0] and second in labels(data)[-1]
    assert 0 < data["sentence"].index(first) < data["sentence"].index(second)


def test_a_law_that_is_not_on_record_is_no_side(answer: Ask) -> None:
    assert answer("密码法和数据安全法谁先出台")["sentence"].startswith("回答不包括“密码”")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("laws excluding huawei", "Exclusion of suppliers"),
        ("which laws name huawei", "Huawei Technologies Co., Ltd."),
        ("提到华为的法律", "华为技术有限公司"),
    ],
)
def test_laws_can_name_a_company(answer: Ask, question: str, kind: str) -> None:
    data = answer(question)
    assert data["intent"] == "agreements"
    assert data["total"] > 1
    assert kind in data["sentence"]


def test_drafts_among_laws_are_named(answer: Ask) -> None:
    data = answer("中国以外有哪些国家的法律要求实名制")
    assert "1项仅为草案：《用户保护法案》" in data["sentence"]
    assert "None of them is recorded as “Draft”." in answer("draft laws on encryption")["sentence"]


@pytest.mark.parametrize(
    ("question", "statuses"),
    [
        ("which laws in China are no longer in force", {"Repealed", "Superseded"}),
        ("中国有哪些法律已废止", {"已废止", "已被取代"}),
        ("draft laws in China", {"Draft"}),
        ("中国的法律草案", {"草案"}),
    ],
)
def test_past_laws_and_drafts_are_listed_with_their_status(question: str, statuses: set[str], answer: Ask) -> None:
    data, every = answer(question), answer("laws in China")
    assert 0 < data["total"] < every["total"] and not data["unweighed"]
    assert all(any(status in item["detail"] for status in statuses) for item in data["items"])
    assert all(status in data["sentence"] for status in statuses)


def test_an_answer_says_that_no_law_has_the_status(answer: Ask) -> None:
    data = answer("superseded laws in Russia")
    assert not data["unweighed"] and data["total"] == answer("laws in Russia")["total"] > 1
    assert "None of them is recorded as “Superseded”." in data["sentence"]
    assert "Its status on record is “In force”, not “Superseded”." in answer("superseded laws in Kenya")["sentence"]


@pytest.mark.parametrize(("question", "status"), [("laws in force in Vietnam", "In force"), ("越南 现行法律", "现行有效")])
def test_laws_in_force_are_those_with_that_status(question: str, status: str, answer: Ask) -> None:
    data = answer(question)
    assert 0 < data["total"] < answer("laws in Vietnam")["total"] and not data["unweighed"] and status in data["sentence"]
    assert not [item for item in data["items"] if "2018" in item["label"]]


def test_laws_of_unknown_status_are_named(answer: Ask) -> None:
    assert "2 more aren’t in the answer, because their statuses aren’t known: Decree No. 53/2022" in notes(
        answer("laws in force in Vietnam")
    )
    assert "aren’t known" not in notes(answer("laws in Vietnam"))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("is the vietnam cybersecurity law 2018 in force", "Was to be in force until 1 July 2026, as of"),
        ("越南2018年网络安全法还有效吗", "原定施行至2026年7月1日"),
    ],
)
def test_whether_a_law_is_in_force_is_answered_as_on_its_page(question: str, words: str, answer: Ask) -> None:
    data = answer(question)
    assert words in data["sentence"] and "in force" not in data["unweighed"] and "有效" not in data["unweighed"]
    assert data["items"] and all(words[1:] in item["detail"] for item in data["items"])


def test_a_status_is_enough_to_ask_for_laws(answer: Ask) -> None:
    assert answer("repealed laws")["total"] < answer("laws in force")["total"]
    assert "to “laws” alone" in answer("laws")["explanation"]


def test_projects_beside_laws_are_named_as_missing(answer: Ask) -> None:
    assert "doesn’t include “projects”" in answer("projects and laws about digital identity in Zambia")["sentence"]
    assert "doesn’t include" not in answer("laws about digital identity in Zambia")["sentence"]


@pytest.mark.parametrize("question", ["网络安全法 什么时候生效", "when did china’s cybersecurity law take effect"])
def test_a_law_is_found_by_its_title_with_its_entry_into_force(answer_in_english: Ask, question: str) -> None:
    data = answer_in_english(question)
    assert data["intent"] == "record" and all("in force from 1 June 2017" in item["detail"] for item in data["items"])
    assert all("Cybersecurity Law of the People" in label for label in labels(data))


def test_a_short_title_needs_its_country(answer_in_english: Ask) -> None:
    assert answer_in_english("cybersecurity law")["intent"] == "agreements"
    assert answer_in_english("vietnam cybersecurity law")["intent"] == "agreements"
    assert answer_in_english("哪些国家有网络安全法")["intent"] == "agreements"


def test_titles_are_found_in_chinese(answer_in_chinese: Ask) -> None:
    data = answer_in_chinese("国家网络身份认证公共服务管理办法")
    assert [part["label"] for part in data["parts"]] == labels(data)
    assert labels(data) == ["国家网络身份认证公共服务管理办法"] and "2025年7月15日起生效" in data["sentence"]
    data = answer_in_chinese("数据安全法和个人信息保护法有什么区别")
    assert data["total"] == 2 and data["unweighed"] == ["有什么区别"]


def test_a_law_that_is_no_longer_in_force_says_so(answer_in_english: Ask) -> None:
    assert (
        "Superseded; in force from 8 October 2018"
        in answer_in_english("digital security act 2018 bangladesh when in force")["sentence"]
    )


def test_laws_for_hong_kong_are_laws_of_china(answer_in_english: Ask) -> None:
    law = "Law on Safeguarding National Security in the Hong Kong Special Administrative Region"
    assert labels(answer_in_english("hong kong internet law")) == labels(answer_in_english("香港国安法 网络")) == [law]


def test_provisions_are_searched_for_mentions(answer_in_english: Ask) -> None:
    first = [item["label"] for item in answer_in_english("Which European countries restrict Huawei 5G")["items"][:8]]
    assert {"France", "Estonia"} <= set(first)
    assert "No name" not in answer_in_english("日本和澳大利亚是什么时候排除华为、中兴的")["sentence"]
    data = answer_in_english("中国有哪些关于VPN的法律法规")
    assert "1 of them mentions it" in data["sentence"] and "VPNs and circumvention" in data["sentence"]


@pytest.mark.parametrize("question", ["俄罗斯“主权互联网法”哪年生效的？", "俄罗斯的主权互联网法什么时候生效"])
def test_the_law_with_the_questions_words_in_its_name_leads(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "90-FZ" in data["sentence"] and "2019年11月1日" in data["sentence"] and "2017" not in data["sentence"]
    assert "90-FZ" in labels(data)[0]


def test_a_name_that_all_laws_have_leaves_the_earliest_first(answer: Ask) -> None:
    assert "242-FZ" in answer("俄罗斯数据本地化法哪年通过的？")["sentence"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("反间谍法 检查电子设备 第几条", "中华人民共和国反间谍法"),
        ("国家网络身份认证公共服务管理办法 什么时候施行 是自愿的吗", "国家网络身份认证公共服务管理办法"),
        ("网络身份认证 网号网证 是否自愿", "国家网络身份认证公共服务管理办法"),
    ],
)
def test_chinese_names_lead_to_their_records(answer_in_chinese: Ask, question: str, name: str) -> None:
    assert name in labels(answer_in_chinese(question))[:2]


def test_articles_are_compared_by_number() -> None:
    assert (
        is_of_article("68–69", "article 69") and is_of_article("Section 19", "第十九条") and is_of_article("20(3)", "Article 20")
    )
    assert not is_of_article("8, 10", "第九条") and not is_of_article("20(3)", "article 3") and not is_of_article("7", "7 laws")


def test_an_article_is_found_by_its_number(answer_in_chinese: Ask) -> None:
    article = answer_in_chinese("数据安全法第三十六条")
    assert "；36：" in article["items"][0]["detail"] and not article["unweighed"]
    assert answer_in_chinese("数据安全法第九十九条")["unweighed"] == ["第九十九条"]


def test_laws_and_agreements_by_kind_country_and_subject(ask_small_atlas: AskSmallAtlas) -> None:
    assert [item["label"] for item in ask_small_atlas("real name registration law russia")["items"]] == ["Russian Networks Act"]
    assert ask_small_atlas("encryption law russia")["total"] == 2
    data = ask_small_atlas("cybercrime law russia")
    assert data["sentence"].startswith("No name, summary or provision here mentions “cybercrime”. Without that, 2 laws")
    data = ask_small_atlas("treaty between china and russia")
    assert data["total"] == 1 and "isn’t limited to: China" in notes(data)
    assert ask_small_atlas("treaty between china and kenya")["items"] == []
    assert ask_small_atlas("laws of russia after 2020")["total"] == 1
    data = ask_small_atlas("law or treaty russia since 2000")
    assert (data["total"], data["address"]) == (3, "/country/RU") and "isn’t limited to: since 2000" in notes(data)
    assert [item["id"] for item in ask_small_atlas("which countries have a treaty with china")["items"]] == ["RU"]


def test_a_group_beside_laws_remains_a_subject(answer: Ask) -> None:
    assert answer("Generative AI rules in China")["intent"] == "agreements"


@pytest.mark.parametrize(
    ("question", "name"),
    [("newest law on record", "Amendment of the act on the national cybersecurity system")],
)
def test_the_first_or_latest_of_all_records_is_named(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and data["items"][0]["label"] == name and name in data["sentence"]


def test_exclusions_of_suppliers_are_no_denial_of_a_network_ban(answer: Ask) -> None:
    assert answer("瑞典 5G 禁令")["sentence"].startswith("记录了1项法律或协议：排除供应方、瑞典。")
    assert answer("facial recognition ban EU")["sentence"].startswith("No ban here has “facial recognition”")


@pytest.mark.parametrize(
    "question", ["网络身份证 什么时候生效", "When did China's internet ID take effect?", "網路身分證 什麼時候生效"]
)
def test_a_law_is_found_by_the_name_that_readers_use(question: str, answer: Ask) -> None:
    [item] = answer(question)["items"]
    assert item["id"] == "ovt-mzel7bwv6l2y"


def test_subjects_side_by_side_must_all_be_mentioned(answer: Ask) -> None:
    both = answer("laws on encryption and cybersecurity in China")
    side_by_side = answer("encryption cybersecurity laws in China")
    assert side_by_side["total"] < both["total"]
    assert any("only a part of this" in note["text"] for note in side_by_side["notes"])


def test_a_text_that_mentions_a_subject_only_in_translation_is_named(answer: Ask) -> None:
    notes = [note["text"] for note in answer("Which countries have data localisation laws?")["notes"]]
    translated = next(text for text in notes if "only in the Chinese translation" in text)
    assert "Data Security Law" in translated


def test_decisions_are_laws_and_agreements(answer: Ask) -> None:
    data = answer("european laws and decisions excluding huawei from 5g")
    assert data["intent"] == "agreements" and data["total"] > 10
    assert "8 of them mention Huawei" in data["sentence"]


def test_why_an_organisation_was_excluded_is_in_laws(answer: Ask) -> None:
    data = answer("德国为什么排除华为")
    assert [item["type"] for item in data["items"]] == ["agreement"]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "when did kenyas data protection act come into force",
            "The earliest date on record (in force from 25 November 2019, adopted 8 November 2019): Data Protection Act 2019",
        ),
        (
            "when was kenya's data protection act adopted",
            "The earliest date on record (adopted 8 November 2019, in force from 25 November 2019): Data Protection Act 2019",
        ),
        ("越南网络安全法什么时候生效", "记录中最早的日期（2019年1月1日起生效、2018年6月12日通过、据截至2026年"),
        ("latest law in tanzania", "The latest date on record (adopted 17 July 2020, in force from 17 July 2020): "),
    ],
)
def test_a_date_says_what_it_is_of(answer: Ask, question: str, first: str) -> None:
    assert answer(question)["sentence"].startswith(first)


@pytest.mark.parametrize("question", ["when did kenyas data protection act come into force", "越南网络安全法什么时候生效"])
def test_entry_into_force_is_not_left_out(answer: Ask, question: str) -> None:
    assert answer(question)["unweighed"] == []


def test_laws_that_mention_a_subject_come_first_among_those_of_its_wider_topic(answer: Ask) -> None:
    data = answer("laws on vpns")
    assert f"{data['total']} laws or agreements are on record under the wider topic" in data["sentence"]
    assert ANONYMISERS in [item["label"] for item in data["items"][:4]] and "4 of them mention it" in data["sentence"]
    assert answer("cybercrime laws in the middle east")["total"] == 2


def test_laws_that_mention_a_subject_outside_its_wider_topic_are_listed(
    answer: Ask, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All laws on VPNs are under their own topic, so the test puts VPNs under a topic that the law on anonymisers lacks."""
    monkeypatch.setattr(lexicon, "wider_subjects", {"vpn": "encryption"})
    data = answer("laws on vpns")
    assert "4 more mention it without being under that topic." in data["sentence"]
    assert ANONYMISERS in [item["label"] for item in data["items"][:4]]


def test_laws_are_found_by_a_topic_and_a_place(answer: Ask) -> None:
    assert answer("russia data localisation")["items"][0]["type"] == "agreement"


@pytest.mark.parametrize(
    ("text", "expected"), [("article 7", True), ("第三十七条", True), ("article", False), ("第三条路", False)]
)
def test_numbers_of_articles(text: str, expected: bool) -> None:
    assert is_article(tokens(text)) is expected


def test_bans_of_equipment_are_exclusions_of_suppliers(answer: Ask) -> None:
    data = answer("5G restrictions in Europe before 2021")
    assert "until 2020" in data["sentence"] and "mention “5g”" in data["sentence"]
    assert answer("bans on facial recognition in Europe")["sentence"].startswith(
        "No ban here has “facial recognition” in its name, summary or provisions; these exclude suppliers. 20 laws"
    )
