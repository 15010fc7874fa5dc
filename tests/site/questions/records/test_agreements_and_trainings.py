"""Agreements between countries, with organisations and of unions of states; trainings."""

import pytest

from overt.queries.database import Reader
from overt.site.search.agreements.countries_to_match import Parties
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, parts_of


def test_the_internet_is_a_subject_of_agreements_and_no_filler(understood_answer: Ask) -> None:
    every, about = (understood_answer(f"agreements between Russia and China{what}")["total"] for what in ("", " on internet"))
    assert 0 < about < every
    assert understood_answer("is the internet censored in Iran")["understood"]


def test_names_of_unions_count_without_their_short_form(answer: Ask) -> None:
    assert ("region", "sco") in parts_of(answer("shanghai cooperation organisation agreements"))


def test_all_kinds_of_agreement_that_or_joins_count(answer: Ask) -> None:
    data = answer("Which governments signed 5G security declarations or memoranda with the United States?")
    assert data["intent"] == "agreements" and "Declaration or Memorandum" in data["sentence"]
    assert {"Poland", "Slovenia", "Estonia", "Lithuania", "Romania"} <= {item["label"] for item in data["items"]}


def test_agreements_that_no_row_has_are_named(answer: Ask) -> None:
    assert "不在各行之列：《独联体成员国保障信息安全合作协定》" in answer("俄罗斯和哪些国家签了信息安全条约")["sentence"]


def test_an_organisation_of_states_comes_before_its_members(answer_in_english: Ask) -> None:
    data = answer_in_english("SCO treaty information security members")
    assert labels(answer_in_english("上合组织 信息安全 条约"))[0] == labels(data)[0]
    assert "SCO member states" in labels(data)[0] and "itself, and is listed first" in data["sentence"]


def test_trained_asks_for_trainings(answer_in_english: Ask) -> None:
    data = answer_in_english("Who trained Ugandan police on the cameras?")
    assert "Chinese training of Ugandan police in investigation and cybercrime" in labels(data)
    assert "mentions “cameras”" in data["sentence"]


def test_no_date_is_given_of_what_does_not_mention_the_subject(answer: Ask) -> None:
    data = answer("when did Kenya join the Belt and Road")
    assert data["sentence"].startswith("No name, summary or provision here mentions “belt and road”")


def test_the_agreement_of_a_union_is_first(answer: Ask) -> None:
    data = answer("agreement between Huawei and African Union")
    assert data["items"][0]["label"] == "African Union–Huawei memorandum"


@pytest.mark.parametrize(
    ("question", "name", "words"),
    [
        ("agreements of ASEAN", "ASEAN", "6 of them name ASEAN itself"),
        ("东盟的协议", "东盟", "6项直接提及东盟"),
        ("agreements of BRICS", "BRICS", "3 of them name BRICS itself"),
    ],
)
def test_agreements_that_name_an_organisation_of_states_are_first(answer: Ask, question: str, name: str, words: str) -> None:
    data = answer(question)
    number = int(next(filter(str.isdigit, words)))
    labels = [item["label"] for item in data["items"]]
    assert words in data["sentence"]
    assert all(name in label for label in labels[:number]) and not any(name in label for label in labels[number:])


def test_regions_that_are_no_organisations_sign_no_agreements(answer: Ask) -> None:
    assert answer("agreements of Africa")["sentence"] == "33 laws or agreements are on record: Africa."


def test_trainings_by_a_ministry_are_found(answer_in_chinese: Ask) -> None:
    trainings = answer_in_chinese("中国公安部给外国警察的培训")
    assert trainings["total"] == 3 and "没有记录" not in trainings["sentence"]


def test_joined_subjects_need_not_all_be_in_one_text(answer: Ask) -> None:
    data = answer("中俄之间有哪些网络和信息安全协议？")
    assert any("上海合作组织" in item["label"] and "2009" in item["detail"] for item in data["items"])
    other = next(note["text"] for note in data["notes"] if "未提及" in note["text"])
    assert "“网络”或“信息安全”" in other and "信息安全" not in other.partition("：")[2]


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


def test_two_countries_of_an_agreement_are_both_meant(answer: Ask) -> None:
    assert answer("中国与匈牙利联合巡逻")["total"] == 1


@pytest.mark.parametrize(
    ("question", "first"),
    [("when did china and iran sign an agreement", "The earliest date on record (dated 27 March 2021): ")],
)
def test_a_date_says_what_it_is_of(answer: Ask, question: str, first: str) -> None:
    assert answer(question)["sentence"].startswith(first)


def test_who_is_a_member_of_belt_and_road_is_declined(answer: Ask) -> None:
    assert not answer("belt and road members in europe")["understood"]
    assert answer("belt and road agreements in europe")["understood"]


def test_laws_and_agreements_ask_for_both(answer: Ask) -> None:
    assert answer("laws and agreements of Tajikistan")["total"] > 0


def test_agreements_of_an_organisation_are_found(answer: Ask) -> None:
    data = answer("memoranda of Huawei")
    assert data["intent"] == "agreements" and data["total"] == len(data["items"]) > 0
    assert "it didn’t make them" in answer("laws of huawei")["sentence"]


def test_each_set_of_countries_needs_its_own_party() -> None:
    parties = Parties((frozenset({"CN"}), frozenset({"CN", "RU"}), frozenset({"RU", "KZ"})))
    assert parties.match(["CN", "RU", "KZ"]) and not parties.match(["CN", "RU"])
    assert not Parties((frozenset({"CN", "RU"}), frozenset({"CN", "RU", "KZ"}))).match(["CN"])


def test_trainings_in_a_country_are_programmes(answer: Ask) -> None:
    data = answer("how many trainings were held in Zimbabwe")
    assert data["intent"] == "agreements" and data["total"] == len(data["items"]) > 1
    assert answer("Huawei training in Kenya")["intent"] != "agreements"
