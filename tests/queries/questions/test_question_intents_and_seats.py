"""What a question asks for, and which of its places are the seats of organisations."""

import pytest

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("which african countries use cameras", "places"),
        ("countries with cameras", "places"),
        ("how many countries have cameras", "places"),
        ("哪些非洲国家使用摄像头", "places"),
        ("which country has the most huawei projects", "places"),
        ("which company has the most projects in kenya", "suppliers"),
        ("which african country has the most huawei projects", "places"),
        ("which african countries have more than 2 huawei projects", "places"),
        ("which countries in africa other than kenya use huawei", "places"),
        ("who is selling cameras to kenya", "suppliers"),
        ("where are huawei projects", "places"),
        ("denied huawei projects", "projects"),
        ("who operates cameras in kenya", "projects"),
        ("how many projects does huawei have", "projects"),
        ("when did the smart city in kenya start", "dates"),
        ("first smart city in africa", "dates"),
        ("most expensive project in kenya", "amounts"),
        ("largest loans to kenya", "amounts"),
        ("cameras kenya vs pakistan", "projects"),
        ("smart cities of huawei in kenya or pakistan, where are more", "answer"),
        ("huawei customers", "places"),
        ("which countries banned huawei from 5g", "agreements"),
        ("which cities in kenya have cameras", "projects"),
    ],
)
def test_how_to_answer(reader: Reader, lexicon: Lexicon, text: str, intent: str) -> None:
    question = read_question(reader, lexicon, text)
    assert (question.intent, question.unweighed) == (intent, []), question


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("facial recognition china africa", {"seat CN", "region africa", "kind facial-recognition"}),
        ("中国 人脸识别 非洲", {"seat CN", "region africa", "kind facial-recognition"}),
        ("cameras china asia", {"seat CN", "region asia", "kind video-surveillance"}),
        ("cameras in china, asia", {"area CN", "region asia", "kind video-surveillance"}),
        ("cameras kenya africa", {"area KE", "region africa", "kind video-surveillance"}),
        ("肯尼亚使用中国的摄像头", {"area KE", "seat CN", "kind video-surveillance"}),
        ("what did germany export to kenya", {"seat DE", "area KE"}),
        ("cameras kenya uses china", {"area KE", "seat CN", "kind video-surveillance"}),
        ("中国向肯尼亚提供了哪些摄像头", {"seat CN", "area KE", "kind video-surveillance"}),
        ("us companies that supplied china's cameras", {"seat US", "area CN", "kind video-surveillance"}),
    ],
)
def test_which_place_is_a_seat(reader: Reader, lexicon: Lexicon, text: str, parts: set[str]) -> None:
    question = read_question(reader, lexicon, text)
    assert {f"{part.type} {part.id}" for part in question.parts if part.type != "intent"} == parts
    assert question.understood, question


def test_a_country_and_another_region_have_no_common_answer(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "cameras in kenya and asia").reason == "combination"
