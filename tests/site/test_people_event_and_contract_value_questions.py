"""Questions about people, events, contracts and amounts, and the count of a supplier's systems."""

import pytest

from overt.queries import organizations
from overt.queries.database import Reader
from overt.queries.questions.names.non_name_words import counts_people
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from tests.site.conftest import Ask


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("how many people are watched by cameras in kenya", True),
        ("有多少人被监控", True),
        ("几内亚有多少居民受影响", True),
        ("几内亚人脸识别考勤", False),
        ("有多少人脸识别项目用于考勤", False),
        ("多少无人机用于巡逻", False),
        ("谁是被监控的人", False),
    ],
)
def test_only_questions_for_a_number_of_people_count_people(
    shipped_reader: Reader, lexicon: Lexicon, text: str, counts: bool
) -> None:
    assert counts_people(read_question(shipped_reader, lexicon, text), lexicon) == counts


def test_face_recognition_in_chinese_is_looked_for_in_texts(answer: Ask) -> None:
    data = answer("几内亚人脸识别考勤")
    assert data["understood"] and data["unweighed"] == ["考勤"]
    assert [item["label"] for item in data["items"]] == ["几内亚平安城市"]


def test_projects_of_other_kinds_are_those_with_the_event(answer: Ask) -> None:
    """Suriname's safe city was agreed in 2018, and its kind is close to video surveillance."""
    notes = [note["text"] for note in answer("video surveillance projects in Suriname agreed in 2018")["notes"]]
    assert any("1 other project is recorded there under similar kinds" in note and "safe city" in note for note in notes), notes


def test_contracts_in_the_plural_ask_for_contract_values(lexicon: Lexicon) -> None:
    about_contracts = ["contract", "highest contracts", "contract value", "合同金额", "合同"]
    assert all(map(lexicon.is_about_contracts, about_contracts))
    assert not any(map(lexicon.is_about_contracts, ["contractors", "deals", "金额", ""]))


def test_amounts_of_unknown_type_are_those_of_projects(answer: Ask) -> None:
    assert (
        "For 3 of these projects, the type of a commitment is not recorded."
        in answer("biggest chinese loan for telecoms")["sentence"]
    )


def test_the_count_of_one_supplier_is_that_of_the_list(shipped_reader: Reader) -> None:
    listed = [row for row in organizations.page(shipped_reader, size=40)[1] if row.systems]
    assert len(listed) > 10
    assert [organizations.supplied_systems(shipped_reader, row.id) for row in listed] == [row.systems for row in listed]
