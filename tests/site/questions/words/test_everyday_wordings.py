"""What everyday words ask for or are read as: other wordings, Chinese words, and words used in Taiwan."""

import pytest

from overt.model.content_catalogue import Catalogue
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.rewordings import reworded
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, parts_of, readings
from tests.site.questions.conftest import Read


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("積至 國家", "places"),
        ("geedge countries", "places"),
        ("東南亞有哪些政府用過間諜軟體", "places"),
        ("緬甸的網路防火牆是誰賣的", "suppliers"),
        ("中國和俄羅斯簽過的網路安全條約", "agreements"),
        ("how long did the twitter ban in nigeria last?", "blocked"),
    ],
)
def test_everyday_words_and_names_are_understood(question: str, intent: str, answer: Ask) -> None:
    data = answer(question)
    assert (data["understood"], data["intent"], data["unknown"]) == (True, intent, [])


def test_no_rewording_is_hidden_by_a_shorter_one(read: Read, content: Catalogue, lexicon: Lexicon) -> None:
    """No shorter rewording changes the words of a longer one.

    Titles of records, such as “Great Firewall”, are read as titles, and reworded only if the question asks for more.
    """
    for typed, meant in content.question_grammar.rewordings.items():
        typed, meant = typed.replace("…", "huawei"), meant.replace("…", "huawei")
        question = read(typed)
        words = reworded(lexicon, question.tokens)[0] if question.ids("record") else question.tokens
        assert words == tokens(meant), typed


@pytest.mark.parametrize("question", ["who owns the", "the", "Is DJI on the"])
def test_a_question_may_end_with_an_article(question: str, answer: Ask) -> None:
    assert answer(question)["question"] == question


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("the most expensive safe city", "amounts"),
        ("how many grants has china given", "money"),
        ("how many trainings were held in 2024", "agreements"),
        ("agreements signed in 2017", "agreements"),
        ("loans in 2015", "money"),
        ("which chinese projects were cancelled in europe", "projects"),
        ("companies in at least 20 countries", None),
        ("500 million dollar contract", None),
        ("baidu projects", None),
        ("百度海外项目", None),
    ],
)
def test_words_ask_for_a_type_of_answer(answer: Ask, question: str, intent: str | None) -> None:
    assert answer(question)["intent"] == intent


@pytest.mark.parametrize("question", ["谁用Cellebrite破解手机", "网民实名法律", "乌干达2021年大选断网", "卫星非洲谁造的"])
def test_everyday_chinese_words_are_understood(answer: Ask, question: str) -> None:
    assert answer(question)["understood"]


@pytest.mark.parametrize("question", ["有华为但没有中兴的非洲国家", "有飞马的欧洲国家", "63个国家有中国人脸识别"])
def test_countries_at_the_end_or_after_a_number_are_asked_for(answer: Ask, question: str) -> None:
    assert ("intent", "places") in parts_of(answer(question))


@pytest.mark.parametrize(
    "question", ["Does Egypt still use Blue Coat / Sandvine to censor websites?", "did Sandvine block websites in Egypt"]
)
def test_censors_beside_organisations_are_projects(answer_in_english: Ask, question: str) -> None:
    assert "Sandvine PacketLogic devices blocking websites in Egypt" in labels(answer_in_english(question))
    assert answer_in_english("which countries block huawei")["intent"] == "agreements"


def test_a_word_near_a_kind_is_said_to_be_read_as_it(answer: Ask) -> None:
    assert readings(answer("digital infrastructure in kenya")) == {"digital infrastructure": "Telecom or ICT project"}
    assert readings(answer("who owed money to China in Africa"))["owed"] == "loans, grants and other commitments on record"
    assert readings(answer("countries that removed huawei"))["removed"] == "restrictions, bans and the exclusion of suppliers"
    assert readings(answer("biggest camera network in africa")) == {"biggest": "the highest amounts of money on record"}
    assert readings(answer("cameras in kenya")) == {}


def test_tearing_out_is_a_ban_and_no_exclusion(answer: Ask) -> None:
    data = answer("德国什么时候拆除华为5G设备")
    assert data["intent"] == "agreements" and data["excluded"] == [] and "拆除" in readings(data)


@pytest.mark.parametrize(
    "question", ["柬埔寨的国家互联网网关建成了没有？", "泰国用没用过飞马", "摩洛哥买过飞马没有？", "缅甸封锁了Facebook没有？"]
)
def test_or_not_asks_whether(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and data["items"]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("中方在塞爾維亞的監視器計畫", {("seat", "CN"), ("area", "RS"), ("kind", "video-surveillance")}),
        ("維吉百科 封鎖", {("service", "wikipedia")}),
        ("紐西蘭 華為 5G 禁令", {("area", "NZ"), ("kind", "5g-network")}),
        ("緬甸軍政府買了什麼監控系統", {("area", "MM")}),
        ("厄瓜多 監控", {("area", "EC")}),
        ("the Maduro regime and ZTE", {("area", "VE")}),
        ("junta surveillance Mali", {("area", "ML")}),
        ("telegam kenya", {("service", "telegram"), ("area", "KE")}),
    ],
)
def test_words_of_taiwan_and_reporters_are_read(question: str, parts: set[tuple[str, str]], answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and parts <= {(part["type"], part["id"]) for part in data["parts"]}


def test_words_around_a_few_others_are_read(answer: Ask) -> None:
    data = answer("Which EU member states have laws or decisions that keep Huawei out of 5G?")
    assert data["intent"] == "agreements" and {"typed": "keep … out of", "read": "exclude … from"} in data["readings"]
    assert answer("把华为排除在5G之外的国家")["intent"] == "agreements"
