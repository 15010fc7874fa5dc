"""Years and dates of projects and events, the earliest and the latest, and what came before or after a supplier."""

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes
from tests.site.questions.conftest import DENIED, NAIROBI, AskSmallAtlas
from tests.support.client import Client

_ORDER = (
    "dated before the first",
    "dated after the first",
    "these of the same kind",
    "Dates show only the order",
    "日期只表明先后",
)


def test_undated_projects_match_all_other_conditions(understood_answer: Ask) -> None:
    """The interception at Iran's telecom regulator has no date, and one of its suppliers is Canadian."""
    data = understood_answer("Which governments in Asia bought surveillance from Canadian companies since 2015?")
    assert set(labels(data)) == {"Turkey"}
    assert "1 project without a date is not in the answer, but may be meant: Legal intercept system of Iran" in notes(data)
    assert "ZTE" not in notes(data) and "Circles" not in notes(data)


def test_an_answer_without_dated_projects_names_the_undated(understood_answer: Ask) -> None:
    data = understood_answer("Which governments in Southern Asia bought interception from Canadian companies since 2015?")
    assert data["sentence"].startswith("No dated record here") and data["items"] == []
    assert "1 project without a date is not in the answer, but may be meant: Legal intercept system of Iran" in notes(data)


def test_years_are_those_of_the_supplied_projects(understood_answer: Ask) -> None:
    data = understood_answer("What has ZTE sold to Ethiopia?")
    assert "2007" not in data["sentence"] and any("ZXMT" in label for label in labels(data))


def test_a_launch_has_its_date(understood_answer: Ask) -> None:
    assert "in operation by 26 December 2012" in understood_answer("when was ECU 911 launched")["items"][0]["detail"]


def test_the_earliest_and_the_newest(answer: Ask) -> None:
    data = answer("what is the earliest spyware on record and which is the newest")
    assert "The earliest date on record" in data["sentence"] and "The latest date on record" in data["sentence"]
    assert labels(data)[0] in data["sentence"]
    data = answer("最早和最近被封锁的WhatsApp分别在哪国")
    assert "记录中最早开始的" in data["sentence"] and "记录中最晚开始的" in data["sentence"]


@pytest.mark.parametrize(
    "question", ["which Huawei projects in Kenya before 2010 and after 2020?", "2010年之前和2020年之后华为在肯尼亚的项目"]
)
def test_years_outside_two_ends_are_no_range(question: str, answer: Ask) -> None:
    assert answer(question)["reason"] == "years"


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


def test_years_of_several_projects_are_those_recorded(shipped_reader: Reader) -> None:
    rows = shipped_reader.select("SELECT sentence FROM answer_country_kinds WHERE country = 'KZ' AND kind = 'interception'")
    assert next(row["sentence"] for row in rows).endswith("dated 2019 to 2025 where a date is recorded.")


def test_signed_beside_a_year_is_the_date_of_signature(answer: Ask) -> None:
    data = answer("2018年签的监控项目有哪些")
    assert data["unweighed"] == []
    assert "“签的”2018年" in data["sentence"]


def test_a_year_before_by_is_no_limit(answer: Ask) -> None:
    assert answer("projects completed in 2019 by Huawei")["years"] == [2019, 2019]
    assert answer("Huawei projects by 2015 in Africa")["years"] == [None, 2015]
    assert answer("Huawei projects 2019 onwards in Kenya")["years"] == [2019, None]


def test_years_find_what_was_in_place(public_client: Client, ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("smart cities in kenya in 2018")
    assert labels(data) == [NAIROBI] and "1 of them has another date" in notes(data)
    assert "as_of=2018" in data["address"]
    listed = public_client.get(f"/api/v1/projects{data['address'].removeprefix('/explorer')}").json()
    assert listed["total"] == data["total"]
    for period, year in (("in 2011", "2011"), ("since 2018", "2018"), ("before 2012", "2012")):
        sentence = ask_small_atlas(f"smart cities in kenya {period}")["sentence"]
        assert "No record meets all of this" in sentence and f"Without “{year}”: " in sentence, "the year as typed"
    data = ask_small_atlas("smart cities in kenya in 2014")
    assert labels(data) == [NAIROBI]


def test_undated_projects_are_mentioned(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("projects in laos since 2019")
    assert DENIED not in labels(data)
    assert "1 project without a date is not in the answer, but may be meant: Denied data centre." in notes(data)


def test_notes_are_about_the_members_of_the_year(ask_small_atlas: AskSmallAtlas) -> None:
    """Laos joined ASEAN in 1997, and Pakistan the SCO in 2017. Kenya never joined the SCO."""
    assert "without a date is not in the answer, but may be meant: Denied" in notes(ask_small_atlas("projects in asean in 2016"))
    assert "without a date" not in notes(ask_small_atlas("projects in asean in 1995"))
    assert ask_small_atlas("projects in kenya in the sco in 2014")["sentence"].startswith("No record meets all of this")


def test_dates_and_amounts_are_ranked(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("when did the smart city in kenya start")
    assert "No date of that event (“start”) is on record" in data["sentence"] and labels(data) == [NAIROBI]
    assert "The earliest date on record (agreed 20" in data["sentence"]
    assert ask_small_atlas("latest project in kenya")["sentence"].startswith("The latest date on record (")
    denied = ask_small_atlas("when did the data centre in laos start")["sentence"]
    assert (
        denied.startswith("1 project is recorded, but with the status “Denied”")
        and "1 project is recorded, without a date" in denied
    )
    assert "projects has one" in notes(ask_small_atlas("most expensive project in kenya"))
    assert ask_small_atlas("projects in kenya worth more than 900 billion dollars")["items"] == []


def test_a_last_possible_date_is_no_earliest_date(answer: Ask) -> None:
    sentence = answer("first chinese safe city abroad")["sentence"]
    assert "(agreed 17 December 2010)" in sentence and "others may be earlier, by their dates" in sentence


@pytest.mark.parametrize(
    ("question", "first"),
    [("first 5g project in africa", "The earliest date on record (agreed 23 April 2019): Tmcel")],
)
def test_a_date_says_what_it_is_of(answer: Ask, question: str, first: str) -> None:
    assert answer(question)["sentence"].startswith(first)


def test_years_are_dates_unless_the_question_asks_what_was_used(answer: Ask) -> None:
    dated, used = answer("ZTE projects in Asia 2010 to 2015"), answer("which ZTE systems did Asia use 2010 to 2015")
    assert "dated 2010 to 2015." in dated["sentence"] and "aren’t counted, but were possibly in place" in notes(dated)
    assert "or possibly in place then" in used["sentence"] and used["total"] > dated["total"]
    assert "year_from=2010" in dated["address"]


def test_the_date_of_an_event_is_that_of_the_event(answer: Ask) -> None:
    assert "in operation by 26 December 2012" in answer("when was ECU 911 launched")["sentence"]
    assert "agreed February 2011" in answer("when was ECU 911 agreed")["sentence"]
    assert answer("when was the Konza data centre finished")["sentence"].startswith("No date of that event (“finished”)")


@pytest.mark.parametrize(
    "question",
    [
        "Who was arrested in Serbia after Huawei cameras?",
        "Which journalists protested in Serbia after Huawei cameras?",
        "Which earthquakes hit Nepal after Hikvision cameras?",
        "Which president visited Kenya before Huawei?",
        "Who was the minister in Uganda before Huawei?",
        "What happened in Myanmar after Geedge?",
        "What did Serbia buy instead of Huawei?",
        "How many cameras did Serbia have before Huawei?",
        "Which police forces in Serbia protested after Huawei?",
        "What laws did Uganda pass after Huawei?",
        "哪些记者在塞尔维亚华为之后被捕？",
        "乌干达在华为之前谁是部长？",
        "缅甸在积至之后发生了什么？",
    ],
)
def test_questions_with_more_than_an_order_are_not_answered_by_it(question: str, answer: Ask) -> None:
    data = answer(question)
    assert not any(text in str(data["sentence"]) for text in _ORDER)


@pytest.mark.parametrize(
    ("question", "word"), [("What happened in Myanmar after Geedge?", "after"), ("缅甸在积至之后发生了什么？", "之后")]
)
def test_an_answer_that_ignores_an_order_says_so_first(question: str, word: str, answer: Ask) -> None:
    data = answer(question)
    assert data["limits_left_out"] == [word] and word in data["sentence"].split(".")[0].split("。")[0]


@pytest.mark.parametrize(
    ("question", "denial"),
    [
        ("What did Norway use before Huawei?", "is dated before"),
        ("What did Norway use after Huawei?", "is dated after"),
        ("挪威在华为之前用什么？", "没有时间早于"),
        ("挪威在华为之后用了什么系统？", "没有时间晚于"),
    ],
)
def test_without_a_date_no_order_is_denied(question: str, denial: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and denial not in data["sentence"]
    assert "has a date on record" in data["sentence"] or "都没有日期记录" in data["sentence"]


def test_projects_of_the_same_year_and_without_a_date_are_named_apart(answer: Ask) -> None:
    data = answer("Who came before Huawei in Uganda?")
    before, rest = data["sentence"].split("Dated in the same year")
    assert "FinFisher" in before and "Denied" in before and "Pegasus" in rest
    assert len(labels(data)) == data["total"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who supplied Pakistan's web monitoring system before Geedge?", "SN Skies"),
        ("Which company supplied spyware to Mexico before NSO?", "Hacking Team"),
        ("墨西哥在NSO之前用哪家公司的间谍软件？", "Hacking Team"),
        ("Who was the predecessor of Geedge in Pakistan?", "SN Skies"),
    ],
)
def test_an_order_counts_for_the_words_of_the_question(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert name in data["sentence"] and not data["unweighed"]


@pytest.mark.parametrize("question", ["What did Pakistan use before Geedge?", "巴基斯坦在积至之前用哪家公司的系统？"])
def test_what_came_before_is_ordered_by_dates(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "2018" in data["items"][0]["detail"] and not data["unweighed"]
