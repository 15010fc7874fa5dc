"""Owners, parents and subsidiaries of organisations, with shares and dates, and owners of projects."""

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes


@pytest.mark.parametrize("question", ["does china own hikvision", "中国拥有海康威视吗"])
def test_the_owner_of_a_company_is_no_owner_of_projects(answer: Ask, question: str) -> None:
    data = answer(question)
    assert data["intent"] == "owners"
    assert [item["type"] for item in data["items"]] == ["organization"]
    assert len(data["unweighed"]) == 1


def test_has_is_no_owner_elsewhere(answer: Ask) -> None:
    assert answer("墨西哥拥有飞马吗")["intent"] == "answer"


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


def test_a_share_that_is_left_isnt_followed_by_a_denial_of_owners(answer: Ask) -> None:
    sentence = answer("Is Alcatel Submarine Networks owned by Nokia?")["sentence"]
    assert sentence.startswith("In part") and "No current owner" not in sentence and "On record as ended: Nokia" in sentence


def test_a_company_of_the_state_is_called_so(answer_in_english: Ask) -> None:
    assert "(State-owned company)" in answer_in_english("is hikvision state owned?")["sentence"]


@pytest.mark.parametrize(
    "question", ["what happened to huawei marine, who owns it now", "what happened to huawei marine", "华为海洋现在归谁"]
)
def test_owners_come_first_with_shares_and_dates(question: str, answer: Ask) -> None:
    data = answer(question)
    first = data["sentence"].partition("Huawei Technologies (" if question.isascii() else "华为技术（")[0]
    assert "81%" in first and "12" in first and "2020" in first and "51%" in data["sentence"]
    assert len(data["items"]) == 6 and "81%" in data["items"][0]["detail"] + data["items"][1]["detail"]


def test_owners_in_years_are_those_of_the_years(answer: Ask) -> None:
    data = answer("who owned Huawei Marine in 2010")
    assert {*labels(data)} == {"Global Marine Systems Limited", "Huawei Technologies Co., Ltd."} and not data["unweighed"]


def test_a_date_of_renaming_is_not_a_date_of_a_project(answer: Ask) -> None:
    assert not answer("When was Huawei Marine renamed HMN Technologies?")["understood"]


def test_an_organisation_without_an_owner_has_its_other_relations(answer: Ask) -> None:
    notes = [note["text"] for note in answer("who owns circles")["notes"]]
    assert notes == ["On record of Circles: 19 projects, 1 relation with another organisation."]


def test_owners_over_time_are_all_listed(answer: Ask) -> None:
    assert any("Global Marine" in label for label in labels(answer("hmn tech ownership after huawei")))


def test_without_an_owner_operators_are_named(answer: Ask) -> None:
    assert "Cybernet" in notes(answer("who owns the PEACE cable"))


def test_owners_of_two_organisations_are_those_between_them(answer: Ask) -> None:
    owners = labels(answer("Is HMN Tech owned by Huawei?"))
    assert {*owners} == {
        "Huawei Technologies Co., Ltd.",
        "Jiangsu Hengtong Optic-Electric Co., Ltd.",
    }  # Huawei owned it; Hengtong owns it now.
    assert "HMN Technologies Co., Limited" in labels(answer("subsidiaries of Huawei"))


def test_what_an_organisation_owns_are_its_subsidiaries(answer_in_english: Ask) -> None:
    expected = labels(answer_in_english("subsidiaries of Hengtong Group"))
    assert expected
    for question in ("which companies does Hengtong Group own", "companies owned by Hengtong Group", "亨通集团拥有哪些公司"):
        assert labels(answer_in_english(question)) == expected, question
    assert "parent" in answer_in_english("who owns HMN Tech")["sentence"]
