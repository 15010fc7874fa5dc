"""Comparisons, and conditions joined with “and”, “or” or “both”, or side by side."""

import re

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes
from tests.site.questions.conftest import AskSmallAtlas


@pytest.mark.parametrize(
    "question",
    [
        "Compare Kazakhstan and Uzbekistan: who has more surveillance systems and whose tech is it",
        "compare Kazakhstan and Uzbekistan",
    ],
)
def test_places_are_compared_one_by_one(question: str, answer: Ask) -> None:
    data = answer(question)
    first, second = data["sentence"].split(" Uzbekistan: ")
    assert first.startswith("Kazakhstan: ") and "Sergek" in first and "Sergek" not in second
    assert "documented projects" in first and "Costar" in second


def test_respectively_asks_for_each_place(answer: Ask) -> None:
    assert answer("肯尼亚和埃塞俄比亚的监控系统分别是谁供应的")["sentence"].startswith("肯尼亚：")


def test_each_side_of_a_comparison_has_its_own_answer(answer: Ask) -> None:
    sentence = answer("Compare the surveillance suppliers of Bolivia and Venezuela")["sentence"]
    bolivia, _, venezuela = sentence.partition(" Venezuela: ")
    assert bolivia.startswith("Bolivia: ") and "China National Electronics Service" in bolivia
    assert "ZTE" in venezuela and "ZTE" not in bolivia


def test_compared_companies_have_their_own_counts_and_countries(answer: Ask) -> None:
    data = answer("Huawei or Dahua, who has supplied more surveillance systems and to how many countries?")
    huawei = re.search(
        r"Huawei Technologies Co., Ltd.: (\d+) projects in (\d+) countries, (\d+) projects announced", data["sentence"]
    )
    dahua = re.search(r"Dahua Technology Co., Ltd.: (\d+) projects in (\d+) countries", data["sentence"])
    assert huawei and dahua
    assert int(huawei[1]) > int(huawei[2]) > int(dahua[2]) and int(huawei[1]) > int(dahua[1]) > 0 and int(huawei[3]) > 0


def test_each_of_several_organisations_and_countries_is_counted(ask_small_atlas: AskSmallAtlas) -> None:
    sentence = ask_small_atlas("Huawei or Huawei Marine smart cities in kenya")["sentence"]
    assert sentence.endswith(
        "Huawei Technologies Co., Ltd.: 1 project; Huawei Marine: no project on record (smart or safe city in Kenya). "
        "That is not evidence of absence."
    )
    assert (
        "Kenya: 1 project; Pakistan: no project on record (Smart or safe city)."
        in ask_small_atlas("smart cities in kenya and pakistan")["sentence"]
    )
    assert "：1个项目" in ask_small_atlas("肯尼亚和巴基斯坦的智慧城市", "zh")["sentence"]


def test_compared_countries_are_counted_apart(answer: Ask) -> None:
    sentence = answer("Kenya vs Ethiopia Chinese surveillance projects")["sentence"]
    assert sentence.startswith("Kenya: 2 documented projects; suppliers and implementers: Huawei") and ". Ethiopia: " in sentence


def test_seats_are_compared(answer: Ask) -> None:
    sentence = answer("Are there more Chinese or US companies in Kenya?")["sentence"]
    assert sentence.startswith("based in China: ") and "; based in United States: " in sentence


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("countries with both Pegasus and Predator", {"Saudi Arabia", "Jordan", "United Arab Emirates"}),
        ("Which countries have Pegasus as well as Predator?", {"Saudi Arabia", "Jordan", "United Arab Emirates"}),
        ("飞马和捕食者都有的国家", {"沙特阿拉伯", "约旦", "阿联酋"}),
        ("哪些国家既有飞马又有捕食者", {"沙特阿拉伯", "约旦", "阿联酋"}),
    ],
)
def test_resellers_of_a_product_are_named_for_both(question: str, names: set[str], answer: Ask) -> None:
    """Nexa's sales of Predator to Jordan and the Emirates aren't verified, so the answer names these countries separately."""
    data = answer(question)
    assert labels(data) in (["Saudi Arabia"], ["沙特阿拉伯"]) and all(name in data["sentence"] for name in names)
    assert "Kenya" not in data["sentence"] and "肯尼亚" not in data["sentence"]  # Kenya has only one of the products


def test_kinds_and_seats_are_combined(answer: Ask) -> None:
    both = answer("which countries have both Chinese and Israeli surveillance")
    assert both["sentence"].split()[1:6] == ["countries", "have", "documented", "projects", "of"] and not both["unweighed"]
    kinds = answer("哪些非洲国家既有间谍软件又有人脸识别")
    assert "摩洛哥" in labels(kinds) and "肯尼亚" not in labels(kinds)


def test_a_kind_after_the_first_name_belongs_to_it(answer: Ask) -> None:
    data = answer("which countries have both Huawei cameras and Pegasus")
    assert data["total"] > 0 and "Ghana" in labels(data)


def test_an_unused_both_is_named_first(answer: Ask) -> None:
    assert answer("both Kenya and Uganda: Huawei projects")["sentence"].startswith("This leaves out “both”")


@pytest.mark.parametrize("question", ["facial recognition and drones in Uganda", "facial recognition or drones in Uganda"])
def test_an_alternative_that_is_left_out_is_named_as_missing(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "The answer doesn’t include “drones”" in data["sentence"] and "drones" not in data["unweighed"]


def test_a_word_that_only_narrows_is_still_named_as_left_out(answer: Ask) -> None:
    data = answer("students or election cameras in Uganda")
    assert {"students", "election"} <= set(data["unweighed"]) and "doesn’t include" not in data["sentence"]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "Kenyan officials trained in China or by Huawei",
            "kenyan officials trained in china",
            "kenyan officials trained by huawei",
        ),
        ("projects in Serbia or by Huawei", "projects in serbia", "projects by huawei"),
        ("cameras from China or by NEC in Singapore", "cameras from china in singapore", "cameras by nec in singapore"),
    ],
)
def test_or_between_conditions_of_different_types_is_declined(question: str, first: str, second: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == "alternatives" and not data["items"]
    assert f"“{first}”; “{second}”" in data["explanation"]


@pytest.mark.parametrize("question", ["projects in Kenya or Uganda by Huawei", "Huawei or ZTE projects in Ethiopia"])
def test_or_between_conditions_of_one_type_is_answered(question: str, answer: Ask) -> None:
    assert answer(question)["understood"]


def test_projects_with_both_organisations_name_both(answer: Ask) -> None:
    data = answer("projects with both Huawei and Ericsson")
    assert data["total"] == 3 and all("Ericsson" in item["detail"] for item in data["items"])


def test_two_suppliers_side_by_side_are_alternatives(answer: Ask) -> None:
    assert answer("huawei zte kenya")["total"] > 1


def test_both_needs_every_place(answer: Ask) -> None:
    either, both = answer("countries with NSO or Candiru"), answer("countries with both NSO and Candiru")
    assert 0 < both["total"] < either["total"] and both["sentence"].startswith("4 countries have documented projects of each: ")
    data = answer("which companies supply both Kenya and Uganda")
    assert data["sentence"].startswith(f"Sources name {data['total']} suppliers") and "Huawei Technologies Co., Ltd." in labels(
        data
    )
    for country in ("Kenya", "Uganda"):
        every = answer(f"suppliers in {country}")
        assert set(labels(data)) <= set(labels(every)), country


def test_a_cable_between_places_is_in_both(answer: Ask) -> None:
    data = answer("cables between Kenya and Pakistan")
    assert data["total"] == 0 and "is in only some" not in data["sentence"] and "in only some of these places" in notes(data)
