"""Answers to questions with “abroad”; what a count leaves out, long lists of countries, and suggested questions."""

import re

import pytest

from tests.site.conftest import Ask


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("chinese loans to russian telecoms", {("seat", "CN"), ("area", "RU")}),
        ("chinese loans for the russian telecoms", {("seat", "CN"), ("area", "RU")}),
        ("loans to russian telecoms", {("area", "RU")}),
        ("chinese loans to russian companies", {("seat", "CN"), ("area", "RU")}),
        ("中国对俄罗斯电信的贷款", {("seat", "CN"), ("area", "RU")}),
        ("payments to israeli companies in mexico", {("seat", "IL"), ("area", "MX")}),
        ("israeli spyware in africa", {("seat", "IL")}),
    ],
)
def test_the_country_that_a_loan_goes_to_is_no_seat(answer: Ask, question: str, places: set[tuple[str, str]]) -> None:
    parts = answer(question)["parts"]
    assert {(part["type"], part["id"]) for part in parts if part["type"] in ("seat", "area")} == places


@pytest.mark.parametrize(
    ("question", "word"), [("tencent cloud data centers abroad", "abroad"), ("tencent cloud 海外 数据中心", "海外")]
)
def test_abroad_is_left_out_without_a_recorded_seat(answer: Ask, question: str, word: str) -> None:
    data = answer(question)
    assert data["total"] == answer("tencent cloud data centers")["total"] > 1
    assert word in data["unweighed"]


def test_abroad_is_used_with_a_recorded_seat(answer: Ask) -> None:
    data = answer("huawei data centers abroad")
    assert "outside its own country" in data["sentence"]
    assert data["unweighed"] == []


@pytest.mark.parametrize(
    ("question", "count"),
    [
        (
            "israeli companies spyware africa",
            "5 projects (Ghana, Morocco, Rwanda, Togo, Uganda), plus 1 recorded as “Denied” (Djibouti)",
        ),
        ("以色列公司卖给非洲国家的间谍软件", "5个项目（乌干达、加纳、卢旺达、多哥、摩洛哥），另有1个记为“已否认”（吉布提）"),
        ("surveillance suppliers Nigeria", "1 project, plus 1 recorded as “Not verified”"),
        ("尼日利亚 监控 供应商", "1个项目，另有1个记为“未经核实”"),
        ("乌干达 监控 供应商", "1个项目，另有1个记为“已否认”"),
    ],
)
def test_a_count_says_which_projects_it_leaves_out(answer: Ask, question: str, count: str) -> None:
    assert count in [item["detail"] for item in answer(question)["items"]]


def test_a_count_of_all_projects_says_nothing_else(answer: Ask) -> None:
    details = [item["detail"] for item in answer("which companies supplied spyware in mexico")["items"]]
    assert re.fullmatch(r"\d projects", details[0])


def test_a_long_list_of_countries_is_shortened(answer: Ask) -> None:
    first = answer("israeli companies")["items"][0]["detail"]
    assert re.match(r"\d+ projects \(Armenia, ", first) and ", …), plus " in first


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("total chinese funding for ghana in aiddata's table", "total chinese funding for ghana"),
        ("huawei projects of the quxzzt", "huawei projects"),
        ("quxzzt's huawei projects in kenya", "huawei projects in kenya"),
        ("which countries does china lend quxzzt to", "which countries does china lend to"),
    ],
)
def test_the_suggested_question_is_whole(answer: Ask, question: str, known: str) -> None:
    assert answer(question)["known"] == known
