"""The same question in English and Chinese has the same answer: intent, number, items and address."""

import csv
from typing import Any

import pytest

from bench.question_reading_quality import LABELS
from tests.site.conftest import Ask

_PAIRS = LABELS.with_name("questions_in_both_languages.csv")


def _pairs() -> list[tuple[str, str]]:
    with _PAIRS.open(encoding="utf-8", newline="") as file:
        return [(row["english"], row["chinese"]) for row in csv.DictReader(file)]


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of an answer that don't depend on its language, including the reason if there is no answer."""
    names = ("intent", "reason", "total", "address")
    return {name: data[name] for name in names} | {"items": {(item["type"], item["id"]) for item in data["items"]}}


@pytest.mark.ci
@pytest.mark.parametrize(("english", "chinese"), _pairs())
def test_an_answer_is_the_same_in_both_languages(english: str, chinese: str, answer: Ask) -> None:
    assert _facts(answer(english)) == _facts(answer(chinese))
