"""Questions about owners, debtors, funders and lenders in the shipped edition."""

from typing import Any

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask


def _parts(data: dict[str, Any]) -> set[tuple[str, str]]:
    return {(part["type"], part["id"]) for part in data["parts"]}


@pytest.mark.parametrize("question", ["does china own hikvision", "中国拥有海康威视吗"])
def test_the_owner_of_a_company_is_no_owner_of_projects(answer: Ask, question: str) -> None:
    data = answer(question)
    assert data["intent"] == "owners"
    assert [item["type"] for item in data["items"]] == ["organization"]
    assert len(data["unweighed"]) == 1


def test_has_is_no_owner_elsewhere(answer: Ask) -> None:
    assert answer("墨西哥拥有飞马吗")["intent"] == "answer"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("which country owes china most", "Russia"),
        ("who owes china the most in africa", "Nigeria"),
        ("which country borrowed the most from china", "Russia"),
        ("哪个国家欠中国最多", "俄罗斯"),
    ],
)
def test_who_owes_most_is_a_country(answer: Ask, question: str, first: str) -> None:
    data = answer(question)
    assert ("seat", "CN") in _parts(data)
    assert data["items"][0]["type"] == "country"
    assert data["items"][0]["label"] == first
    assert data["sentence"].index(first) < 40


def test_sums_by_country_are_those_of_the_table(answer: Ask, shipped_reader: Reader) -> None:
    first = answer("which country received the most money")["items"][0]
    [row] = shipped_reader.select(
        "SELECT sum(m.amount) AS amount FROM commitments AS m JOIN project_country AS c ON c.id = m.project "
        "WHERE c.country = :country AND m.unit = 'USD@2021'",
        {"country": first["id"]},
    )
    assert f"${round(row['amount'] / 1e9, 2):g} bn in constant prices" in first["detail"]


@pytest.mark.parametrize(
    ("question", "lender"),
    [("projects funded by zte", "ZTE Corporation"), ("zte as a lender", "ZTE Corporation"), ("loans to kenya by china exim", "")],
)
def test_who_funds_by_the_words_is_the_lender(answer: Ask, question: str, lender: str) -> None:
    data = answer(question)
    assert data["intent"] == "money"
    assert "lenders or donors are on record" not in data["sentence"]
    assert lender in data["sentence"]


def test_who_funds_a_company_is_no_question_about_its_loans(answer: Ask) -> None:
    assert "lenders or donors are on record" in answer("who funds huawei")["sentence"]
