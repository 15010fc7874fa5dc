"""Questions about the dates of restrictions: the answer has every restriction of the service in the country, with its date."""

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels


@pytest.mark.parametrize(
    ("question", "whole", "calls"),
    [
        ("俄罗斯是哪天开始封WhatsApp的？通话呢？", "2026年2月11日", "2025年8月13日"),
        ("When did Russia block WhatsApp, and when its calls?", "11 February 2026", "13 August 2025"),
    ],
)
def test_the_block_of_a_service_comes_before_that_of_its_calls(question: str, whole: str, calls: str, answer: Ask) -> None:
    data = answer(question)
    sentence = data["sentence"]
    assert -1 < sentence.find(whole) < sentence.find(calls)
    assert len(data["items"]) == 2 and whole in data["items"][0]["detail"]


def test_restrictions_of_the_kind_in_question_come_first(answer: Ask) -> None:
    data = answer("When did Turkey throttle X?")
    assert "throttled" in data["sentence"].partition(".")[0]
    assert {"Throttling", "Blocking"} == {label.rpartition("(")[2].rstrip(")") for label in labels(data)}


def test_a_kind_without_a_record_is_named(answer: Ask) -> None:
    sentence = answer("When did Russia start throttling YouTube?")["sentence"]
    assert sentence.startswith("No record here: Throttling") and "blocked in Russia from 11 February 2026" in sentence


def test_a_question_without_dates_is_limited_to_its_kind(answer: Ask) -> None:
    data = answer("Are WhatsApp calls blocked in Russia?")
    assert [label for label in labels(data) if "(Blocking)" in label] == []
