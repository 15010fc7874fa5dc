"""What a country used before or after a supplier is ordered by dates, and no other question is taken for one about it."""

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels

_ORDER = (
    "dated before the first",
    "dated after the first",
    "these of the same kind",
    "Dates show only the order",
    "日期只表明先后",
)


@pytest.mark.parametrize(
    "question",
    [
        "Who was arrested in Serbia after Huawei cameras?",
        "Which journalists protested in Serbia after Huawei cameras?",
        "Which earthquakes hit Nepal after Hikvision cameras?",
        "Which president visited Kenya before Huawei?",
        "Who was the minister in Uganda before Huawei?",
        "What happened in Myanmar after Geedge?",
        "What did Serbia buy instead of Huawei?",
        "How many cameras did Serbia have before Huawei?",
        "Which police forces in Serbia protested after Huawei?",
        "What laws did Uganda pass after Huawei?",
        "哪些记者在塞尔维亚华为之后被捕？",
        "乌干达在华为之前谁是部长？",
        "缅甸在积至之后发生了什么？",
    ],
)
def test_questions_with_more_than_an_order_are_not_answered_by_it(question: str, answer: Ask) -> None:
    data = answer(question)
    assert not any(text in str(data["sentence"]) for text in _ORDER)


@pytest.mark.parametrize(
    ("question", "word"), [("What happened in Myanmar after Geedge?", "after"), ("缅甸在积至之后发生了什么？", "之后")]
)
def test_an_answer_that_ignores_an_order_says_so_first(question: str, word: str, answer: Ask) -> None:
    data = answer(question)
    assert data["limits_left_out"] == [word] and word in data["sentence"].split(".")[0].split("。")[0]


@pytest.mark.parametrize(
    ("question", "denial"),
    [
        ("What did Norway use before Huawei?", "is dated before"),
        ("What did Norway use after Huawei?", "is dated after"),
        ("挪威在华为之前用什么？", "没有时间早于"),
        ("挪威在华为之后用了什么系统？", "没有时间晚于"),
    ],
)
def test_without_a_date_no_order_is_denied(question: str, denial: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and denial not in data["sentence"]
    assert "has a date on record" in data["sentence"] or "都没有日期记录" in data["sentence"]


def test_projects_of_the_same_year_and_without_a_date_are_named_apart(answer: Ask) -> None:
    data = answer("Who came before Huawei in Uganda?")
    before, rest = data["sentence"].split("Dated in the same year")
    assert "FinFisher" in before and "Denied" in before and "Pegasus" in rest
    assert len(labels(data)) == data["total"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who supplied Pakistan's web monitoring system before Geedge?", "SN Skies"),
        ("Which company supplied spyware to Mexico before NSO?", "Hacking Team"),
        ("墨西哥在NSO之前用哪家公司的间谍软件？", "Hacking Team"),
        ("Who was the predecessor of Geedge in Pakistan?", "SN Skies"),
    ],
)
def test_an_order_counts_for_the_words_of_the_question(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert name in data["sentence"] and not data["unweighed"]
