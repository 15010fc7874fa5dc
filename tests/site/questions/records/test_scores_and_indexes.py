"""Scores and ranks of countries, and countries that only an index names."""

from typing import Any

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import notes


def types_of(data: dict[str, Any]) -> set[str]:
    return {part["type"] for part in data["parts"]}


def test_the_most_repressive_countries_are_those_with_the_highest_scores(answer: Ask) -> None:
    assert "North Korea: 2.97" in answer("most digitally repressive countries index")["sentence"]


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("卢旺达有没有用华为的监控？", "2019年的指数将华为"),
        ("Does Rwanda use Huawei surveillance?", "The index of 2019 names Huawei"),
        ("Huawei facial recognition in Rwanda", "The index of 2019 names Huawei"),
    ],
)
def test_an_index_replaces_a_denial(question: str, index: str, answer: Ask) -> None:
    data = answer(question)
    assert index in data["sentence"] and "No record here" not in data["sentence"]
    assert data["total"] == 1 and data["items"][0]["type"] == "answer"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Huawei submarine cables in Rwanda", "Without “submarine cables”: "),
        ("Huawei surveillance in Rwanda before 2015", "Without “surveillance”, “2015”: "),
    ],
)
def test_an_index_says_nothing_about_other_conditions(question: str, words: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert sentence.startswith("No record meets all of this: ") and f"{words}The index of 2019 names Huawei" in sentence


def test_an_index_says_nothing_about_a_status(answer: Ask) -> None:
    assert answer("cancelled Huawei projects in Rwanda")["sentence"].startswith("No record here")


def test_scores_are_series(answer_in_english: Ask) -> None:
    assert "Freedom on the Net, Venezuela: 28 (2021)" in answer_in_english("freedom on the net score Venezuela")["sentence"]
    data = answer_in_english("V-Dem index Hungary and which suppliers work there")
    assert data["intent"] == "scores" and data["unweighed"] == ["suppliers"] and types_of(data) == {"series", "area"}


def test_countries_that_only_an_index_names_are_mentioned(answer: Ask) -> None:
    text = notes(answer("Which African countries have facial recognition cameras?"))
    assert "In 5 more countries, only an index names this" in text and "Kenya" in text and "South Africa" in text


def test_countries_are_ranked_by_a_score(answer: Ask) -> None:
    data = answer("top 5 countries digital repression index 2021")
    assert data["intent"] == "scores" and "North Korea: 2.97" in data["sentence"]
    assert "Nicaragua" in data["sentence"] and "China" not in data["sentence"]
    assert "lowest" in answer("lowest digital repression index in africa")["sentence"]
    assert "朝鲜" in answer("数字压制指数最高的五个国家")["sentence"]


def test_a_score_is_of_the_year_asked_for_or_names_the_year_as_left_out(answer: Ask) -> None:
    assert answer("vietnam freedom on the net score 2021")["unweighed"] == []
    assert answer("digital repression index 2019 kenya")["unweighed"] == ["2019"]
    assert set(answer("freedom on the net between 2018 and 2021 china")["unweighed"]) == {"2018", "2021"}


def test_a_rank_counts_the_higher_values(answer: Ask, shipped_reader: Reader) -> None:
    [row] = shipped_reader.select(
        "SELECT count(*) AS higher, (SELECT count(*) FROM indicators WHERE series = 'digital-repression') AS countries "
        "FROM indicators WHERE series = 'digital-repression' AND value > "
        "(SELECT value FROM indicators WHERE series = 'digital-repression' AND country = 'ET')"
    )
    sentence = answer("rank of Ethiopia in digital repression")["sentence"]
    assert f"Ethiopia is number {row['higher'] + 1} of {row['countries']} countries" in sentence
    assert answer("Freedom on the net ranking 2021")["items"][0]["label"] == "Freedom on the Net, Canada"
    assert "number 57 of 57" in answer("how does china rank in freedom on the net")["sentence"]
