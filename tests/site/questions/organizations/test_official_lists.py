"""Official lists of companies: entries, dates, removals, issuers, and lists that are recorded in part."""

import pytest

from overt.model.content_catalogue import Catalogue
from overt.queries.database import Reader, json_array
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import first_detail, labels, notes, parts_of
from tests.site.questions.conftest import AskSmallAtlas

_OTHER_LIST = "1260H"


def _listed(reader: Reader) -> str:
    return json_array(row["id"] for row in reader.rows("static_edition.organizations"))


def test_sanctions_without_a_list_mean_all_lists(understood_answer: Ask) -> None:
    sentence = understood_answer("which companies under sanctions sell cameras in Serbia")["sentence"]
    assert sentence.startswith("“under sanctions” may mean several lists; the answer is about all lists that Overt has: ")


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
    assert ("area", "US") not in parts_of(data)


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


@pytest.mark.parametrize(
    ("question", "order", "date"),
    [
        ("Which company was put on the FCC covered list first?", "the earliest first", "12 March 2021"),
        ("What is the latest on the FCC covered list?", "the newest first", "7 July 2026"),
        ("最早被列入涉军企业名单的是哪些公司", "最早的在前", "2021年6月3日"),
    ],
)
def test_the_first_or_latest_entry_of_a_list_comes_first(question: str, order: str, date: str, answer: Ask) -> None:
    data = answer(question)
    assert order in data["sentence"] and date in first_detail(data) and data["unweighed"] == []


@pytest.mark.parametrize(
    ("question", "first"), [("华为最早被列入哪个名单", "实体清单"), ("Huawei and Hytera latest sanctions", "US DoD list")]
)
def test_the_first_or_latest_of_a_companys_lists_comes_first(question: str, first: str, answer: Ask) -> None:
    data = answer(question)
    assert first in labels(data)[0] and data["unweighed"] == []


def test_an_order_that_an_answer_lacks_is_left_out(answer: Ask) -> None:
    data = answer("Which Chinese companies were first on the FCC covered list?")
    assert data["unweighed"] == ["first"] and data["sentence"].startswith("This leaves out “first”")


def test_rows_of_lists_name_their_company(answer_in_chinese: Ask) -> None:
    firsts = [label.partition("，")[0].partition("、")[0] for label in labels(answer_in_chinese("商汤 旷视 依图 制裁名单"))]
    assert len(set(firsts)) == 3 and any("旷视" in first for first in firsts)


def test_lists_are_answered_from_the_lists(answer: Ask) -> None:
    for question in ("is tencent on the US military companies list", "is tencent on the 1260H list"):
        data = answer(question)
        assert data["intent"] == "lists" and data["items"][0]["label"] == "US DoD list of Chinese military companies", question


@pytest.mark.parametrize(
    "question",
    [
        "Which of these vendors has the EU put sanctions on?",
        "Has the EU imposed sanctions on NSO?",
        "欧盟制裁了海康威视吗",
        "英国有没有制裁大华",
    ],
)
def test_lists_of_other_issuers_are_declined(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == "issuer" and not data["items"]


def test_each_of_several_organisations_has_its_entries(answer: Ask) -> None:
    sentence = answer("Which of DJI, Megvii and Nokia are not on the Pentagon list?")["sentence"]
    assert "SZ DJI Technology (since 5 October 2022)" in sentence and "Nokia (no entry on record)" in sentence
    assert "Beijing Megvii Technology (31 January 2024 to 7 January 2025)" in sentence
    both = answer("On which lists are Huawei and Baidu?")["sentence"]
    assert "US FCC covered list, since 12 March 2021" in both and "Baidu (US DoD list" in both
    assert "2024年1月31日至2025年1月7日" in answer("大疆、商汤、旷视，哪家已经不在1260H名单上？")["sentence"]


def test_no_longer_on_a_list_asks_for_removals(answer: Ask) -> None:
    data = answer("Which companies are no longer on the 1260H list?")
    assert "on record as ended" in data["sentence"] and data["total"] == answer("哪些公司已不再在1260H名单上")["total"] > 5


def test_the_newest_entries_of_a_list_leave_nothing_out(answer: Ask) -> None:
    data = answer("fcc covered list newest addition")
    assert not data["unweighed"] and labels(data)[0] == "Digitalsystem Technology Inc."


def test_months_of_lists_are_no_restrictions(answer: Ask) -> None:
    assert all(item["type"] == "listing" for item in answer("2026年6月1260H清单新增了多少家企业")["items"])


def test_every_official_list_has_words_in_questions() -> None:
    content = Catalogue()
    assert {*content.question_grammar.official_lists} == {*content.vocabularies["lists"].by_id}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Is Huawei on the SDN list?", "US Treasury sanctions list"),
        ("Is Huawei under OFAC sanctions?", "US Treasury sanctions list"),
        ("Which companies are sanctioned by OFAC?", "US Treasury sanctions list"),
        ("Is Nuctech on the BIS entity list?", "US Entity List"),
        ("Which companies are on the US Entity List?", "US Entity List"),
        ("哪些公司在实体清单上？", "美国实体清单"),
        ("华为被OFAC制裁了吗？", "美国财政部制裁名单"),
        ("同方威视在不在美国商务部的实体清单上？", "美国实体清单"),
    ],
)
def test_the_list_is_named_and_said_to_be_in_part(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and name in data["sentence"] and not data["limits_left_out"]
    assert "has only some entries of" in data["sentence"] or "只收录了部分条目" in data["sentence"]


@pytest.mark.parametrize("question", ["Which companies are on the BIS Entity List?", "实体清单上有哪些公司？"])
def test_entries_of_other_lists_are_not_among_those_of_the_list(question: str, answer: Ask) -> None:
    assert labels(answer(question)) and not any(_OTHER_LIST in label for label in labels(answer(question)))


def test_removals_in_a_month_are_entries_of_the_list(answer_in_english: Ask) -> None:
    dropped = answer_in_english("companies dropped from the Pentagon Chinese military list in February 2026")
    assert dropped["total"] == 12 and {item["type"] for item in dropped["items"]} == {"listing"}


def test_official_lists_in_the_atlas_are_named(ask_small_atlas: AskSmallAtlas) -> None:
    assert "only some entries of official lists: US DoD list of Chinese military companies." in notes(
        ask_small_atlas("is huawei on the us entity list")
    ), "no list that isn't in the atlas is named"


@pytest.mark.parametrize("question", ["海康威视在美国受到哪些名单限制", "which US lists restrict Hikvision"])
def test_lists_that_restrict_a_company_come_with_their_dates(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["intent"] == "lists" and data["total"] == 3
    years = [next(year for year in ("2019", "2021") if year in item["detail"]) for item in data["items"]]
    assert sorted(years) == ["2019", "2021", "2021"] and "2021" in data["sentence"]


def test_bans_of_a_lists_issuer_begin_with_its_lists(answer: Ask) -> None:
    sentence = answer("US restrictions on Hikvision")["sentence"]
    assert 0 < sentence.index("3 June 2021") < sentence.index("laws or agreements are on record")


@pytest.mark.parametrize(
    "question",
    ["Which companies are on both the 1260H list and the FCC list?", "哪些公司既在1260H清单又在FCC清单上"],
)
def test_both_lists_have_only_the_organisations_on_each(question: str, answer: Ask, shipped_reader: Reader) -> None:
    rows = shipped_reader.select(
        "SELECT o.value AS organization FROM facts AS o JOIN facts AS l ON l.id = o.id AND l.property = 'list' AND l.shown "
        "WHERE o.property = 'organization' AND o.shown AND l.value IN ('us-dod-1260h', 'us-fcc-covered') "
        "GROUP BY o.value HAVING count(DISTINCT l.value) = 2"
    )
    data = answer(question)
    assert {item["id"] for item in data["items"]} == {row["organization"] for row in rows}
    assert data["total"] == len(rows) > 0 and not data["unweighed"]


@pytest.mark.parametrize("question", ["is ZTE on the entity list", "中兴在实体清单上吗", "is ZTE on the SDN list"])
def test_a_list_with_some_entries_only_denies_nothing(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert "only some entries of" in sentence or "只收录了部分条目" in sentence


@pytest.mark.parametrize("question", ["Which companies are on the EU sanctions list?", "海康威视在英国制裁名单上吗"])
def test_a_list_of_another_issuer_is_declined(question: str, answer: Ask) -> None:
    assert answer(question)["reason"] == "issuer"


def test_chinese_military_companies_are_those_of_the_list(answer: Ask) -> None:
    data = answer("Chinese military companies added in 2025")
    assert (data["intent"], data["total"]) == ("lists", 71)


@pytest.mark.parametrize(
    ("question", "total"),
    [("zte 1260h", 0), ("zte fcc list", 1), ("tencent pentagon list", 1), ("大疆在不在美国国防部军工企业名单", 1)],
)
def test_official_lists_are_told_apart(answer: Ask, question: str, total: int) -> None:
    data = answer(question)
    assert (data["intent"], data["total"]) == ("lists", total), data["sentence"]


def test_an_entry_of_another_list_is_named(answer: Ask) -> None:
    sentence = answer("zte 1260h")["sentence"]
    assert sentence.startswith("No entry here of an official list names it: ZTE Corporation, US DoD list")
    assert "US FCC covered list" in sentence


def test_entries_of_a_list_are_found_by_year_and_by_their_end(answer: Ask) -> None:
    assert answer("1260H list 2024")["total"] > 0
    removed = answer("哪些公司被移出1260H名单")
    assert removed["total"] > answer("1260H list companies removed in 2025")["total"] > 0


def test_each_organisation_has_its_own_official_lists(answer: Ask, shipped_reader: Reader) -> None:
    data = answer("Which countries banned Huawei and Nokia?")
    assert "Huawei Technologies Co., Ltd.: on official lists (" in notes(data) and "Nokia Corporation: on" not in notes(data)
    [former, *_] = [
        row
        for row in shipped_reader.rows("question_organizations.listings", {"ids": _listed(shipped_reader)})
        if not row["is_current"]
    ]
    name = shipped_reader.rows("records.by_id", [json_array([former["organization"]])])[0]["label"]
    assert f"{name}: formerly on official lists (" in notes(answer(f"Which countries banned {name}?"))
