"""Donations count by one rule everywhere, and an answer says by what its projects count."""

import re

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels

_ONLY = ("has only projects of the kind", "只有以下类别的项目")


def _counts(sentence: str) -> list[int]:
    [counts] = re.findall(r"(?:each once|各计一次)[:：](.*?)[.。]$", sentence)
    return [int(number) for number in re.findall(r"[(（](\d+)[)）]", counts)]


@pytest.mark.parametrize(
    "question",
    [
        "Which projects were donated?",
        "How many projects were donated in Africa?",
        "What was donated to Zambia?",
        "哪些项目是捐赠的？",
        "非洲有多少个捐赠项目？",
    ],
)
def test_what_counts_is_counted_apart_and_adds_up(question: str, answer: Ask) -> None:
    data = answer(question)
    assert len(_counts(data["sentence"])) > 1 and sum(_counts(data["sentence"])) == data["total"]
    assert any(text in note["text"] for note in data["notes"] for text in _ONLY)


@pytest.mark.parametrize(
    "question", ["Which spyware was donated?", "哪些间谍软件是捐赠的？", "What did Poland receive as a gift?"]
)
def test_money_of_the_own_country_is_no_gift(question: str, answer: Ask) -> None:
    assert not any("Pegasus" in label or "飞马" in label for label in labels(answer(question)))


def test_places_with_and_without_recorded_donations_follow_one_rule(answer: Ask) -> None:
    zambia, mauritania = answer("What was donated to Zambia?"), answer("What was donated to Mauritania?")
    assert any(label.startswith("Donation") for label in labels(zambia)) and any(
        label.startswith("Grant") for label in labels(zambia)
    )
    assert any(label.startswith("Grant") for label in labels(mauritania))
