"""Dates, numbers, money and units in words, and addresses that become links."""

import re
from dataclasses import replace

import pytest

from overt.language.language import CHINESE, ENGLISH, Language, load_translations
from overt.language.number_and_money_formats import Formats, counted_unit, web_address
from overt.model.errors import ValueProblem
from overt.model.values.dates import canonical_date

formats = Formats(ENGLISH)
in_chinese = Formats(replace(CHINESE, translations=load_translations("zh")))


def test_a_count_of_one_has_a_singular_unit() -> None:
    count = {"measure": "count", "unit": "cable systems", "counting_unit": "cable system"}
    assert [counted_unit(formats, count, value) for value in ("0", "1", "2", None)] == [
        "cable systems", "cable system", "cable systems", "cable systems",
    ]  # fmt: skip
    assert counted_unit(formats, {"measure": "sum", "unit": "km", "counting_unit": "cable"}, "1") == "km"
    assert counted_unit(in_chinese, count, "1") == in_chinese.unit_words("cable systems")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2019", "2019"),
        ("2019-03", "March 2019"),
        ("2019-03-05", "5 March 2019"),
        ("2019?", "2019 (uncertain)"),
        ("2019~", "about 2019"),
        ("2017/2021", "2017 to 2021"),
        ("../2021", "by 2021"),
        ("2021/..", "from 2021"),
        ("201X", "2010s"),
        ("2019-21", "spring 2019"),
        ("2023-33", "Q1 2023"),
        ("2023-36", "Q4 2023"),
        ("2022-36/2023-33", "Q4 2022 to Q1 2023"),
        ("2019-27", "northern autumn 2019"),
        ("2019-41", "the second half of 2019"),
        ("2019-XX", "2019 (month unknown)"),
        ("2019-03-XX", "March 2019 (day unknown)"),
        ("2019-XX-XX", "2019 (month and day unknown)"),
        ("2019-XX-05", "day 5 of a month of 2019"),
        ("199X-12", "December of the 1990s"),
        ("20XX", "2000 to 2099"),
        ("201X~", "2010s (about)"),
        ("2019%", "2019 (about, uncertain)"),
        ("2019-~03-05?", "5 March 2019 (about, uncertain)"),
        ("2017~/2021?", "about 2017 to 2021 (uncertain)"),
        ("[2019,2020?]", "2019 or 2020 (uncertain)"),
        ("[2019..2021]", "one of 2019 to 2021"),
        ("{2019-03, 2020-05, 2021}", "March 2019, May 2020 and 2021"),
        ("2019-03-05T10:00:00Z", "5 March 2019, 10:00 UTC"),
        ("1950S2", "1950 (estimated)"),
        ("2019-13", "2019-13"),
        ("2019-03-0X", "2019-03-0X"),
        ("", ""),
        (None, ""),
        ("<b>", "<b>"),
    ],
)
def test_dates(edtf: str | None, words: str) -> None:
    assert formats.date(edtf) == words


PARTS = ("2019", "201X", "20XX", "20X9", "2019-03", "2019-XX", "201X-XX", "199X-12", "2019-03-05", "2019-03-XX", "2019-XX-05")
SEASONS = tuple(f"2019-{number}" for number in range(21, 42))


def test_every_canonical_date_has_words() -> None:
    """The words contain no characters of the EDTF notation. Dates that `canonical_date` refuses are skipped."""
    qualified = [f"{part}{mark}" for part in PARTS for mark in "?~%"]
    pairs = [f"{start}/{end}" for start in ("2018", "..", "2018~", "2018-21") for end in ("2020", "2020-36", "..", "2020-03?")]
    sets = ["[2018,2019]", "{2018..2020}", "[2018-03,2019-05?]", "{2018,2019-03-05}", "[2018..2019,2021]"]
    moments = ["2019-03-05T10:00:00", "2019-03-05T10:00:00Z", "2019S2"]
    accepted = 0
    for text in (*PARTS, *SEASONS, *qualified, *pairs, *sets, *moments):
        try:
            assert canonical_date(text) == text
        except ValueProblem:
            continue
        accepted += 1
        words = formats.date(text)
        assert words and not re.search(r"[?~%\[\]{}/]|\.\.|-\d|-X|\dS\d", words), (text, words)
    assert accepted > 70


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2019", "2019年"),
        ("2019-03", "2019年3月"),
        ("2019-03-05", "2019年3月5日"),
        ("2019?", "2019年（不确定）"),
        ("2019%", "2019年（约、不确定）"),
        ("2017/2021", "2017年至2021年"),
        ("../2021-03", "不晚于2021年3月"),
        ("2021/..", "2021年起"),
        ("201X", "2010年代"),
        ("2022-36/2023-33", "2022年第四季度至2023年第一季度"),
        ("2019-37", "2019年1月至4月"),
        ("2019-41", "2019年下半年"),
        ("2019-XX", "2019年（月份不详）"),
        ("2019-XX-05", "2019年某月5日"),
        ("[2019,2020?]", "2019年或2020年（不确定）"),
        ("{2019-03, 2020-05, 2021}", "2019年3月、2020年5月和2021年"),
        ("2019-03-05T10:00:00Z", "2019年3月5日 10:00 UTC"),
        ("<b>", "<b>"),
    ],
)
def test_dates_in_chinese(edtf: str, words: str) -> None:
    assert in_chinese.date(edtf) == words


@pytest.mark.parametrize(
    ("amount", "unit", "short", "exact"),
    [
        ("1930000000", "USD@2021", "19.3亿美元", "1,930,000,000美元"),
        ("999999999", "USD", "10亿美元", "999,999,999美元"),
        ("84312000.5", "EUR", "8430万欧元", "84,312,000.50欧元"),
        ("12345", "CNY", "1.23万人民币", "12,345人民币"),
        ("-12", "XAF", "−12中非法郎", "−12中非法郎"),
        ("much", "USD", "much", "much"),
    ],
)
def test_money_in_chinese(amount: str, unit: str, short: str, exact: str) -> None:
    assert (in_chinese.money_short(amount, unit), in_chinese.money(amount, unit)) == (short, exact)


def test_numbers_in_chinese() -> None:
    assert in_chinese.number("1204.50") == "1,204.5"
    assert in_chinese.coordinates("POINT (36.8172 -1.2864)") == "南纬1.2864°，东经36.8172°"
    assert in_chinese.coordinates("POINT (-36.8172 1.2864)") == "北纬1.2864°，西经36.8172°"
    assert in_chinese.period("2007/2008", "2010-11") == "始于2007年或2008年，2010年11月结束"
    assert (in_chinese.period("2008", None), in_chinese.period(None, "2020-03")) == ("2008年以来", "截至2020年3月")
    assert (in_chinese.prices("USD@2021"), in_chinese.percent(0.254), in_chinese.size(12)) == (
        "（按2021年不变价）",
        "25%",
        "12字节",
    )


@pytest.mark.parametrize(
    ("amount", "unit", "short", "exact"),
    [
        ("1930000000", "USD@2021", "$1.93 bn", "$1,930,000,000"),
        ("999999999", "USD", "$1 bn", "$999,999,999"),
        ("84312000.5", "EUR", "€84.3 m", "€84,312,000.50"),
        ("12", "XAF", "XAF 12", "XAF 12"),
        ("0", "USD", "$0", "$0"),
        ("210773604.741986", "USD@2021", "$211 m", "$210,773,604.74"),
        ("0.999", "USD", "$0.999", "$1"),
    ],
)
def test_money(amount: str, unit: str, short: str, exact: str) -> None:
    assert formats.money_short(amount, unit) == short
    assert formats.money(amount, unit) == exact


def test_estimates_have_no_cents_in_tables() -> None:
    assert formats.money_in_table("210773604.741986", "USD@2021") == "$210,773,605"
    assert formats.money_in_table("84312000.5", "EUR") == "€84,312,000.50"
    assert (formats.money_in_table("about a million", "USD@2021"), formats.money_in_table(None, "USD@2021")) == (
        "about a million",
        "",
    )


@pytest.mark.parametrize(
    ("unit", "english", "chinese"),
    [
        ("USD@2021", "US dollars, constant prices of 2021", "美元（2021年不变价）"),
        ("EUR", "euros", "欧元"),
        ("km", "km", "公里"),
        ("percent", "%", "%"),
        ("parsecs", "parsecs", "parsecs"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_units(unit: str | None, english: str, chinese: str) -> None:
    assert formats.unit_words(unit) == english
    assert in_chinese.unit_words(unit) == chinese


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_the_largest_amounts_that_a_source_can_state(language: Language) -> None:
    formats = Formats(language)
    assert formats.number("9" * 30) == ",".join(["999"] * 10)
    assert ",".join(["999"] * 10) + ".99" in formats.money("9" * 30 + ".99", "BGN")
    assert formats.cents("-" + "9" * 30) == "\u2212" + ",".join(["999"] * 10)
    assert formats.rounded("9" * 30 + ".1234") == ",".join(["999"] * 10) + ".123"
    assert formats.money_short("9" * 30, "ZWR")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2.015", "2.02"), (2.015, "2.02"), ("1.905", "1.91"), (1.891, "1.89"), ("-0.2525", "−0.253"), ("0.0125", "0.013"),
        ("62", "62"), (9.0, "9"), ("1234.5", "1,235"), ("9.995", "10.00"), ("-0.0001", "0.000"),
        ("1.9049", "1.90"), ("1.9", "1.9"), ("coded", "coded"),
    ],
)  # fmt: skip
def test_scores_have_three_digits_and_halves_are_rounded_up(value: object, text: str) -> None:
    assert formats.score(value) == text


def test_money_and_decimals_round_halves_up() -> None:
    assert formats.rounded("0.0125") == "0.013"
    assert formats.money_short("1225000", "USD") == "$1.23 m"
    assert formats.cents("0.125") == "0.13"


def test_numbers() -> None:
    assert formats.number("1204.50") == "1,204.5"
    assert formats.number("-3") == "−3"
    assert formats.number("63.0000") == "63"
    assert formats.rounded("-0.177773527106962") == "−0.178"
    assert formats.coordinates("POINT (36.8172 -1.2864)") == "1.2864° S, 36.8172° E"
    assert formats.coordinates("POINT (1e-5 2.5)") == "2.5° N, 0.00001° E"
    assert formats.coordinates("POINT (-0.00001 2.5)") == "2.5° N, 0.00001° W"
    assert formats.coordinates("POLYGON ((36 1, 38 1, 38 2, 36 1))") == "an outline around 1.5° N, 37° E"
    assert formats.coordinates("POLYGON ((179 1, -179 1, -179 2, 179 1))") == "an outline", "its middle is not in Africa"
    assert formats.join(["a", "b", "c"]) == "a, b and c"
    assert formats.period("2008", None) == "since 2008"
    assert formats.period("2007/2008", "2010-11") == "from 2007 or 2008 to November 2010"
    assert formats.period("2007-05/2009", "../2011") == "from a day between May 2007 and 2009 to 2011 or earlier"
    assert formats.period("2007/2008", None) == "since 2007 or 2008"
    assert formats.period("2007/2007", "2010") == "from 2007 to 2010"
    assert formats.period("2016-02-18", "2016-02~") == "18 February 2016, ended about the same month"
    assert formats.period("2016-02-18~", "2016-02") == "about 18 February 2016, ended the same month"
    assert formats.period("2016-02", "2016") == "February 2016, ended the same year"
    assert formats.period("2016-02-18", "2016-03") == "18 February 2016 to March 2016"
    assert formats.moment("2025-10-29/2025-11-03") == "between 29 October 2025 and 3 November 2025"
    assert (formats.moment("2025/.."), formats.moment("2025")) == ("from 2025", "2025")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://a b", " https://x", "HTTP", None, ""]
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert web_address(address) is None


@pytest.mark.parametrize(
    ("share", "words"), [(0.625, "63 %"), (0.125, "13 %"), (0.615, "62 %"), (0.624, "62 %"), (0, "0 %"), (1, "100 %")]
)
def test_halves_of_a_percent_are_rounded_up(share: float, words: str) -> None:
    assert formats.percent(share) == words
