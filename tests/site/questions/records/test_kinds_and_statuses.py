"""Kinds of systems, wider and similar kinds; cancelled, denied, planned and unknown statuses."""

import re

import numpy as np
import pytest

from overt.index.project_filter_declarations import ProjectFilter
from overt.queries import projects
from overt.queries.database import Reader
from overt.queries.project_filter_masks import matching_projects
from overt.queries.questions.question_lexicon import Lexicon
from overt.site.project.dated_status import dated_statuses
from overt.site.site import Site
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes
from tests.site.questions.conftest import DENIED, NAIROBI, AskSmallAtlas


def test_a_wider_kind_is_said_first(understood_answer: Ask) -> None:
    assert understood_answer("who sold 4g network equipment to cuba")["sentence"].startswith("“4g” has no kind of its own")


def test_only_similar_kinds_are_called_so(answer: Ask) -> None:
    notes = [note["text"] for note in answer("spyware kenya")["notes"]]
    assert any("under similar kinds: Circles" in note for note in notes) and not any(
        "under other kinds" in note for note in notes
    )


def test_a_narrower_word_is_said_to_be_narrower(answer: Ask) -> None:
    data = answer("深度包检测设备由哪些公司提供")
    assert data["sentence"].startswith("“深度包检测”没有单独的类别；答案涉及范围更广的“过滤”。")
    assert "“firewall” has no kind of its own" in answer("who built the firewall of pakistan")["sentence"]


def test_scanners_are_named_beside_surveillance(answer: Ask) -> None:
    notes = [note["text"] for note in answer("Kenya surveillance projects between 2014 and 2019")["notes"]]
    assert any("cargo scanners at the port of Mombasa" in text for text in notes)


def test_projects_of_other_kinds_are_those_with_the_event(answer: Ask) -> None:
    """Suriname's safe city was agreed in 2018, and its kind is close to video surveillance."""
    notes = [note["text"] for note in answer("video surveillance projects in Suriname agreed in 2018")["notes"]]
    assert any("1 other project is recorded there under similar kinds" in note and "safe city" in note for note in notes), notes


def test_names_in_translation_count_for_a_narrow_kind(answer_in_chinese: Ask) -> None:
    notes = " ".join(note["text"] for note in answer_in_chinese("巴基斯坦国家防火墙是谁提供的设备")["notes"])
    assert "1个名称含有“防火墙”" in notes


def test_projects_under_other_kinds_are_named(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("huawei facial recognition kenya")
    assert (
        data["sentence"].startswith("No record meets all of this")
        and "index of 2022 names it" in data["sentence"]
        and labels(data) == [NAIROBI]
    )
    assert labels(ask_small_atlas("facial recognition in kenya")) == [NAIROBI]
    assert "other kinds" not in notes(ask_small_atlas("spyware in kenya"))


def test_safe_cities_of_other_kinds_are_named(answer: Ask) -> None:
    sentence = answer("huawei safe city projects in africa")["sentence"]
    assert "more projects of other kinds" in sentence
    assert "Sierra Leone" in sentence


def test_a_safe_city_is_no_kind_of_its_own(answer: Ask) -> None:
    data = answer("how many safe city projects are there in Africa")
    assert "no kind of its own; the answer is about the wider “Smart or safe city”" in data["sentence"]
    assert f"of {data['total']} projects have “safe city” in their names" in notes(data)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("suspended systems in Serbia", "suspended"),
        ("塞尔维亚暂停的系统", "suspended"),
        ("which projects in Serbia are agreed", "agreed"),
        ("塞尔维亚已签约的项目", "agreed"),
        ("systems operational in Turkey", "operational"),
        ("土耳其有哪些系统正在使用", "operational"),
        ("completed Huawei projects in Kenya", "completed"),
        ("which systems are under construction", "under-construction"),
        ("哪些系统正在建设", "under-construction"),
        ("agreed systems in Uganda", "agreed"),
        ("乌干达已签署的系统", "agreed"),
        ("planned systems", "announced"),
        ("cancelled systems", "cancelled"),
        ("decommissioned systems", "decommissioned"),
        ("已取消的系统", "cancelled"),
        ("停用的系统", "decommissioned"),
        ("under construction in Ghana", "under-construction"),
        ("what is under construction in Ghana", "under-construction"),
        ("在建 加纳", "under-construction"),
        ("加纳在建", "under-construction"),
        ("operational in Kenya", "operational"),
    ],
)
def test_a_status_that_describes_projects_limits_them(question: str, status: str, answer: Ask) -> None:
    data = answer(question)
    assert [part["id"] for part in data["parts"] if part["type"] == "status"] == [status]
    assert data["total"] and f"status={status}" in data["address"] and not data["unweighed"]


def test_a_status_that_only_dates_show_is_asked_for_and_filtered_by(
    answer: Ask, shipped_reader: Reader, shipped_site: Site
) -> None:
    rows = projects.by_id(shipped_reader, [row["id"] for row in shipped_reader.select("SELECT id FROM projects")])
    badges = dated_statuses(shipped_site, shipped_reader, [*rows.values()])
    agreed = {name for name, badge in badges.items() if badge.status == "agreed"}
    mask = matching_projects(shipped_reader, ProjectFilter(status=("agreed",)))
    assert {*shipped_reader.vectors.ids(np.flatnonzero(mask))} == agreed
    assert any(rows[name].status in (None, "unknown") for name in agreed)
    assert answer("agreed projects")["total"] == len(agreed)


@pytest.mark.parametrize(("question", "word"), [("Huawei under construction", "under construction"), ("华为在建", "在建")])
def test_a_status_that_describes_nothing_is_named_as_left_out(question: str, word: str, answer: Ask) -> None:
    assert word in answer(question)["unweighed"]


def test_a_year_makes_a_status_beside_places_an_event(answer: Ask) -> None:
    data = answer("agreed in Uganda 2019")
    assert not [part for part in data["parts"] if part["type"] == "status"] and "“agreed” 2019" in data["sentence"]


def test_a_list_that_cannot_have_the_event_says_so(answer: Ask) -> None:
    assert "The list behind the link isn’t limited to: “ended”." in notes(answer("ended systems in Italy"))


def test_disputed_projects_are_those_with_a_denial(answer: Ask) -> None:
    assert answer("which systems in Serbia are disputed")["total"] == answer("which projects in Serbia are denied")["total"] > 0


@pytest.mark.parametrize(
    ("question", "is_named"),
    [("who supplied operational systems in Turkey", True), ("which countries agreed to loans for cameras", False)],
)
def test_a_status_that_limits_nothing_is_named_or_is_a_verb(question: str, is_named: bool, answer: Ask) -> None:
    data = answer(question)
    assert not [part for part in data["parts"] if part["type"] == "status"]
    assert ("operational" in data["unweighed"]) == is_named


def test_every_project_status_with_projects_can_be_asked_for(answer: Ask, lexicon: Lexicon) -> None:
    for status in lexicon.grammar.project_statuses:
        for label in lexicon.labels("statuses", status)[:1]:
            data = answer(f"which projects are {label.lower()}")
            assert {part["id"] for part in data["parts"] if part["type"] == "status"} == {status}, label


def test_suspended_before_a_kind_is_a_status_and_no_ban(answer: Ask) -> None:
    for question in ("smart city projects suspended", "suspended projects of Huawei"):
        assert "suspended" in {part["id"] for part in answer(question)["parts"] if part["type"] == "status"}, question
    assert answer("countries that suspended Huawei from 5G")["intent"] == "agreements"
    assert "decommissioned" in {part["id"] for part in answer("已停用的人脸识别系统")["parts"]}


def test_projects_of_unknown_status_are_named(answer: Ask) -> None:
    unknown = notes(answer("which countries bought from Candiru spyware"))
    assert "The status of 2 of the 6 projects is recorded as “Not known”: Candiru" in unknown


def test_whether_a_system_is_in_use_is_answered_with_its_status(answer_in_english: Ask) -> None:
    assert (
        "status: Decommissioned" in answer_in_english("Is the Como face recognition system still in use?")["items"][0]["detail"]
    )


@pytest.mark.ci
def test_a_denied_project_is_shown_as_denied(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("who built the data centre in laos")
    assert data["sentence"].startswith("1 project is recorded, but with the status “Denied”: data centre in Laos.")
    assert labels(data) == [DENIED] and data["items"][0]["detail"].endswith("Denied")
    assert "1 project is recorded as “Denied”: Denied data centre." in notes(data)
    assert "“Announced or planned”: 5G trial in Laos" in notes(ask_small_atlas("huawei laos mobile networks"))
    assert "“已否认”" in notes(ask_small_atlas("谁建设了老挝的数据中心", "zh"))


def test_a_status_of_not_known_is_named_as_recorded(answer: Ask) -> None:
    texts = notes(answer("which countries bought or used Pegasus"))
    assert re.search(r"The status of \d\d of the \d\d projects is recorded as “Not known”: ", texts)


def test_statuses_of_laws_and_programmes_are_shown(answer: Ask) -> None:
    trainings = {item["label"]: item["detail"] for item in answer("chinese police training uganda")["items"]}
    assert trainings["Chinese training of Ugandan police in investigation and cybercrime"].endswith(", Announced or planned")
    laws = [item["detail"] for item in answer("laws in zambia")["items"]]
    assert laws == ["Law, Zambia, adopted 2025", "Law, Zambia, adopted 2021, Superseded"]


def test_unbuilt_projects_of_a_kind_are_no_denial(answer: Ask) -> None:
    assert answer("5G network in Japan")["sentence"].startswith("1 project is recorded")
