"""Number formats of spreadsheets show currencies, and dates as days, months or years."""

import datetime

import pytest

from overt.importing.readers.cell_number_formats import currency_of_format, precision_of_format, precision_of_text


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("General", None), ("#,##0", None), ("0%", None), ("0.00E+00", None), ('0 "km"', None), ("[$-409]#,##0", None),
        ("[$€-407]#,##0.00", "EUR"), ("#,##0.00\\ [$€-407]", "EUR"), ("[$CHF-807] 0", "CHF"), ("[$RMB]\\ #,##0", "CNY"),
        ("[Red][$£-809]#,##0", "GBP"), ("[$kr-41D] 0", None),
        ("[$¥-804]#,##0", "CNY"), ("[$¥-zh-CN]#,##0", "CNY"), ("[$￥-411]#,##0", "JPY"), ("[$¥-478]#,##0", "¥"),
        ("[$$-409]#,##0", "$"), ('"US$"#,##0', "USD"), ('"US$ "0.0,,"M"', "USD"),
        ('"€"#,##0', "EUR"), ("#,##0 €", "EUR"), ("\\E\\U\\R 0", "EUR"), ('0 "ALL"', "ALL"), ('0 "all"', None),
        ('_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "EUR"),
        ('#,##0;"€"#,##0', None), ('"$"#,##0" €"', None),
    ],
)  # fmt: skip
def test_the_currency_of_a_format(code: str, currency: str | None) -> None:
    assert currency_of_format(code) == currency


@pytest.mark.parametrize(
    ("code", "precision"),
    [
        ("yyyy-mm-dd", "day"), ("d-mmm", "day"), ("m/d/yy h:mm", "day"), ("h:mm", "day"), ("mm:ss", "day"), ("mmm", "day"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "day"), ('yyyy"年"m"月"d"日"', "day"),
        ("mmm-yy", "month"), ("[$-409]mmm\\-yy;@", "month"), ("MMM YYYY", "month"), ('yyyy"年"m"月"', "month"),
        ("[$-411]ge.m", "month"), ("yyyy", "year"), ('"in the days of "yyyy', "year"),
    ],
)  # fmt: skip
def test_the_precision_of_a_format(code: str, precision: str) -> None:
    assert precision_of_format(code) == precision


@pytest.mark.parametrize(
    ("day", "text", "precision"),
    [
        ("2019-05-01", "1 May 2019", "day"), ("2019-05-01", "01.05.", "day"), ("2019-05-01", "", "day"),
        ("2019-05-01", "2019-05-01 00:00", "day"), ("2019-05-01", "Q2 2019", "day"), ("2019-01-01", "2019 г.", "day"),
        ("2019-05-19", "19 May", "day"), ("2001-05-01", "May-01", "day"), ("2019-01-01", "2019年1月1日", "day"),
        ("2019-05-01", "May 2019", "month"), ("2019-05-17", "May-19", "month"), ("2019-05-01", "05/19", "month"),
        ("2019-01-01", "01/2019", "month"), ("2019-05-01", "2019年5月", "month"),
        ("2019-01-01", "2019", "year"), ("2019-01-01", "2019年", "year"),
    ],
)  # fmt: skip
def test_the_precision_of_a_displayed_date(day: str, text: str, precision: str) -> None:
    assert precision_of_text(datetime.date.fromisoformat(day), text) == precision
