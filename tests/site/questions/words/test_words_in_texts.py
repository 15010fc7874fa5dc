"""Words that are only looked for in names, summaries and other texts of records."""

import re

import pytest

from overt.queries.database import Reader
from overt.queries.questions.words_sought_in_texts import excerpt, forms_in, mentions, sought_word, stem
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels


@pytest.mark.parametrize("question", ["give me five spyware vendors", "huawei's second biggest loan in africa"])
def test_numbers_are_not_looked_for_in_texts(answer: Ask, question: str) -> None:
    assert answer(question)["intent"] != "texts"


def test_a_search_in_texts_is_no_list(answer: Ask) -> None:
    sentence = answer("which surveillance projects caused protests")["sentence"]
    assert "The question wasn’t understood as a whole," in sentence and "mentions" in sentence


def test_a_word_in_texts_drops_no_record_silently(answer: Ask) -> None:
    data = answer("How many times was WhatsApp banned by judges in Brazil?")
    assert data["total"] == 3 and data["sentence"].count("Judiciary") == 1
    assert "18 more records match the rest of the question" in answer("Kazakhstan certificate MITM")["sentence"]


def test_face_recognition_in_chinese_is_looked_for_in_texts(answer: Ask) -> None:
    data = answer("几内亚人脸识别考勤")
    assert data["understood"] and data["unweighed"] == ["考勤"]
    assert [item["label"] for item in data["items"]] == ["几内亚平安城市"]


def test_stems_and_chinese_pairs() -> None:
    assert stem("patrols") == stem("patrolled") == "patrol" and stem("stopped") == stem("stops") == "stop"
    assert stem("access") == stem("accesses") and stem("2019") == "2019"
    penalty = sought_word("penalties", [["penalty", "fine", "处罚"]])
    assert mentions("A fine of up to 10 million.", penalty) and mentions("未备案的予以处罚", penalty)
    assert not mentions("It went fairly.", penalty)
    assert mentions("可追踪车辆的数字车牌", sought_word("车牌追踪", [])) and not mentions("追问", sought_word("车牌追踪", []))
    assert excerpt("It began in 2014. A court stopped it. It is long.", [sought_word("court", [])]) == "A court stopped it."


def test_other_words_are_looked_for_in_texts(answer_in_english: Ask) -> None:
    data = answer_in_english("court ruling on facial recognition in Buenos Aires")
    assert data["intent"] == "texts" and "mentions “ruling” in its name or texts" in data["sentence"]
    assert "A court suspended the system in April 2022" in data["items"][0]["detail"]
    assert answer_in_english("Huawei technicians helped spy on Bobi Wine")["understood"] is False


def test_another_form_of_a_word_is_reported_as_that_form(answer_in_english: Ask) -> None:
    assert stem("policy") != stem("police") and stem("officers") != stem("office")
    watched = sought_word("watched", [])
    assert forms_in("Cameras watch areas.", watched) == ["watch"]
    assert forms_in("It says Human Rights Watch.", watched) == [] == forms_in("It was seen.", watched)
    assert forms_in("胡胡伊的摄像头", sought_word("胡胡伊省", [])) == ["胡胡伊"]
    sentence = answer_in_english("who stopped selling to Belarus and Russia in March 2021?")["sentence"]
    assert "“stops”" in sentence and "(for “stopped”), “march”" in sentence


def test_nothing_is_denied_about_words_in_texts(answer_in_english: Ask) -> None:
    data = answer_in_english("hikvison xinjiang contracts over")
    assert data["unweighed"] == ["over"] and data["total"] == 3
    assert "mention" not in data["sentence"] and any("is over" in item["detail"] for item in data["items"])


@pytest.mark.parametrize("question", ["6", "systems 6", "cameras in Kenya 6"])
def test_a_short_number_matches_no_text(question: str, answer: Ask) -> None:
    assert "mention" not in (answer(question)["sentence"] or "")


def test_projects_without_the_word_come_after_those_with_it(answer: Ask) -> None:
    data = answer("Where had Geedge Networks delivered its gateway before 2024?")
    first, second = labels(data)
    assert "Ethiopia" in first and second.startswith("Pakistan") and data["total"] == 2
    assert "1 more record matches the rest of the question" in data["sentence"] and second in data["sentence"]


def test_many_projects_without_the_word_are_counted(answer: Ask, shipped_reader: Reader) -> None:
    data = answer("Where did Huawei install its middleboxes")
    [rest] = re.findall(r"\b(\d+) more records match the rest of the question", data["sentence"])
    [company] = shipped_reader.select(
        "SELECT id FROM records WHERE type = 'organization' AND label = 'Huawei Technologies Co., Ltd.'"
    )
    [projects] = shipped_reader.select(
        "SELECT count(DISTINCT id) AS n FROM project_company WHERE organization = :company", {"company": company["id"]}
    )
    [texts] = shipped_reader.select(
        "WITH named AS (SELECT DISTINCT id FROM facts WHERE value LIKE '%Huawei%' OR value = :company) "
        "SELECT count(*) AS n FROM records AS r WHERE r.type IN ('agreement', 'programme') AND ("
        "r.id IN named OR EXISTS (SELECT 1 FROM provisions AS p WHERE p.agreement = r.id AND p.id IN named))",
        {"company": company["id"]},
    )
    assert data["total"] == 1
    assert projects["n"] <= int(rest) + 1 <= projects["n"] + texts["n"], (
        "its projects, and agreements and programmes that name it"
    )
