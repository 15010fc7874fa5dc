"""Amounts of money: sums, highest amounts, thresholds, currencies, prices and contract values."""

import pytest

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import notes, parts_of
from tests.site.questions.conftest import Read


def test_a_seat_after_a_number_is_no_currency(read: Read) -> None:
    assert read("which African countries have more than 2 U.S. suppliers").ids("seat") == ["US"]
    assert read("which African countries have more than 2 US suppliers").ids("seat") == ["US"]
    assert read("which African countries have more than 2 us suppliers").unknown == ["us"]
    assert read("超过1亿元的中国贷款").reason == "currency"
    for question in ("loans over 100 million US dollars to Africa", "loans over 500 USD to Africa", "超过1亿美元的中国贷款"):
        assert read(question).intent == "amounts", question


def test_other_currencies_are_no_dollars(read: Read) -> None:
    for sign in ("€", "¥", "£ ", "￥", "A$"):
        assert not read(f"loans over {sign}100 million to Africa").understood, sign
    for sign in ("$", "＄", "$ "):
        assert read(f"loans over {sign}100 to Africa").intent == "amounts", sign
    counted = read("which countries have more than 3 suppliers of cameras worth $5 million").threshold
    assert counted is None or counted.counted == "suppliers"


def test_amounts_are_those_of_the_lenders_asked_about(understood_answer: Ask) -> None:
    details = [item["detail"] for item in understood_answer("Chinese loans over $1 million in Mauritius")["items"]]
    assert sum(detail.startswith("$18.4") for detail in details) == 1, (
        "three loans, two of an “Unspecified Chinese Government Institution”"
    )
    details = [item["detail"] for item in understood_answer("loans over $1 million from the World Bank in Mauritius")["items"]]
    assert not any(detail.startswith("$18.4") for detail in details), "the World Bank gave none of that"
    data = understood_answer("Chinese loans over $100 million")
    assert data["sentence"].startswith(f"{data['total']} projects have")


@pytest.mark.parametrize(
    "question", ["loans over 1 billion yuan", "超过1亿元的贷款", "10亿元人民币以上的贷款", "loans over 5 million euros"]
)
def test_amounts_in_other_currencies_are_declined(answer: Ask, question: str) -> None:
    assert answer(question)["reason"] == "currency"


def test_amounts_in_dollars_are_compared(answer: Ask) -> None:
    assert answer("loans over 1 billion dollars")["intent"] == "amounts"


def test_one_loan_in_two_prices_counts_once(answer: Ask) -> None:
    data = answer("chinese loans to ghana between 2010 and 2018")
    assert data["sentence"].startswith("5 commitments are recorded") and "$123 m" not in data["sentence"]
    assert "add up to $363 m in constant prices of 2021" in data["sentence"]
    assert "1 more commitment has no date" in data["sentence"] and "($199 m)" in data["sentence"] and "$150 m" in data["sentence"]
    assert "1 commitment isn’t counted or added" in notes(data) and "phase II, Ghana (ZTE) ($123 m)" in notes(data)


def test_a_loan_and_a_grant_of_one_project_both_count(answer: Ask) -> None:
    data = answer("who paid for ECU 911 in ecuador")
    assert "$240 m, $29.1 m in constant prices of 2021" in data["sentence"] and "(CN¥97 m)" in notes(data)


def test_the_highest_amount_names_projects_of_unknown_kind_and_contracts(answer: Ask) -> None:
    data = answer("biggest chinese loan for telecoms")
    assert "no source states the kind" in data["sentence"]
    assert "facility 3" in data["items"][0]["label"] and data["items"][0]["detail"].startswith("$1.64 bn")
    assert "The values of " in notes(data)
    data = answer("compare cost of safe city Kenya vs Uganda")
    assert "($126 m)" in data["sentence"] and "KES 14.9 bn" in notes(data)
    data = answer("波兰买飞马花了多少钱")
    assert "3340万兹罗提" in notes(data) and "有1笔以其他货币计的金额记录：2500万波兰兹罗提" in data["sentence"]
    assert "isn’t counted or added" in notes(answer("most expensive surveillance project in Ghana"))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("which country owes china most", "Russia"),
        ("who owes china the most in africa", "Nigeria"),
        ("which country borrowed the most from china", "Russia"),
        ("哪个国家欠中国最多", "俄罗斯"),
    ],
)
def test_who_owes_most_is_a_country(answer: Ask, question: str, first: str) -> None:
    data = answer(question)
    assert ("seat", "CN") in parts_of(data)
    assert data["items"][0]["type"] == "country"
    assert data["items"][0]["label"] == first
    assert data["sentence"].index(first) < 40


def test_sums_by_country_are_those_of_the_table(answer: Ask, shipped_reader: Reader) -> None:
    first = answer("which country received the most money")["items"][0]
    [row] = shipped_reader.select(
        "SELECT sum(m.amount) AS amount FROM commitments AS m JOIN project_country AS c ON c.id = m.project "
        "WHERE c.country = :country AND m.unit = 'USD@2021'",
        {"country": first["id"]},
    )
    assert f"${round(row['amount'] / 1e9, 2):g} bn in constant prices" in first["detail"]


def test_amounts_of_unknown_type_are_those_of_projects(answer: Ask) -> None:
    assert (
        "For 3 of these projects, the type of a commitment is not recorded."
        in answer("biggest chinese loan for telecoms")["sentence"]
    )


def test_a_loan_is_counted_once(answer_in_english: Ask) -> None:
    bolivia = answer_in_english("chinese loans to bolivia")
    assert bolivia["sentence"].startswith("3 commitments are recorded") and "$105 m" not in bolivia["sentence"]
    assert any("isn’t counted or added" in note["text"] and "$105 m" in note["text"] for note in bolivia["notes"])
    assert "add up to XOF 20.2 bn." in answer_in_english("loans to Mali")["sentence"]
    ghana = answer_in_english("chinese loans to Ghana for police networks 2007-2018")
    assert "add up to $193 m in constant prices" in ghana["sentence"]
    assert any("isn’t counted or added" in note["text"] and "$123 m" in note["text"] for note in ghana["notes"])
    cambodia = answer_in_english("Chinese aid for cameras in Cambodia")
    assert any("may be the same as another lender’s" in item["detail"] for item in cambodia["items"])


def test_amounts_without_a_type_or_kind_are_ranked_and_marked(answer: Ask) -> None:
    data = answer("biggest chinese loans to indian telecoms")
    details = [item["detail"] for item in data["items"]]
    assert data["total"] == len(details) == 6
    assert details[0].startswith("$1.64 bn in constant prices of 2021, kind of project not recorded")
    assert details[1].startswith(
        "$1.14 bn in constant prices of 2021, kind of project not recorded, type of commitment not recorded"
    )
    assert "add up to $4.4 bn in constant prices of 2021. For 4 of these projects, no source states the kind." in data["sentence"]
    assert "isn’t limited to: Telecom or ICT project" in notes(data)


def test_grants_have_no_commitment_of_another_type(answer: Ask) -> None:
    data = answer("largest chinese grants in africa")
    assert not [item for item in data["items"] if "type of commitment not recorded" in item["detail"]]
    assert "other commitments are not counted, because they are of other types" in notes(data)


def test_commitments_without_an_amount_are_named(answer: Ask) -> None:
    assert "2 commitments without an amount are on record." in answer("biggest grants to rwanda")["sentence"]


def test_countries_above_an_amount_have_higher_sums(answer: Ask) -> None:
    data = answer("countries that got more than 500 million from china eximbank")
    assert [item["id"] for item in data["items"]] == ["NG", "AO", "BY", "PK", "PH"]
    assert data["sentence"].startswith("The commitments to 5 countries add up to more than 500 million each: Nigeria ($1.34 bn")
    assert "94 commitments are recorded: The Export-Import Bank of China. " in data["sentence"]


def test_the_largest_debt_is_a_sum_and_the_biggest_loan_is_one_loan(answer: Ask) -> None:
    assert answer("countries with the largest chinese debt for telecoms")["sentence"].startswith(
        "Most on record in US dollars: Russia"
    )
    assert answer("which country got the biggest chinese loan")["items"][0]["type"] == "project"
    assert answer("which countries have zte contracts over 100 million")["intent"] == "amounts"
    assert answer("which countries received Chinese loans over $100 million")["intent"] == "amounts"
    assert answer("which countries borrowed over $1 billion from China")["total"] == 6
    assert [part["id"] for part in answer("哪些国家从中国获得超过5亿美元的贷款")["parts"] if part["type"] == "seat"] == ["CN"]


def test_a_cost_is_first_the_value_of_a_contract(answer: Ask) -> None:
    data = answer("cost of mauritius safe city huawei")
    assert data["sentence"].index("$466 m") < data["sentence"].index("$73.7 m")
    assert data["items"][0]["detail"].startswith("contract value $466 m, loan, grant or other commitment of $73.7 m")
    assert "合同金额" not in answer("中国给尼日利亚贷了多少钱")["items"][0]["detail"]


@pytest.mark.parametrize("question", ["biggest contract value in africa", "contract value of nigeria's zte system"])
def test_contract_values_come_first_if_asked_for(answer: Ask, question: str) -> None:
    assert answer(question)["sentence"].startswith("The value")


def test_a_missing_amount_isnt_a_missing_project(answer: Ask) -> None:
    assert "2 projects are recorded" in answer("How much did the Serbian safe city cost?")["sentence"]


def test_a_question_for_a_price_says_that_none_is_recorded(answer: Ask) -> None:
    sentence = answer("How much do Swedish police pay Palantir each year?")["sentence"]
    assert "No price or contract value is on record" in sentence and "Acus" in sentence and "lender" not in sentence
    assert answer("how much did ghana pay for pegasus")["sentence"].startswith("The value of 1 contract is on record")


def test_contracts_in_the_plural_ask_for_contract_values(lexicon: Lexicon) -> None:
    about_contracts = ["contract", "highest contracts", "contract value", "合同金额", "合同"]
    assert all(map(lexicon.is_about_contracts, about_contracts))
    assert not any(map(lexicon.is_about_contracts, ["contractors", "deals", "金额", ""]))


def test_a_contract_above_the_amount_is_no_missing_record(answer: Ask) -> None:
    assert answer("spyware contracts over 10 million")["sentence"].startswith(
        "The value of 1 contract is on record: Mexico's PGR"
    )
    assert answer("spyware contracts over 50 million")["total"] == 0
    assert answer("total value of huawei contracts")["sentence"].startswith("The values of 19 contracts are on record")


def test_contracts_of_other_kinds_in_a_town_are_named(answer: Ask) -> None:
    notes = [note["text"] for note in answer("contract value of nairobi safe city")["notes"]]
    assert any("KES 14.9 bn" in note for note in notes)


def test_a_cost_that_no_listed_record_has_is_named(answer: Ask) -> None:
    assert "price of" in answer("price of the tiangou secure gateway")["unweighed"]
    assert not answer("谁为肯尼亚的国家光纤骨干网(NOFBI)出资?")["unweighed"]
    assert answer("how many loans did china cancel")["sentence"] is None


def test_a_contract_value_is_no_missing_money(answer: Ask) -> None:
    for question in ("how much did Uganda spend on surveillance", "costliest surveillance project in Uganda"):
        sentence = answer(question)["sentence"]
        assert "The value of 1 contract is on record: Uganda Police cameras" in sentence and "$126 m" in sentence, sentence
