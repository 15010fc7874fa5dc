"""Questions about an organisation in a country of which only an index of countries tells: the answer names the index."""

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
    ("question", "condition"),
    [
        ("Huawei submarine cables in Rwanda", "submarine cables"),
        ("cancelled Huawei projects in Rwanda", "cancelled"),
        ("Huawei surveillance in Rwanda before 2015", "2014"),
    ],
)
def test_an_index_says_nothing_about_other_conditions(question: str, condition: str, answer: Ask) -> None:
    """An index may only be named after the sentence says which condition it leaves out."""
    sentence = answer(question)["sentence"]
    denial, _, relaxed = sentence.partition(" Without “")
    assert denial.startswith(("No record here: ", "No record meets all of this: ")) and "index" not in denial
    assert bool(relaxed) == denial.startswith("No record meets")
    assert not relaxed or condition in relaxed.partition(": ")[0], "the condition that the index says nothing about"
