"""Words about the role of an organisation are applied, or named as left out."""

import pytest

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question


@pytest.mark.parametrize(
    ("text", "marker", "unweighed"),
    [
        ("foreign suppliers of cameras in kenya", "abroad", []),
        ("外国公司在肯尼亚的摄像头", "abroad", []),
        ("local camera companies in kenya", "domestic", []),
        ("huawei projects abroad", "abroad", []),
        ("surveillance exports", "abroad", []),
        ("肯尼亚进口的摄像头", "abroad", []),
        ("cameras for foreign students in kenya", "", ["students", "foreign"]),
        ("local cameras in kenya", "", ["local"]),
    ],
)
def test_where_suppliers_come_from(reader: Reader, lexicon: Lexicon, text: str, marker: str, unweighed: list[str]) -> None:
    question = read_question(reader, lexicon, text)
    assert question.understood, question
    assert [side for side in ("abroad", "domestic", "foreign") if question.has(side)] == [marker] * bool(marker)
    assert question.unweighed == unweighed


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("what did huawei marine buy from huawei", True),
        ("huawei projects with huawei marine", True),
        ("huawei and huawei marine projects", False),
        ("joint projects of huawei and huawei marine", True),
        ("huawei与huawei marine共同建设的项目", True),
    ],
)
def test_organisations_in_one_project(reader: Reader, lexicon: Lexicon, text: str, together: bool) -> None:
    question = read_question(reader, lexicon, text)
    assert question.understood and question.are_together == together, question


def test_together_needs_two_organisations(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "joint huawei projects in kenya").unweighed == ["joint"]


@pytest.mark.parametrize(
    "text", ["which companies operate cameras in kenya", "companies that use huawei", "哪些公司运营肯尼亚的摄像头"]
)
def test_companies_that_operate_are_no_suppliers(reader: Reader, lexicon: Lexicon, text: str) -> None:
    question = read_question(reader, lexicon, text)
    assert question.has("customers") and "suppliers" not in question.ids("intent"), question


@pytest.mark.parametrize(
    ("text", "intent", "seats"),
    [
        ("companies from kenya", "suppliers", ["KE"]),
        ("how many companies in your database are from israel", "suppliers", ["IL"]),
        ("哪些公司来自以色列", "suppliers", ["IL"]),
        ("german companies", "suppliers", ["DE"]),
        ("中国监控公司", "suppliers", ["CN"]),
        ("中国的监控公司", "suppliers", ["CN"]),
        ("哪些国家使用中国的摄像头", "places", ["CN"]),
        ("donations of cameras by china", "money", ["CN"]),
        ("中国捐赠的摄像头", "money", ["CN"]),
        ("uk surveillance exports to kenya", "suppliers", ["GB"]),
        ("loans by chinese banks to kenya", "money", ["CN"]),
    ],
)
def test_where_companies_come_from(reader: Reader, lexicon: Lexicon, text: str, intent: str, seats: list[str]) -> None:
    question = read_question(reader, lexicon, text)
    assert (question.intent, question.ids("seat")) == (intent, seats), question


def test_a_government_is_a_country_and_no_organisation(reader: Reader, lexicon: Lexicon) -> None:
    for text in ("what did the kenyan government buy from huawei", "肯尼亚政府从huawei买了什么"):
        question = read_question(reader, lexicon, text)
        assert question.ids("area") == ["KE"] and len(question.ids("organization")) == 1 and question.has("buyers"), question


def test_the_biggest_lender_is_no_project(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "biggest lender to kenya").intent == "money"
    assert read_question(reader, lexicon, "biggest loans to kenya").intent == "amounts"


def test_words_for_years_need_a_year(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "huawei projects in kenya after the war").unweighed == ["the war", "after"]
    assert read_question(reader, lexicon, "huawei projects 2010s").years == (2010, 2019)
    assert read_question(reader, lexicon, "2010年代huawei的项目").years == (2010, 2019)


def test_a_refused_phrase_is_unknown_as_a_whole(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "肯尼亚每人购买huawei的摄像头").unknown == ["每人"]


@pytest.mark.parametrize(
    ("text", "seats", "areas"),
    [
        ("中国贷款", ["CN"], []),
        ("1亿美元以上的中国贷款", ["CN"], []),
        ("肯尼亚的贷款", [], ["KE"]),
        ("中国建的数据中心", ["CN"], []),
        ("中国在肯尼亚建的数据中心", ["CN"], ["KE"]),
        ("中国卫星出口", ["CN"], []),
        ("中国进口的摄像头", [], ["CN"]),
        ("camera exports to China", [], ["CN"]),
        ("出口到中国的摄像头", [], ["CN"]),
        ("what did the EU fund in Kenya", ["european-union"], ["KE"]),
        ("projects by China", ["CN"], []),
        ("spyware exported by Kenya", ["KE"], []),
        ("surveillance by Kenya", [], ["KE"]),
        ("projects denied by Kenya", [], ["KE"]),
        ("contracts signed by Kenya", [], ["KE"]),
    ],
)
def test_who_lends_builds_and_exports(reader: Reader, lexicon: Lexicon, text: str, seats: list[str], areas: list[str]) -> None:
    question = read_question(reader, lexicon, text)
    assert (question.ids("seat"), question.ids("area")) == (seats, areas), question


def test_a_chinese_limit_may_follow_its_number(reader: Reader, lexicon: Lexicon) -> None:
    for text in ("1亿美元以上的项目", "一亿美元以上的项目"):
        threshold = read_question(reader, lexicon, text).threshold
        assert threshold and (threshold.number, threshold.is_inclusive) == (100_000_000, True), text


def test_a_bank_has_a_name(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "loans by Export Bank of Ruritania").ids("organization")
