"""Adjectives, kinds, years, groups of countries, types of loans, and names in questions are read as conditions."""

import pytest

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.understood_question import Question
from overt.site.site import Site


def parts_of(question: Question) -> set[str]:
    return {f"{part.type} {part.id}" for part in question.parts if part.type != "intent"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("European vendors of cameras in Kenya", {"seat europe", "kind video-surveillance", "area KE"}),
        ("cameras from Europe in Kenya", {"seat europe", "kind video-surveillance", "area KE"}),
        ("European cameras in Africa", {"seat europe", "kind video-surveillance", "region africa"}),
        ("欧洲公司向肯尼亚出售的摄像头", {"seat europe", "kind video-surveillance", "area KE"}),
        ("欧洲的摄像头供应商", {"region europe", "kind video-surveillance"}),
        ("cameras from China", {"seat CN", "kind video-surveillance"}),
        ("肯尼亚的中国监控项目", {"area KE", "seat CN", "kind surveillance"}),
        ("4g networks in kenya", {"kind mobile-network", "area KE"}),
        ("网络过滤 肯尼亚", {"kind filtering", "area KE"}),
        ("networks and cameras in kenya", {"kind telecom-ict", "kind video-surveillance", "area KE"}),
    ],
)
def test_adjectives_and_kinds(reader: Reader, lexicon: Lexicon, text: str, parts: set[str]) -> None:
    question = read_question(reader, lexicon, text)
    assert parts_of(question) == parts and question.understood, question


def test_what_was_not_made_somewhere_excludes_seats(reader: Reader, lexicon: Lexicon) -> None:
    question = read_question(reader, lexicon, "cameras not made in china in kenya")
    assert question.left_out("seat") == ["CN"] and question.intent == "projects"


def test_a_year_has_only_the_word_beside_it(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "cameras supplied by huawei in 2019").years == (2019, 2019)
    assert read_question(reader, lexicon, "cameras from china in 2019").years == (2019, 2019)
    assert read_question(reader, lexicon, "huawei by 2019").years == (None, 2019)
    assert read_question(reader, lexicon, "2019年以后 huawei").years == (2019, None)


def test_a_group_of_countries_has_one_name(reader: Reader, lexicon: Lexicon) -> None:
    question = read_question(reader, lexicon, "huawei in the middle east")
    assert "EG" in question.ids("area") and "MA" not in question.ids("area")
    assert {part.label for part in question.parts if question.is_grouped(part)} == {"Middle East"}


def test_loans_are_a_type_and_a_narrow_word_is_wider(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "loans to kenya").flow_types == ["loan"]
    assert read_question(reader, lexicon, "who funded kenya").flow_types == []
    assert [part.is_wider for part in read_question(reader, lexicon, "4g in kenya").parts] == [True, False]


def test_chinese_names_of_sources_are_found(reader: Reader, site: Site) -> None:
    lexicon = Lexicon(site.grammar, site.words, {"Huawei": "华唯公司（Huawei）", "Huawei in Kenya": "华唯公司（Huawei）在肯尼亚"})
    question = read_question(reader, lexicon, "华唯公司的客户有哪些国家")
    assert len(question.ids("organization")) == 1 and question.intent == "places"
