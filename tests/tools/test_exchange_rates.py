"""Yearly exchange rates: means of daily rates, in dollars, and the file that comes with Overt."""

from decimal import Decimal

from overt.model.content_catalogue import Catalogue
from tools.exchange_rates import MIN_DAYS, yearly_rates


def test_a_year_is_the_mean_of_its_days() -> None:
    days = [
        {"Date": f"2001-{day:03}", "USD": "1.0" if day % 2 else "1.2", "CNY": "8.0", "RUB": "N/A", "": ""} for day in range(260)
    ]
    days += [{"Date": f"2002-{day:03}", "USD": "1.0", "CNY": "8.0", "RUB": "30"} for day in range(MIN_DAYS - 1)]
    assert list(yearly_rates(days)) == [
        ("CNY", 2001, Decimal("0.1375000000"), 260),
        ("EUR", 2001, Decimal("1.1000000000"), 260),
    ]


def test_the_file_has_the_published_means(content: Catalogue) -> None:
    rates = {(currency, year): Decimal(rate) for currency, year, rate, _ in content.exchange_rates}
    assert (round(rates["EUR", 2021], 4), round(rates["EUR", 2000], 4)) == (Decimal("1.1827"), Decimal("0.9236"))
    assert len(rates) == len(content.exchange_rates) and ("USD", 2021) not in rates
    assert all(rate > 0 for rate in rates.values())
