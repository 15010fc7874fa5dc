"""An answer that counts as using “first” or “latest” begins with the record that the question asks for."""

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels


def details(data: dict[str, object]) -> str:
    """Return what an answer says about its first item."""
    items = data["items"]
    assert isinstance(items, list)
    return str(items[0]["detail"])


@pytest.mark.parametrize(
    ("question", "order", "date"),
    [
        ("Which company was put on the FCC covered list first?", "the earliest first", "12 March 2021"),
        ("What is the latest on the FCC covered list?", "the newest first", "7 July 2026"),
        ("最早被列入涉军企业名单的是哪些公司", "最早的在前", "2021年6月3日"),
    ],
)
def test_entries_of_a_list(question: str, order: str, date: str, answer: Ask) -> None:
    data = answer(question)
    assert order in data["sentence"] and date in details(data) and data["unweighed"] == []


@pytest.mark.parametrize(
    ("question", "first"), [("华为最早被列入哪个名单", "实体清单"), ("Huawei and Hytera latest sanctions", "US DoD list")]
)
def test_entries_of_a_company_on_several_lists(question: str, first: str, answer: Ask) -> None:
    data = answer(question)
    assert first in labels(data)[0] and data["unweighed"] == []


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("first blocks in Iran or Turkey in 2022", "from 21 September 2022"),
        ("What was the latest time WhatsApp was banned by judges in Brazil?", "from 19 July 2016"),
        ("What was the earliest time WhatsApp was banned by judges in Brazil?", "from December 2015"),
    ],
)
def test_restrictions(question: str, date: str, answer: Ask) -> None:
    data = answer(question)
    assert details(data).startswith(date) and data["unweighed"] == []


def test_an_order_that_an_answer_lacks_is_left_out(answer: Ask) -> None:
    data = answer("Which Chinese companies were first on the FCC covered list?")
    assert data["unweighed"] == ["first"] and data["sentence"].startswith("This leaves out “first”")
