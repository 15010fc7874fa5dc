"""Questions about an organisation in a country where only an index of countries names it: the answer names the index."""

import pytest

from tests.site.conftest import Ask


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
