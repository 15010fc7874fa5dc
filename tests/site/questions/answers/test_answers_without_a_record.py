"""Answers that find no record for a question: what was searched, and the nearest records."""

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import notes
from tests.site.questions.conftest import AskSmallAtlas


def test_an_organisation_without_a_project_is_not_called_unrecorded(answer: Ask) -> None:
    sentence = answer("alcatel submarine networks nokia")["sentence"]
    assert "Alcatel Submarine Networks: no project on record (3 relations with other organisations)" in sentence


def test_no_project_has_the_condition_that_was_applied(answer: Ask) -> None:
    sentence = answer("Huawei spyware in Kenya and Uganda")["sentence"]
    assert (
        "Kenya: no project on record (Huawei Technologies Co., Ltd., Spyware); Uganda: 1 project announced, cancelled, denied"
        in sentence
    )


def test_no_record_says_what_was_searched(answer_in_english: Ask) -> None:
    assert "Only restrictions and measurements of blocking were searched." in notes(
        answer_in_english("is signal blocked in norway")
    )
    data = answer_in_english("huawei ban in kenya")
    assert "Huawei" in data["sentence"] and "Only laws and agreements were searched" in notes(data)
    assert "were searched" not in notes(answer_in_english("huawei in kenya"))


def test_a_denial_names_records_of_other_types(answer: Ask) -> None:
    assert "AnyVision face recognition at West Bank checkpoints" in notes(answer("AnyVision West Bank"))
    assert "projects" in notes(answer("facial recognition in Norway")) and "restriction" in notes(
        answer("facial recognition in Norway")
    )
    assert "An index of countries names this kind of technology: India." in notes(answer("predictive policing in India"))
    assert "as far as home countries are recorded" in answer("Norwegian surveillance companies abroad")["sentence"]


@pytest.mark.parametrize(
    ("question", "words", "what"),
    [
        ("Has Kenya ever shut down the internet?", "Without “shut down the internet”", "Telegram was blocked in Kenya"),
        ("Were there shutdowns in Uganda in 2021?", "Without “shutdowns”", "2 restrictions on record began then"),
        ("cancelled projects of Huawei in Kenya", "Without “cancelled”", "4 projects are recorded"),
        ("Huawei in Laos data centre", "Without “data centre”", "1 documented project in Laos"),
        ("who supplied SORM to Kyrgyzstan", "Of similar kinds", "instead of “sorm”"),
        ("华为有没有给卢旺达提供监控", "若不限“监控”", "2019年的指数"),
        ("埃塞俄比亚断网 2020", "若不限“断网”", "5项服务"),
    ],
)
def test_a_denial_has_what_meets_all_conditions_but_one_or_two(question: str, words: str, what: str, answer: Ask) -> None:
    data = answer(question)
    assert ("No record meets all of this" in data["sentence"]) or ("没有同时符合" in data["sentence"])
    assert words in data["sentence"] and what in data["sentence"] and data["items"]


def test_no_other_country_organisation_or_service_stands_for_the_one_in_a_denial(answer: Ask) -> None:
    for question in ("hikvision paraguay", "Is Facebook blocked in Kenya?", "Cellebrite in Bahrain", "海能达 蒙古"):
        data = answer(question)
        assert data["sentence"].startswith(("No record here", "本站没有记录")) and not data["items"]


def test_what_is_near_is_no_yes(answer: Ask) -> None:
    assert "Yes" not in answer("Has Kenya ever shut down the internet?")["sentence"]
    assert "是的" not in answer("肯尼亚断过网吗")["sentence"]


def test_an_organisation_of_no_record_is_named(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("world bank loans for smart cities in kenya")
    assert data["sentence"].endswith("No record here names World Bank. That is not evidence of absence.")
    assert data["unweighed"] == ["loans"]
    assert "Without the organisation, 1 project is recorded: Safe City Nairobi" in notes(data)


def test_a_denied_kind_has_a_note(answer: Ask) -> None:
    assert "on record for these names" in notes(answer("laws on facial recognition in Serbia"))


def test_no_record_meets_all_never_follows_the_record_that_does(answer: Ask) -> None:
    assert "没有同时符合" not in answer("法国哪个城市收到华为赠送的监控系统？")["sentence"]


def test_without_the_organisation_others_are_named(answer: Ask) -> None:
    assert "Amesys" in notes(answer("what did Nexa sell to Libya"))


def test_projects_of_the_group_are_on_record(answer: Ask) -> None:
    note = notes(answer("Who are the customers of China Telecom?")).partition("but no project is on record: ")[2]
    assert note and "Kazakhstan" not in note.partition(".")[0]
