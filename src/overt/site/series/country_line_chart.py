"""A series in one country as a line over the years, on the scale of all countries, so that countries can be compared."""

from collections.abc import Sequence

from overt.charts import Chart
from overt.charts.chart import ChartText, Measure
from overt.charts.line_chart import Line, make_line_chart
from overt.queries.labels import Term
from overt.queries.series import SeriesValue
from overt.site.series_addresses import series_page
from overt.site.site import Site

_MIN_YEARS = 3


def country_line(site: Site, term: Term, ends: tuple[float, float], country: str, values: Sequence[SeriesValue]) -> Chart | None:
    """Draw the values of a country. Return None for codes and flags, and for fewer than `_MIN_YEARS` years with a number.

    `ends`: the ends of the scale. `country`: the country's name.
    """
    numbers: dict[int, float] = {}
    for row in values:
        if row.value is not None:
            numbers.setdefault(row.year, float(row.value))
    if term.unit in ("code", "flag") or len(numbers) < _MIN_YEARS or not values:
        return None
    first, last, write = min(numbers), max(numbers), site.formats.rounded
    about = ChartText(
        f"{term.id}-{values[0].country}",
        site.gettext("%(series)s, %(country)s", series=term.label, country=country),
        site.gettext(
            "From %(start)s in %(first)s to %(end)s in %(last)s.", first=str(first), last=str(last), start=write(numbers[first]),
            end=write(numbers[last]),
        ),
        (),
        "",
    )  # fmt: skip
    links = {year: site.url(series_page(term.id, values[0].country)) for year in numbers}
    measure = Measure(term.label, write, site.formats.number, site.gettext("unknown"))
    return make_line_chart(about, measure, Line(term.label, numbers, links), year_header=site.gettext("Year"), ends=ends)
