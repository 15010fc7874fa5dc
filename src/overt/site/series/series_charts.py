"""The charts of a series: the newest value of each country on the whole scale and on a map, and lines over the years."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from overt.charts import Cell, Chart, ChartText, Line, Measure, Table, layer_tone, make_lines_chart
from overt.charts.chart import header_cells
from overt.language.language import N_
from overt.maps.small_shaded_map import Shade
from overt.queries import series
from overt.queries.database import Reader
from overt.queries.labels import Term
from overt.queries.series import SeriesValue
from overt.site.map_chart import NO_VALUE, map_chart
from overt.site.series.class_breaks import is_standardised
from overt.site.series.index_publishers import passing_on, series_credits
from overt.site.series.scale_plot import Dot, draw_scale
from overt.site.series.scales import DEMOCRATIC, FREER, REPRESSION
from overt.site.series.standings import LEADING, SeriesStandings, Standing, series_standings
from overt.site.site import Site

_MIN_COUNTRIES = 8
"""Minimum number of countries for a plot of all of them, and for lines."""
_MIN_YEARS = 3
_LABELLED = 6
"""Maximum number of countries, spread over the scale, that the plot of one country labels besides that country."""
_NAMED = 12
"""Number of countries that the map names, beginning with the least free; for a standardised score, it is `LEADING`."""
_ROOM = {
    True: N_("Names: the lowest values for which the map has room."),
    False: N_("Names: the highest values for which the map has room."),
}
"""Notes on which countries the map names. The key is whether low values mean repression."""
_OWN, _REST = 5, 2
"""Shades of the country and of all other countries in the plot of one country."""
_TONES = tuple(map(layer_tone, ("networks", "surveillance", "data-centres", "censorship")))
"""Colours of countries' lines; each line also ends in its country's name."""


class SeriesCharts(NamedTuple):
    """The charts of a series. `newest` and `lines` are None for codes and flags, and if there is too little to compare."""

    newest: Chart | None
    lines: Chart | None
    map: Chart | None
    """None if the front end has not been built."""

    def drawn(self) -> list[Chart]:
        """Return the charts that exist, in the order of the page."""
        return [chart for chart in self if chart is not None]


def charts_of_series(site: Site, reader: Reader, name: str) -> list[Chart]:
    """Return the charts of a series as its page shows them when no country is picked; empty for an unknown series."""
    rows = series.values(reader, name) if name in site.words.terms["series"] else []
    if not rows:
        return []
    term = site.words.terms["series"][name]
    outside = series.newest_outside_values(reader, name)
    standings = series_standings(site, term, rows, passing_on(site, reader, name), outside=outside)
    return series_charts(site, term, rows, standings, series_credits(site, reader, name)).drawn()


def series_charts(
    site: Site, term: Term, values: Sequence[SeriesValue], standings: SeriesStandings, credits: tuple[tuple[str, str], ...],
    picked: Sequence[str] = (),
) -> SeriesCharts:  # fmt: skip
    """Return the charts of a series.

    `values`: all its values; `credits`: from `series_credits`; `picked`: codes of countries to label.
    """
    return SeriesCharts(
        newest_chart(site, term, standings, credits, picked),
        _lines(site, term, values, standings, credits, picked),
        _map(site, term, standings, credits),
    )


def newest_chart(
    site: Site, term: Term, standings: SeriesStandings, credits: tuple[tuple[str, str], ...], marked: Sequence[str]
) -> Chart | None:
    """Draw the newest values on the whole scale, labelling the countries `marked`.

    None for codes and flags, for series with neither bounds nor a direction, and for fewer than `_MIN_COUNTRIES` countries.
    """
    current = _current(standings)
    if not _can_plot(term, standings, current):
        return None
    dots = {row.code: Dot(row.label, row.text, row.value or 0.0, row.shade) for row in current}
    return _scale_chart(site, term, standings, credits, dots, [dots[row.code] for row in _named(current, marked)])


def country_chart(
    site: Site, term: Term, standings: SeriesStandings, credits: tuple[tuple[str, str], ...], code: str
) -> Chart | None:
    """Draw the newest values on the whole scale, with one country in a stronger tone. Label that country and some others.

    None whenever `newest_chart` returns None.
    """
    current = _current(standings)
    if not _can_plot(term, standings, current):
        return None
    dots = {row.code: Dot(row.label, row.text, row.value or 0.0, _OWN if row.code == code else _REST) for row in current}
    spread = {round(at * (len(current) - 1) / (_LABELLED - 1)) for at in range(_LABELLED)}
    own = next((row.value for row in current if row.code == code), None)
    beside = [current[at].code for at in sorted(spread) if current[at].value != own]
    named = [dots[name] for name in ([code] if code in dots else []) + beside]
    return _scale_chart(site, term, standings, credits, dots, named)


def _can_plot(term: Term, standings: SeriesStandings, current: Sequence[Standing]) -> bool:
    return term.unit not in ("code", "flag") and _has_scale(standings) and len(current) >= _MIN_COUNTRIES


def _scale_chart(
    site: Site, term: Term, standings: SeriesStandings, credits: tuple[tuple[str, str], ...], dots: Mapping[str, Dot],
    named: Sequence[Dot],
) -> Chart:  # fmt: skip
    """Return the plot of `dots` as a chart, with labels for those in `named`, the most important first."""
    low, high = standings.ends
    write = site.formats.rounded
    words = site.gettext(standings.scale.words) if standings.scale.words else ""
    middle = write((low + high) / 2) if standings.scale.bounds else ""
    drawing = draw_scale(
        list(dots.values()), standings.ends, (write(low), middle, write(high)), label=term.label, words=words,
        named=named,
    )  # fmt: skip
    title = site.gettext("%(series)s by country, %(year)s", series=term.label, year=str(standings.year))
    note = site.gettext("Values of %(year)s.", year=str(standings.year))
    text = ChartText("newest", title, standings.answer, credits, "", note)
    return Chart(text, _table(site, standings), {}, ready=drawing)


def _lines(
    site: Site, term: Term, values: Sequence[SeriesValue], standings: SeriesStandings, credits: tuple[tuple[str, str], ...],
    picked: Sequence[str],
) -> Chart | None:  # fmt: skip
    """Draw the median of all countries, and the picked countries or, without any, the lowest, middle and highest country.

    None for codes and flags, and for fewer than `_MIN_YEARS` years or `_MIN_COUNTRIES` countries.
    """
    numbers = _numbers(values)
    years = sorted({year for by_year in numbers.values() for year in by_year})
    current = [row for row in _current(standings) if row.code in numbers]
    if term.unit in ("code", "flag") or len(years) < _MIN_YEARS or len(current) < _MIN_COUNTRIES:
        return None
    medians = {year: median(by_year[year] for by_year in numbers.values() if year in by_year) for year in years}
    name = site.gettext("median country")
    named = _named(current, picked)
    lines = [
        Line(name, medians, tone="var(--ink)"),
        *(Line(row.label, numbers[row.code], tone=_TONES[at % len(_TONES)]) for at, row in enumerate(named)),
    ]
    write = site.formats.rounded
    text = ChartText(
        "lines",
        site.gettext("%(series)s over the years, on the whole scale", series=term.label),
        site.gettext(
            "The median country has %(start)s in %(first)s and %(end)s in %(last)s.", first=str(years[0]), last=str(years[-1]),
            start=write(medians[years[0]]), end=write(medians[years[-1]]),
        ),
        credits,
        "",
        site.gettext("The median is that of all countries with a value in the year; the number of countries can change."),
    )  # fmt: skip
    measure = Measure(term.label, write, site.formats.number, site.gettext("unknown"))
    ends = standings.ends if _has_scale(standings) else None
    return make_lines_chart(text, measure, lines, year_header=site.gettext("Year"), ends=ends)


def _map(site: Site, term: Term, standings: SeriesStandings, credits: tuple[tuple[str, str], ...]) -> Chart | None:
    """Draw the newest values as a map with links to the series in each country. None if the front end has not been built."""
    if not site.small_shapes:
        return None
    directions = {
        DEMOCRATIC: site.gettext("The stronger the colour, the less democratic."),
        FREER: site.gettext("The stronger the colour, the less free."),
        REPRESSION: site.gettext("The stronger the colour, the higher the score."),
        "": site.gettext("The stronger the colour, the higher the value."),
    }
    title = site.gettext("%(series)s: newest values, up to %(year)s", series=term.label, year=str(standings.year))
    text = ChartText("map", title, directions[standings.scale.words], credits, "")
    shades = {row.code: Shade(row.shade, f"{row.label}: {row.text} ({row.year})", row.page) for row in standings.rows}
    ranked = sorted((row for row in standings.rows if row.rank), key=lambda row: row.rank or 0)
    most = LEADING if is_standardised(term.id) else _NAMED
    named = {
        row.code: site.gettext("%(name)s: %(value)s", name=row.label, value=row.text)
        for row in (ranked[:most] if standings.scale.direction else ())
    }
    if named:
        text = replace(text, summary=text.summary + site.language.gap + site.gettext(_ROOM[standings.scale.direction > 0]))
    return map_chart(
        site,
        text,
        _table(site, standings),
        shades,
        standings.legend,
        site.gettext(NO_VALUE),
        palette="score",
        named=named,
        over_others=is_standardised(term.id),
    )


def _table(site: Site, standings: SeriesStandings) -> Table:
    """Return the table of the newest value of each country."""
    headers = (site.gettext("Country"), site.gettext("Newest value"), site.gettext("Year"), site.gettext("Rank"))
    rows = (
        (
            Cell(row.label, link=row.page),
            Cell(row.text, row.text if row.value is None else row.value, number=row.value is not None),
            Cell(str(row.year), row.year, number=True),
            Cell("" if row.rank is None else str(row.rank), row.rank if row.rank is not None else "", number=True),
        )
        for row in standings.rows
    )
    return Table(header_cells(headers), tuple(rows))


def _current(standings: SeriesStandings) -> list[Standing]:
    """Return the countries with a number in the series' newest year, the lowest first."""
    current = [row for row in standings.rows if row.value is not None and row.year == standings.year]
    return sorted(current, key=lambda row: row.value or 0.0)


def _named(current: Sequence[Standing], marked: Sequence[str]) -> list[Standing]:
    """Return the countries in `marked` or, if `current` has none of them, the lowest, the middle and the highest country."""
    chosen = [row for row in current if row.code in marked]
    return chosen or [current[0], current[len(current) // 2], current[-1]]


def _has_scale(standings: SeriesStandings) -> bool:
    return bool(standings.scale.bounds or standings.scale.direction)


def _numbers(values: Iterable[SeriesValue]) -> Mapping[str, dict[int, float]]:
    """Return each country's numbers by year. If several sources have a value, the first one counts."""
    numbers: dict[str, dict[int, float]] = {}
    for row in values:
        if row.value is not None:
            numbers.setdefault(row.country, {}).setdefault(row.year, float(row.value))
    return numbers
