"""Questions about pairs, “A in X and B in Y”, are answered pair by pair, and never about A in Y or about both in one project."""

import pytest

from tests.site.conftest import Ask

_APART = [
    ("Did Huawei sell to Kenya, did ZTE sell to Uganda?", "Did Huawei sell to Kenya?", "Did ZTE sell to Uganda?"),
    ("Huawei sold to Kenya, ZTE sold to Uganda?", "Huawei sold to Kenya?", "ZTE sold to Uganda?"),
    ("Did Huawei sell to Kenya and did ZTE sell to Uganda?", "Did Huawei sell to Kenya?", "Did ZTE sell to Uganda?"),
    ("Did Huawei sell to Kenya and ZTE to Uganda?", "Did Huawei sell to Kenya?", "Did ZTE sell to Uganda?"),
    ("Did Kenya buy from Huawei and Uganda from ZTE?", "Did Kenya buy from Huawei?", "Did Uganda buy from ZTE?"),
    ("Did Huawei sell to Kenya and Uganda, and ZTE to Zambia?", "Did Huawei sell to Kenya and Uganda?", "ZTE to Zambia"),
    ("Did China sell to Kenya and Israel to Uganda?", "Did China sell to Kenya?", "Did Israel sell to Uganda?"),
    (
        "Has Israel sold spyware to Kenya and China cameras to Uganda?",
        "Has Israel sold spyware to Kenya?", "Has China sold cameras to Uganda?",
    ),
    ("Did Huawei sell cameras to Kenya and 5G to Uganda?", "Did Huawei sell cameras to Kenya?", "Did Huawei sell 5G to Uganda?"),
    ("Is WhatsApp blocked in China and Telegram in Iran?", "Is WhatsApp blocked in China?", "Is Telegram blocked in Iran?"),
    ("spyware in Kenya and cameras in Uganda", "spyware in Kenya", "cameras in Uganda"),
    (
        "Did China Eximbank lend to Kenya and did China Development Bank lend to Zambia?",
        "Did China Eximbank lend to Kenya?", "Did China Development Bank lend to Zambia?",
    ),
    ("华为卖给肯尼亚了吗，中兴卖给乌干达了吗？", "华为卖给肯尼亚了吗", "中兴卖给乌干达了吗"),
    ("华为卖给肯尼亚了吗？中兴卖给乌干达了吗？", "华为卖给肯尼亚了吗", "中兴卖给乌干达了吗"),
    ("华为在肯尼亚和中兴在乌干达的项目", "华为在肯尼亚", "中兴在乌干达的项目"),
    ("中国卖给肯尼亚、以色列卖给乌干达了吗？", "中国卖给肯尼亚", "以色列卖给乌干达了吗"),
]  # fmt: skip


@pytest.mark.ci
@pytest.mark.parametrize(("question", "first", "second"), _APART)
def test_each_pair_has_its_own_answer(question: str, first: str, second: str, answer: Ask) -> None:
    data, answers = answer(question), [answer(first), answer(second)]
    assert data["understood"] and answers[0]["total"] > 0
    assert all(own["sentence"] in data["sentence"] for own in answers)
    ids = {item["id"] for item in data["items"]}
    assert ids == {item["id"] for own in answers for item in own["items"]}


def test_the_kind_of_the_first_pair_is_that_of_a_pair_without_one(answer_in_english: Ask) -> None:
    sentence = answer_in_english("Did Huawei sell cameras to Kenya and ZTE to Uganda?")["sentence"]
    assert "Huawei Technologies Co., Ltd., video surveillance in Kenya" in sentence
    assert "ZTE Corporation, video surveillance in Uganda" in sentence


def test_years_before_both_pairs_are_those_of_both(answer_in_english: Ask) -> None:
    sentence = answer_in_english("Between 2010 and 2020, did Huawei sell to Kenya and ZTE to Uganda?")["sentence"]
    assert sentence.count("dated 2010 to 2020") == 2


def test_pairs_that_are_not_told_apart_are_said_first(answer_in_english: Ask) -> None:
    sentence = answer_in_english("Did Huawei sell to Kenya and ZTE to Uganda before 2015?")["sentence"]
    assert sentence.startswith("The question has several pairs, each with its own place; this answer doesn’t tell them apart.")


@pytest.mark.parametrize(
    "question",
    ["Did Huawei and ZTE sell to Kenya and Uganda?", "Did Huawei sell to Kenya and did ZTE?", "华为和中兴在肯尼亚和乌干达"],
)
def test_lists_of_names_and_of_places_are_no_pairs(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert "Huawei Technologies Co., Ltd.: " in sentence or "华为技术有限公司：" in sentence
    assert "pairs" not in sentence and "没有按组区分" not in sentence


def test_no_buyer_is_named_as_a_home_country(answer: Ask) -> None:
    assert "based in China, Kenya" not in answer("Which Chinese companies supplied Kenya?")["sentence"]
    assert "总部在中国、肯尼亚" not in answer("哪些中国公司向肯尼亚供应？")["sentence"]


@pytest.mark.parametrize("question", ["Huawei sold to Kenya, ZTE sold to Uganda", "华为卖给肯尼亚了吗，中兴卖给乌干达了吗？"])
def test_no_project_of_both_is_asked_for(question: str, answer: Ask) -> None:
    assert "no project on record" not in answer(question)["sentence"] and "没有项目记录" not in answer(question)["sentence"]


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Did Huawei sell cameras to Kenya and 5G to Uganda and Zambia?", "ZTE"),
        ("华为向肯尼亚出售摄像头，向乌干达出售5G了吗？", "中兴"),
    ],
)
def test_pairs_of_kinds_keep_the_name_of_the_first(question: str, other: str, answer: Ask) -> None:
    items = answer(question)["items"]
    assert items and all("Huawei" in item["detail"] or "华为" in item["detail"] for item in items)
    assert not any(other in item["label"] for item in items)
