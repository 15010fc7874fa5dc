"""What a number in an answer counts, and which supplier or country has the most."""

import re

import pytest

from overt.language.language import ENGLISH
from overt.model.content_catalogue import Catalogue
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.question_lexicon import Lexicon
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.superlative_reply import first_places
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes, readings
from tests.site.questions.conftest import Read


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


def test_the_most_suppliers_ranks_countries_by_suppliers(understood_answer: Ask) -> None:
    for question in ("which country has the most Chinese suppliers", "which African countries have the most suppliers"):
        data = understood_answer(question)
        numbers = [int(item["detail"].split()[0]) for item in data["items"]]
        assert {item["type"] for item in data["items"]} == {"country"} and numbers == sorted(numbers, reverse=True)
        assert data["sentence"].startswith("Most on record: ") and f"({max(numbers)} suppliers)" in data["sentence"]
        assert data["items"][0]["label"] in data["sentence"]
    assert "家供应方）" in understood_answer("哪个国家的中国供应商最多")["sentence"]
    assert understood_answer("which countries received Chinese loans over $100 million")["unweighed"] == ["which countries"]
    data = understood_answer("which Chinese company has projects in the most countries")
    assert data["intent"] == "suppliers" and not data["unweighed"]
    assert data["sentence"].startswith("Most on record: Huawei Technologies Co., Ltd. ("), "a name keeps its full stop"


def test_the_highest_number_may_be_in_any_row(shipped_reader: Reader, content: Catalogue, read: Read) -> None:
    """The rows begin with suppliers of the requested kind, even if suppliers in later rows have more projects."""
    plain = load_words(shipped_reader, content.areas.names)
    question = read("which company has the most smart city projects in africa")
    scope = ProjectScope(shipped_reader, plain, ENGLISH, question, Lexicon(content.question_grammar, plain))
    rows = [{"name": name, "projects": projects} for name, projects in (("First", 1), ("Second", 3), ("Third", 3))]
    assert first_places(scope, rows, lambda row: row["name"], "").startswith("Most on record: Second; Third (3 projects).")


def test_a_question_without_conditions_is_about_all_projects(understood_answer: Ask) -> None:
    assert "suppliers: all projects." in understood_answer("which company has the most projects")["sentence"]


def test_a_country_in_which_two_companies_are_recorded_counts_once(understood_answer: Ask, shipped_reader: Reader) -> None:
    data = understood_answer("In which countries are Intellexa and Cytrox?")
    ids = [part["id"] for part in data["parts"] if part["type"] == "organization"]
    query = "SELECT count(*) AS pairs, count(DISTINCT country) AS countries FROM answers WHERE organization IN (?, ?)"
    [row] = shipped_reader.select(query, ids)
    assert data["total"] == row["pairs"] > row["countries"]
    assert f"Overt has records on {row['countries']} countries" in data["sentence"]


@pytest.mark.parametrize(
    "question", ["How many African countries have surveillance systems supplied by Huawei?", "多少个非洲国家有华为的监控系统"]
)
def test_countries_with_only_denied_projects_are_counted_apart(question: str, answer: Ask) -> None:
    data = answer(question)
    every = answer("which African countries have surveillance systems supplied by Huawei")
    assert 0 < data["total"] == every["total"] and str(data["total"]) in data["sentence"]
    assert "Algeria" in data["sentence"] or "阿尔及利亚" in data["sentence"]
    assert "DZ" not in [item["id"] for item in (*data["items"], *every["items"])]


def test_cancelled_projects_count_if_they_are_asked_for(answer: Ask) -> None:
    assert answer("how many countries have cancelled Huawei projects")["total"] > 0


def test_a_figure_that_counts_the_same_is_linked(answer: Ask) -> None:
    addresses = [note["address"] for note in answer("which 63 countries have chinese surveillance")["notes"]]
    assert "/figure/surveillance-export-countries-2019" in addresses
    assert not any("/figure/" in str(note["address"]) for note in answer("chinese surveillance in africa")["notes"])


def test_projects_are_counted_by_kind(answer: Ask) -> None:
    assert "By kind:" in answer("number of projects by kind in kenya")["sentence"]


def test_a_ranking_counts_what_it_is_by(answer_in_english: Ask) -> None:
    for question in ("top 10 suppliers by number of countries", "which suppliers are in the most countries"):
        data = answer_in_english(question)
        assert data["sentence"].startswith("Most on record: Huawei") and " countries, " in data["items"][0]["detail"]
        assert not data["unweighed"]
    assert (
        answer_in_english("哪家供应商的国家最多")["sentence"]
        == answer_in_english("top suppliers by number of countries")["sentence"]
    )
    assert answer_in_english("哪些国家最多中国供应商")["items"][0]["type"] == "country"
    assert answer_in_english("which countries have the most suppliers")["items"][0]["type"] == "country"


def test_a_count_of_countries_has_none_without_a_built_project(answer_in_english: Ask) -> None:
    data = answer_in_english("how many countries have Chinese facial recognition")
    assert "China" not in labels(data) and "aren’t counted: China" in notes(data)
    assert answer_in_english("多少个国家有中国的人脸识别")["total"] == data["total"]
    assert answer_in_english("which countries have Chinese facial recognition")["total"] == data["total"]


def test_the_biggest_supplier_has_the_most_projects(answer: Ask) -> None:
    data = answer("biggest supplier of spyware in Africa")
    assert data["intent"] == "suppliers" and data["sentence"].startswith("Most on record: ") and "biggest" in readings(data)


def test_no_total_of_devices_for_a_town_and_programmes_beside_projects(answer: Ask) -> None:
    data = answer("北京有多少个摄像头")
    assert "没有某个城市或国家的设备总数" in data["sentence"]
    assert all(name in data["sentence"] + " ".join(labels(data)) for name in ("天网工程", "雪亮工程"))


@pytest.mark.parametrize(
    ("question", "company"),
    [
        ("Who leads in surveillance exports to Africa?", "Huawei Technologies Co., Ltd."),
        ("Who leads the world in surveillance exports?", "Huawei Technologies Co., Ltd."),
        ("Which company leads in spyware in Mexico?", "NSO Group"),
    ],
)
def test_who_leads_in_something_asks_for_the_most(question: str, company: str, answer: Ask) -> None:
    data = answer(question)
    assert (data["intent"], data["unweighed"]) == ("suppliers", []) and labels(data)[0] == company
    assert data["sentence"].startswith("Most on record: ")


def test_devices_are_not_counted_but_texts_are_shown(answer_in_english: Ask) -> None:
    data = answer_in_english("How many cameras did Huawei install in Nairobi and Mombasa?")
    assert data["sentence"].startswith("Overt counts projects, not the devices") and "1,800" in data["items"][0]["detail"]


def test_the_most_suppliers_count_where_their_projects_are(answer: Ask) -> None:
    assert "not where they are based" in answer("Which country has the most spyware vendors?")["sentence"]


def test_countries_are_named_and_not_only_counted(answer: Ask) -> None:
    sentence = answer("Which Latin American countries are named as likely clients of Circles?")["sentence"]
    assert all(name in sentence for name in ("Chile", "Ecuador", "Guatemala", "Peru"))


def test_suppliers_ranked_by_countries_meet_the_other_conditions(answer: Ask) -> None:
    every, without_huawei, abroad = (
        answer(f"top {which} by number of countries")
        for which in ("suppliers", "suppliers other than Huawei", "foreign suppliers")
    )
    assert "Huawei" in labels(every)[0] and without_huawei["total"] == every["total"] - 1
    assert not any(label.startswith("Huawei Tech") for label in labels(without_huawei))
    assert 0 < abroad["total"] < every["total"]


@pytest.mark.parametrize(
    ("systems", "projects"),
    [
        ("how many systems are in Europe", "how many projects are in Europe"),
        (
            "how many systems did NSO and Hacking Team supply in Mexico",
            "how many projects did NSO and Hacking Team supply in Mexico",
        ),
        ("土耳其有多少套系统", "土耳其有多少项目"),
    ],
)
def test_systems_are_counted_as_projects(systems: str, projects: str, answer: Ask) -> None:
    data = answer(systems)
    assert data["understood"] and data["total"] and data["sentence"] == answer(projects)["sentence"]
