"""Words that narrow a question but that no answer can use: the answer names each as left out."""

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import notes
from tests.site.questions.conftest import AskSmallAtlas

RESTRICTING = [
    *("state-owned", "state run", "government-linked", "official", "secret", "new", "public", "private", "national"),
    *("illegal", "strategic", "military grade", "leaked", "local", "foreign", "first ever", "main"),
]
"""Words that narrow a question about projects, but that its answer cannot use."""
OPEN = ("so what you ask for remains open", "因此无法确定所问的结果")


def test_links_name_the_number_that_their_list_ignores(understood_answer: Ask) -> None:
    assert "isn’t limited to: more than 5 suppliers." in notes(understood_answer("which countries have more than 5 suppliers"))
    assert "isn’t limited to: based in China, over 100 million." in notes(understood_answer("Chinese loans over $100 million"))
    assert "Co., Ltd.." not in notes(understood_answer("who supplies cameras in Serbia other than Huawei"))


@pytest.mark.ci
@pytest.mark.parametrize("word", RESTRICTING)
def test_a_word_that_restricts_is_named_as_left_out(answer: Ask, word: str) -> None:
    data = answer(f"{word} surveillance projects in kenya")
    assert data["understood"], data
    assert " ".join(data["unweighed"]) == word.replace("-", " "), data["unweighed"]


@pytest.mark.ci
@pytest.mark.parametrize("word", ["国有企业", "军工企业", "官方", "秘密", "新的"])
def test_a_chinese_word_that_restricts_is_named_as_left_out(answer: Ask, word: str) -> None:
    assert word in answer(f"{word}在肯尼亚的监控项目")["unweighed"]


@pytest.mark.ci
@pytest.mark.parametrize(
    "question",
    [
        "How many Huawei projects are there in prisons?",
        "oldest Hikvision contract with a university",
        "most expensive airport surveillance system in Asia",
        "which country has the most Huawei prisons",
        "哪家银行给警察贷款最多",
        "最贵的机场监控项目",
    ],
)
def test_a_decisive_question_without_one_of_its_limits_remains_open(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["limits_left_out"]
    assert data["sentence"].startswith(("This leaves out", "以下没有按")) and any(text in data["sentence"] for text in OPEN)


def test_other_questions_say_what_they_leave_out_as_before(answer: Ask) -> None:
    data = answer("Who sold the Serbian border guards its street cameras?")
    assert data["sentence"].startswith("No customer or operator on record here is of this kind (“border guards”)")


def test_no_yes_without_a_limit(answer: Ask) -> None:
    assert answer("Is WhatsApp still blocked in China?")["sentence"].startswith("Yes")
    assert "Yes" not in answer("Is WhatsApp still blocked in China for government officials?")["sentence"]


def test_parts_that_no_answer_combines_are_answered_without_one(answer: Ask) -> None:
    data = answer("What deals on policing has Hungary signed with China since 2020?")
    assert data["limits_left_out"] == ["deals"] and len(data["items"]) == 1


def test_who_is_named_if_the_answer_names_nobody(ask_small_atlas: AskSmallAtlas) -> None:
    assert ask_small_atlas("who banned huawei in kenya")["unweighed"] == ["who"]


def test_who_reported_something_is_left_out(answer: Ask) -> None:
    assert answer("who reported the pegasus deployment in Poland")["unweighed"] == ["who reported"]
    assert answer("波兰飞马是谁曝光的")["unweighed"] == ["是谁曝光的"]


def test_half_of_a_pair_of_topics_is_not_dropped(answer: Ask) -> None:
    data = answer("total chinese financing ghana telecoms and security")
    assert data["unweighed"] == ["telecoms and security"]
    assert "$480 m" in data["sentence"]
