"""If a company has no such project, questions about it also mean companies of its group and companies with its name."""

import pytest

from tests.site.conftest import Ask

_NEC, _IN_AMERICA, _IN_AUSTRALIA = "NEC Corporation", "NEC Corporation of America", "NEC Australia Pty Ltd"


@pytest.mark.parametrize(
    ("question", "company", "projects"),
    [
        ("police forces in Canada with NEC face recognition", _IN_AMERICA, 2),
        ("Did NEC sell face recognition to Canada?", _IN_AMERICA, 2),
        ("NEC in Canada", _IN_AMERICA, 1),
        ("NEC in Australia", _IN_AUSTRALIA, 2),
        ("Does Tencent run cloud regions in Germany?", "Tencent Cloud", 1),
        ("What did IDEMIA sell to Canada?", "IDEMIA Identity and Security Canada", 1),
        ("腾讯在德国有云区域吗？", "腾讯云", 1),
        ("Is Alibaba in Malaysia or Indonesia?", "Alibaba Cloud Computing Ltd.", 2),
        ("加拿大警察使用NEC的人脸识别吗？", _IN_AMERICA, 2),
    ],
)
def test_companies_with_the_name_count_if_it_has_no_such_project(question: str, company: str, projects: int, answer: Ask) -> None:
    data = answer(question)
    assert company in data["sentence"] and data["total"] == projects
    assert not data["sentence"].startswith(("No record", "此处没有"))
    named = {part["label"] for part in data["parts"] if part["type"] == "organization"}
    assert company in named and len(named) == 2
    assert "or with its name in theirs" in data["sentence"] or "名称以其名称开头" in data["sentence"]


def test_a_recorded_company_of_the_group_counts_in_its_years(answer_in_english: Ask) -> None:
    data = answer_in_english("Which countries use Alibaba?")
    assert data["total"] == answer_in_english("Which countries use Alibaba Cloud?")["total"] > 0
    assert "Alibaba Cloud Computing Ltd." in data["sentence"]


def test_other_kinds_are_those_of_companies_with_the_name(answer_in_english: Ask) -> None:
    sentence = answer_in_english("Did NEC sell submarine cables to Canada?")["sentence"]
    assert sentence.startswith("No record meets all of this") and f"{_IN_AMERICA}: 2 projects" in sentence


@pytest.mark.parametrize(
    "question", ["Which countries use NEC?", "Does the UK police use NEC?", "Who owns NEC?", "Is NEC on an official list?"]
)
def test_a_company_with_own_projects_or_other_facts_is_asked_about_alone(question: str, answer_in_english: Ask) -> None:
    data = answer_in_english(question)
    assert {part["label"] for part in data["parts"] if part["type"] == "organization"} == {_NEC}
    assert _IN_AMERICA not in data["sentence"]


def test_a_note_names_the_projects_of_companies_with_the_name(answer_in_english: Ask) -> None:
    notes = [note["text"] for note in answer_in_english("Which countries use NEC?")["notes"]]
    assert any("more projects are recorded for related organisations" in text for text in notes)


@pytest.mark.parametrize("question", ["Did ZTE sell cameras to Canada?", "Ministry of Interior projects in Canada"])
def test_no_other_organisation_counts(question: str, answer_in_english: Ask) -> None:
    assert "its group" not in answer_in_english(question)["sentence"]
