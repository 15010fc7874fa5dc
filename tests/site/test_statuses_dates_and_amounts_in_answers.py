"""Answers with statuses, dates, amounts, restrictions that began in a year, and suggestions."""

import re

import pytest

from tests.site.conftest import Ask


def _notes(data: dict[str, list[dict[str, str]]]) -> str:
    return " ".join(note["text"] for note in data["notes"])


def test_a_status_of_not_known_is_named_as_recorded(answer: Ask) -> None:
    notes = _notes(answer("which countries bought or used Pegasus"))
    assert re.search(r"The status of \d\d of the \d\d projects is recorded as “Not known”: ", notes)
    assert "built or used" not in notes


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
        ("越南网络安全法什么时候生效", "记录中最早的日期（2019年1月1日起生效、2018年6月12日通过、已被取代）"),
        ("first 5g project in africa", "The earliest date on record (agreed 23 April 2019): Tmcel"),
        ("when did china and iran sign an agreement", "The earliest date on record (dated 27 March 2021): "),
        ("latest law in tanzania", "The latest date on record (adopted March 2018, Repealed): "),
    ],
)
def test_a_date_says_what_it_is_of(answer: Ask, question: str, first: str) -> None:
    assert answer(question)["sentence"].startswith(first)


@pytest.mark.parametrize("question", ["when did kenyas data protection act come into force", "越南网络安全法什么时候生效"])
def test_entry_into_force_is_not_left_out(answer: Ask, question: str) -> None:
    assert answer(question)["unweighed"] == []


def test_statuses_of_laws_and_programmes_are_shown(answer: Ask) -> None:
    trainings = {item["label"]: item["detail"] for item in answer("chinese police training uganda")["items"]}
    assert trainings["Chinese training of Ugandan police in investigation and cybercrime"].endswith(", Announced or planned")
    laws = [item["detail"] for item in answer("laws in zambia")["items"]]
    assert laws == ["Law, Zambia, adopted 2025", "Law, Zambia, adopted 2021, Superseded"]


def test_amounts_without_a_type_or_kind_are_ranked_and_marked(answer: Ask) -> None:
    data = answer("biggest chinese loans to indian telecoms")
    details = [item["detail"] for item in data["items"]]
    assert data["total"] == len(details) == 6
    assert details[0].startswith("$1.64 bn in constant prices of 2021, kind of project not recorded")
    assert details[1].startswith(
        "$1.14 bn in constant prices of 2021, kind of project not recorded, type of commitment not recorded"
    )
    assert "add up to $4.4 bn in constant prices of 2021. For 4 of these projects, no source states the kind." in data["sentence"]
    assert "isn’t limited to: Telecom or ICT project" in _notes(data)


def test_grants_have_no_commitment_of_another_type(answer: Ask) -> None:
    data = answer("largest chinese grants in africa")
    assert not [item for item in data["items"] if "type of commitment not recorded" in item["detail"]]
    assert "other commitments are not counted, because they are of other types" in _notes(data)


def test_commitments_without_an_amount_are_named(answer: Ask) -> None:
    assert "2 commitments without an amount are on record." in answer("biggest grants to rwanda")["sentence"]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what was blocked in 2026", 11),
        ("2026年哪些服务被封锁", 11),
        ("what was blocked in 2026 in russia", 4),
        ("what was throttled in 2026", 1),
        ("blocked during 2021 in africa", 6),
        ("blocked since 2025", 43),
        ("what was blocked before 2010", 9),
        ("which countries blocked telegram in 2025", 10),
    ],
)
def test_restrictions_that_began_in_a_year(answer: Ask, question: str, number: int) -> None:
    data = answer(question)
    assert data["total"] == number
    assert data["unweighed"] == []
    assert {item["type"] for item in data["items"]} == {"restriction"}


def test_earlier_restrictions_are_a_note(answer: Ask) -> None:
    assert "began earlier or have no recorded start, and may have been in force then" in _notes(
        answer("blocked in russia in 2026")
    )
    lasting = answer("was facebook blocked in china in 2015")["sentence"]
    assert lasting.startswith("No restriction on record has its start then; these may have been in force")
    assert "began then" not in answer("which country blocked the most in 2022")["sentence"]


@pytest.mark.parametrize("word", ["promise", "pledge", "commit"])
def test_promises_are_commitments(answer: Ask, word: str) -> None:
    assert "8 commitments are recorded" in answer(f"how much did China Eximbank {word} to Angola")["sentence"]


@pytest.mark.parametrize(
    ("question", "known"),
    [("下次加纳大选会不会断网", ""), ("when did huawei leave kenya", ""), ("huawei projects of the quxzzt", "huawei projects")],
)
def test_a_suggestion_is_a_question_with_an_answer(answer: Ask, question: str, known: str) -> None:
    data = answer(question)
    assert (data["understood"], data["known"]) == (False, known)
    assert not known or answer(known)["total"] > 0


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("印度电信的中国贷款一共多少", {("seat", "CN"), ("area", "IN")}),
        ("how much did china lend to indian telecoms", {("seat", "CN"), ("area", "IN")}),
        ("did russia or china lend to india", {("seat", "RU"), ("seat", "CN"), ("area", "IN")}),
    ],
)
def test_the_country_before_a_word_for_lending_lends(answer: Ask, question: str, places: set[tuple[str, str]]) -> None:
    parts = answer(question)["parts"]
    assert {(part["type"], part["id"]) for part in parts if part["type"] in ("seat", "area")} == places
