"""Questions about denials, alternatives, complete lists and projects that aren't recorded; and counts and rows of answers."""

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask


def _denials_by(reader: Reader, name: str) -> int:
    """Return the number of projects about which an organisation whose label begins with `name` made a denial."""
    [row] = reader.select(
        "SELECT count(DISTINCT a.value) AS projects FROM facts AS k "
        "JOIN facts AS b ON b.id = k.id AND b.property = 'by' AND b.shown "
        "JOIN facts AS a ON a.id = k.id AND a.property = 'about' AND a.shown "
        "JOIN companies AS o ON o.id = b.value JOIN records AS r ON r.id = k.id AND r.type = 'statement' "
        "WHERE k.property = 'kind' AND k.value = 'denial' AND k.shown AND o.label LIKE ?",
        (f"{name}%",),
    )
    return int(row["projects"])


@pytest.mark.parametrize(
    "question",
    [
        "Which surveillance reports has Huawei denied?",
        "what allegations did Huawei deny",
        "which claims has Huawei rejected",
        "how many denials by Huawei are on record",
        "华为否认了哪些报道",
    ],
)
def test_what_an_organisation_denied_are_its_own_statements(question: str, answer: Ask, shipped_reader: Reader) -> None:
    data = answer(question)
    number = _denials_by(shipped_reader, "Huawei Technologies")
    assert data["intent"] == "projects" and data["total"] == number > 1
    assert str(number) in data["sentence"] and not data["unweighed"]


def test_a_denial_about_a_country_is_limited_to_it(answer: Ask) -> None:
    data = answer("has Huawei denied reports about Uganda")
    assert [item["label"] for item in data["items"]] == [
        "Reported help of Huawei staff to Uganda's cyber-surveillance unit, 2018"
    ]
    assert "Huawei Technologies Co., Ltd.: The company rejects the report" in data["items"][0]["detail"]


def test_denials_are_found_by_the_name_of_a_product(answer_in_english: Ask) -> None:
    product = answer_in_english("did ethiopia deny finfisher")
    assert product["total"] == 1 and "An official denies that technology" in product["items"][0]["detail"]


def test_denied_projects_of_an_organisation_are_not_only_its_own_statements(answer: Ask, shipped_reader: Reader) -> None:
    assert answer("which huawei projects are denied")["total"] > _denials_by(shipped_reader, "Huawei Technologies")


def test_a_search_in_texts_is_no_list(answer: Ask) -> None:
    sentence = answer("which surveillance projects caused protests")["sentence"]
    assert "The question wasn’t understood as a whole," in sentence and "mentions" in sentence


def test_all_kinds_of_agreement_that_or_joins_count(answer: Ask) -> None:
    data = answer("Which governments signed 5G security declarations or memoranda with the United States?")
    assert data["intent"] == "agreements" and "Declaration or Memorandum" in data["sentence"]
    assert {"Poland", "Slovenia", "Estonia", "Lithuania", "Romania"} <= {item["label"] for item in data["items"]}


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


def test_blocked_or_throttled_means_any_restriction(answer: Ask) -> None:
    assert answer("throttled or blocked Telegram countries")["total"] == answer("countries that restricted Telegram")["total"]


def test_no_project_has_the_condition_that_was_applied(answer: Ask) -> None:
    sentence = answer("Huawei spyware in Kenya and Uganda")["sentence"]
    assert (
        "Kenya: no project on record (Huawei Technologies Co., Ltd., Spyware); Uganda: 1 project announced, cancelled, denied"
        in sentence
    )


def test_all_entries_of_a_list_are_compared_with_the_seat(answer: Ask, shipped_reader: Reader) -> None:
    rows = shipped_reader.select(
        "SELECT DISTINCT o.id, o.country FROM records AS r "
        "JOIN facts AS l ON l.id = r.id AND l.value = 'us-fcc-covered' AND l.shown "
        "JOIN facts AS f ON f.id = r.id AND f.property = 'organization' AND f.shown JOIN companies AS o ON o.id = f.value "
        "WHERE r.type = 'listing' AND r.phase IS NOT 'ended'"
    )
    data = answer("chinese companies on the FCC covered list")
    there = sum(row["country"] == "CN" for row in rows)
    assert data["total"] == there and data["sentence"].startswith(f"{there} of {len(rows)} organisations")
    unknown = sum(row["country"] is None for row in rows)
    elsewhere = f"{len(rows) - there - unknown} of them are recorded as based elsewhere"
    assert f"{elsewhere}; for {unknown}, no home country is on record." in data["sentence"]
    assert any("China Telecom (Americas)" in note["text"] for note in data["notes"])


def test_suppliers_of_a_kind_are_still_compared_with_the_lists(answer: Ask) -> None:
    assert "recorded suppliers" in answer("chinese suppliers of cameras on the FCC list")["sentence"]


def test_removed_from_a_list_is_no_restriction(answer: Ask) -> None:
    assert not answer("YMTC 1260H removed?")["readings"]
    assert "None of these entries has ended." in answer("was SMIC removed from the 1260H list")["sentence"]
    assert answer("which companies were removed from the FCC covered list")["sentence"].startswith(
        "No entry is on record as ended"
    )


def test_drafts_among_laws_are_named(answer: Ask) -> None:
    data = answer("中国以外有哪些国家的法律要求实名制")
    assert "1项仅为草案：《用户保护法案》" in data["sentence"]
    assert "None of them is recorded as a draft." in answer("draft laws on encryption")["sentence"]


def test_agreements_that_no_row_has_are_named(answer: Ask) -> None:
    assert "不在各行之列：《独联体成员国保障信息安全合作协定》" in answer("俄罗斯和哪些国家签了信息安全条约")["sentence"]


def test_the_highest_lender_is_not_mixed_with_other_prices(answer: Ask) -> None:
    sentence = answer("biggest chinese lender for digital infrastructure")["sentence"]
    first = sentence.partition(". In other prices")[0]
    assert "In other prices, which aren’t comparable" in sentence and "China Development Bank" in first
    assert "Export-Import" not in first


@pytest.mark.parametrize("question", ["绿坝是哪家公司开发的", "who developed green dam"])
def test_a_short_name_finds_the_programme(question: str, answer: Ask) -> None:
    assert answer(question)["items"][0]["label"] in ("绿坝·花季护航", "Green Dam Youth Escort")


def test_the_most_repressive_countries_are_those_with_the_highest_scores(answer: Ask) -> None:
    assert "North Korea: 2.97" in answer("most digitally repressive countries index")["sentence"]


@pytest.mark.parametrize("question", ["social media blocks during elections in uganda", "乌干达选举期间封锁了什么"])
def test_restrictions_during_elections_have_that_cause(question: str, answer: Ask, shipped_reader: Reader) -> None:
    [row] = shipped_reader.select(
        "SELECT count(DISTINCT c.id) AS restrictions FROM facts AS c JOIN facts AS k ON k.id = c.id AND k.property = 'country' "
        "AND k.value = 'UG' AND k.shown WHERE c.property IN ('cause', 'justification') AND c.value = 'elections' AND c.shown"
    )
    data = answer(question)
    assert data["intent"] == "blocked" and data["total"] == row["restrictions"] > 1
    assert not {"elections", "during", "选举期间"} & set(data["unweighed"])


def test_a_cause_and_a_year_list_what_began_then(answer: Ask) -> None:
    items = answer("facebook blocked in election 2021")["items"]
    assert items and all("2021" in item["detail"].partition(",")[0] for item in items)


def test_projects_beside_laws_are_named_as_missing(answer: Ask) -> None:
    assert "doesn’t include “projects”" in answer("projects and laws about digital identity in Zambia")["sentence"]
    assert "doesn’t include" not in answer("laws about digital identity in Zambia")["sentence"]
