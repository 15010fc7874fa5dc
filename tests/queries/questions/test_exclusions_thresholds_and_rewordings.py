"""Words that exclude, thresholds and rewordings are applied, and none is dropped silently."""

import pytest

from overt.model.record_ids import canonical_id
from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question

HUAWEI = canonical_id("secret_map:huawei")


@pytest.mark.parametrize(
    ("text", "intent", "excluded"),
    [
        ("cameras in kenya not by huawei", "projects", {f"organization {HUAWEI}"}),
        ("who besides huawei supplied cameras to kenya", "suppliers", {f"organization {HUAWEI}"}),
        ("suppliers of cameras in kenya that are not Chinese", "suppliers", {"seat CN"}),
        ("除了中国公司以外，谁向肯尼亚提供摄像头", "suppliers", {"seat CN"}),
        ("cameras in africa except kenya and uganda", "projects", {"area KE", "area UG"}),
    ],
)
def test_what_is_excluded_is_no_condition(reader: Reader, lexicon: Lexicon, text: str, intent: str, excluded: set[str]) -> None:
    question = read_question(reader, lexicon, text)
    assert (question.intent, {f"{part.type} {part.id}" for part in question.excluded}) == (intent, excluded), question
    assert excluded.isdisjoint(f"{part.type} {part.id}" for part in question.parts)


@pytest.mark.parametrize(
    ("text", "number", "counted"),
    [
        ("countries with more than 3 Chinese suppliers", 3, "suppliers"),
        ("countries with at least two huawei projects", 2, "projects"),
        ("超过5个huawei项目的国家", 5, "projects"),
        ("projects worth more than $5 million", 5_000_000, "amount"),
        ("超过1亿美元的项目", 100_000_000, "amount"),
        ("projects in kenya over 2bn", 2_000_000_000, "amount"),
    ],
)
def test_thresholds(reader: Reader, lexicon: Lexicon, text: str, number: float, counted: str) -> None:
    question = read_question(reader, lexicon, text)
    assert question.threshold and (question.threshold.number, question.threshold.counted) == (number, counted), question
    assert question.intent == ("amounts" if counted == "amount" else "places")
    assert question.threshold.admits(number) == ("at least" in text) and question.threshold.admits(number + 1)


def test_a_rewording_is_shown(reader: Reader, lexicon: Lexicon) -> None:
    question = read_question(reader, lexicon, "great firewall in kenya")
    assert [(reading.typed, reading.read) for reading in question.readings] == [("great firewall", "chinese filtering")]
    assert question.ids("kind") == ["filtering"] and question.ids("seat") == ["CN"]
