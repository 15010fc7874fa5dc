"""Answers about the shipped edition that once denied, dropped or mixed up what is recorded."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from overt.language.language import ENGLISH
from overt.model.content_catalogue import Catalogue
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.rewordings import reworded
from overt.queries.questions.understood_question import Question
from overt.site.search.projects.project_scope_notes import ProjectScope
from overt.site.search.superlative_reply import first_places
from tests.site.conftest import Ask

Read = Callable[[str], Question]


@pytest.fixture(scope="module")
def answer(answer: Ask) -> Ask:
    def understood(question: str) -> dict[str, Any]:
        data = answer(question)
        assert data["understood"], data
        return data

    return understood


@pytest.fixture(scope="module")
def read(shipped_reader: Reader, content: Catalogue) -> Read:
    lexicon = Lexicon(content.question_grammar, load_words(shipped_reader, content.areas.names))
    return lambda question: read_question(shipped_reader, lexicon, question)


def notes(data: dict[str, Any]) -> str:
    return " ".join(note["text"] for note in data["notes"])


def labels(data: dict[str, Any]) -> list[str]:
    return [item["label"] for item in data["items"]]


def test_undated_projects_match_all_other_conditions(answer: Ask) -> None:
    """The interception at Iran's telecom regulator has no date, and one of its suppliers is Canadian."""
    data = answer("Which governments in Asia bought surveillance from Canadian companies since 2015?")
    assert set(labels(data)) == {"Turkey"}
    assert "1 project without a date is not in the answer, but may be meant: Legal intercept system of Iran" in notes(data)
    assert "ZTE" not in notes(data) and "Circles" not in notes(data)


def test_an_answer_without_dated_projects_names_the_undated(answer: Ask) -> None:
    data = answer("Which governments in Southern Asia bought interception from Canadian companies since 2015?")
    assert data["sentence"].startswith("No dated record here") and data["items"] == []
    assert "1 project without a date is not in the answer, but may be meant: Legal intercept system of Iran" in notes(data)


def test_sums_name_cancelled_projects(answer: Ask) -> None:
    data = answer("safe city projects financed by China Eximbank")
    assert "recorded as “Cancelled”: Safe Philippines" in notes(data) and "Lesotho" in notes(data)
    assert any("Dushanbe" in label for label in labels(data))
    assert {item["type"] for item in answer("中国进出口银行为哪些国家的监控项目提供了贷款?")["items"]} == {"country"}


def test_a_wider_topic_is_named(answer: Ask) -> None:
    data = answer("countries with real-name SIM registration")
    assert "no topic of its own" in data["sentence"] and "China" in labels(data)


def test_years_are_those_of_the_supplied_projects(answer: Ask) -> None:
    data = answer("What has ZTE sold to Ethiopia?")
    assert "2007" not in data["sentence"] and any("ZXMT" in label for label in labels(data))


def test_projects_named_after_a_product_are_found(answer: Ask) -> None:
    assert any("Egypt" in label for label in labels(answer("finfisher egypt")))
    assert "Egypt" in notes(answer("FinFisher customers in the Middle East before 2014"))
    assert "Moro Hub" in notes(answer("Huawei cloud data centers in the Gulf states"))


def test_no_money_is_no_denial(answer: Ask) -> None:
    data = answer("Where did Intellexa get its money?")
    assert data["sentence"].startswith("No lender or donor") and data["items"]


def test_china_beside_africa_is_a_seat(answer: Ask) -> None:
    for question in ("哪些非洲国家使用了中国的人脸识别?", "facial recognition china africa"):
        assert answer(question)["total"], question


def test_nobody_is_said_to_supply_every_kind(answer: Ask) -> None:
    items = {item["label"]: item["detail"] for item in answer("pakistan deep packet inspection suppliers")["items"]}
    assert items["Netsweeper"] == "1 project" and "who supplied which part" in items["Niagara Networks"]


def test_a_missing_name_does_not_hide_the_others(answer: Ask) -> None:
    assert "only “Xinjiang” in their names" in notes(answer("Xinjiang ECU 911"))


def test_organisations_are_counted_once(answer: Ask) -> None:
    data = answer("Which Israeli companies supply Gulf states?")
    suppliers = {item["id"].split()[0] for item in data["items"]}
    assert data["sentence"].startswith(f"Sources name {len(suppliers)} suppliers") and len(data["items"]) > len(suppliers)


def test_an_implementer_is_no_supplier(answer: Ask) -> None:
    data = answer("who supplied surveillance to belarus")
    assert data["sentence"].startswith("Sources name 2 suppliers of surveillance of any kind in Belarus")
    assert "1 organisation is on record only as an implementer" in data["sentence"]


def test_loans_leave_out_grants(answer: Ask) -> None:
    assert "2 other commitments" in notes(answer("loans for surveillance systems in bolivia"))
    data = answer("埃塞俄比亚电信网络的贷款来自哪里")
    assert {item["type"] for item in data["items"]} <= {"lender", "project"}


def test_towns_are_alternatives_and_provinces_have_towns(answer: Ask) -> None:
    assert answer("smart city projects in Lahore and Islamabad")["total"] == 2
    assert any("Ürümqi" in label for label in labels(answer("Xinjiang surveillance")))


def test_dates_of_bans_are_given_or_missing(answer: Ask) -> None:
    assert "20 October 2020" in answer("When did Sweden exclude Huawei")["sentence"]
    assert answer("When did the UK ban Huawei from 5G?")["sentence"].startswith("No date is on record")
    assert "in operation 26 December 2012" in answer("when was ECU 911 launched")["items"][0]["detail"]


def test_what_is_wider_is_said_first(answer: Ask) -> None:
    assert answer("who sold 4g network equipment to cuba")["sentence"].startswith("“4g” has no kind of its own")
    sentence = answer("which companies under sanctions sell cameras in Serbia")["sentence"]
    assert sentence.startswith("“under sanctions” may mean several lists; the answer is about all lists that Overt has: ")


def test_laws_of_several_countries_are_alternatives(answer: Ask) -> None:
    assert answer("laws on cybercrime in Kenya and Uganda")["total"]


def test_a_seat_after_a_number_is_no_currency(read: Read) -> None:
    assert read("which African countries have more than 2 U.S. suppliers").ids("seat") == ["US"]
    assert read("which African countries have more than 2 US suppliers").ids("seat") == ["US"]
    assert read("which African countries have more than 2 us suppliers").unknown == ["us"]
    assert read("超过1亿元的中国贷款").reason == "currency"
    for question in ("loans over 100 million US dollars to Africa", "loans over 500 USD to Africa", "超过1亿美元的中国贷款"):
        assert read(question).intent == "amounts", question


def test_other_currencies_are_no_dollars(read: Read) -> None:
    for sign in ("€", "¥", "£ ", "￥", "A$"):
        assert not read(f"loans over {sign}100 million to Africa").understood, sign
    for sign in ("$", "＄", "$ "):
        assert read(f"loans over {sign}100 to Africa").intent == "amounts", sign
    counted = read("which countries have more than 3 suppliers of cameras worth $5 million").threshold
    assert counted is None or counted.counted == "suppliers"


def test_amounts_are_those_of_the_lenders_asked_about(answer: Ask) -> None:
    details = [item["detail"] for item in answer("Chinese loans over $1 million in Mauritius")["items"]]
    assert sum(detail.startswith("$18.4") for detail in details) == 1, (
        "three loans, two of an “Unspecified Chinese Government Institution”"
    )
    details = [item["detail"] for item in answer("loans over $1 million from the World Bank in Mauritius")["items"]]
    assert not any(detail.startswith("$18.4") for detail in details), "the World Bank gave none of that"
    data = answer("Chinese loans over $100 million")
    assert data["sentence"].startswith(f"{data['total']} projects have")


def test_the_most_suppliers_ranks_countries_by_suppliers(answer: Ask) -> None:
    for question in ("which country has the most Chinese suppliers", "which African countries have the most suppliers"):
        data = answer(question)
        numbers = [int(item["detail"].split()[0]) for item in data["items"]]
        assert {item["type"] for item in data["items"]} == {"country"} and numbers == sorted(numbers, reverse=True)
        assert data["sentence"].startswith("Most on record: ") and f"({max(numbers)} suppliers)" in data["sentence"]
        assert data["items"][0]["label"] in data["sentence"]
    assert "个供应方）" in answer("哪个国家的中国供应商最多")["sentence"]
    assert answer("which countries received Chinese loans over $100 million")["unweighed"] == ["which countries"]
    data = answer("which Chinese company has projects in the most countries")
    assert data["intent"] == "suppliers" and not data["unweighed"] and data["sentence"].startswith("Most on record: Huawei")


def test_the_highest_number_may_be_in_any_row(shipped_reader: Reader, content: Catalogue, read: Read) -> None:
    """The rows begin with suppliers of the requested kind, even if later ones have more projects."""
    plain = load_words(shipped_reader, content.areas.names)
    question = read("which company has the most smart city projects in africa")
    scope = ProjectScope(shipped_reader, plain, ENGLISH, question, Lexicon(content.question_grammar, plain))
    rows = [{"name": name, "projects": projects} for name, projects in (("First", 1), ("Second", 3), ("Third", 3))]
    assert first_places(scope, rows, lambda row: row["name"], "").startswith("Most on record: Second; Third (3 projects).")


def test_exclusions_are_no_conditions_for_other_steps(read: Read) -> None:
    question = read("suppliers from China in Africa other than Huawei")
    assert (question.ids("seat"), question.ids("region"), question.ids("area")) == (["CN"], ["africa"], [])
    question = read("projects from China not in Kenya")
    assert (question.ids("seat"), question.left_out("area")) == (["CN"], ["KE"])


def test_no_rewording_is_hidden_by_a_shorter_one(read: Read, content: Catalogue, lexicon: Lexicon) -> None:
    """A title, such as “Great Firewall”, is only reworded in questions about more than its record."""
    for typed, meant in content.question_grammar.rewordings.items():
        typed, meant = typed.replace("…", "huawei"), meant.replace("…", "huawei")
        question = read(typed)
        words = reworded(lexicon, question.tokens)[0] if question.ids("record") else question.tokens
        assert words == tokens(meant), typed


def test_links_name_the_number_that_their_list_ignores(answer: Ask) -> None:
    assert "isn’t limited to: more than 5 suppliers." in notes(answer("which countries have more than 5 suppliers"))
    assert "isn’t limited to: based in China, over 100 million." in notes(answer("Chinese loans over $100 million"))
    assert "Co., Ltd.." not in notes(answer("who supplies cameras in Serbia other than Huawei"))


def test_a_question_without_conditions_is_about_all_projects(answer: Ask) -> None:
    assert "suppliers: all projects." in answer("which company has the most projects")["sentence"]


def test_a_country_in_which_two_companies_are_recorded_counts_once(answer: Ask, shipped_reader: Reader) -> None:
    data = answer("In which countries are Intellexa and Cytrox?")
    ids = [part["id"] for part in data["parts"] if part["type"] == "organization"]
    query = "SELECT count(*) AS pairs, count(DISTINCT country) AS countries FROM answers WHERE organization IN (?, ?)"
    [row] = shipped_reader.select(query, ids)
    assert data["total"] == row["pairs"] > row["countries"]
    assert f"Overt has records on {row['countries']} countries" in data["sentence"]


def test_the_internet_is_a_subject_of_agreements_and_no_filler(answer: Ask) -> None:
    every, about = (answer(f"agreements between Russia and China{what}")["total"] for what in ("", " on internet"))
    assert 0 < about < every
    assert answer("is the internet censored in Iran")["understood"]


def test_a_block_is_answered_with_its_years_and_kind(answer: Ask) -> None:
    data = answer("Telegram in Kenya")
    sentence = data["sentence"]
    assert data["total"] == len(data["items"]) == 3 and {item["type"] for item in data["items"]} == {"restriction"}
    assert all(item["detail"].count("cause: Exams") == 1 for item in data["items"])
    assert re.match(r"Telegram was blocked in Kenya around exams \([^)]+\); Overt has no report of the end\. ", sentence)
    assert "Yes" not in sentence and "The newest report on it is of " in sentence
    years = {year for item in data["items"] for year in re.findall(r"(?:from|until) [^,]*?(\d{4})", item["detail"])}
    assert len(years) > 1 and years == set(re.findall(r"\b20\d\d\b", sentence))


def test_only_a_dated_report_of_a_block_without_an_end_is_a_yes(answer: Ask) -> None:
    sentence = answer("is whatsapp blocked in china")["sentence"]
    assert sentence.startswith("Yes, by the newest report (7 January 2026): WhatsApp was blocked in China from September 2017;")
    assert answer("WhatsApp在中国被封锁了吗")["sentence"].startswith("是的，据最新报告（2026年1月7日）")
    ended = answer("is twitter blocked in nigeria")["sentence"]
    assert ended.startswith("X (Twitter) was blocked in Nigeria, 4 June 2021 to 13 January 2022.")
    none = answer("is tiktok blocked in germany")["sentence"]
    assert none.startswith("No record here: a restriction of TikTok in Germany.")


def test_a_ban_on_official_devices_is_no_block(answer: Ask) -> None:
    sentence = answer("Is TikTok blocked in Canada?")["sentence"]
    assert sentence.startswith("TikTok was banned on official devices in Canada") and "Yes" not in sentence
