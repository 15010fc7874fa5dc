"""Suppliers in answers, projects without a supplier, and makers and resellers of products."""

import re

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes
from tests.site.questions.conftest import NAIROBI, AskSmallAtlas

_VENDORS_OF_OTHER_PRODUCTS = ("Candiru", "Wintego", "Raedarius", "Q Cyber")
_MIXED = ("Also named in projects of several suppliers", "多个供应方的项目中")
_UNSURE = ("only announced, cancelled, denied or unverified", "仅宣布、已取消、已否认或未经核实")


def _before(sentence: str, marks: tuple[str, ...]) -> str:
    [mark] = [mark for mark in marks if mark in sentence]
    return sentence.split(mark)[0]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("safe city africa not huawei", "of them name no supplier."),
        ("facial recognition projects in Africa without Huawei", "of them name no supplier."),
        ("非洲 安全城市 非华为", "个未列明供应方。"),
        ("SmartView vendor", "No supplier is named."),
        ("SmartView的供應商是誰", "未列明供应方。"),
        ("柬埔寨国家互联网网关的供应商是哪家公司？", "未列明供应方。"),
    ],
)
def test_projects_without_a_supplier_are_counted(question: str, sentence: str, answer: Ask) -> None:
    assert sentence in answer(question)["sentence"]


def test_named_suppliers_need_no_such_sentence(answer: Ask) -> None:
    assert "no supplier" not in answer("safe city africa huawei")["sentence"].casefold()


def test_nobody_is_said_to_supply_every_kind(understood_answer: Ask) -> None:
    items = {item["label"]: item["detail"] for item in understood_answer("pakistan deep packet inspection suppliers")["items"]}
    assert items["Netsweeper"] == "1 project" and "who supplied which part" in items["Niagara Networks"]


def test_organisations_are_counted_once(understood_answer: Ask) -> None:
    data = understood_answer("Which Israeli companies supply Gulf states?")
    suppliers = {item["id"].split()[0] for item in data["items"]}
    assert data["sentence"].startswith(f"Sources name {len(suppliers)} suppliers") and len(data["items"]) > len(suppliers)


def test_an_implementer_is_no_supplier(understood_answer: Ask) -> None:
    data = understood_answer("who supplied surveillance to belarus")
    assert data["sentence"].startswith("Sources name 2 suppliers of surveillance of any kind in Belarus")
    assert "1 organisation is on record only as an implementer" in data["sentence"]


def test_suppliers_of_a_customer_are_listed(answer: Ask) -> None:
    data = answer("ethio telecom suppliers")
    assert {item["type"] for item in data["items"]} == {"organization"}
    assert "Ethio Telecom" not in [item["label"] for item in data["items"]]


def test_an_answer_about_a_pair_names_its_projects(ask_small_atlas: AskSmallAtlas) -> None:
    assert NAIROBI in labels(ask_small_atlas("huawei kenya"))


def test_suppliers_used_by_somebody_are_suppliers(answer: Ask) -> None:
    assert answer("non-Chinese facial recognition suppliers used by students in Europe")["unweighed"] == ["students"]


def test_projects_named_after_a_product_are_found(understood_answer: Ask) -> None:
    assert any("Egypt" in label for label in labels(understood_answer("finfisher egypt")))
    assert "Egypt" in notes(understood_answer("FinFisher customers in the Middle East before 2014"))
    assert "Moro Hub" in notes(understood_answer("Huawei cloud data centers in the Gulf states"))


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


@pytest.mark.parametrize("question", ["predator madagascar", "马达加斯加 捕食者"])
def test_a_product_counts_for_all_its_makers(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 1 and all(name in data["sentence"] for name in ("Signum Intelligence", "Cytrox", "Nexa Technologies"))


def test_a_product_counts_by_titles_of_resellers(answer: Ask) -> None:
    data = answer("How many spyware systems of Intellexa or Predator are denied or unverified?")
    assert data["total"] == 6 and any("Jordan" in label for label in labels(data))


@pytest.mark.parametrize("question", ["which suppliers are named in Uganda", "乌干达有哪些供应商"])
def test_suppliers_of_denied_projects_are_named_as_not_counted(question: str, answer: Ask) -> None:
    data = answer(question)
    uncounted = re.split("This doesn’t count|不计入", data["sentence"])[1]
    assert "Gamma International" in uncounted and not any("Gamma" in item["label"] for item in data["items"])


def test_an_answer_about_buyers_says_that_it_counts_supplied_projects(understood_answer: Ask) -> None:
    bought = understood_answer("which countries bought pegasus")["sentence"]
    assert bought.startswith("Documented projects with NSO Group as supplier are on record in ")
    any_part = understood_answer("which countries have Huawei")["sentence"]
    assert any_part.startswith("Documented projects are on record in "), "in some, it has another part"
