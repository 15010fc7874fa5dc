"""Questions about amounts in other currencies, owners and lenders, what is left out, and where organisations are from."""

from typing import Any

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask


def _parts(data: dict[str, Any]) -> set[tuple[str, str]]:
    return {(part["type"], part["id"]) for part in data["parts"]}


@pytest.mark.parametrize(
    ("question", "issuer"),
    [
        ("eu sanctions on chinese companies", "eu"),
        ("is huawei sanctioned by the eu", "eu"),
        ("英国制裁海康威视了吗", "英国"),
    ],
)
def test_lists_of_an_issuer_without_any_are_declined(answer: Ask, question: str, issuer: str) -> None:
    data = answer(question)
    assert (data["understood"], data["reason"]) == (False, "issuer")
    assert f"“{issuer}”" in data["explanation"]


@pytest.mark.parametrize(
    "question",
    ["chinese companies sanctioned by the us", "suppliers in serbia that are on the entity list", "is nso on the us list"],
)
def test_lists_of_a_known_issuer_are_answered(answer: Ask, question: str) -> None:
    data = answer(question)
    assert data["intent"] in ("lists", "listed")
    assert ("area", "US") not in _parts(data)


@pytest.mark.parametrize(
    "question", ["loans over 1 billion yuan", "超过1亿元的贷款", "10亿元人民币以上的贷款", "loans over 5 million euros"]
)
def test_amounts_in_other_currencies_are_declined(answer: Ask, question: str) -> None:
    assert answer(question)["reason"] == "currency"


def test_amounts_in_dollars_are_compared(answer: Ask) -> None:
    assert answer("loans over 1 billion dollars")["intent"] == "amounts"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("laws excluding huawei", "Exclusion of suppliers"),
        ("which laws name huawei", "Huawei Technologies Co., Ltd."),
        ("提到华为的法律", "华为技术有限公司"),
    ],
)
def test_laws_can_name_a_company(answer: Ask, question: str, kind: str) -> None:
    data = answer(question)
    assert data["intent"] == "agreements"
    assert data["total"] > 1
    assert kind in data["sentence"]


def test_names_of_unions_count_without_their_short_form(answer: Ask) -> None:
    assert ("region", "sco") in _parts(answer("shanghai cooperation organisation agreements"))


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


@pytest.mark.parametrize("question", ["calls blocked in morocco", "apps removed from app stores in china"])
def test_kinds_of_restriction_have_countries(answer: Ask, question: str) -> None:
    assert [item["type"] for item in answer(question)["items"]] == ["country"]


def test_countries_are_ranked_by_services(answer: Ask, shipped_reader: Reader) -> None:
    rows = shipped_reader.select("SELECT count(DISTINCT service) AS services FROM answer_services WHERE country = 'CN'")
    assert f"China ({rows[0]['services']} services)" in answer("which country blocks the most services")["sentence"]
    assert f"China ({rows[0]['services']} services)" in answer("does russia block more than china")["sentence"]


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


@pytest.mark.parametrize(
    ("question", "property_", "year"),
    [("projects completed in 2016", "completed", "2016"), ("projects ended in 2021", "ended", "2021")],
)
def test_a_year_is_that_of_the_event(answer: Ask, shipped_reader: Reader, question: str, property_: str, year: str) -> None:
    [row] = shipped_reader.select(
        "SELECT count(DISTINCT f.id) AS n FROM facts AS f JOIN projects AS p ON p.id = f.id "
        f"WHERE f.property = '{property_}' AND f.shown AND substr(f.value, 1, 4) = '{year}'"
    )
    data = answer(question)
    assert data["total"] == row["n"] > 0
    assert (data["unweighed"], f"“{property_}” {year}" in data["sentence"]) == ([], True)


def test_ended_projects_have_an_end(answer: Ask) -> None:
    data = answer("ended projects in africa")
    assert 0 < data["total"] < answer("projects in africa")["total"]
    assert "“ended”" in data["sentence"]


@pytest.mark.parametrize("question", ["biggest contract value in africa", "contract value of nigeria's zte system"])
def test_contract_values_come_first_if_asked_for(answer: Ask, question: str) -> None:
    assert answer(question)["sentence"].startswith("The value")


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("the most expensive safe city", "amounts"),
        ("how many grants has china given", "money"),
        ("how many trainings were held in 2024", "agreements"),
        ("agreements signed in 2017", "agreements"),
        ("loans in 2015", "money"),
        ("which chinese projects were cancelled in europe", "projects"),
        ("companies in at least 20 countries", None),
        ("500 million dollar contract", None),
        ("baidu projects", None),
        ("百度海外项目", None),
    ],
)
def test_what_is_asked(answer: Ask, question: str, intent: str | None) -> None:
    assert answer(question)["intent"] == intent


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("chinese cameras in british offices", {("seat", "CN"), ("area", "GB"), ("kind", "video-surveillance")}),
        ("surveillance in island states", {("kind", "surveillance")}),
        ("US spyware in Mexico", {("seat", "US"), ("kind", "spyware"), ("area", "MX")}),
        ("Mexico City cameras", {("absent", "Mexico City"), ("kind", "video-surveillance")}),
    ],
)
def test_which_places_are_read(answer: Ask, question: str, parts: set[tuple[str, str]]) -> None:
    assert {part for part in _parts(answer(question)) if part[0] != "intent"} == parts


@pytest.mark.parametrize(("question", "name"), [("津巴布韦 云从", "云从科技"), ("腾讯云的数据中心", "Tencent Cloud")])
def test_chinese_names_are_not_split(answer: Ask, question: str, name: str) -> None:
    labels = [part["label"] for part in answer(question)["parts"] if part["type"] == "organization"]
    assert [label for label in labels if name in label or "CloudWalk" in label], labels


@pytest.mark.parametrize("question", ["谁用Cellebrite破解手机", "网民实名法律", "乌干达2021年大选断网", "卫星非洲谁造的"])
def test_everyday_chinese_words_are_understood(answer: Ask, question: str) -> None:
    assert answer(question)["understood"]


def test_suppliers_of_a_customer_are_listed(answer: Ask) -> None:
    data = answer("ethio telecom suppliers")
    assert {item["type"] for item in data["items"]} == {"organization"}
    assert "Ethio Telecom" not in [item["label"] for item in data["items"]]


def test_a_figure_that_counts_the_same_is_linked(answer: Ask) -> None:
    addresses = [note["address"] for note in answer("which 63 countries have chinese surveillance")["notes"]]
    assert "/figure/surveillance-export-countries-2019" in addresses
    assert not any("/figure/" in str(note["address"]) for note in answer("chinese surveillance in africa")["notes"])


def test_a_country_that_may_be_a_seat_is_explained(answer: Ask) -> None:
    assert any("read as the place" in note["text"] for note in answer("china surveillance projects")["notes"])
    assert not any("read as the place" in note["text"] for note in answer("surveillance projects in china")["notes"])


def test_projects_are_counted_by_kind(answer: Ask) -> None:
    assert "By kind:" in answer("number of projects by kind in kenya")["sentence"]


@pytest.mark.parametrize(
    ("question", "country"),
    [
        ("which country is candiru from", "Israel"),
        ("where is candiru based", "Israel"),
        ("candiru headquarters", "Israel"),
        ("海康威视总部在哪", "中国"),
    ],
)
def test_where_an_organisation_is_from_is_its_seat(answer: Ask, question: str, country: str) -> None:
    data = answer(question)
    assert (data["intent"], data["items"], data["unweighed"]) == ("owners", [], [])
    assert country in data["sentence"]


@pytest.mark.parametrize(
    ("question", "seat"),
    [("companies based in israel", "IL"), ("spyware companies headquartered in italy", "IT"), ("总部在以色列的公司", "IL")],
)
def test_based_in_is_a_seat(answer: Ask, question: str, seat: str) -> None:
    assert {part for part in _parts(answer(question)) if part[0] in ("seat", "area")} == {("seat", seat)}


@pytest.mark.parametrize("question", ["有华为但没有中兴的非洲国家", "有飞马的欧洲国家", "63个国家有中国人脸识别"])
def test_countries_at_the_end_or_after_a_number_are_asked_for(answer: Ask, question: str) -> None:
    assert ("intent", "places") in _parts(answer(question))


def _services(reader: Reader, country: str) -> set[str]:
    return {row["service"] for row in reader.select(f"SELECT DISTINCT service FROM answer_services WHERE country = '{country}'")}


def test_services_of_two_countries_are_compared(answer: Ask, shipped_reader: Reader) -> None:
    iran, russia = _services(shipped_reader, "IR"), _services(shipped_reader, "RU")
    assert iran & russia
    assert iran - russia
    both, first = answer("which services are blocked in both iran and russia"), answer("blocked in iran but not in russia")
    assert (both["total"], both["unweighed"]) == (2 * len(iran & russia), [])
    assert (first["total"], first["unweighed"]) == (len(iran - russia), [])


def test_countries_with_both_services(answer: Ask, shipped_reader: Reader) -> None:
    [row] = shipped_reader.select(
        "SELECT count(*) AS n FROM (SELECT country FROM answer_services WHERE service IN ('facebook', 'whatsapp') "
        "GROUP BY country HAVING count(DISTINCT service) = 2)"
    )
    assert answer("how many countries block both facebook and whatsapp")["total"] == 2 * row["n"]


def test_seats_that_are_left_out_are_used(answer: Ask) -> None:
    all_countries, data = answer("countries with spyware"), answer("countries with spyware but not from israel")
    assert data["unweighed"] == []
    assert 0 < data["total"] < all_countries["total"]


@pytest.mark.parametrize("question", ["give me five spyware vendors", "huawei's second biggest loan in africa"])
def test_numbers_are_not_looked_for_in_texts(answer: Ask, question: str) -> None:
    assert answer(question)["intent"] != "texts"
