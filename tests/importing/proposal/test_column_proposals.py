"""Columns are recognised by their names and their content, and the mapping's lines are proposed for them."""

from collections import Counter
from collections.abc import Sequence

import pytest

from overt.importing.proposal.column_guesses import ColumnGuess, guess_columns
from overt.importing.proposal.column_samples import MAX_TEXTS, ColumnSample
from overt.importing.proposal.mapping_lines import project_lines
from overt.importing.proposal.proposed_column_mappings import amount_value, date_value, party_value, term_value
from overt.model.content_catalogue import Catalogue

CONTENT = Catalogue()


def make_column(name: str, *texts: str) -> ColumnSample:
    return ColumnSample(name, len(texts), sum(bool(text) for text in texts), Counter(text for text in texts if text))


def meanings(*columns: ColumnSample) -> list[str]:
    return [guess.meaning for guess in guess_columns(columns, CONTENT)]


@pytest.mark.parametrize(
    ("name", "texts", "meaning"),
    [
        ("No.", ("1", "2", "3"), "key"),
        ("序号", ("1", "2", "3"), "key"),
        ("Country", ("Kenya", "Laos", "Côte d'Ivoire"), "country"),
        ("Country", ("Atlantis",), "country"),
        ("country", ("Atlantis", "Kenya", "Lemuria", "Mu", "Thule"), "country"),
        ("Country", ("404", "288"), "ignore"),
        ("Country office", ("Atlantis",), "ignore"),
        ("Where", ("Kenya", "Serbia", "Zambia"), "country"),
        ("国家", ("肯尼亚", "塞尔维亚"), "country"),
        ("Vendor(s)", ("Huawei", "ZTE"), "supplier"),
        ("供应商", ("华为", "中兴"), "supplier"),
        ("Signed", ("17/05/2019", "May 2018"), "agreed"),
        ("Signed", ("yes", "no"), "ignore"),
        ("Date of completion", ("2019", "2020"), "completed"),
        ("Status", ("Operational", "on hold"), "status"),
        ("Now", ("Operational", "planned", "cancelled"), "status"),
        ("Technology", ("CCTV", "smart city"), "kind"),
        ("Link", ("https://example.org/a", "https://example.org/b"), "document"),
        ("Evidence", ("https://example.org/a",), "document"),
        ("Value (USD million)", ("1.2", "30"), "amount"),
        ("Contact", ("A. Person", "B. Person"), "person"),
        ("Sent to", ("a@example.org", "b@example.org"), "person"),
        ("Last updated", ("2024-01-02",), "ignore"),
        ("Lat", ("-1.28", "3.4"), "ignore"),
    ],
)
def test_what_a_column_is(name: str, texts: Sequence[str], meaning: str) -> None:
    guess = meanings(make_column("Project name", "North", "South", "North"), make_column(name, *texts))[1]
    assert guess == meaning or (meaning == "ignore" and name == "Lat" and guess == "latitude")


def test_a_number_that_repeats_is_no_key() -> None:
    assert "key" not in meanings(make_column("Name", "North", "South"), make_column("No.", "1", "1"))


def test_a_name_in_each_language_is_used() -> None:
    guesses = guess_columns(
        [make_column("Project", "A", "B"), make_column("项目名称", "内罗毕", "卢萨卡"), make_column("Title", "A", "B")], CONTENT
    )
    assert [(guess.meaning, guess.lang) for guess in guesses] == [("name", None), ("name", "zh"), ("ignore", None)]


def test_no_sample_of_a_column_about_persons_is_shown() -> None:
    [_, contact] = guess_columns([make_column("Project", "A"), make_column("Contact", "A. Person")], CONTENT)
    assert contact.column.samples() == []


def value_of(*texts: str, name: str = "Vendor") -> list[str]:
    return party_value(ColumnGuess(make_column(name, *texts), "supplier")).options


def test_separators_of_companies_need_evidence() -> None:
    assert value_of("Huawei; ZTE", "Huawei") == ['split: [";"]']
    assert value_of("Huawei & Safaricom", "Huawei") == ['split: [" & "]']
    assert value_of("Rohde & Schwarz", "Huawei") == []
    assert value_of("Hikvision Digital Technology Co., Ltd.", "Huawei") == []
    assert value_of("Huawei, ZTE", "ZTE") == ['split: [", "]']


def test_a_text_that_may_name_two_companies_is_left_to_the_editor() -> None:
    value = party_value(ColumnGuess(make_column("Vendor", "Rohde & Schwarz", "ZTE"), "supplier"))
    assert "Rohde & Schwarz" in value.comments[0]


def test_an_open_order_of_day_and_month_stays_a_comment() -> None:
    value = date_value(make_column("Signed", "03/04/2019", "May 2020"))
    assert value.options == ['dates: ["%B %Y"]']
    assert "day or month first?" in value.comments[0]


def test_amounts_take_currency_and_factor_from_the_name_of_the_column() -> None:
    assert amount_value(make_column("Value (USD million)", "1.2"), has_currency_column=False).options == [
        "currency: USD", 'times: "1000000"',
    ]  # fmt: skip
    assert amount_value(make_column("Cost", "1,5 million EUR", "2,25 million EUR"), has_currency_column=False).options == [
        'decimal: ","'
    ]
    assert "in which currency?" in amount_value(make_column("Cost", "1200"), has_currency_column=False).comments[0]


def test_a_lookup_has_the_words_of_the_file() -> None:
    value = term_value(
        make_column("Status", "Live", "live", "Operational", "handed over", "n/a"), CONTENT.vocabularies["statuses"], "s"
    )
    assert value.lookups == {"s": ["Live: operational", "Operational: operational", "# handed over: ?"]}
    assert value.options == ["lookup: s", "empty: [n/a]"]


def test_more_dates_than_properties_stay_comments() -> None:
    columns = [make_column("Name", "North", "South"), *(make_column(f"Date {number}", "2019", "2020") for number in range(9))]
    lines = project_lines(guess_columns(columns, CONTENT), CONTENT).lines
    assert sum("a date for which no property is left" in line for line in lines) == 3


def test_a_code_list_that_no_vocabulary_knows_is_no_kind() -> None:
    assert meanings(make_column("Name", "North", "South"), make_column("Regime type", "EA", "LD"))[1] == "ignore"


def test_a_row_without_a_name_is_a_problem_of_the_row() -> None:
    lines = project_lines(guess_columns([make_column("No.", "1", "2"), make_column("Name", "North", "")], CONTENT), CONTENT).lines
    assert "name: {column: Name, required: true}" in lines


def test_a_list_without_spaces_is_split_like_one_with_spaces() -> None:
    assert value_of("ZTE/Hikvision", "Huawei / NADRA", "Huawei", "ZTE") == ['split: ["/"]']


def test_partners_without_a_name_are_no_organisation() -> None:
    assert value_of("CEIEC and partners", "CEIEC", "Local Partners Ltd", "n/a") == ['split: [" and "]', "empty: [n/a, partners]"]
    assert value_of("Partners", "CEIEC") == ["empty: [Partners]"]


def test_a_status_of_several_words_is_no_list() -> None:
    columns = [make_column("Name", "North", "South"), make_column("Status", "up and running", "signed and running")]
    result = project_lines(guess_columns(columns, CONTENT), CONTENT)
    assert "status: {column: Status, lookup: statuses}" in result.lines
    assert result.lookups["statuses"][0] == "up and running: operational"


def test_a_quarter_is_proposed_as_its_months() -> None:
    value = date_value(make_column("Signed", "Q3 2017", "early 2013", "2015"))
    assert value.lookups["dates"] == [
        'Q3 2017: "2017-07/2017-09"',
        '# early 2013: ?  # as in "2019", 2019-05, 2019-05-17 or 2019-07/2019-09',
    ]


def test_a_long_column_of_ids_is_unique() -> None:
    texts = Counter(f"id-{number}" for number in range(MAX_TEXTS))
    assert ColumnSample("ID", 2 * MAX_TEXTS, 2 * MAX_TEXTS, texts).is_unique
    assert not ColumnSample("ID", 2 * MAX_TEXTS, 2 * MAX_TEXTS, texts + Counter(["id-7"])).is_unique
