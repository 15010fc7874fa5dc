"""Loans and other commitments: lenders, borrowers, dates, and financiers without a commitment."""

import pytest

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.site.search.money.home_countries_from_financier_names import first_countries
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes
from tests.site.questions.conftest import DENIED, NAIROBI, AskSmallAtlas
from tests.support.client import Client


def _agreed(reader: Reader, first: int, last: int) -> tuple[int, float]:
    """Return the number of commitments agreed in some years, and their sum in US dollars of 2021."""
    [row] = reader.select(
        "SELECT count(*) AS commitments, total(iif(unit = 'USD@2021', amount, 0)) AS amount FROM commitments "
        "WHERE year BETWEEN ? AND ?",
        (first, last),
    )
    return row["commitments"], row["amount"]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("chinese loans to russian telecoms", {("seat", "CN"), ("area", "RU")}),
        ("chinese loans for the russian telecoms", {("seat", "CN"), ("area", "RU")}),
        ("loans to russian telecoms", {("area", "RU")}),
        ("chinese loans to russian companies", {("seat", "CN"), ("area", "RU")}),
        ("中国对俄罗斯电信的贷款", {("seat", "CN"), ("area", "RU")}),
        ("payments to israeli companies in mexico", {("seat", "IL"), ("area", "MX")}),
        ("israeli spyware in africa", {("seat", "IL")}),
    ],
)
def test_the_country_that_a_loan_goes_to_is_no_seat(answer: Ask, question: str, places: set[tuple[str, str]]) -> None:
    parts = answer(question)["parts"]
    assert {(part["type"], part["id"]) for part in parts if part["type"] in ("seat", "area")} == places


def test_sums_name_cancelled_projects(understood_answer: Ask) -> None:
    data = understood_answer("safe city projects financed by China Eximbank")
    assert "recorded as “Cancelled”: Safe Philippines" in notes(data) and "Lesotho" in notes(data)
    assert any("Dushanbe" in label for label in labels(data))
    assert {item["type"] for item in understood_answer("中国进出口银行为哪些国家的监控项目提供了贷款?")["items"]} == {"country"}


def test_no_money_is_no_denial(understood_answer: Ask) -> None:
    data = understood_answer("Where did Intellexa get its money?")
    assert data["sentence"].startswith("No lender or donor") and data["items"]


def test_loans_leave_out_grants(understood_answer: Ask) -> None:
    assert "2 other commitments" in notes(understood_answer("loans for surveillance systems in bolivia"))
    data = understood_answer("埃塞俄比亚电信网络的贷款来自哪里")
    assert {item["type"] for item in data["items"]} <= {"lender", "project"}


def test_a_shared_commitment_counts_once(client: Client, reader: Reader) -> None:
    answer = client.get("/api/v1/ask?q=who+pays+for+projects+in+kenya").json()
    [row] = reader.select(
        "SELECT count(*) AS n FROM commitments AS m JOIN project_country AS c ON c.id = m.project AND c.country = 'KE' "
        "WHERE EXISTS (SELECT 1 FROM project_company AS k WHERE k.record = m.id AND k.role = 'financier')"
    )
    assert answer["sentence"].startswith(f"{row['n']} commitment")


def test_a_country_after_its_banks_name_is_no_place(answer: Ask) -> None:
    data = answer("exim bank china tajikistan safe city")
    assert "China: no project" not in data["sentence"] and "2 commitments, together $23.6 m" in data["sentence"]
    assert not answer("exim bank india mozambique")["understood"]


def test_commitments_of_a_year_count_by_their_own_dates(answer: Ask, shipped_reader: Reader) -> None:
    number, amount = _agreed(shipped_reader, 2011, 2011)
    data = answer("chinese finance promised in 2011")
    assert f"{number} commitments" in data["sentence"] and f"${amount / 1e9:.2f} bn in constant" in data["sentence"]
    assert "2 more commitments have no date" in data["sentence"] and "$240 m" in data["sentence"]
    assert all("possibly in place" not in note["text"] for note in data["notes"])


@pytest.mark.parametrize("question", ["chinese loans to ghana between 2010 and 2018", "中国2010年至2018年给加纳的贷款"])
def test_a_range_of_years_names_commitments_without_a_date(question: str, answer: Ask) -> None:
    data = answer(question)
    assert (
        ("5 commitments" in data["sentence"] or "5笔" in data["sentence"])
        and ("$349 m" not in data["sentence"])
        and ("ALPHA" in data["sentence"] or "加纳" in data["sentence"])
    )
    assert any("dates on which they were agreed" in note["text"] or "商定日期" in note["text"] for note in data["notes"])


def test_a_project_dated_in_a_year_keeps_commitments_of_other_times(answer: Ask) -> None:
    sentence = answer("who financed the Mauritius safe city in 2017")["sentence"]
    assert "No commitment on record is dated then" in sentence and "$73.7 m" in sentence
    assert "1 lender or donor is named: The Export-Import Bank of China" in sentence


def test_the_highest_lender_is_not_mixed_with_other_prices(answer: Ask) -> None:
    sentence = answer("biggest chinese lender for digital infrastructure")["sentence"]
    first = sentence.partition(". In other prices")[0]
    assert "In other prices, which aren’t comparable" in sentence and "China Development Bank" in first
    assert "Export-Import" not in first


def test_commitments_of_other_types_are_named_with_their_amounts(answer: Ask) -> None:
    data = answer("how much did China Eximbank lend to Angola")
    assert "fixed-line networks in the provinces" in notes(data) and "($82.5 m" in notes(data)
    assert "without a commitment" not in notes(data)


def test_lenders_count_by_the_country_in_their_name(answer: Ask, lexicon: Lexicon) -> None:
    data = answer("surveillance projects financed by South Korea or the UAE")
    assert [item["label"] for item in data["items"]] == ["United Arab Emirates", "Export-Import Bank of Korea"]
    assert "2 financiers count by their names" in notes(data)
    assert first_countries(lexicon, "Embassy of China in Rwanda") == {"CN"}
    assert first_countries(lexicon, "Standard Bank") == set()


@pytest.mark.parametrize(
    "question",
    [
        "did the UAE finance cameras in Tanzania",
        "which countries does China lend to",
        "中国向哪些国家提供贷款",
        "日本政府贷款的通信项目",
    ],
)
def test_a_country_that_gives_is_the_lender(answer: Ask, question: str) -> None:
    data = answer(question)
    assert data["intent"] == "money" and [part["id"] for part in data["parts"] if part["type"] == "seat"]


def test_financiers_without_a_commitment_are_named(answer: Ask) -> None:
    assert "more financiers are named without a commitment: Home Office" in notes(answer("who financed surveillance in Europe"))


def test_a_seat_without_lenders_lists_no_other_projects(answer: Ask) -> None:
    data = answer("loans from Japan for telecommunications")
    assert data["items"] == [] and "organisations whose home countries are not recorded are left out" in notes(data)


@pytest.mark.parametrize("question", ["欧盟资助的边境监控", "border surveillance Tunisia EU funded"])
def test_a_region_that_funds_is_the_seat_of_lenders(answer: Ask, question: str) -> None:
    assert "european-union" in [part["id"] for part in answer(question)["parts"] if part["type"] == "seat"]


@pytest.mark.parametrize(
    ("question", "lender"),
    [("projects funded by zte", "ZTE Corporation"), ("zte as a lender", "ZTE Corporation"), ("loans to kenya by china exim", "")],
)
def test_who_funds_by_the_words_is_the_lender(answer: Ask, question: str, lender: str) -> None:
    data = answer(question)
    assert data["intent"] == "money"
    assert "lenders or donors are on record" not in data["sentence"]
    assert lender in data["sentence"]


def test_who_funds_a_company_is_no_question_about_its_loans(answer: Ask) -> None:
    assert "lenders or donors are on record" in answer("who funds huawei")["sentence"]


def test_lenders_and_other_parties_have_their_roles(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("Huawei loan Export Bank of Ruritania kenya")
    assert labels(data) == [NAIROBI] and "Export Bank of Ruritania" in data["sentence"]
    data = ask_small_atlas("Huawei Marine loan Export Bank of Ruritania kenya")
    assert data["items"] == [] and data["sentence"].startswith("No record here")


def test_no_money_is_no_denial_of_the_project(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("who paid for the data centre in laos")
    assert data["sentence"].startswith("No lender or donor is on record here") and labels(data) == [DENIED]


def test_a_bank_with_its_country_before_it_lends_everywhere(answer: Ask) -> None:
    assert answer("中国国家开发银行贷款的监控项目")["total"] > 1


@pytest.mark.parametrize("word", ["promise", "pledge", "commit"])
def test_promises_are_commitments(answer: Ask, word: str) -> None:
    assert "8 commitments are recorded" in answer(f"how much did China Eximbank {word} to Angola")["sentence"]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("印度电信的中国贷款一共多少", {("seat", "CN"), ("area", "IN")}),
        ("how much did china lend to indian telecoms", {("seat", "CN"), ("area", "IN")}),
        ("did russia or china lend to india", {("seat", "RU"), ("seat", "CN"), ("area", "IN")}),
    ],
)
def test_the_country_before_a_word_for_lending_lends(answer: Ask, question: str, places: set[tuple[str, str]]) -> None:
    parts = answer(question)["parts"]
    assert {(part["type"], part["id"]) for part in parts if part["type"] in ("seat", "area")} == places


def test_a_country_that_finances_or_gives_is_no_place_beside_a_supplier(answer: Ask) -> None:
    for question in (
        "huawei projects financed by china in kenya",
        "did china finance huawei in kenya",
        "中国在肯尼亚资助的华为项目",
    ):
        seats = [part["id"] for part in answer(question)["parts"] if part["type"] == "seat"]
        assert seats == ["CN"], question
    donated = answer("nuctech scanners donated by china")
    assert donated["total"] and any("Cabo Verde" in note["text"] for note in donated["notes"])


def test_lenders_of_member_countries_are_not_their_union(answer: Ask) -> None:
    sentence = answer("EU funded surveillance")["sentence"]
    assert sentence.startswith("Lenders and donors from member countries count for European Union, too. 1 commitment")


def test_a_financier_without_a_commitment_is_named(answer: Ask) -> None:
    data = answer("submarine cable China Eximbank loan")
    assert "The Export-Import Bank of China" in data["sentence"]
    assert not data["sentence"].startswith("No "), data["sentence"]
    assert any("402,033,662" in note["text"] for note in data["notes"])


def test_a_bank_and_a_customer_side_by_side_mean_both(answer: Ask) -> None:
    data = answer("megafon china development bank")
    assert (data["intent"], data["total"]) == ("money", 9)
    assert "$3.3 bn" in data["sentence"] and " or " not in data["sentence"]
    assert all(part["text"] for part in data["parts"])


def test_lenders_are_named_beside_amounts(answer: Ask) -> None:
    assert "国家开发银行" in answer("赞比亚平安城市项目多少钱，谁贷款")["sentence"]


def test_loans_of_unknown_kind_are_named(answer: Ask) -> None:
    data = answer("国开行 俄罗斯 电信贷款")
    assert "VEB" in data["sentence"]
    assert "places" not in {part["id"] for part in data["parts"]}


def test_money_names_the_projects_that_it_is_for(answer: Ask) -> None:
    data = answer("who paid for the safe city in Kenya")
    assert "The commitments are for 1 project: Konza" in notes(data)
    assert "None of these projects has “safe city” in its name" in notes(data)
    assert "What a state paid itself is not recorded" in notes(data)
    assert answer("biggest lender to Africa")["sentence"].startswith("Most on record in US dollars: ")


def test_a_financier_without_a_commitment_is_no_missing_money(answer: Ask) -> None:
    sentence = answer("who financed the national fibre backbone of Kenya")["sentence"]
    assert "financier is named, without a commitment or an amount" in sentence and "Export-Import Bank of China" in sentence
