"""Answers about commitments by their own dates and about costs; what a number counts, and what is called unrecorded."""

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask


def _agreed(reader: Reader, first: int, last: int) -> tuple[int, float]:
    """Return the number of commitments agreed in some years, and their sum in US dollars of 2021."""
    [row] = reader.select(
        "SELECT count(*) AS commitments, total(iif(unit = 'USD@2021', amount, 0)) AS amount FROM commitments "
        "WHERE year BETWEEN ? AND ?",
        (first, last),
    )
    return row["commitments"], row["amount"]


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


def test_restrictions_of_other_kinds_are_counted_and_not_their_countries(answer: Ask, shipped_reader: Reader) -> None:
    [row] = shipped_reader.select(
        "SELECT count(DISTINCT f.id) AS restrictions FROM facts AS f JOIN records AS r ON r.id = f.id AND r.type = 'restriction' "
        "WHERE f.property = 'platform' AND f.value = 'tiktok' AND f.shown "
        "AND f.id NOT IN (SELECT id FROM facts WHERE property = 'kind' AND value = 'device-ban' AND shown)"
    )
    notes = [note["text"] for note in answer("which countries banned TikTok on government devices?")["notes"]]
    of_other_kinds = [note["text"] for note in answer("哪些国家禁止政府设备使用TikTok")["notes"]]
    assert any(text.startswith(f"另有{row['restrictions']}项其他类型的限制记录，涉及") for text in of_other_kinds)
    assert any(text.startswith(f"{row['restrictions']} restrictions of other kinds are on record, in ") for text in notes)


def test_an_organisation_without_a_project_is_not_called_unrecorded(answer: Ask) -> None:
    sentence = answer("alcatel submarine networks nokia")["sentence"]
    assert "Alcatel Submarine Networks: no project on record (3 relations with other organisations)" in sentence


def test_a_cost_is_first_the_value_of_a_contract(answer: Ask) -> None:
    data = answer("cost of mauritius safe city huawei")
    assert data["sentence"].index("$466 m") < data["sentence"].index("$73.7 m")
    assert data["items"][0]["detail"].startswith("contract value $466 m, loan, grant or other commitment of $73.7 m")
    assert "合同金额" not in answer("中国给尼日利亚贷了多少钱")["items"][0]["detail"]
