"""What a question leaves out: “without”, “except”, “outside”, “other than”, “not from”."""

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes
from tests.site.questions.conftest import AskSmallAtlas, Read


@pytest.mark.parametrize(
    "question",
    [
        "Sandvine customers outside Egypt and the Emirates",
        "who bought Sandvine apart from Egypt and the United Arab Emirates",
        "list everyone who got Sandvine boxes except Egypt and the Emirates",
    ],
)
def test_all_joined_countries_are_left_out(question: str, answer: Ask) -> None:
    data = answer(question)
    labels = " ".join(item["label"] for item in data["items"])
    assert data["understood"] and "Türk Telekom" in labels
    assert "Egypt" not in labels and "Emirates" not in labels


def test_exclusions_are_no_conditions_for_other_steps(read: Read) -> None:
    question = read("suppliers from China in Africa other than Huawei")
    assert (question.ids("seat"), question.ids("region"), question.ids("area")) == (["CN"], ["africa"], [])
    question = read("projects from China not in Kenya")
    assert (question.ids("seat"), question.left_out("area")) == (["CN"], ["KE"])


@pytest.mark.parametrize(
    "question",
    ["Surveillance systems in Pakistan that were not supplied by Chinese companies", "巴基斯坦不是中国供应的监控系统有哪些"],
)
def test_systems_that_are_not_from_somewhere_are_listed(question: str, answer: Ask) -> None:
    data = answer(question)
    assert all(item["type"] == "project" for item in data["items"]) and data["total"] > 1
    assert any("WMS 2.0" in note["text"] for note in data["notes"]) and not any("WMS 2.0" in label for label in labels(data))


def test_suppliers_from_elsewhere_remain_suppliers(answer: Ask) -> None:
    data = answer("Non-Chinese suppliers of surveillance to Kazakhstan")
    assert data["intent"] == "suppliers" and all(item["type"] == "organization" for item in data["items"])


@pytest.mark.parametrize(
    ("question", "country"),
    [
        ("Which messaging apps are blocked outside China?", "China"),
        ("Which messengers are blocked in countries other than Russia?", "Russia"),
        ("中国以外哪些国家封锁了聊天软件？", "中国"),
        ("除中国外，哪些国家封锁了社交媒体？", "中国"),
    ],
)
def test_countries_that_a_question_leaves_out_dont_count(question: str, country: str, answer: Ask) -> None:
    data = answer(question)
    assert data["excluded"] and data["total"] and not data["unweighed"]
    assert not any(country in item["label"] for item in data["items"])
    assert country in data["sentence"].split("They are in")[0]


@pytest.mark.parametrize(
    ("question", "excluded"),
    [
        ("wikipedia blocked outside china", "CN"),
        ("countries blocking telegram except russia", "RU"),
        ("throttling outside turkey", "TR"),
    ],
)
def test_blocking_can_leave_out_countries(answer: Ask, question: str, excluded: str) -> None:
    data = answer(question)
    assert data["intent"] == "blocked"
    assert data["excluded"][0]["id"] == excluded
    assert not any(f"/country/{excluded}" in str(item["address"]) for item in data["items"])


def test_but_not_leaves_out_countries(answer: Ask) -> None:
    both = {item["label"] for item in answer("countries with both huawei and zte")["items"]}
    data = answer("countries with huawei 5g but not zte")
    assert both
    assert both.isdisjoint(item["label"] for item in data["items"])
    assert any("aren’t listed" in note["text"] for note in data["notes"])


def test_other_than_leaves_out_projects(answer: Ask) -> None:
    data = answer("which countries have safe cities not by huawei")
    assert not any("aren’t listed" in note["text"] for note in data["notes"])


def test_not_built_by_leaves_out_a_supplier(answer: Ask) -> None:
    data = answer("data centres not built by huawei")
    assert data["intent"] == "projects"
    assert any("have “huawei” in their names, but don’t name the organisation" in note["text"] for note in data["notes"])


def test_seats_that_are_left_out_are_used(answer: Ask) -> None:
    all_countries, data = answer("countries with spyware"), answer("countries with spyware but not from israel")
    assert data["unweighed"] == []
    assert 0 < data["total"] < all_countries["total"]


def test_outside_leaves_out_what_is_before_it(answer: Ask) -> None:
    for question, left_out in (("中国以外的Tencent数据中心", "CN"), ("非洲以外的智慧城市项目", "africa")):
        assert [part["id"] for part in answer(question)["excluded"]] == [left_out], question
    assert len(answer("除华为以外谁供应肯尼亚")["excluded"]) == 1


def test_without_is_still_declined(answer: Ask) -> None:
    assert answer("哪些国家没有使用海康威视")["reason"] == "absence"


def test_without_a_supplier_leaves_out_its_projects_but_lists_no_countries(answer_in_english: Ask) -> None:
    data = answer_in_english("safe city projects without Huawei in Africa")
    assert [part["text"] for part in data["excluded"]] == ["huawei"] and data["total"]
    assert not any("Huawei" in item["detail"] for item in data["items"])
    assert answer_in_english("countries without Huawei")["reason"] == "absence"


def test_laws_can_leave_out_a_country(answer_in_english: Ask) -> None:
    data = answer_in_english("Which laws require real-name registration outside China?")
    assert data["intent"] == "agreements" and "not China" in data["sentence"]
    assert data["items"] and not any("China" in item["detail"] for item in data["items"])


def test_what_is_excluded_is_left_out_and_named(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("smart cities in kenya not by huawei")
    assert data["items"] == [] and "not Huawei Technologies Co., Ltd" in data["sentence"]
    assert [part["label"] for part in data["excluded"]] == ["Huawei Technologies Co., Ltd."]
    assert "isn’t limited to: not Huawei" in notes(data)


def test_a_shared_cable_remains_one_of_the_other_countries(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("which countries other than kenya have submarine cables")
    assert labels(data) == ["Pakistan"] and data["items"][0]["detail"] == "1 project"
    data = ask_small_atlas("submarine cables in pakistan not in kenya")
    assert "1 project is left out because it is also in a country that the question excludes: Test Sea Cable." in notes(data)


@pytest.mark.parametrize("question", ["who else besides China supplies cameras to Kenya", "谁向肯尼亚提供摄像头 除了中国"])
def test_a_seller_left_out_is_a_seat(question: str, answer: Ask) -> None:
    data = answer(question)
    assert [part["type"] for part in data["excluded"]] == ["seat"]
    assert [item["label"] for item in data["items"]] == ["Safaricom PLC"]
    assert [part["type"] for part in answer("suppliers in asia except china")["excluded"]] == ["area"]


def test_unknown_seats_are_no_denial(answer: Ask) -> None:
    data = answer("非中国公司的人脸识别 中亚")
    sentence = data["sentence"]
    assert any("Presight" in item["detail"] for item in data["items"])
    assert any("没有供应方所在国的记录" in note["text"] for note in data["notes"])
    assert "没有项目记录" not in sentence and "本站没有记录" not in sentence
