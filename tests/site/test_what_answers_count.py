"""Answers about the shipped edition say exactly what they count."""

from typing import Any

from overt.queries import organizations
from overt.queries.database import Reader, json_array
from overt.site.search.agreements.countries_to_match import Parties
from tests.site.conftest import Ask


def notes(data: dict[str, Any]) -> str:
    return " ".join(note["text"] for note in data["notes"])


def labels(data: dict[str, Any]) -> list[str]:
    return [item["label"] for item in data["items"]]


def test_years_are_dates_unless_the_question_asks_what_was_used(answer: Ask) -> None:
    dated, used = answer("ZTE projects in Asia 2010 to 2015"), answer("which ZTE systems did Asia use 2010 to 2015")
    assert "dated 2010 to 2015." in dated["sentence"] and "aren’t counted, but were possibly in place" in notes(dated)
    assert "or possibly in place then" in used["sentence"] and used["total"] > dated["total"]
    assert "year_from=2010" in dated["address"]


def test_exports_leave_out_suppliers_at_home(answer: Ask) -> None:
    every, exports = answer("surveillance suppliers in Turkey"), answer("surveillance exports to Turkey")
    assert "Aselsan" in labels(every) and labels(exports) and "Aselsan" not in labels(exports)
    assert "suppliers from other countries" in exports["sentence"]


def test_suppliers_ranked_by_countries_meet_the_other_conditions(answer: Ask) -> None:
    every, without_huawei, abroad = (
        answer(f"top {which} by number of countries")
        for which in ("suppliers", "suppliers other than Huawei", "foreign suppliers")
    )
    assert "Huawei" in labels(every)[0] and without_huawei["total"] == every["total"] - 1
    assert not any(label.startswith("Huawei Tech") for label in labels(without_huawei))
    assert 0 < abroad["total"] < every["total"]


def test_a_safe_city_is_no_kind_of_its_own(answer: Ask) -> None:
    data = answer("how many safe city projects are there in Africa")
    assert "no kind of its own; the answer is about the wider “Smart or safe city”" in data["sentence"]
    assert f"of {data['total']} projects have “safe city” in their names" in notes(data)


def test_money_names_the_projects_that_it_is_for(answer: Ask) -> None:
    data = answer("who paid for the safe city in Kenya")
    assert "The commitments are for 1 project: Konza" in notes(data)
    assert "None of these projects has “safe city” in its name" in notes(data)
    assert "What a state paid itself is not recorded" in notes(data)
    assert answer("biggest lender to Africa")["sentence"].startswith("Most on record in US dollars: ")


def test_without_an_owner_operators_are_named(answer: Ask) -> None:
    assert "Cybernet" in notes(answer("who owns the PEACE cable"))


def test_owners_of_two_organisations_are_those_between_them(answer: Ask) -> None:
    owners = labels(answer("Is HMN Tech owned by Huawei?"))
    assert {*owners} == {
        "Huawei Technologies Co., Ltd.",
        "Jiangsu Hengtong Optic-Electric Co., Ltd.",
    }  # the past and current ones
    assert "HMN Technologies Co., Limited" in labels(answer("subsidiaries of Huawei"))


def test_buyers_are_named_where_they_are_on_record(answer: Ask) -> None:
    data = answer("Which governments bought Predator?")
    assert {item["type"] for item in data["items"]} == {"country"} and len(labels(data)) == len(set(labels(data)))
    assert "whoever bought or runs it" in notes(data) and "Government of" in data["items"][0]["detail"]


def test_bans_of_equipment_are_exclusions_of_suppliers(answer: Ask) -> None:
    data = answer("5G restrictions in Europe before 2021")
    assert "until 2020" in data["sentence"] and "mention “5g”" in data["sentence"]
    assert answer("bans on facial recognition in Europe")["sentence"].startswith(
        "No ban here has “facial recognition” in its name, summary or provisions; these exclude suppliers. 20 laws"
    )


def test_agreements_of_an_organisation_are_found(answer: Ask) -> None:
    data = answer("memoranda of Huawei")
    assert data["intent"] == "agreements" and data["total"] == len(data["items"]) > 0
    assert "it didn’t make them" in answer("laws of huawei")["sentence"]


def test_both_needs_every_place(answer: Ask) -> None:
    either, both = answer("countries with NSO or Candiru"), answer("countries with both NSO and Candiru")
    assert 0 < both["total"] < either["total"] and both["sentence"].startswith("4 countries have documented projects of each: ")
    data = answer("which companies supply both Kenya and Uganda")
    assert data["sentence"].startswith(f"Sources name {data['total']} suppliers") and "Huawei Technologies Co., Ltd." in labels(
        data
    )
    for country in ("Kenya", "Uganda"):
        every = answer(f"suppliers in {country}")
        assert set(labels(data)) <= set(labels(every)), country


def test_a_cable_between_places_is_in_both(answer: Ask) -> None:
    data = answer("cables between Kenya and Pakistan")
    assert data["total"] == 0 and "is in only some" not in data["sentence"] and "in only some of these places" in notes(data)


def test_companies_of_a_country_are_counted_once(answer: Ask) -> None:
    data = answer("companies from Israel")
    assert data["sentence"].startswith(f"Sources name {data['total']} suppliers") and len(set(labels(data))) == data["total"]


def test_without_the_organisation_others_are_named(answer: Ask) -> None:
    assert "Amesys" in notes(answer("what did Nexa sell to Libya"))


def test_seats_are_compared(answer: Ask) -> None:
    sentence = answer("Are there more Chinese or US companies in Kenya?")["sentence"]
    assert sentence.startswith("based in China: ") and "; based in United States: " in sentence


def test_the_date_of_an_event_is_that_of_the_event(answer: Ask) -> None:
    assert "in operation 26 December 2012" in answer("when was ECU 911 launched")["sentence"]
    assert "agreed February 2011" in answer("when was ECU 911 agreed")["sentence"]
    assert answer("when was the Konza data centre finished")["sentence"].startswith("No date of that event (“finished”)")


def test_an_unknown_word_leaves_an_answer_without_it(answer: Ask) -> None:
    data = answer("zorblax Huawei cameras in Kenya")
    assert not data["understood"] and data["sentence"] is None
    assert data["known_sentence"] == answer("Huawei cameras in Kenya")["sentence"]
    for question in ("cheapest Huawei cameras in Kenya", "most zorblax supplier in Africa", "zorblax Huawei"):
        assert answer(question)["known_sentence"] is None, question


def test_each_set_of_countries_needs_its_own_party() -> None:
    parties = Parties((frozenset({"CN"}), frozenset({"CN", "RU"}), frozenset({"RU", "KZ"})))
    assert parties.match(["CN", "RU", "KZ"]) and not parties.match(["CN", "RU"])
    assert not Parties((frozenset({"CN", "RU"}), frozenset({"CN", "RU", "KZ"}))).match(["CN"])


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


def _listed(reader: Reader) -> str:
    return json_array(row["id"] for row in reader.rows("static_edition.organizations"))


def test_projects_of_the_group_are_on_record(answer: Ask) -> None:
    note = notes(answer("Who are the customers of China Telecom?")).partition("but no project is on record: ")[2]
    assert note and "Kazakhstan" not in note.partition(".")[0]


def test_trainings_in_a_country_are_programmes(answer: Ask) -> None:
    data = answer("how many trainings were held in Zimbabwe")
    assert data["intent"] == "agreements" and data["total"] == len(data["items"]) > 1
    assert answer("Huawei training in Kenya")["intent"] != "agreements"


def test_a_financier_without_a_commitment_is_no_missing_money(answer: Ask) -> None:
    sentence = answer("who financed the national fibre backbone of Kenya")["sentence"]
    assert "financier is named, without a commitment or an amount" in sentence and "Export-Import Bank of China" in sentence


def test_a_contract_value_is_no_missing_money(answer: Ask) -> None:
    for question in ("how much did Uganda spend on surveillance", "costliest surveillance project in Uganda"):
        sentence = answer(question)["sentence"]
        assert "The value of 1 contract is on record: Uganda Police cameras" in sentence and "$126 m" in sentence, sentence


def test_what_an_organisation_owns_are_its_subsidiaries(answer_in_english: Ask) -> None:
    expected = labels(answer_in_english("subsidiaries of Hengtong Group"))
    assert expected
    for question in ("which companies does Hengtong Group own", "companies owned by Hengtong Group", "亨通集团拥有哪些公司"):
        assert labels(answer_in_english(question)) == expected, question
    assert "parent" in answer_in_english("who owns HMN Tech")["sentence"]


def test_an_implementer_has_no_systems_supplied(shipped_reader: Reader) -> None:
    [row] = organizations.page(shipped_reader, q="24x7 Panoptes")[1]
    assert row.projects and not row.systems
