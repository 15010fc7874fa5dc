"""Answers about a product name those who sold or bought it, and not all parties of projects with other vendors' products."""

import pytest

from tests.site.conftest import Ask

_VENDORS_OF_OTHER_PRODUCTS = ("Candiru", "Wintego", "Raedarius", "Q Cyber")
_MIXED = ("Also named in projects of several suppliers", "多个供应方的项目中")
_UNSURE = ("only announced, cancelled, denied or unverified", "仅为宣布、已取消、被否认或未经核实")


def _before(sentence: str, marks: tuple[str, ...]) -> str:
    [mark] = [mark for mark in marks if mark in sentence]
    return sentence.split(mark)[0]


@pytest.mark.parametrize(
    "question",
    ["Who supplied Predator?", "Who supplied Predator to Indonesia?", "谁供应了捕食者？", "谁向印度尼西亚供应了捕食者间谍软件？"],
)
def test_other_suppliers_of_a_project_are_named_apart(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    sure = _before(sentence, _MIXED)
    assert "Intellexa" in sure and not any(name in sure for name in _VENDORS_OF_OTHER_PRODUCTS)
    assert all(name in sentence for name in _VENDORS_OF_OTHER_PRODUCTS)


@pytest.mark.parametrize("question", ["Who supplied Predator?", "谁供应了捕食者？"])
def test_unverified_projects_are_counted_apart(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    documented = _before(sentence, _UNSURE)
    assert any(text in documented for text in ("Nexa Technologies (3", "Nexa Technologies（3"))
    assert any(text in sentence for text in ("Nexa Technologies (4", "Nexa Technologies（4"))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who sold Predator to Kenya?", "Nexa Technologies"),
        ("谁把捕食者卖给了肯尼亚？", "Nexa Technologies"),
        ("predator sudan", "Rapid Support Forces"),
    ],
)
def test_parties_of_denied_and_unverified_projects_are_marked(question: str, name: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert name in sentence and name not in _before(sentence, _UNSURE)


def test_all_parties_of_a_project_with_the_product_in_its_name_are_named(answer: Ask) -> None:
    sentence = answer("predator madagascar")["sentence"]
    assert all(name in sentence for name in ("Signum Intelligence", "Cytrox", "Nexa Technologies", "Presidency of Madagascar"))
    assert not any(mark in sentence for mark in (*_MIXED, *_UNSURE))
