"""Questions about official lists of which the atlas has only some entries are answered about that list, and deny nothing."""

import pytest

from overt.model.content_catalogue import Catalogue
from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels

_OTHER_LIST = "1260H"


def test_every_official_list_has_words_in_questions() -> None:
    content = Catalogue()
    assert {*content.question_grammar.official_lists} == {*content.vocabularies["lists"].by_id}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Is Huawei on the SDN list?", "US Treasury sanctions list"),
        ("Is Huawei under OFAC sanctions?", "US Treasury sanctions list"),
        ("Which companies are sanctioned by OFAC?", "US Treasury sanctions list"),
        ("Is Nuctech on the BIS entity list?", "US Entity List"),
        ("Which companies are on the US Entity List?", "US Entity List"),
        ("哪些公司在实体清单上？", "美国实体清单"),
        ("华为被OFAC制裁了吗？", "美国财政部制裁名单"),
        ("同方威视在不在美国商务部的实体清单上？", "美国实体清单"),
    ],
)
def test_the_list_is_named_and_said_to_be_in_part(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and name in data["sentence"] and not data["limits_left_out"]
    assert "has only some entries of" in data["sentence"] or "只收录了部分条目" in data["sentence"]


@pytest.mark.parametrize("question", ["Which companies are on the BIS Entity List?", "实体清单上有哪些公司？"])
def test_entries_of_other_lists_are_not_among_those_of_the_list(question: str, answer: Ask) -> None:
    assert labels(answer(question)) and not any(_OTHER_LIST in label for label in labels(answer(question)))
