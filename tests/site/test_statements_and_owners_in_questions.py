"""Questions about statements, owners over time, official lists with their dates, bounds of dates, and groups of companies."""

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels, notes


@pytest.mark.parametrize(
    "question",
    ["what did sandvine say about its equipment in belarus", "Sandvine对白俄罗斯事件怎么说", "sandvine's response on Belarus"],
)
def test_a_question_for_what_a_company_said_gets_its_statements(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 1 and "15" in data["sentence"] and "2020" in data["sentence"] and not data["unweighed"]
    assert "Sandvine Corporation" in data["items"][0]["detail"].partition("2020")[0]


def test_statements_by_others_are_counted_apart(answer: Ask) -> None:
    sentence = answer("what did NSO say about Poland")["sentence"]
    assert sentence.startswith("No statement by NSO Group about this is on record here. 2 statements by other organisations")


def test_statements_about_other_projects_are_only_said_to_be_there(answer: Ask) -> None:
    data = answer("did Dahua comment on Kenya")
    assert data["sentence"].startswith("No statement by Zhejiang Dahua") and "about another project" in data["sentence"]


def test_a_group_speaks_for_the_name_that_it_begins_with(answer: Ask) -> None:
    assert answer("statements by Telenor on Myanmar")["sentence"].startswith("3 statements by Telenor about this")


def test_statements_in_years_are_those_made_then(answer: Ask) -> None:
    texts = " ".join(item["detail"] for item in answer("NSO statements in 2021")["items"])
    assert "2021" in texts and "replied (2017)" not in texts


def test_an_answer_without_a_statement_says_so_first(answer: Ask) -> None:
    assert answer("Huawei statements about Serbia's eGovernment in 1999")["sentence"].startswith("No ")


@pytest.mark.parametrize(
    "question", ["what happened to huawei marine, who owns it now", "what happened to huawei marine", "华为海洋现在归谁"]
)
def test_owners_come_first_with_shares_and_dates(question: str, answer: Ask) -> None:
    data = answer(question)
    first = data["sentence"].partition("Huawei Technologies (" if question.isascii() else "华为技术（")[0]
    assert "81%" in first and "12" in first and "2020" in first and "51%" in data["sentence"]
    assert len(data["items"]) == 6 and "81%" in data["items"][0]["detail"] + data["items"][1]["detail"]


def test_owners_in_years_are_those_of_the_years(answer: Ask) -> None:
    data = answer("who owned Huawei Marine in 2010")
    assert {*labels(data)} == {"Global Marine Systems Limited", "Huawei Technologies Co., Ltd."} and not data["unweighed"]


def test_a_date_of_renaming_is_not_a_date_of_a_project(answer: Ask) -> None:
    assert not answer("When was Huawei Marine renamed HMN Technologies?")["understood"]


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
    [
        "越南警方用了哪些手机取证设备和培训",
        "phone forensics tools and training in Vietnam",
        "what phone forensics training did Vietnam get",
    ],
)
def test_a_kind_that_no_agreement_mentions_is_looked_for_in_projects(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "Cellebrite" in " ".join([data["sentence"], *labels(data)])


def test_projects_of_kinds_and_trainings_that_and_joins_are_listed(answer: Ask, shipped_reader: Reader) -> None:
    data = answer("phone forensics tools and training in Vietnam")
    [row] = shipped_reader.select(
        "SELECT count(DISTINCT c.id) AS projects FROM project_country AS c JOIN project_kind AS k ON k.id = c.id "
        "WHERE c.country = 'VN' AND k.kind IN ('digital-forensics', 'training')",
        (),
    )
    assert data["intent"] == "projects" and data["total"] == row["projects"] > 1


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("中国电子进出口有限公司在拉美的监控项目", "China National Electronics Import & Export Corporation"),
        ("China National Electronics Import and Export Corporation in Ecuador", "China National Electronics"),
        ("ZTE Corp in Ethiopia", "ZTE"),
        ("杭州海康威视数字技术股份有限公司在塞尔维亚", "海康威视"),
    ],
)
def test_legal_names_are_read(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and any(name in part["label"] for part in data["parts"]) and not data["unweighed"]


def test_records_elsewhere_are_no_answer_to_a_question_about_a_region(answer: Ask) -> None:
    countries = " ".join(item["detail"] for item in answer("中国电子进出口有限公司在拉美的监控项目")["items"])
    assert "委内瑞拉" in countries and "厄瓜多尔" in countries and "吉尔吉斯斯坦" not in countries


def test_a_last_possible_date_is_no_earliest_date(answer: Ask) -> None:
    sentence = answer("first chinese safe city abroad")["sentence"]
    assert "(agreed 17 December 2010)" in sentence and "others may be earlier, by their dates" in sentence


def test_members_of_a_group_have_rows_of_their_own(answer: Ask) -> None:
    assert {"Romania", "Estonia", "Poland"} <= {*labels(answer("which CEE countries banned huawei"))}


def test_two_countries_of_an_agreement_are_both_meant(answer: Ask) -> None:
    assert answer("中国与匈牙利联合巡逻")["total"] == 1


def test_compared_countries_are_counted_apart(answer: Ask) -> None:
    sentence = answer("Kenya vs Ethiopia Chinese surveillance projects")["sentence"]
    assert sentence.startswith("Kenya: 2 documented projects; suppliers and implementers: Huawei") and ". Ethiopia: " in sentence


def test_why_an_organisation_was_excluded_is_in_laws(answer: Ask) -> None:
    data = answer("德国为什么排除华为")
    assert [item["type"] for item in data["items"]] == ["agreement"]


def test_a_bank_with_its_country_before_it_lends_everywhere(answer: Ask) -> None:
    assert answer("中国国家开发银行贷款的监控项目")["total"] > 1


def test_a_denied_kind_has_a_note(answer: Ask) -> None:
    assert "on record for these names" in notes(answer("laws on facial recognition in Serbia"))
