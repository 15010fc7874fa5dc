"""Questions of a journalist: records are found by their titles, and “no record” says what was searched."""

from typing import Any

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask

IJOP = "Integrated Joint Operations Platform (IJOP)"


def notes(data: dict[str, Any]) -> str:
    return " ".join(note["text"] for note in data["notes"])


def labels(data: dict[str, Any]) -> list[str]:
    return [item["label"] for item in data["items"]]


def types_of(data: dict[str, Any]) -> set[str]:
    return {part["type"] for part in data["parts"]}


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


@pytest.mark.parametrize("question", ["新疆 一体化联合作战平台 谁做的", "who built the IJOP"])
def test_a_programme_is_a_record_too(answer_in_english: Ask, question: str) -> None:
    data = answer_in_english(question)
    assert labels(data) == [IJOP] and "suppliers: Landasoft" in data["sentence"]


@pytest.mark.parametrize("question", ["what is the golden shield", "金盾是谁做的", "golden shield suppliers"])
def test_a_programme_is_found_by_a_shorter_name(answer_in_english: Ask, question: str) -> None:
    assert labels(answer_in_english(question)) == ["Golden Shield Project"]


def test_a_law_that_is_no_longer_in_force_says_so(answer_in_english: Ask) -> None:
    assert (
        "Superseded; in force from 8 October 2018"
        in answer_in_english("digital security act 2018 bangladesh when in force")["sentence"]
    )


def test_a_title_beside_other_conditions_is_named(answer_in_english: Ask) -> None:
    data = answer_in_english("新疆 IJOP 华为")
    assert data["sentence"].startswith(f"On record under this title: {IJOP}") and labels(data) == [IJOP]
    assert "No project is recorded under all these conditions: Xinjiang, “IJOP”, Huawei" in data["sentence"]
    assert IJOP not in notes(data), "the answer already names the record"
    assert "Only projects were searched" in notes(data)


def test_no_record_says_what_was_searched(answer_in_english: Ask) -> None:
    assert "Only restrictions and measurements of blocking were searched." in notes(
        answer_in_english("is signal blocked in norway")
    )
    data = answer_in_english("huawei ban in kenya")
    assert "Huawei" in data["sentence"] and "Only laws and agreements were searched" in notes(data)
    assert "were searched" not in notes(answer_in_english("huawei in kenya"))


def test_laws_for_hong_kong_are_laws_of_china(answer_in_english: Ask) -> None:
    law = "Law on Safeguarding National Security in the Hong Kong Special Administrative Region"
    assert labels(answer_in_english("hong kong internet law")) == labels(answer_in_english("香港国安法 网络")) == [law]


def test_the_answer_without_a_word_is_not_that_there_is_none(answer_in_english: Ask) -> None:
    data = answer_in_english("cellebrite in bangladesh quietly frobnicated")
    assert data["reason"] == "words" and data["known_sentence"] is None


@pytest.mark.parametrize(
    "question", ["Does Egypt still use Blue Coat / Sandvine to censor websites?", "did Sandvine block websites in Egypt"]
)
def test_censors_beside_organisations_are_projects(answer_in_english: Ask, question: str) -> None:
    assert "Sandvine PacketLogic devices blocking websites in Egypt" in labels(answer_in_english(question))
    assert answer_in_english("which countries block huawei")["intent"] == "agreements"


def test_a_ranking_counts_what_it_is_by(answer_in_english: Ask) -> None:
    for question in ("top 10 suppliers by number of countries", "which suppliers are in the most countries"):
        data = answer_in_english(question)
        assert data["sentence"].startswith("Most on record: Huawei") and " countries, " in data["items"][0]["detail"]
        assert not data["unweighed"]
    assert (
        answer_in_english("哪家供应商的国家最多")["sentence"]
        == answer_in_english("top suppliers by number of countries")["sentence"]
    )
    assert answer_in_english("哪些国家最多中国供应商")["items"][0]["type"] == "country"
    assert answer_in_english("which countries have the most suppliers")["items"][0]["type"] == "country"


def test_a_count_of_countries_has_none_without_a_built_project(answer_in_english: Ask) -> None:
    data = answer_in_english("how many countries have Chinese facial recognition")
    assert "China" not in labels(data) and "aren’t counted: China" in notes(data)
    assert answer_in_english("多少个国家有中国的人脸识别")["total"] == data["total"]
    assert answer_in_english("which countries have Chinese facial recognition")["total"] == data["total"]


def test_where_is_answered_beside_who(answer_in_english: Ask) -> None:
    assert (
        "Countries recorded for it: Pakistan."
        in answer_in_english("who built the PEACE cable and where does it land")["sentence"]
    )


def test_provisions_are_searched_for_mentions(answer_in_english: Ask) -> None:
    first = [item["label"] for item in answer_in_english("Which European countries restrict Huawei 5G")["items"][:8]]
    assert {"France", "Estonia"} <= set(first)
    assert "No name" not in answer_in_english("日本和澳大利亚是什么时候排除华为、中兴的")["sentence"]
    data = answer_in_english("中国有哪些关于VPN的法律法规")
    assert "1 of them mentions it" in data["sentence"] and "VPNs and circumvention" in data["sentence"]


def test_an_organisation_of_states_comes_before_its_members(answer_in_english: Ask) -> None:
    data = answer_in_english("SCO treaty information security members")
    assert labels(answer_in_english("上合组织 信息安全 条约"))[0] == labels(data)[0]
    assert "SCO member states" in labels(data)[0] and "itself, and is listed first" in data["sentence"]


def test_two_records_of_one_name_are_both_meant(answer_in_english: Ask) -> None:
    data = answer_in_english("新华社跟外国媒体签的合作协议")
    assert any("ANSA–Xinhua" in label for label in labels(data))


def test_trained_asks_for_trainings(answer_in_english: Ask) -> None:
    data = answer_in_english("Who trained Ugandan police on the cameras?")
    assert "Chinese training of Ugandan police in investigation and cybercrime" in labels(data)
    assert "mentions “cameras”" in data["sentence"]


def test_rows_of_lists_name_their_company(answer_in_chinese: Ask) -> None:
    firsts = [label.partition("，")[0].partition("、")[0] for label in labels(answer_in_chinese("商汤 旷视 依图 制裁名单"))]
    assert len(set(firsts)) == 3 and any("旷视" in first for first in firsts)


def test_scores_are_series(answer_in_english: Ask) -> None:
    assert "Freedom on the Net, Venezuela: 28 (2021)" in answer_in_english("freedom on the net score Venezuela")["sentence"]
    data = answer_in_english("V-Dem index Hungary and which suppliers work there")
    assert data["intent"] == "scores" and data["unweighed"] == ["suppliers"] and types_of(data) == {"series", "area"}


def test_words_with_digits_are_found_in_names(answer_in_english: Ask) -> None:
    assert labels(answer_in_english("circles ss7 botswana")) == ["Circles SS7 interception system in Botswana"]


def test_two_countries_in_two_characters(answer_in_english: Ask) -> None:
    assert answer_in_english("中俄 2015年 信息安全协定")["total"] == 1


def test_years_of_several_projects_are_those_recorded(shipped_reader: Reader) -> None:
    rows = shipped_reader.select("SELECT sentence FROM answer_country_kinds WHERE country = 'KZ' AND kind = 'interception'")
    assert next(row["sentence"] for row in rows).endswith("dated 2019 to 2025 where a date is recorded.")
