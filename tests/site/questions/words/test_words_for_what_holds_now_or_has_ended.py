"""Limits such as “currently”, “no longer” and “ended” apply to the answer, or its first sentence says that it ignores them."""

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, parts_of

LEFT_OUT = ("This leaves out ", "以下没有按")
WITHOUT_END = ("Only restrictions without a recorded end count here.", "只统计没有结束记录的限制。")


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Which smart city projects currently run in Pakistan?", "currently"),
        ("Which countries currently use Pegasus?", "currently"),
        ("What laws does Kenya currently have on data protection?", "currently"),
        ("Which messaging apps are still blocked in Russia?", "still"),
        ("Which Huawei projects in Africa have ended?", "ended"),
        ("Which Exim Bank loans to Angola have ended?", "ended"),
        ("Which loans to Kenya are no longer active?", "no longer"),
        ("Which countries no longer use Pegasus?", "no longer"),
        ("Which companies no longer supply Kenya?", "no longer"),
        ("Does Huawei no longer own HMN Technologies?", "no longer"),
        ("肯尼亚目前有哪些华为项目？", "目前"),
        ("华为目前在哪些国家有项目？", "目前"),
        ("哪些国家仍在使用飞马？", "仍在使用"),
        ("华为在非洲已结束的项目有哪些？", "结束"),
        ("哪家公司已经不再拥有华海通信", "不再"),
    ],
)
def test_a_limit_that_the_answer_ignores_comes_first(question: str, word: str, understood_answer: Ask) -> None:
    data = understood_answer(question)
    assert data["sentence"].startswith(LEFT_OUT) and f"“{word}”" in data["sentence"][:30], data["sentence"]
    assert word in data["limits_left_out"]


def test_a_superlative_for_the_present_remains_open(answer: Ask) -> None:
    sentence = answer("Which company currently supplies the most cameras in Africa?")["sentence"]
    assert sentence.startswith("This leaves out “currently”, so what you ask for remains open.")


@pytest.mark.parametrize(
    "question", ["Where is Facebook still blocked?", "How many countries currently block Facebook?", "哪些国家仍封锁脸书？"]
)
def test_countries_where_a_block_has_ended_are_not_still_blocking(question: str, answer: Ask, shipped_reader: Reader) -> None:
    data = answer(question)
    [row] = shipped_reader.select(
        "SELECT count(DISTINCT country) AS n FROM answer_services WHERE service = 'facebook' "
        "AND (without_end > 0 OR restrictions = 0)"
    )
    assert data["total"] == row["n"] < answer("Where is Facebook blocked?")["total"]
    assert data["sentence"].startswith(WITHOUT_END) and not data["unweighed"]


def test_the_limit_to_the_present_applies_beside_a_word_that_is_left_out(answer: Ask) -> None:
    assert WITHOUT_END[1] in answer("俄罗斯目前封锁哪些应用？")["sentence"]


def test_services_whose_restrictions_have_all_ended(answer: Ask) -> None:
    data = answer("Which services are still blocked in Azerbaijan?")
    assert data["sentence"].startswith("Each of these restrictions has a recorded end."), data["sentence"]


@pytest.mark.parametrize(
    "question",
    [
        "Is Twitter still blocked in Nigeria?",
        "Is Twitter currently blocked in Nigeria?",
        "Does Nigeria no longer block Twitter?",
        "Which services does Nigeria still block?",
        "尼日利亚目前封锁推特吗？",
        "尼日利亚不再封锁推特吗？",
    ],
)
def test_what_is_over_is_in_the_past_tense(question: str, answer: Ask) -> None:
    data = answer(question)
    past = (
        "X (Twitter) was blocked in Nigeria, 4 June 2021 to 13 January 2022.",
        "2021年6月4日至2022年1月13日，X（推特）在尼日利亚曾被封锁。",
    )
    assert data["sentence"].startswith(past) and not data["limits_left_out"]


@pytest.mark.parametrize("question", ["Has the blocking of WhatsApp in China ended?", "Does China no longer block WhatsApp?"])
def test_a_block_without_an_end_is_no_yes_to_whether_it_ended(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert sentence.startswith("WhatsApp was blocked in China from September 2017; Overt has no report of an end.")


@pytest.mark.parametrize(
    "question",
    [
        "Where have blocks of Facebook ended?",
        "Where is Facebook no longer blocked?",
        "Which bans on Facebook have expired?",
        "哪些国家不再封锁脸书？",
    ],
)
def test_only_ended_restrictions_answer_what_has_ended(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["sentence"].startswith(("The ends of ", "有42项限制记录了结束")), data["sentence"]
    assert all("until" in item["detail"] or "截至" in item["detail"] for item in data["items"])
    assert not data["limits_left_out"] and not any(label.startswith("Facebook, China") for label in labels(data))


@pytest.mark.parametrize("question", ["Which cybercrime laws in Africa have ended?", "非洲哪些网络犯罪法已到期？"])
def test_laws_that_have_ended_are_repealed_or_superseded(question: str, answer: Ask) -> None:
    data = answer(question)
    endings = ("Repealed", "Superseded", "已废止", "已被取代")
    assert data["items"] and all(any(word in item["detail"] for word in endings) for item in data["items"])


@pytest.mark.parametrize(
    "question", ["Which Huawei projects in Kenya are in service?", "Which cables in Asia are currently in service?"]
)
def test_in_service_is_a_status(question: str, answer: Ask) -> None:
    assert ("status", "operational") in parts_of(answer(question))


@pytest.mark.parametrize(
    "question",
    [
        "Where is Facebook Messenger blocked?",
        "哪些国家封锁Facebook Messenger？",
        "哪些国家封锁脸书信使？",
        "where is fb messenger blocked",
    ],
)
def test_facebook_messenger_is_not_facebook(question: str, answer: Ask) -> None:
    data = answer(question)
    assert {identity for kind, identity in parts_of(data) if kind == "service"} == {"messenger"}
    assert not data["limits_left_out"] and 0 < data["total"] < answer("Where is Facebook blocked?")["total"]
