"""What organisations and governments denied, admitted or said."""

import re

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
    ("question", "left_out"),
    [
        ("Which surveillance reports has Huawei denied?", 1),  # the data centre in Papua New Guinea isn't surveillance
        ("what allegations did Huawei deny", 0),
        ("which claims has Huawei rejected", 0),
        ("how many denials by Huawei are on record", 0),
        ("华为否认了哪些报道", 0),
    ],
)
def test_what_an_organisation_denied_are_its_own_statements(
    question: str, left_out: int, answer: Ask, shipped_reader: Reader
) -> None:
    data = answer(question)
    number = _denials_by(shipped_reader, "Huawei Technologies") - left_out
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
    assert product["total"] == 1 and "denies that the state bought or used technology" in product["items"][0]["detail"]


def test_denied_projects_of_an_organisation_are_not_only_its_own_statements(answer: Ask, shipped_reader: Reader) -> None:
    assert answer("which huawei projects are denied")["total"] > _denials_by(shipped_reader, "Huawei Technologies")


@pytest.mark.parametrize(
    "question", ["which police forces use Clearview AI and which deny it", "哪些警察用Clearview AI，哪些否认"]
)
def test_use_and_denial_are_both_answered(question: str, answer: Ask) -> None:
    data = answer(question)
    assert len(data["items"]) > 1 and any("2021" in item["detail"] for item in data["items"])
    assert "St. Gallen" in data["sentence"] or "圣加仑" in data["sentence"]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("did Serbia's government admit using face recognition", 3),
        ("塞尔维亚否认使用人脸识别吗", 3),
        ("In which countries has Huawei denied helping the police?", 8),
        ("华为在哪些国家否认协助警方监控", 7),
    ],
)
def test_all_statements_count(question: str, number: int, answer: Ask) -> None:
    assert answer(question)["total"] == number


def test_what_a_statement_is_about_can_be_left_out(answer: Ask) -> None:
    data = answer("What did Safaricom say about the Neural Technologies software in its network?")
    assert data["sentence"].startswith("This leaves out “software”, “network”")
    assert "2 statements by Safaricom" in data["sentence"] and data["total"] == 1


def test_an_accusation_doesnt_hide_the_answer_to_it(answer: Ask) -> None:
    data = answer("What did Huawei say when it was accused of helping Uganda spy on the opposition?")
    assert "Huawei Technologies Co., Ltd. denied (14 August 2019)" in data["sentence"] and data["total"] == 1


def test_no_statement_that_confirms_is_said_to_be_missing(answer: Ask) -> None:
    assert "None confirms it" in answer("Does Rwanda admit using Pegasus?")["sentence"]
    assert "None confirms it" not in answer("does Poland admit it bought Pegasus")["sentence"]


def test_what_an_organisation_said_about_other_countries_is_only_counted(answer: Ask) -> None:
    data = answer("匈牙利承认买了飞马吗")
    assert "没有NSO Group就此作出的回应" in data["sentence"] and "匈牙利内政部回应" in data["sentence"]


def test_statements_of_a_company_arent_declarations(answer: Ask) -> None:
    assert answer("埃及 Sandvine 声明")["sentence"].startswith("收录了Sandvine就此作出的2项回应")


def test_denials_by_governments_are_statements_too(answer_in_english: Ask) -> None:
    data = answer_in_english("which governments deny using Pegasus")
    details = " ".join(item["detail"] for item in data["items"])
    assert re.search(r"Denials about \d\d projects are on record as statements", data["sentence"])
    assert "Royal Thai Police" in details


def test_a_denial_is_found_by_its_organisation_and_country(answer_in_english: Ask) -> None:
    denial = answer_in_english("did Huawei deny spying in Uganda")
    assert denial["total"] == 1 and "rejects the report" in denial["items"][0]["detail"]


def test_who_runs_a_system_leads_to_what_is_said_about_its_use(answer_in_english: Ask) -> None:
    belgrade = answer_in_english("who runs the safe city in Belgrade and does it use face recognition")
    assert any("face recognition is not in use" in note["text"] for note in belgrade["notes"])


def test_a_reply_is_named_if_nothing_is_denied(answer: Ask) -> None:
    data = answer("did Canada deny using spyware")
    assert "No record says “denied”" in data["sentence"]
    assert any("It neither confirmed nor denied use of the spyware" in (item["detail"] or "") for item in data["items"])


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


@pytest.mark.parametrize("question", ["spyware denied in Hungary", "匈牙利否认的间谍软件"])
def test_denials_of_another_kind_are_not_said_to_be_of_the_kind_asked_for(question: str, answer: Ask) -> None:
    data = answer(question)
    assert all("pyware" not in (item["detail"] or "") and "间谍" not in (item["detail"] or "") for item in data["items"])
    *_, topic = re.findall(r"(?:This is about: |涉及：)([^.。]*)", data["sentence"]) or [""]
    assert "pyware" not in topic and "间谍" not in topic
    assert "kind=spyware" not in data["address"]


@pytest.mark.parametrize("question", ["which country denied Huawei", "哪些国家否认了华为的项目"])
def test_countries_that_deny_leave_out_what_suppliers_denied(question: str, answer: Ask) -> None:
    data = answer(question)
    assert 0 < data["total"] < answer("denied Huawei projects")["total"]
    assert not any("Huawei Technologies Co., Ltd.: " in item["detail"] for item in data["items"])


def test_companies_that_deny_are_suppliers(answer: Ask) -> None:
    data = answer("which companies deny selling to Myanmar")
    assert 0 < data["total"] < answer("projects denied in Myanmar")["total"] and not data["unweighed"]


def test_the_address_of_denials_has_those_in_statements(answer: Ask) -> None:
    """No project of Serbia has the status “denied”, so the page of that status would be empty."""
    data = answer("spyware denied in Serbia")
    assert data["total"] and "status=" not in data["address"]


@pytest.mark.parametrize("question", ["spyware denied in Serbia", "匈牙利否认的间谍软件", "denied cameras in Kenya"])
def test_a_kind_that_nobody_denied_is_said_first(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert sentence.startswith(("No record meets all of this: ", "没有同时符合以下所有条件的记录：")) and re.search(
        "Without “|若不限“", sentence
    )


def test_a_company_without_a_denial_of_its_own_is_named_beside_other_kinds(answer: Ask) -> None:
    assert "No denial of its own is on record for Huawei" in answer("spyware denied by Huawei in Serbia")["sentence"]
